"""Hours with their unit: giờ tín chỉ and tiết never meet in one sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lientuc.core.hours import hours, quarters, quarters_down


class Unit(StrEnum):
    """credit_hour: giờ tín chỉ (P); lesson: tiết (S); none: the regime counts no hours here."""

    CREDIT_HOUR = "credit_hour"
    LESSON = "lesson"
    NONE = "none"


@dataclass(frozen=True)
class Amount:
    """Whole quarter hours of one unit; adding, subtracting or comparing two units raises TypeError."""

    unit: Unit
    quarter_hours: int = 0

    @classmethod
    def of(cls, unit: Unit, value: Decimal | int | str) -> Amount:
        """From hours; ValueError where they are not a multiple of 0.25."""
        return cls(unit, quarters(value))

    @classmethod
    def rounded_down(cls, unit: Unit, value: Decimal) -> Amount:
        """From hours, what is left over a quarter hour dropped."""
        return cls(unit, quarters_down(value))

    @property
    def hours(self) -> Decimal:
        """Decimal hours."""
        return hours(self.quarter_hours)

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.unit, self.quarter_hours + self._same(other))

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.unit, self.quarter_hours - self._same(other))

    def __lt__(self, other: Amount) -> bool:
        return self.quarter_hours < self._same(other)

    def __ge__(self, other: Amount) -> bool:
        return self.quarter_hours >= self._same(other)

    def __bool__(self) -> bool:
        return self.quarter_hours != 0

    def _same(self, other: Amount) -> int:
        if not isinstance(other, Amount) or other.unit is not self.unit:
            raise TypeError(f"{self.unit} and {getattr(other, 'unit', type(other).__name__)} never meet in one sum")
        return other.quarter_hours


def total(unit: Unit, amounts: Iterable[Amount]) -> Amount:
    """The sum of `amounts`, all of them in `unit`."""
    nothing = Amount(unit)
    return Amount(unit, sum(nothing._same(amount) for amount in amounts))
