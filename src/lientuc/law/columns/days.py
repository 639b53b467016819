"""Days counted in columns, as `law.days` counts them."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import ibis
import ibis.expr.types as ir


def day(value: date) -> ir.DateScalar:
    """A day as a constant."""
    return ibis.date(value.year, value.month, value.day)


def days_after(column: ir.DateValue, count: int) -> ir.DateValue:
    """`count` days later (negative: earlier)."""
    moved: ir.DateValue = column + ibis.interval(days=count) if count >= 0 else column - ibis.interval(days=-count)
    return moved.cast("date")


def in_year(column: ir.DateValue, year: ir.IntegerValue | int) -> ir.DateValue:
    """The same day and month in another year; 29 February becomes 28 where it is missing."""
    leap_day = (column.month() == 2) & (column.day() == 29)
    if isinstance(year, int):
        missing = leap_day if not isleap(year) else ibis.literal(False)
        year = ibis.literal(year)
    else:
        missing = leap_day & ~((year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0)))
    last = ibis.ifelse(missing, 28, column.day())
    return ibis.date(year.cast("int32"), column.month().cast("int32"), last.cast("int32"))


def years_after(column: ir.DateValue, years: int) -> ir.DateValue:
    """The same day and month `years` later (negative: earlier); 29 February becomes 28 where it is missing.

    Engines cut a missing day to the end of its month, which is the house's reading.
    """
    moved = column + ibis.interval(years=years) if years >= 0 else column - ibis.interval(years=-years)
    return moved.cast("date")


def days_from(start: ir.DateValue, end: ir.DateValue) -> ir.IntegerValue:
    """Days from `start` to `end`, both counted; 0 where the period is empty."""
    counted = end.delta(start, unit="day").cast("int64") + 1
    return ibis.ifelse(counted > 0, counted, 0)
