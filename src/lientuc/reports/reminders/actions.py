"""The daily run: people and offices are told what is due, each of it once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from lientuc.core.formats import day, shortest
from lientuc.credits.models import StandingRow
from lientuc.credits.refresh import refresh_standings
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import Notice
from lientuc.trail.record import action

from .queries import due_by_office, due_of, due_rows, offices, steps
from .rules import OVERDUE, digest_key, once_key, step_on

MAIL = "lientuc.reports.reminders.mail.send_mails"
_BATCH = 1_000


@action("reports.remind")
def remind(*, on: date, by: Any) -> dict[str, int]:
    """Write the reminders that are due on a day: to people by the steps before their deadline, to offices once a week.

    Running it again, or twice at once, adds nothing: each reminder has a key that is written once. Standings of another day
    are reckoned anew before anybody is told anything.
    """
    _reckon_stale(on)
    people = _write_new(_people_notices(on))
    told = _write_new(_office_notices(on))
    if people and settings.SENDS_MAIL:
        enqueue(work=MAIL, payload={"notices": [notice.pk for notice in people]}, made_by=str(by.public_id))
    return {"people": len(people), "offices": len(told)}


def _reckon_stale(on: date) -> None:
    rows = due_rows(StandingRow.objects.unscoped(WhyUnscoped.REBUILD), on, within=max(steps()))
    stale = list(rows.exclude(on_date=on).values_list("worker", flat=True))
    for start in range(0, len(stale), _BATCH):
        part = HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__in=stale[start : start + _BATCH])
        refresh_standings(part, on)


def _people_notices(on: date) -> Iterator[Notice]:
    rows = due_rows(StandingRow.objects.unscoped(WhyUnscoped.REBUILD), on, within=max(steps()))
    for row in rows.select_related("worker__user").order_by("pk").iterator(chunk_size=_BATCH):
        worker, due = row.worker, due_of(row)
        step = step_on(due.deadline_on, on, steps())
        if step is None:
            continue
        yield Notice(
            recipient=str(worker.user.public_id if worker.user else worker.public_id),
            code=f"reports.{_which(step, due.this_year_only)}",
            values={
                "name": due.name,
                "missing": shortest(due.missing, language="vi"),
                "unit": due.unit,
                "deadline": day(due.deadline_on, language="vi"),
                "worker": str(worker.public_id),
            },
            link=reverse("reports:me"),
            once_key=once_key(str(worker.public_id), due.deadline_on, step),
        )


def _which(step: int, this_year_only: bool) -> str:
    if step == OVERDUE:
        return "hours_overdue"
    return "year_due" if this_year_only else "hours_due"


def _office_notices(on: date) -> Iterator[Notice]:
    counted = due_by_office(on, within=max(steps()))
    for person, pk, public_id, name in offices(on):
        if counted[pk]:
            yield Notice(
                recipient=person,
                code="reports.digest",
                values={"n": counted[pk], "organisation": name, "days": max(steps())},
                link=reverse("reports:due"),
                once_key=digest_key(public_id, person, on),
            )


def _write_new(notices: Iterable[Notice]) -> list[Notice]:
    """Write the notices whose keys are new; they come back with their ids."""
    found: list[Notice] = []
    batch: list[Notice] = []
    for notice in notices:
        batch.append(notice)
        if len(batch) == _BATCH:
            found += _written(batch)
            batch = []
    return found + _written(batch)


def _written(batch: list[Notice]) -> list[Notice]:
    keys = [notice.once_key for notice in batch]
    known = set(Notice.objects.filter(once_key__in=keys).values_list("once_key", flat=True))
    fresh = {notice.once_key: notice for notice in batch if notice.once_key not in known}
    # Another run may write the same key meanwhile: then the row is theirs, and theirs to send.
    Notice.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    mine = {str(notice.public_id) for notice in fresh.values()}
    rows = Notice.objects.filter(once_key__in=list(fresh))
    return [row for row in rows if str(row.public_id) in mine]
