"""A workbook as tables: where each begins, what its columns probably are, its rows as cells that can be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from lientuc.core.errors import Problem, Refused
from lientuc.core.names import tidy
from lientuc.documents.readers import Cell, Sheet, read_workbook
from lientuc.documents.readers.fields import KnownField
from lientuc.documents.readers.headers import BodyRow, ColumnGuess, Header, body_rows, find_header, plain
from lientuc.documents.readers.tcvn3 import from_tcvn3, looks_like_tcvn3, mended
from lientuc.documents.readers.vni import from_vni, looks_like_vni

_SEARCHED = 40
# Sheets of our own template that hold no people, and the columns we add to a list that goes back.
LIST_SHEET, ADVICE_SHEET = "Danh mục", "Hướng dẫn"
_OUR_SHEETS = frozenset({LIST_SHEET, ADVICE_SHEET})
_OUR_COLUMNS = frozenset({"trang thai", "can sua", "state", "to be mended"})


@dataclass(frozen=True)
class Table:
    """The table of one sheet; `proposal` names the field of each column, `sexes` the pair `Năm sinh: Nam | Nữ`."""

    sheet: str
    headings: tuple[str, ...]
    proposal: dict[str, str]
    sexes: dict[str, str]
    rows: tuple[BodyRow, ...]

    @classmethod
    def of(cls, sheet: str, header: Header, rows: Iterable[BodyRow]) -> Table:
        """The table under a header that was found."""
        known = [guess for guess in header.columns if guess.field]
        return cls(
            sheet=sheet[:80],
            headings=tuple(guess.heading for guess in header.columns),
            proposal={str(guess.column): str(guess.field) for guess in known},
            sexes={str(guess.column): str(guess.sex) for guess in known if guess.sex},
            rows=tuple(rows),
        )

    @property
    def fingerprint(self) -> str:
        """The same for every table with these headings in this order."""
        own = [heading for heading in self.headings if plain(heading) not in _OUR_COLUMNS]
        return hashlib.sha256("\n".join(own).encode()).hexdigest()


class SentFile:
    """A file somebody sent, read; the audit trail keeps its name and digest only, never its rows."""

    def __init__(self, name: str, sha256: str, tables: Sequence[Table]) -> None:
        self.name, self.sha256, self.tables = name, sha256, tuple(tables)

    def __str__(self) -> str:
        return f"{self.name} sha256={self.sha256} rows={self.count}"

    @property
    def count(self) -> int:
        """Rows of all tables."""
        return sum(len(table.rows) for table in self.tables)


def read_file(content: bytes, name: str, fields: Sequence[KnownField]) -> SentFile:
    """Read an uploaded file; raises Refused where it may not be opened or has no table of people in it."""
    book = read_workbook(content)
    shown = (_in_unicode(sheet) for sheet in book.sheets if not sheet.is_hidden and sheet.name not in _OUR_SHEETS)
    tables = [table for sheet in shown if (table := _table(sheet, fields))]
    if not any(table.rows for table in tables):
        raise Refused(Problem("registry.no_table", "file"))
    return SentFile(name[-200:], hashlib.sha256(content).hexdigest(), tables)


def _in_unicode(sheet: Sheet) -> Sheet:
    """A sheet typed in an old font throughout: there even `Sè`, which could be Unicode, is `Số`."""
    texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str)]
    beyond = [text for text in texts if not text.isascii()]
    vni = sum(looks_like_vni(text) for text in beyond)
    tcvn3 = sum(looks_like_tcvn3(text) and not looks_like_vni(text) for text in beyond)
    if not (vni or tcvn3) or any(_is_new(text) for text in beyond):
        return sheet
    new = from_vni if vni > tcvn3 else from_tcvn3
    rows = tuple(tuple(new(cell) if isinstance(cell, str) else cell for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _is_new(text: str) -> bool:
    """Whether a text holds letters that Vietnamese has in Unicode only (ă, ơ, ạ …)."""
    return any(char in "ĂăĐđĨĩŨũƠơƯư" or "ạ" <= char <= "ỹ" for char in text)


def _table(sheet: Sheet, fields: Sequence[KnownField]) -> Table | None:
    header = find_header(sheet, fields) or _unknown_header(sheet)
    if header is None:
        return None
    return Table.of(sheet.name, header, body_rows(sheet, header))


def _unknown_header(sheet: Sheet) -> Header | None:
    """The row of most texts among the first ones, where no heading is known: a person then says what the columns are."""
    texts = [sum(isinstance(cell, str) for cell in row) for row in sheet.rows[:_SEARCHED]]
    if not texts or max(texts) < 2:
        return None
    place = texts.index(max(texts))
    guesses = (
        ColumnGuess(column, "" if cell is None else tidy(mended(str(cell))))
        for column, cell in enumerate(sheet.rows[place])
    )
    return Header(place, place, place + 1, tuple(guesses))


def kept(cell: Cell) -> Any:
    """A cell as JSON: dates marked, everything else as it is."""
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    return {"d": cell.isoformat()} if isinstance(cell, date) else cell


def cell_of(value: Any) -> Cell:
    """The cell that `kept` wrote."""
    match value:
        case {"d": day}:
            return date.fromisoformat(day)
        case {"t": moment}:
            return datetime.fromisoformat(moment)
    return value  # type: ignore[no-any-return]


def address(column: int, number: int) -> str:
    """`B7`: column counted from 0, row as Excel shows it."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{number}"


def kept_problem(problem: Problem, column: int | None) -> dict[str, Any]:
    """A cell's problem as JSON."""
    values = {name: kept(value) for name, value in problem.values.items()}
    return {"column": column, "field": problem.field, "code": problem.code, "values": values}


def problem_of(stored: dict[str, Any]) -> Problem:
    """The problem that `kept_problem` wrote."""
    values = {name: cell_of(value) for name, value in stored["values"].items()}
    return Problem(stored["code"], stored["field"], values)
