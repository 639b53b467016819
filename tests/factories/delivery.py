"""Rows of the delivery room for tests; `label` is the text their page shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, time
from itertools import count
from typing import Any

from lientuc.core.clock import now
from lientuc.core.ids import new_verification_code
from lientuc.core.names import fold
from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunKind, RunState
from lientuc.delivery.models import Certificate, CourseRun, Participation, Session
from lientuc.law.authority import Proof
from lientuc.places.models import Organisation

from .curricula import make_approved_version
from .registry import make_worker

_serials = count(1)


def make_run(organisation: Organisation, label: str = "Lớp thử", **fields: Any) -> CourseRun:
    """An open, unpublished class of two days in June 2026 on an approved version."""
    if fields.get("kind", RunKind.CLASS) == RunKind.CLASS and "curriculum_version" not in fields:
        fields["curriculum_version"] = make_approved_version(organisation, f"Chương trình của {label}")
    values: dict[str, Any] = {
        "kind": RunKind.CLASS,
        "starts_on": date(2026, 6, 1),
        "ends_on": date(2026, 6, 2),
        "place": "Hội trường A",
        "capacity": 30,
        "proofs": [Proof.PRACTITIONER_CERTIFICATE.value, Proof.COURSE_CERTIFICATE.value],
        "min_attendance_percent": 80,
        "state": RunState.OPEN,
    }
    return CourseRun.objects.create(organisation=organisation, title=label, **(values | fields))


def make_finished_run(organisation: Organisation, label: str = "Lớp thử", **fields: Any) -> CourseRun:
    """A run that was finished."""
    state: dict[str, Any] = {"state": RunState.FINISHED, "finished_at": now(), "finished_by": "test"}
    return make_run(organisation, label, **(state | fields))


def make_session(organisation: Organisation, label: str = "Buổi thử", **fields: Any) -> Session:
    """A morning of 4 lessons on the first day of its run."""
    run = fields.pop("run", None) or make_run(organisation)
    values: dict[str, Any] = {"on_date": run.starts_on, "starts": time(8), "ends": time(11, 30), "lessons_quarters": 16}
    return Session.objects.create(run=run, title=label, **(values | fields))


def make_participation(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> Participation:
    """A learner named `label`, kept by the organiser of the run unless a worker is given."""
    run = fields.pop("run", None) or make_run(organisation)
    worker = fields.pop("worker", None) or make_worker(organisation, label)
    return Participation.objects.create(run=run, worker=worker, **({"enrolled_by": "test"} | fields))


def make_completed(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> Participation:
    """A learner who completed a finished run with 16 frozen hours."""
    if "run" not in fields:
        fields["run"] = make_finished_run(organisation)
    values: dict[str, Any] = {
        "role": ParticipationRole.LEARNER,
        "state": ParticipationState.COMPLETED,
        "quarter_hours": 64,
        "unit": "lesson",
        "regime": "s",
        "rule_set": "test",
        "rule_reason": "counted",
        "article": "Circ. 22/2013 Art. 6(1)",
        "certainty": "VERIFIED",
        "frozen_at": now(),
        "frozen_by": "test",
    }
    return make_participation(organisation, label, **(values | fields))


def make_certificate(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> Certificate:
    """A certificate of one completed learner named `label`, with bytes that only look like a PDF."""
    participation = fields.pop("participation", None) or make_completed(organisation, label)
    serial = next(_serials)
    pdf = f"%PDF-1.7 {label}".encode()
    values: dict[str, Any] = {
        "kind": Proof.COURSE_CERTIFICATE.value,
        "year": 2026,
        "serial": serial,
        "number": f"{serial:05d}/2026/T",
        "holder_fold": fold(label),
        "content": {"holder_name": label, "issuer": organisation.name, "activities": [], "simulated": False},
        "pdf": pdf,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "verification_code": new_verification_code(),
        "issued_on": date(2026, 6, 10),
        "issued_by": "test",
    }
    return Certificate.objects.create(participation=participation, issuer=organisation, **(values | fields))


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "delivery.CourseRun": make_run,
    "delivery.Session": make_session,
    "delivery.Participation": make_participation,
    "delivery.Certificate": make_certificate,
}

LISTS: dict[str, str] = {
    "delivery:runs": "delivery.CourseRun",
    "delivery:export_runs": "delivery.CourseRun",
    "delivery:participations": "delivery.Participation",
    "delivery:certificates": "delivery.Certificate",
    "delivery:export_certificates": "delivery.Certificate",
}
