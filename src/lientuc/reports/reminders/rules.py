"""When a person is reminded and in which words; the days before a deadline are a setting of the house, not law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Once the deadline has passed while hours are missing: told once more.
OVERDUE = 0


@dataclass(frozen=True)
class Due:
    """One person's hours due: what is missing in the unit of the person's rule, by when."""

    name: str
    unit: str
    missing: Decimal
    deadline_on: date
    this_year_only: bool = False

    def days_left(self, on: date) -> int:
        """Days from `on` to the deadline; negative once it has passed."""
        return (self.deadline_on - on).days


def step_on(deadline_on: date, on: date, steps: Sequence[int]) -> int | None:
    """Which reminder is due on a day: the smallest step not smaller than the days left, OVERDUE after the deadline.

    None while the deadline is further away than the first step. A day on which no reminder ran is made up for by the next one.
    """
    left = (deadline_on - on).days
    if left < 0:
        return OVERDUE
    return min((step for step in steps if step >= left), default=None)


def once_key(person: str, deadline_on: date, step: int) -> str:
    """The key under which a person is told once of one step of one deadline."""
    return f"due:{person}:{deadline_on.isoformat()}:{step}"


def week_of(on: date) -> str:
    """The period of an office's digest: one ISO week, `2026-W25`."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def digest_key(organisation: str, user: str, on: date) -> str:
    """The key under which one person of an office gets one digest a week."""
    return f"digest:{organisation}:{user}:{week_of(on)}"
