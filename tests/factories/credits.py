"""Ledger rows for tests, written directly; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from lientuc.core.clock import now, today
from lientuc.core.ids import new_verification_code
from lientuc.credits.enums import EntrySource, SampleRule
from lientuc.credits.models import (
    Claim,
    ClaimSample,
    CreditEntry,
    Reversal,
    StandingRow,
    Statement,
    WhatIf,
    WhatIfAnswer,
    WhatIfGroup,
)
from lientuc.credits.queries.imports import KIND
from lientuc.credits.queries.standings import standing_of
from lientuc.credits.queries.statements import content_of, hash_of
from lientuc.credits.refresh import refresh_standings
from lientuc.credits.rules import key_of_certificate
from lientuc.credits.rules.changes import changed_rules, differences
from lientuc.law.credits import Form, Role, RuleSet, Status
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import evidence_of, keep_evidence
from lientuc.trail.models import ImportBatch, Job

from .delivery import make_finished_run
from .registry import make_worker


def make_entry(organisation: Organisation, label: str = "Tập huấn cấp cứu ban đầu", **fields: Any) -> CreditEntry:
    """A short course of 8 lessons on 5 March 2026, of a nurse kept by `organisation` unless a worker is given."""
    worker: HealthWorker = fields.pop("worker", None) or make_worker(organisation)
    values: dict[str, Any] = dict(
        activity_on=date(2026, 3, 5),
        form=Form.SHORT_COURSE,
        role=Role.LEARNER,
        units=Decimal(8),
        issuer="Trường Cao đẳng Y tế Một",
        source=EntrySource.FORM,
        recorded_on=today(),
        recorded_at=now(),
        recorded_by="test",
    )
    values |= fields
    values.setdefault("certificate_key", key_of_certificate(values.get("certificate_number", "")))
    return CreditEntry.objects.create(worker=worker, organisation=organisation, title=label, **values)


def make_reversal(organisation: Organisation, label: str = "Nhập nhầm người", **fields: Any) -> Reversal:
    """A reversal with reason `label` of an entry of `organisation`."""
    entry = fields.pop("entry", None) or make_entry(organisation)
    return Reversal.objects.create(entry=entry, reason=label, **({"reversed_by": "test"} | fields))


def make_standing(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> StandingRow:
    """The standing, as the law reckons it today, of a nurse named `label` without entries, columns replaced by `fields`."""
    worker = fields.pop("worker", None) or make_worker(organisation, label)
    refresh_standings([worker], today())
    row = StandingRow.objects.unscoped(WhyUnscoped.SETUP).get(worker=worker)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def make_batch(organisation: Organisation, label: str = "giờ học.xlsx", **fields: Any) -> ImportBatch:
    """A previewed file without rows, named `label`, sent by `organisation`."""
    values: dict[str, Any] = dict(kind=KIND, sha256="0" * 64, sender=str(organisation.public_id), made_by="test")
    return ImportBatch.objects.create(file_name=label, **(values | fields))


def make_claim(organisation: Organisation, label: str = "Hội nghị tim mạch", **fields: Any) -> Claim:
    """A submitted claim of a nurse, one short course of 8 lessons on 5 March 2026, with a photo."""
    worker: HealthWorker = fields.pop("worker", None) or make_worker(organisation)
    values: dict[str, Any] = dict(
        activity_on=date(2026, 3, 5),
        form=Form.SHORT_COURSE,
        role=Role.LEARNER,
        units=Decimal(8),
        issuer="Trường Cao đẳng Y tế Một",
        submitted_by="test",
    )
    claim = Claim.objects.create(worker=worker, title=label, **(values | fields))
    keep_evidence(claim.ref, name="anh.jpg", content=b"\xff\xd8\xff" + label.encode())
    return claim


def make_sample(organisation: Organisation, label: str = "", **fields: Any) -> ClaimSample:
    """A drawing at `organisation`; pages show it by the unit, renamed to `label` where one is given."""
    if label:
        organisation.name = label
        organisation.save()
    values: dict[str, Any] = dict(rule=SampleRule.EVERY_KTH, step=2, waiting=2, drawn=1, made_by="test")
    return ClaimSample.objects.create(organisation=organisation, **(values | fields))


def make_statement(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> Statement:
    """A statement of a nurse named `label`, as the ledger stands today."""
    worker = fields.pop("worker", None) or make_worker(organisation, label)
    content = content_of(standing_of(worker, today()))
    values: dict[str, Any] = dict(
        content=content, content_hash=hash_of(content), code=new_verification_code(), made_by="test"
    )
    return Statement.objects.create(worker=worker, organisation=organisation, **(values | fields))


def make_what_if(organisation: Organisation, label: str = "Yêu cầu 150 giờ", **fields: Any) -> WhatIf:
    """An answered question named `label` whether practitioners should have 150 hours: two nurses, one of whom falls short."""
    rules = RuleSet.default()
    pairs = fields.pop("pairs", [("credits.p.required_hours", "150")])
    values: dict[str, Any] = dict(
        changes=[asdict(change) for change in differences(rules, pairs)],
        base_key=rules.key,
        scenario_key=changed_rules(rules, pairs).key,
        asked_by="test",
    )
    answered = fields.pop("answered", True)
    job = Job.objects.create(kind="lientuc.credits.whatif.reckon", made_by="test")
    what_if: WhatIf = WhatIf.objects.create(organisation=organisation, name=label, job=job, **(values | fields))
    if answered:
        seen: dict[str, Any] = dict(on_date=today(), extracted_at=now(), persons=2, entries=3, milliseconds=40)
        WhatIfAnswer.objects.create(what_if=what_if, **seen)
        group: dict[str, Any] = dict(
            what_if=what_if, province_code="01", title="nurse", care_level="basic", before="met"
        )
        WhatIfGroup.objects.create(**group, after="met", persons=1)
        WhatIfGroup.objects.create(**group, after="accruing", persons=1)
    return what_if


def _evidence(organisation: Organisation, label: str) -> Any:
    return evidence_of(make_claim(organisation, label).ref).get()


def _worker_with_standing(organisation: Organisation, label: str) -> HealthWorker:
    return make_standing(organisation, label).worker


def make_missed(organisation: Organisation, label: str = "Trần Thị An", **fields: Any) -> StandingRow:
    """The standing of a nurse without licence who missed a floor."""
    return make_standing(organisation, label, **({"status": Status.SHORT, "yearly_floor_met": False} | fields))


def make_doubled(organisation: Organisation, label: str = "Ghi hai lần", **fields: Any) -> CreditEntry:
    """The same activity of one person twice in the ledger."""
    first = make_entry(organisation, label, **fields)
    return make_entry(organisation, label, worker=first.worker, source=EntrySource.EXCEL)


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "credits.CreditEntry": make_entry,
    "credits.DoubledEntry": make_doubled,
    "credits.MissedStanding": make_missed,
    "credits.StandingRow": make_standing,
    "credits.Worker": _worker_with_standing,
    "credits.FinishedRun": make_finished_run,
    "credits.ImportBatch": make_batch,
    "credits.Claim": make_claim,
    "credits.ClaimSample": make_sample,
    "credits.Statement": make_statement,
    "credits.Evidence": _evidence,
    "credits.WhatIf": make_what_if,
}

LISTS: dict[str, str] = {
    "credits:standings": "credits.StandingRow",
    "credits:standings_export": "credits.StandingRow",
    "credits:appraisal": "credits.MissedStanding",
    "credits:appraisal_export": "credits.MissedStanding",
    "credits:doubles": "credits.DoubledEntry",
    "credits:doubles_export": "credits.DoubledEntry",
    "credits:entries": "credits.CreditEntry",
    "credits:entries_export": "credits.CreditEntry",
    "credits:imports": "credits.ImportBatch",
    "credits:claims": "credits.Claim",
    "credits:my_claims": "credits.Claim",
    "credits:samples": "credits.ClaimSample",
    "credits:what_ifs": "credits.WhatIf",
    "credits:awards": "credits.FinishedRun",
}
