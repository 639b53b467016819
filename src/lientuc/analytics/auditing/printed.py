"""A number as it was printed: its value and how many decimals it showed, never a binary float.

The number of printed decimals is part of the value (`45,0` claims more than `45`); comma and point both separate
decimals, a per cent sign and spaces are allowed. Source: GRIM (Brown and Heathers 2017), where trailing zeros count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[.  ]\d{3})+")


@dataclass(frozen=True, slots=True)
class Printed:
    """`text` as it stood, its `value`, and the decimals it showed."""

    text: str
    value: Decimal
    places: int

    @property
    def step(self) -> Decimal:
        """One unit of the last printed place."""
        return Decimal(1).scaleb(-self.places)

    def is_rounded(self, exact: Fraction) -> bool:
        """Is this `exact` rounded half up to as many decimals?"""
        return self.value == half_up(exact, self.places)

    def is_near(self, exact: Fraction) -> bool:
        """Is this less than one unit of its last place away from `exact`?"""
        return abs(Fraction(self.value) - exact) < Fraction(self.step)


def read_number(text: str) -> Printed | None:
    """The printed number in a cell; None for an empty cell or a dash; raises ValueError for anything else."""
    bare = text.strip().removesuffix("%").strip()
    if bare in {"", "-", "–", "—"}:
        return None
    if not _NUMBER.fullmatch(bare):
        raise ValueError(text)
    value = bare.replace(",", ".")
    return Printed(text.strip(), Decimal(value), len(value.partition(".")[2]))


def read_count(text: str) -> int | None:
    """The printed whole number in a cell, thousands in groups of three allowed; None where empty; raises ValueError."""
    bare = text.strip()
    if bare in {"", "-", "–", "—"}:
        return None
    if _THOUSANDS.fullmatch(bare):
        return int(re.sub(r"\D", "", bare))
    if not bare.isdecimal():
        raise ValueError(text)
    return int(bare)


def half_up(exact: Fraction, places: int) -> Decimal:
    """`exact` rounded half up to `places` decimals."""
    return _rounded(exact, places, ROUND_HALF_UP)


def half_even(exact: Fraction, places: int) -> Decimal:
    """`exact` rounded half to even."""
    return _rounded(exact, places, ROUND_HALF_EVEN)


def cut_off(exact: Fraction, places: int) -> Decimal:
    """`exact` with the decimals after `places` cut off."""
    return _rounded(exact, places, ROUND_DOWN)


def _rounded(exact: Fraction, places: int, how: str) -> Decimal:
    scaled = exact * 10**places
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    twice, tie = 2 * rest, scaled.denominator
    up = {
        ROUND_HALF_UP: twice >= tie,
        ROUND_HALF_EVEN: twice > tie or (twice == tie and whole % 2 == 1),
        ROUND_DOWN: False,
    }
    sign = -1 if scaled < 0 else 1
    return Decimal(sign * (whole + up[how])).scaleb(-places)
