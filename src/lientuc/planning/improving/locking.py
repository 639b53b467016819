"""What the optimiser must not move: classes that were opened, and what planners locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lientuc.core.clock import today
from lientuc.delivery.enums import RunState
from lientuc.places.scope import WhyUnscoped

from ..models import LineLock, Plan, PlanLine, PlanLineRun
from .facts import Lock, Offer

_MONTHS = 3


def line_key(line: PlanLine) -> str:
    """A line's name to the optimiser."""
    return f"line:{line.public_id}"


def first_quarter(plan: Plan) -> int:
    """The first quarter (from 0) in which a class can still be planned; the day decides only in the plan's own year."""
    day = today()
    if day.year != plan.year:
        return 0
    return (day.month - 1) // _MONTHS


def opened_classes(plan: Plan, lines: Sequence[PlanLine]) -> dict[int, dict[int, int]]:
    """Classes opened for each line by the quarter (from 0) they begin in, never more than the line has; one query.

    They hang on the line of the version that was approved, which keeps its place in the version that amends it.
    """
    runs = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan__in=[plan.pk, plan.previous_id])
    places = {line.place: line for line in lines}
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = runs.exclude(run__state=RunState.CANCELLED).order_by("run__starts_on", "pk")
    for place, starts_on in rows.values_list("line__place", "run__starts_on"):
        line = places.get(place)
        if line is not None and sum(found[line.pk].values()) < line.classes:
            early, late = starts_on.year < plan.year, starts_on.year > plan.year
            found[line.pk][0 if early else 3 if late else (starts_on.month - 1) // _MONTHS] += 1
    return {line: dict(quarters) for line, quarters in found.items() if quarters}


def with_opened(offer: Offer, opened: Mapping[int, int], first: int) -> Offer:
    """The offer in quarters that are still to come and in those of its opened classes, which may be small."""
    ahead = {quarter for quarter in offer.quarters if quarter >= first} or {max(first, max(offer.quarters))}
    quarters = tuple(sorted(ahead | set(opened)))
    return replace(offer, quarters=quarters, smallest=1 if opened else None)


def locks_of(
    plan: Plan, lines: Sequence[PlanLine], opened: Mapping[int, Mapping[int, int]], *, planners: bool
) -> tuple[Lock, ...]:
    """Opened classes stay and, in quarters that are over, none is added; then the planners' own locks, if wanted."""
    first = first_quarter(plan)
    open_lines = {line.pk: line for line in lines}
    found = [
        Lock(line_key(open_lines[pk]), quarter, count, count if quarter < first else None)
        for pk, quarters in sorted(opened.items())
        for quarter, count in sorted(quarters.items())
    ]
    if planners:
        rows = LineLock.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=list(open_lines))
        for row in rows.order_by("line", "quarter", "pk"):
            found.append(Lock(line_key(open_lines[row.line_id]), row.quarter - 1, row.at_least, row.at_most))
    return tuple(found)
