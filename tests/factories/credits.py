"""Ledger rows for tests, written directly; `label` is the text their page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from lientuc.core.clock import now, today
from lientuc.credits.enums import EntrySource
from lientuc.credits.models import CreditEntry, Reversal, StandingRow
from lientuc.credits.queries.imports import KIND
from lientuc.credits.refresh import refresh_standings
from lientuc.credits.rules import key_of_certificate
from lientuc.law.credits import Form, Role
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.models import ImportBatch

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


def _worker_with_standing(organisation: Organisation, label: str) -> HealthWorker:
    return make_standing(organisation, label).worker


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "credits.CreditEntry": make_entry,
    "credits.StandingRow": make_standing,
    "credits.Worker": _worker_with_standing,
    "credits.FinishedRun": make_finished_run,
    "credits.ImportBatch": make_batch,
}

LISTS: dict[str, str] = {
    "credits:standings": "credits.StandingRow",
    "credits:standings_export": "credits.StandingRow",
    "credits:entries": "credits.CreditEntry",
    "credits:entries_export": "credits.CreditEntry",
    "credits:imports": "credits.ImportBatch",
    "credits:awards": "credits.FinishedRun",
}
