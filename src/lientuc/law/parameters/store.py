"""Every parameter and factor as one frozen value that can be asked, compared and changed for a what-if."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from ..certainty import Certainty
from ..errors import NotInForce
from .values import Factor, Raw, Value

WHAT_IF = "what_if"


@dataclass(frozen=True)
class Parameters:
    """All dated values by name and all factors; two with the same content are equal and share their `digest`."""

    values: Mapping[str, tuple[Value, ...]] = field(compare=False, repr=False)
    factors: tuple[Factor, ...] = field(compare=False, repr=False)
    digest: str

    @classmethod
    def of(cls, values: Iterable[Value], factors: Iterable[Factor]) -> Parameters:
        """Gather values and factors; raises ValueError where two periods of the same thing overlap."""
        by_name: dict[str, list[Value]] = defaultdict(list)
        for value in values:
            by_name[value.name].append(value)
        ordered = {name: tuple(sorted(by_name[name], key=lambda v: v.valid_from)) for name in sorted(by_name)}
        rows = tuple(sorted(factors, key=lambda f: (f.regime, f.rule_id, f.sets, f.valid_from)))
        _refuse_overlaps(ordered, rows)
        return cls(MappingProxyType(ordered), rows, _digest(ordered, rows))

    def known(self, name: str, on: date) -> Value | None:
        """The value in force on `on`, or None; KeyError for a name not known."""
        for value in self.values[name]:
            if value.in_force(on):
                return value
        return None

    def value(self, name: str, on: date) -> Value:
        """The value in force on `on`; raises `NotInForce` where there is none, KeyError for a name not known."""
        found = self.known(name, on)
        if found is None:
            raise NotInForce(name, on)
        return found

    def latest(self, name: str) -> Value:
        """The newest value of a setting that is not asked for a day."""
        return self.values[name][-1]

    def factor(self, regime: str, form: str, role: str, level: str, on: date, factor_set: str) -> Factor | None:
        """The row for one activity on its day, or None where no row was seen."""
        # LAW   Appendix I of Circular 32/2023 was not readable; two copies (sets A and B) disagree on two rows.
        # HERE  A kind that set B does not name is valued by set A.
        # WHY   Set B is a handful of quiz answers: the what-if is about the rows that conflict, not about losing the rest.
        kind = (regime, form, role, level, factor_set)
        rows = self._rows.get(kind)
        if rows is None:
            covering = (f for f in self._by_form.get((regime, form), ()) if f.covers(role, level))
            preferred = sorted(covering, key=lambda f: (bool(f.sets) and factor_set not in f.sets, not f.levels))
            rows = tuple(preferred)
            if rows:
                self._rows[kind] = rows
        for row in rows:
            if row.in_force(on):
                return row
        return None

    def changed(self, name: str, value: Raw) -> Parameters:
        """A what-if: the same law with another value of `name` in every period; certainty UNVERIFIED."""
        others = (old for values in self.values.values() for old in values if old.name != name)
        changed = (
            replace(old, value=value, certainty=Certainty.UNVERIFIED, source=WHAT_IF) for old in self.values[name]
        )
        return Parameters.of((*others, *changed), self.factors)

    def changed_factor(self, rule_id: str, value: Decimal) -> Parameters:
        """A what-if: the same law with another worth of the rows `rule_id`; KeyError where there is no such row."""
        return self._with_rows(rule_id, lambda row: replace(row, value=value))

    def changed_cap(self, rule_id: str, hours: Decimal) -> Parameters:
        """A what-if: the same law with another most that one event may give; KeyError where there is no such row."""
        return self._with_rows(rule_id, lambda row: replace(row, cap_hours=hours))

    def _with_rows(self, rule_id: str, change: Callable[[Factor], Factor]) -> Parameters:
        if rule_id not in {row.rule_id for row in self.factors}:
            raise KeyError(rule_id)
        rows = (
            replace(change(row), certainty=Certainty.UNVERIFIED, source=WHAT_IF) if row.rule_id == rule_id else row
            for row in self.factors
        )
        return Parameters.of((value for dated in self.values.values() for value in dated), rows)

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, str, str], tuple[Factor, ...]]:
        """Rows once asked for, the preferred first; only kinds the law knows are kept."""
        return {}

    @cached_property
    def _by_form(self) -> dict[tuple[str, str], tuple[Factor, ...]]:
        forms = {(row.regime, row.form) for row in self.factors}
        return {key: tuple(row for row in self.factors if (row.regime, row.form) == key) for key in forms}


def _refuse_overlaps(values: Mapping[str, tuple[Value, ...]], factors: tuple[Factor, ...]) -> None:
    for name, dated in values.items():
        _refuse_overlap(name, dated)
    same: dict[tuple[str, ...], list[Factor]] = defaultdict(list)
    for row in factors:
        for key in _kinds(row):
            same[key].append(row)
    for key, rows in same.items():
        _refuse_overlap(" ".join(key), tuple(sorted(rows, key=lambda row: row.valid_from)))


def _kinds(row: Factor) -> list[tuple[str, ...]]:
    return [
        (row.regime, row.form, role, level, name)
        for role in row.roles
        for level in row.levels or ("",)
        for name in row.sets or ("",)
    ]


def _refuse_overlap(name: str, dated: Sequence[Value | Factor]) -> None:
    for earlier, later in pairwise(dated):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise ValueError(f"{name}: two values hold on {later.valid_from.isoformat()}")
    for one in dated:
        if one.valid_to is not None and one.valid_to < one.valid_from:
            raise ValueError(f"{name}: ends before it begins")


def _digest(values: Mapping[str, tuple[Value, ...]], factors: tuple[Factor, ...]) -> str:
    content = repr((sorted(values.items()), factors)).encode()
    return hashlib.sha256(content).hexdigest()[:8]
