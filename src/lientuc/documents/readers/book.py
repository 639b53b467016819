"""A workbook as it was sent: sheets of raw cells, nothing interpreted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Region:
    """A block of merged cells, first and last row and column counted from 0, both included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` counted from 0 as in the file, blank cells None, all rows of one width.

    A merged block has its value in its first cell only (`merged` names the blocks). `is_hidden` sheets are given too.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Region, ...] = ()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True)
class Workbook:
    """All sheets with at least one cell, in the order of the file."""

    sheets: tuple[Sheet, ...]


def sheet_of(name: str, rows: Iterable[Iterable[Cell]], **more: object) -> Sheet:
    """A sheet of `rows`, blanks made None, made as wide as its widest row, without blank rows and columns at the end."""
    cleaned = [_without_trailing_blanks([None if cell == "" else cell for cell in row]) for row in rows]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    width = max(map(len, cleaned), default=0)
    padded = tuple(tuple(row + [None] * (width - len(row))) for row in cleaned)
    return replace(Sheet(name, padded), **more)  # type: ignore[arg-type]


def _without_trailing_blanks(row: list[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row.pop()
    return row
