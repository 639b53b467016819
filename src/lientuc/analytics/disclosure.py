"""Which cells are hidden, from whom: the only place of this rule.

A count of 1 to 4 (inside an organisation) or 1 to 9 (in anything public) can point at a person; zero cannot. A small
cell is hidden (primary), and so is whatever would give it back by subtraction from a printed total (complementary).
Hidden is None, the same for both kinds: to tell them apart would tell their size. Thresholds may be raised, never
lowered. What is protected against here is subtraction within one table; tables that hang together are `linked`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

Cell = int | None
"""A count that may be shown, or None: hidden."""

Place = tuple[int, int]
Line = tuple[str, int]


class Audience(StrEnum):
    """Who reads a result."""

    EVALUATOR = "evaluator"
    ORGANISATION = "organisation"
    PUBLIC = "public"


class WithheldBecause(StrEnum):
    """Why a result is not shown at all."""

    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_FOR_FREE_TEXT = "too_few_for_free_text"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The smallest numbers that may be shown: a count, answers of leaders, peers or patients, answers in free text."""

    counts_from: int
    results_from: int
    free_text_from: int

    def raised(
        self, *, counts_from: int | None = None, results_from: int | None = None, free_text_from: int | None = None
    ) -> Thresholds:
        """The same with some values higher; raises ValueError where one would be lower."""
        wanted = Thresholds(
            self.counts_from if counts_from is None else counts_from,
            self.results_from if results_from is None else results_from,
            self.free_text_from if free_text_from is None else free_text_from,
        )
        pairs = zip(_values(wanted), _values(self), strict=True)
        if any(new < old for new, old in pairs):
            raise ValueError("a disclosure threshold may be raised, never lowered")
        return wanted


THRESHOLDS: Mapping[Audience, Thresholds] = MappingProxyType(
    {
        Audience.EVALUATOR: Thresholds(counts_from=1, results_from=5, free_text_from=10),
        Audience.ORGANISATION: Thresholds(counts_from=5, results_from=5, free_text_from=10),
        Audience.PUBLIC: Thresholds(counts_from=10, results_from=5, free_text_from=10),
    }
)

FILTERS_FROM = 40
"""Answers below which tables by group are the evaluator's alone: they would hide more than they show."""


