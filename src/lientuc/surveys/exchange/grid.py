"""A sheet of a form file read by its header: lines of texts by column, languages told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from lientuc.documents.readers import Cell, Sheet

from .complaints import Complaints
from .sheets import EN, LANGUAGES, TRANSLATED, VI

_NAMES = {"vi": VI, "en": EN}
_SAME = {"calculate": "calculation", "list name": "list_name", "value": "name"}
"""Other names that XLSForm itself allows for a column."""


@dataclass(frozen=True)
class Line:
    """One filled row; `row` counts from 1 with the header."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def pair(self, column: str) -> tuple[str, str]:
        """The text in Vietnamese and in English; one that is missing is taken from the other."""
        vi, en = self[f"{column}::{VI}"], self[f"{column}::{EN}"]
        return vi or en, en or vi

    @property
    def filled(self) -> list[str]:
        """The columns that say something."""
        return [column for column, text in self.cells.items() if text]


@dataclass(frozen=True)
class Grid:
    """A sheet's lines."""

    name: str
    lines: tuple[Line, ...]

    @staticmethod
    def of(sheet: Sheet | None, name: str, columns: Sequence[str], wrong: Complaints, language: str = "") -> Grid:
        """The lines of a sheet; a filled cell in a column that is not known is complained of, once a column."""
        rows = sheet.rows if sheet else ()
        top = next((place for place, row in enumerate(rows) if any(texts_of(row))), len(rows))
        header = [column_named(text, language) for text in texts_of(rows[top])] if top < len(rows) else []
        lines = list(_lines(name, rows[top + 1 :], header, first=top + 2))
        for column in dict.fromkeys(header):
            if column and column not in columns:
                _complain(column, lines, name, wrong)
        return Grid(name, tuple(lines))


def _lines(name: str, rows: Iterable[Sequence[Cell]], header: Sequence[str], *, first: int) -> Iterator[Line]:
    for number, row in enumerate(rows, start=first):
        cells = {column: text for column, text in zip(header, texts_of(row), strict=False) if column and text}
        if cells:
            yield Line(name, number, cells)


def _complain(column: str, lines: Iterable[Line], name: str, wrong: Complaints) -> None:
    line = next((line for line in lines if line[column]), None)
    if line is not None:
        wrong.add("column_unknown", name, line.row, column, found=line[column][:40])


def column_named(text: str, language: str = "") -> str:
    """The name of a column as this house writes it; without a language it is the file's own (`language`), else Vietnamese."""
    first, _, spoken = (part.strip() for part in text.partition("::"))
    if not spoken and ":" in first:
        first, _, spoken = (part.strip() for part in first.partition(":"))
    name = _SAME.get(first.casefold(), first.casefold())
    if name not in TRANSLATED:
        return f"{name}::{spoken}" if spoken else name
    known = LANGUAGES.get((spoken or language).casefold(), "" if spoken else "vi")
    return f"{name}::{_NAMES[known]}" if known else f"{name}::{spoken}"


def texts_of(row: Iterable[Cell]) -> list[str]:
    """Cells as texts: whole numbers without a point."""
    return [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}"
    return normalize("NFC", str(cell)).strip()
