"""Years counted from a day, and days shared by periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

DAY = timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """The same day and month `years` later (negative: earlier); 29 February becomes 28 where it is missing."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def days_between(start: date, end: date) -> int:
    """Days from `start` to `end`, both counted; 0 where the period is empty."""
    return max(0, (end - start).days + 1)


def days_covered(start: date, end: date, periods: Iterable[tuple[date, date]]) -> int:
    """Days of `start`–`end` that lie in at least one of `periods`; both ends count everywhere."""
    covered, reached = 0, start
    for first, last in sorted(periods):
        first, last = max(first, reached), min(last, end)
        covered += days_between(first, last)
        reached = max(reached, last + DAY)
    return covered