@dataclass(frozen=True, slots=True)
class OneWay:
    """Counts of one row or column with their total, as they may be shown."""

    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Counts by rows and columns with both margins, as they may be shown."""

    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


def is_small(count: int, thresholds: Thresholds) -> bool:
    """A count that could point at a person: above zero and below the threshold."""
    return 0 < count < thresholds.counts_from


def hide_small(counts: Sequence[int], thresholds: Thresholds) -> tuple[Cell, ...]:
    """The primary step alone, for counts printed without any total (now or elsewhere)."""
    return tuple(None if is_small(count, thresholds) else count for count in counts)


def one_way(counts: Sequence[int], thresholds: Thresholds) -> OneWay:
    """Counts that are printed with their total."""
    shown = two_way([counts], thresholds)
    return OneWay(shown.cells[0], shown.row_totals[0])


def two_way(counts: Sequence[Sequence[int]], thresholds: Thresholds) -> TwoWay:
    """A table printed with row totals, column totals and a grand total; rows of equal length.

    A margin is a cell like any other here: it is hidden when it is small or when nothing else protects its line.
    """
    table = _with_margins(counts)
    hidden = {place for place, count in table.items() if is_small(count, thresholds)}
    while lines := _weak_lines(table, hidden, thresholds):
        hidden.add(_next_to_hide(table, hidden, lines))
    return _shown(table, hidden, len(counts), len(counts[0]))


def why_not_show_result(answers: int, thresholds: Thresholds) -> WithheldBecause | None:
    """Why results of leaders, peers or patients stay unseen with so many answers; None: they may be shown."""
    return WithheldBecause.TOO_FEW_ANSWERS if answers < thresholds.results_from else None


def why_not_show_free_text(answers: int, thresholds: Thresholds) -> WithheldBecause | None:
    """Why answers in free text stay unseen with so many answers; None: they may be shown."""
    return WithheldBecause.TOO_FEW_FOR_FREE_TEXT if answers < thresholds.free_text_from else None


def why_not_show_share(count: int, of: int, thresholds: Thresholds) -> WithheldBecause | None:
    """Why a percentage printed with its `of` stays unseen: it gives back `count` and the rest, so neither may be small."""
    small = any(is_small(part, thresholds) for part in (count, of - count, of))
    return WithheldBecause.TOO_FEW_ANSWERS if small else None


def _values(thresholds: Thresholds) -> tuple[int, int, int]:
    return thresholds.counts_from, thresholds.results_from, thresholds.free_text_from


def _with_margins(counts: Sequence[Sequence[int]]) -> dict[Place, int]:
    """Cells by (row, column); the last row and the last column hold the totals."""
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table has rows of one length, and at least one cell")
    rows = [[*row, sum(row)] for row in counts]
    # A single row has no column totals: they would only print the row a second time.
    if len(rows) > 1:
        rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(i, j): count for i, row in enumerate(rows) for j, count in enumerate(row)}


def _weak_lines(table: Mapping[Place, int], hidden: set[Place], thresholds: Thresholds) -> set[Line]:
    """Rows and columns in which the shown numbers give a hidden one back; empty: the table is safe."""
    weak = {line for line in _lines(table) if _is_pinned(line, table, hidden, thresholds)}
    by_column = ("column", 0) in _lines(table)
    for place in hidden:
        if _follows_from_the_rest(place, hidden, by_column):
            weak |= {("row", place[0]), ("column", place[1])} if by_column else {("row", 0)}
    return weak


def _next_to_hide(table: Mapping[Place, int], hidden: set[Place], weak: set[Line]) -> Place:
    """The next smallest shown cell in a weak line, first one that stands in two of them (it closes a rectangle).

    A zero protects only where nothing else is left.
    """

    def cost(place: Place) -> tuple[bool, int, int, Place]:
        helped = (("row", place[0]) in weak) + (("column", place[1]) in weak)
        return table[place] == 0, -helped, table[place], place

    return min((place for place in table if place not in hidden and cost(place)[1] < 0), key=cost)


def _lines(table: Mapping[Place, int]) -> dict[Line, list[Place]]:
    """The cells of each row, and of each column where there is more than one row; the last one is the total."""
    lines: dict[Line, list[Place]] = {}
    several = max(i for i, _ in table) > 0
    for i, j in table:
        lines.setdefault(("row", i), []).append((i, j))
        if several:
            lines.setdefault(("column", j), []).append((i, j))
    return lines


def _follows_from_the_rest(place: Place, hidden: set[Place], by_column: bool) -> bool:
    """Whether the line sums determine a hidden cell.

    Hidden cells are edges between their row and their column, every line being one equation. A cell that lies on no
    closed chain of hidden cells is determined: a lone hidden cell in a line is only the simplest case.
    """
    if not by_column:
        return len(hidden) == 1
    others = [(("row", i), ("column", j)) for i, j in hidden if (i, j) != place]
    reached: set[Line] = {("row", place[0])}
    grown = True
    while grown:
        touching = {end for edge in others if reached & set(edge) for end in edge}
        grown = not touching <= reached
        reached |= touching
    return ("column", place[1]) not in reached


def _is_pinned(line: Line, table: Mapping[Place, int], hidden: set[Place], thresholds: Thresholds) -> bool:
    """Whether a shown total leaves only one way for the hidden cells of a line: all 1, or all just below the threshold."""
    *cells, total = _lines(table)[line]
    parts = {table[cell] for cell in cells if cell in hidden}
    return total not in hidden and parts in ({1}, {thresholds.counts_from - 1})


def _shown(table: Mapping[Place, int], hidden: set[Place], rows: int, columns: int) -> TwoWay:
    def at(i: int, j: int) -> Cell:
        return None if (i, j) in hidden else table[i, j]

    column_totals = tuple(at(rows, j) for j in range(columns)) if rows > 1 else tuple(at(0, j) for j in range(columns))
    return TwoWay(
        cells=tuple(tuple(at(i, j) for j in range(columns)) for i in range(rows)),
        row_totals=tuple(at(i, columns) for i in range(rows)),
        column_totals=column_totals,
        total=at(rows, columns) if rows > 1 else at(0, columns),
    )
