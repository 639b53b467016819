"""What a plan aims at, by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lientuc.core.errors import Problem


@dataclass(frozen=True)
class TargetDraft:
    """The value an indicator is to reach in one year, in its unit."""

    name: str
    unit: str
    year: int
    value: Decimal


def target_problems(drafts: Iterable[TargetDraft], years: range) -> Iterator[Problem]:
    """What stands in the way of these targets."""
    for draft in drafts:
        if not draft.name.strip():
            yield Problem("planning.title_missing", "name")
        if draft.value < 0:
            yield Problem("planning.value_wrong", "value")
        if draft.year not in years:
            yield Problem("planning.year_outside_plan", "year", {"first": years.start, "last": years.stop - 1})
