"""Who reached what the year asked for, unit by unit, for the heads' year-end appraisal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from lientuc.law.credits import Regime, Status
from lientuc.places.models import Organisation

from ..enums import AppraisalResult
from ..models import StandingRow
from ..rules.appraisal import appraisal_of
from .standings import VIEW

ORDER = ("worker__keeper__name_fold", "worker__name_sort", "pk")
# The same as `rules.appraisal` says, for the database; the two agree (tests/credits/test_appraisal.py).
MISSED = Q(regime=Regime.S, status__in=[str(Status.SHORT), str(Status.ACCRUING)]) & (
    Q(yearly_floor_met=False) | Q(shortfall_quarters__gt=0)
) | (~Q(regime=Regime.S) & Q(status=Status.SHORT))


@dataclass(frozen=True)
class UnitLine:
    """One unit: people with a duty, and how many of each result."""

    name: str
    results: Counter[AppraisalResult]

    @property
    def persons(self) -> int:
        """People whose hours are asked for."""
        return self.results.total()


def appraised(*, by: Any, organisation: Organisation | None = None, only_missed: bool = True) -> QuerySet[StandingRow]:
    """Standings, as last reckoned, of people who work there and have a duty; by unit and name; one query."""
    rows: QuerySet[StandingRow] = StandingRow.objects.visible_to(by, VIEW).exclude(status=Status.NOT_COVERED)
    rows = rows.filter(worker__canonical__isnull=True, worker__left_on__isnull=True)
    if organisation is not None:
        rows = rows.filter(worker__keeper=organisation)
    return (rows.filter(MISSED) if only_missed else rows).select_related("worker__keeper")


def by_unit(rows: QuerySet[StandingRow]) -> list[UnitLine]:
    """Results counted by unit, in order of name; one query."""
    keys = ("worker__keeper", "worker__keeper__name", "regime", "status", "yearly_floor_met")
    lacking = Count("pk", filter=Q(shortfall_quarters__gt=0))
    counted = (
        rows.select_related(None).order_by("worker__keeper__name_fold").values_list(*keys, "worker__keeper__name_fold")
    )
    lines: dict[int, UnitLine] = {}
    for unit, name, regime, status, floor_met, _, n, short in counted.annotate(n=Count("pk"), short=lacking):
        line = lines.setdefault(unit, UnitLine(name, Counter()))
        for shortfall, persons in ((1, short), (0, n - short)):
            if persons:
                line.results[appraisal_of(regime, status, floor_met=floor_met, shortfall=shortfall)] += persons
    return list(lines.values())


def with_result(rows: Iterable[StandingRow]) -> list[tuple[StandingRow, AppraisalResult]]:
    """Each standing with what the list says of it."""
    return [(row, result_of(row)) for row in rows]


def result_of(row: StandingRow) -> AppraisalResult:
    """What the list says of one person."""
    return appraisal_of(row.regime, row.status, floor_met=row.yearly_floor_met, shortfall=row.shortfall_quarters)
