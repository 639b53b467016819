"""What is audited: printed rows in groups, sentences about them, gates between groups, statements of method."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .printed import Printed

GroupKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; what was not printed is None, a cell that is no number stands in `unread`."""

    table: str
    id: str
    group: str
    label: str = ""
    denominator: int | None = None
    n: int | None = None
    pct: Printed | None = None
    mean: Printed | None = None
    sd: Printed | None = None
    unread: str = ""

    @property
    def key(self) -> GroupKey:
        """Its group: groups of two tables may carry the same name."""
        return (self.table, self.group)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in a sentence: where it stands, what it says of which rows (`rows` as printed, see `claims`)."""

    id: str
    location: str
    text: str
    comparator: str
    value: str
    unit: str
    rows: str
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Only people in `eligible` categories of `gate` were to answer `gated`; `asked` is the gate's own denominator."""

    gated: str
    gate: str
    eligible: tuple[str, ...]
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """What the methods section states, for example `n_total` `152`."""

    statement: str
    value: str


@dataclass(frozen=True)
class Report:
    """All that was printed; answers what a check asks of the whole."""

    rows: Sequence[Row]
    claims: Sequence[Claim] = ()
    gates: Sequence[Gate] = ()
    methods: Sequence[Method] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """The row of an id; of two with the same id the first."""
        return {row.id: row for row in reversed(self.rows)}

    @cached_property
    def groups(self) -> Mapping[GroupKey, tuple[Row, ...]]:
        """Rows of each group in printed order."""
        found: dict[GroupKey, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.key, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def total(self) -> int | None:
        """The number of respondents the methods state."""
        stated = next((m.value for m in self.methods if m.statement == "n_total"), "")
        digits = re.sub(r"[\s.]", "", stated)
        return int(digits) if digits.isdecimal() else None

    @cached_property
    def denominators(self) -> Mapping[str, frozenset[int]]:
        """Every denominator printed in a table."""
        found: dict[str, set[int]] = {}
        for row in self.rows:
            if row.denominator:
                found.setdefault(row.table, set()).add(row.denominator)
        return {table: frozenset(values) for table, values in found.items()}

    @cached_property
    def limit(self) -> int:
        """The largest denominator anybody could have used."""
        printed = [value for values in self.denominators.values() for value in values]
        return max([self.total or 0, *printed, *(total for key in self.groups if (total := self.sum_of(key)))])

    def sum_of(self, key: GroupKey) -> int | None:
        """Sum of the counts of a group; None where one is missing."""
        counts = [row.n for row in self.groups.get(key, ())]
        return sum(counts) if counts and None not in counts else None  # type: ignore[arg-type]

    def group_named(self, name: str) -> tuple[Row, ...]:
        """The rows of the first group of that name."""
        return next((rows for (_, group), rows in self.groups.items() if group == name), ())


def share(n: int, of: int) -> Fraction:
    """`n` of `of` in per cent, exactly."""
    return Fraction(100 * n, of)


def runs_of(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Every run of neighbouring rows, single rows first: what a text may have added up."""
    for length in range(1, len(rows) + 1):
        for start in range(len(rows) - length + 1):
            yield tuple(rows[start : start + length])
