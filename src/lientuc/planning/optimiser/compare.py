"""Two plans side by side: classes, organisations and money gained and lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .model import Plan


@dataclass(frozen=True, slots=True)
class ClassChange:
    """Classes of an offering in a quarter, before and after."""

    offering: str
    quarter: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SeatChange:
    """Seats of an organisation in a programme, before and after."""

    organisation: str
    programme: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """What a source pays, before and after."""

    source: str
    before_vnd: int
    after_vnd: int


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """Everything in which two plans differ, in order of names."""

    value_before: float
    value_after: float
    classes: tuple[ClassChange, ...]
    seats: tuple[SeatChange, ...]
    money: tuple[MoneyChange, ...]


def compare(a: Plan, b: Plan) -> PlanDiff:
    """What changes from `a` to `b`; equal lines are left out. The plans may belong to different problems (what-if)."""
    classes = [Counter({(each.offering, each.quarter): each.count for each in plan.classes}) for plan in (a, b)]
    seats = [_seats(plan) for plan in (a, b)]
    money = [_money(plan) for plan in (a, b)]
    return PlanDiff(
        a.value,
        b.value,
        tuple(ClassChange(*key, *both) for key, both in _changed(*classes)),
        tuple(SeatChange(*key, *both) for key, both in _changed(*seats)),
        tuple(MoneyChange(*key, *both) for key, both in _changed(*money)),
    )


def _seats(plan: Plan) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for block in plan.seats:
        found[block.organisation, block.programme] += block.seats
    return found


def _money(plan: Plan) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for payment in plan.payments:
        found[(payment.source,)] += payment.vnd
    return found


def _changed(before: Mapping, after: Mapping) -> list[tuple]:
    return [(key, (before[key], after[key])) for key in sorted(set(before) | set(after)) if before[key] != after[key]]
