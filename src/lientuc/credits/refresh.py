"""Standings as derived rows: reckoned by the law and written anew, set by set; never a source of anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction

from lientuc.core.clock import today
from lientuc.law.credits import EntryFacts, RuleSet, Standing, standing
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.registry.queries import facts_of_many

from .locking import locked_people
from .models import CreditEntry, StandingRow
from .queries.people import of_persons
from .queries.standings import not_reckoned

BATCH = 2_000
# From so many people on the whole nation is reckoned by columns; the two agree (tests/credits/test_bulk.py).
BY_COLUMNS_FROM = 20_000
COLUMNS = (
    "on_date", "regime", "unit", "required_quarters", "counted_quarters", "secondary_quarters", "shortfall_quarters",
    "yearly_floor_met", "status", "certainty", "deadline_on", "window_start_on", "window_end_on", "rule_set",
    "refreshed_on",
)  # fmt: skip


def refresh_standings(workers: Iterable[HealthWorker], on: date, rules: RuleSet | None = None) -> int:
    """Reckon the standings of `workers` on `on` and store them; how many persons. Six statements for each 2,000 people.

    Duplicates are answered for by their canonical person; their own rows, if any, go.
    """
    rules = rules or RuleSet.default()
    rows = list(workers)
    _drop_duplicates([row.pk for row in rows if row.canonical_id is not None])
    persons = sorted({row.person for row in rows})
    for start in range(0, len(persons), BATCH):
        _refresh(persons[start : start + BATCH], on, rules)
    return len(persons)


def refresh_due(scope: Scope, on: date, told: Callable[[int], None] = lambda _: None) -> int:
    """Reckon everybody in `scope` whose standing is not of `on`; how many. `told` hears how much is done (0–100)."""
    due = list(not_reckoned(scope=scope, on=on).order_by("pk").values_list("pk", flat=True))
    if scope.everything and len(due) > BY_COLUMNS_FROM:
        # Late: the engine is large, and only this needs it.
        from .bulk import refresh_whole

        return refresh_whole(on, told)
    rules = RuleSet.default()
    for start in range(0, len(due), BATCH):
        _refresh(due[start : start + BATCH], on, rules)
        told(min(100, (start + BATCH) * 100 // len(due)))
    return len(due)


def refresh_all(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job behind a refresh of a whole province; the day is the day it runs."""
    scope = Scope(
        everything=payload["everything"],
        employer=frozenset(payload["employer"]),
        professional=frozenset(payload["professional"]),
        organisations=frozenset(payload["organisations"]),
    )
    return {"persons": refresh_due(scope, today(), progress)}


def payload_of(scope: Scope) -> dict[str, Any]:
    """A scope as the payload of `refresh_all`."""
    return {
        "everything": scope.everything,
        "employer": sorted(scope.employer),
        "professional": sorted(scope.professional),
        "organisations": sorted(scope.organisations),
    }


@transaction.atomic(savepoint=False)
def _refresh(persons: list[int], on: date, rules: RuleSet) -> None:
    """Read, reckon and write under the people's locks: whoever records for them meanwhile waits, and is not written over."""
    workers = list(locked_people(persons).values())
    facts = facts_of_many(workers, on)
    entries = _entries_of(persons)
    rows = [
        _row(worker, standing(facts[worker.pk][0], entries[worker.pk], facts[worker.pk][1], on, rules))
        for worker in workers
    ]
    StandingRow.objects.unscoped(WhyUnscoped.REBUILD).bulk_create(
        rows, update_conflicts=True, unique_fields=["worker"], update_fields=COLUMNS, batch_size=BATCH
    )


def _entries_of(persons: list[int]) -> dict[int, list[EntryFacts]]:
    rows = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(of_persons(persons), reversal__isnull=True)
    grouped: dict[int, list[EntryFacts]] = defaultdict(list)
    for row in rows.select_related("worker"):
        grouped[row.worker.person].append(row.facts)
    return grouped


def _row(worker: HealthWorker, answer: Standing) -> StandingRow:
    return StandingRow(
        worker=worker,
        on_date=answer.on,
        regime=answer.regime,
        unit=answer.unit,
        required_quarters=answer.required.quarter_hours,
        counted_quarters=answer.counted.quarter_hours,
        secondary_quarters=answer.secondary.quarter_hours,
        shortfall_quarters=answer.shortfall.quarter_hours,
        yearly_floor_met=answer.yearly_floor_met,
        status=answer.status,
        certainty=answer.certainty,
        deadline_on=answer.deadline_on,
        window_start_on=answer.window_start,
        window_end_on=answer.window_end,
        rule_set=answer.rule_set,
        refreshed_on=today(),
    )


def _drop_duplicates(rows: list[int]) -> None:
    if rows:
        StandingRow.objects.unscoped(WhyUnscoped.REBUILD).filter(worker__in=rows).delete()
