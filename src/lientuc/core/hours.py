"""Hours as whole quarter hours, so that sums never differ in the last bit."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

QUARTERS_IN_AN_HOUR = 4


def quarters(hours: Decimal | int | str) -> int:
    """Whole quarter hours in `hours`; raises ValueError where it is not a multiple of 0.25."""
    exact = Decimal(hours) * QUARTERS_IN_AN_HOUR
    if exact != exact.to_integral_value():
        raise ValueError(f"{hours} is not a whole number of quarter hours")
    return int(exact)


def quarters_down(hours: Decimal) -> int:
    """`hours` rounded down to whole quarter hours."""
    return int((hours * QUARTERS_IN_AN_HOUR).to_integral_value(rounding=ROUND_DOWN))


def hours(quarter_hours: int) -> Decimal:
    """Decimal hours of a count of quarter hours."""
    return Decimal(quarter_hours) / QUARTERS_IN_AN_HOUR
