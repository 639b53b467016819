"""Can whole numbers give the printed mean and standard deviation at this n?

Source: GRIM, Brown and Heathers (2017); GRIMMER, Anaya (2016) in the analytic form of Allard (2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from .printed import Printed, half_up


def can_tell(mean: Printed, n: int) -> bool:
    """With more than 10^decimals answers every printed mean is possible and the test says nothing."""
    return n < int(10**mean.places)


def sums(mean: Printed, n: int) -> tuple[int, ...]:
    """Every sum of `n` whole numbers whose mean prints as `mean`."""
    low, high = _interval(mean)
    return tuple(
        total
        for total in range(floor(low * n), ceil(high * n) + 1)
        if half_up(Fraction(total, n), mean.places) == mean.value
    )


def sd_is_possible(mean: Printed, sd: Printed, n: int) -> bool:
    """Is there a whole sum of squares, of the right parity, that prints both `mean` and `sd` (n − 1 below)?"""
    if n < 2:
        return sd.value == 0
    return any(True for total in sums(mean, n) for _ in _squares(total, sd, n))


def _squares(total: int, sd: Printed, n: int) -> Iterator[int]:
    low, high = _interval(sd)
    low = max(low, Fraction(0))
    first = ceil((n - 1) * low**2 + Fraction(total**2, n))
    last = floor((n - 1) * high**2 + Fraction(total**2, n))
    for squares in range(first, last + 1):
        variance = (Fraction(squares) - Fraction(total**2, n)) / (n - 1)
        # A sum of squares of whole numbers is odd exactly when their sum is odd.
        if squares % 2 == total % 2 and variance >= 0 and low**2 <= variance <= high**2:
            yield squares


def _interval(printed: Printed) -> tuple[Fraction, Fraction]:
    half = Fraction(printed.step) / 2
    return Fraction(printed.value) - half, Fraction(printed.value) + half
