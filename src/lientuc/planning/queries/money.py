"""Sources with what plans take of them year by year, local rates, national ceilings of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from lientuc.core.names import fold
from lientuc.law import NotInForce
from lientuc.law.money import Ceiling, MoneyNorm, ceiling_on
from lientuc.places.scope import WhyUnscoped

from ..book import live_lines
from ..doubling import Doubled, doubled_of_source
from ..models import FundingSource, LocalRate, PlanLine
from .plans import VIEW, Totals, totals_of


@dataclass(frozen=True)
class SourceUse:
    """What plans take of a source: by plan, with what is left of its ceiling and who is paid for twice."""

    plans: tuple[tuple[Any, Totals], ...]
    totals: Totals
    left_vnd: int
    doubled: Sequence[Doubled]


def sources_for(by: Any, *, text: str = "", kind: str = "", open_only: bool = False) -> QuerySet[FundingSource]:
    """The sources `by` may see with the money planned from them in submitted and approved plans, narrowed."""
    lines = live_lines().filter(source=OuterRef("pk"))
    planned = lines.order_by().values("source").annotate(n=Sum("requested_vnd")).values("n")
    spent = lines.order_by().values("source").annotate(n=Sum("spent_vnd")).values("n")
    rows: QuerySet[FundingSource] = FundingSource.objects.visible_to(by, VIEW).select_related("organisation")
    rows = rows.annotate(planned_vnd=Subquery(planned), spent_vnd=Subquery(spent))
    if text:
        rows = rows.filter(name_fold__contains=fold(text))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(closed_at__isnull=True) if open_only else rows


def use_of(source: FundingSource) -> SourceUse:
    """What live plans take of `source`."""
    lines = list(
        live_lines().filter(source=source).select_related("plan__organisation").order_by("plan__year", "plan", "place")
    )
    groups: dict[int, list[PlanLine]] = {}
    for line in lines:
        groups.setdefault(line.plan_id, []).append(line)
    totals = totals_of(lines)
    return SourceUse(
        plans=tuple((rows[0].plan, totals_of(rows)) for rows in groups.values()),
        totals=totals,
        left_vnd=source.ceiling_vnd - totals.requested_vnd,
        doubled=doubled_of_source(source),
    )


def rates_for(by: Any) -> QuerySet[LocalRate]:
    """The local rates `by` may see."""
    return LocalRate.objects.visible_to(by, VIEW).select_related("organisation", "source")


def rates_of_source(source: FundingSource) -> list[LocalRate]:
    """The norms the owner of a source fixed."""
    rows = LocalRate.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(source=source)
    return list(rows.select_related("organisation").order_by("norm", "from_on"))


def ceilings_on(on: date) -> list[tuple[MoneyNorm, Ceiling | None]]:
    """Every norm with its national ceiling of a day, None where no text was in force."""
    return [(norm, _ceiling(norm, on)) for norm in MoneyNorm]


def _ceiling(norm: MoneyNorm, on: date) -> Ceiling | None:
    try:
        return ceiling_on(norm, on)
    except NotInForce:
        return None
