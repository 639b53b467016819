"""One dated legal value and one dated conversion factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..certainty import Certainty
from ..errors import ValueNotKnown
from ..numbering import Citation, cite

Raw = int | Decimal | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Value:
    """What the law says from `valid_from` to `valid_to` (both days count; None: still in force).

    `value` is None only where certainty is UNKNOWN. `unit` is a code (credit_hour, lesson, day, year, vnd_half_day, name …).
    """

    name: str
    value: Raw
    unit: str
    article: str
    source: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None
    checked_on: date
    rule_id: str = ""
    note: str = ""

    @property
    def citation(self) -> Citation:
        """Where it is written."""
        return cite(self.article, self.certainty)

    def in_force(self, on: date) -> bool:
        """Whether the value holds on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def whole(self) -> int:
        """The value as a whole number; ValueNotKnown where it is UNKNOWN, TypeError where it is something else."""
        known = self._known()
        if isinstance(known, int):
            return known
        raise TypeError(f"{self.name} is not a whole number")

    def decimal(self) -> Decimal:
        """The value as a Decimal, from a whole number or a decimal; errors as `whole`."""
        known = self._known()
        if isinstance(known, int | Decimal):
            return Decimal(known)
        raise TypeError(f"{self.name} is not a number")

    def text(self) -> str:
        """The value as a code; errors as `whole`."""
        known = self._known()
        if isinstance(known, str):
            return known
        raise TypeError(f"{self.name} is not a code")

    def codes(self) -> tuple[str, ...]:
        """The value as a list of codes; errors as `whole`."""
        known = self._known()
        if isinstance(known, tuple):
            return known
        raise TypeError(f"{self.name} is not a list")

    def _known(self) -> int | Decimal | str | tuple[str, ...]:
        if self.value is None:
            raise ValueNotKnown(self.name)
        return self.value


@dataclass(frozen=True)
class Factor:
    """What one unit of an activity is worth: one row of the conversion table.

    `roles` and `levels` list what the row covers (no level: every level); `value` is hours per `unit`, None where UNKNOWN;
    `cap_hours` is the most one event may give; `sets` names the readings (A, B) the row belongs to, none for all.
    """

    rule_id: str
    regime: str
    form: str
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    unit: str
    value: Decimal | None
    cap_hours: Decimal | None
    valid_from: date
    valid_to: date | None
    article: str
    source: str
    certainty: Certainty
    sets: tuple[str, ...]
    checked_on: date
    note: str = ""

    @property
    def citation(self) -> Citation:
        """Where it is written."""
        return cite(self.article, self.certainty)

    def in_force(self, on: date) -> bool:
        """Whether the row holds on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def covers(self, role: str, level: str) -> bool:
        """Whether the row is about this role and level."""
        return role in self.roles and (not self.levels or level in self.levels)
