"""Where the table begins in a sheet, what its columns are, which rows are people: pure, and only a proposal.

Sheets come with title lines above, headers of two merged rows, a line of column numbers, section rows
(`I. KHOA NỘI`), numbering that restarts, repeated headers, totals and signatures below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from lientuc.core.names import fold, tidy

from .book import Cell, Region, Sheet
from .fields import KnownField
from .tcvn3 import mended

_SEARCHED_ROWS = 40
_SIGNS = re.compile(r"[^a-z0-9]+")
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*\)?")
_ORDINAL = re.compile(r"\d+[.)]?")
_SECTION = re.compile(r"(?:[IVXLC]+|[A-ZĐ])\s*(?:[.)\-–:/]|$)")
_TOTAL = re.compile(r"(?:tong|tong so|tong cong|cong|total|cong chung)\b")
_SEXES: dict[str, Literal["male", "female"]] = {"nam": "male", "nu": "female", "male": "male", "female": "female"}

Sex = Literal["male", "female"]


@dataclass(frozen=True)
class ColumnGuess:
    """One column: its heading (`Năm sinh / Nam` for two rows) and the field it probably is.

    `field` is None where no known heading fits. `sex` is set on the pair `Năm sinh: Nam | Nữ`: whoever has a value in
    this column is of that sex. `is_exact` says the heading is a known one, letter for letter after folding.
    """

    column: int
    heading: str
    field: str | None = None
    sex: Sex | None = None
    is_exact: bool = False


@dataclass(frozen=True)
class Header:
    """Rows `first`..`last` (from 0) are the header; data begin at row `data_from`."""

    first: int
    last: int
    data_from: int
    columns: tuple[ColumnGuess, ...]

    def columns_of(self, field: str) -> tuple[ColumnGuess, ...]:
        """The columns taken for `field`: none, one, or the pair by sex."""
        return tuple(guess for guess in self.columns if guess.field == field)


@dataclass(frozen=True)
class BodyRow:
    """A row of data: its number as Excel shows it, its cells, and the section it stands in (empty if none)."""

    number: int
    cells: tuple[Cell, ...]
    section: str = ""


def find_header(sheet: Sheet, fields: Sequence[KnownField]) -> Header | None:
    """The header that names most known fields, the earlier and the shorter one if equal; None where none names two."""
    known = _known(fields)
    best: tuple[int, Header] | None = None
    for first in range(min(_SEARCHED_ROWS, len(sheet.rows))):
        for last in (first, first + 1):
            if last >= len(sheet.rows) or (last > first and not _may_be_second_row(sheet, first)):
                continue
            columns = _guesses(_headings(sheet, first, last), known)
            score = _score(columns)
            if best is None or score > best[0]:
                best = (score, Header(first, last, _data_from(sheet, last), columns))
    return best[1] if best and len({guess.field for guess in best[1].columns if guess.field}) >= 2 else None


def body_rows(sheet: Sheet, header: Header) -> Iterator[BodyRow]:
    """The rows of data under `header`, without blank rows, sections, repeated headers, totals and what follows them."""
    below = islice(enumerate(sheet.rows), header.data_from, None)
    return rows_under(header, sheet.rows[header.last], below, sheet.merged)


def rows_under(
    header: Header, last: Sequence[Cell], below: Iterable[tuple[int, Sequence[Cell]]], merged: Sequence[Region] = ()
) -> Iterator[BodyRow]:
    """`body_rows` of a table that comes row by row: `last` is the header's last row, `below` are numbered rows (from 0)."""
    section = ""
    names = _row_texts(last)
    first_name = next((name for name in names if name), "")
    for place, row in below:
        filled = [cell for cell in row if cell is not None and not (isinstance(cell, str) and not cell.strip())]
        # A row of people has many cells and does not begin like the header: the rest need not be asked of each.
        if not filled or _is_line_of_column_numbers(filled) or _is_header_again(row, filled, names, first_name):
            continue
        if len(filled) <= 2 and (title := _section_title(merged, place, filled)):
            section = title
        elif not _is_total(filled) and not _is_remark(filled, header):
            yield BodyRow(place + 1, tuple(row), section)


def _is_header_again(row: Sequence[Cell], filled: Sequence[Cell], names: list[str], first_name: str) -> bool:
    first = filled[0]
    return isinstance(first, str) and not first.isdigit() and plain(first) == first_name and _row_texts(row) == names


def _known(fields: Sequence[KnownField]) -> dict[str, str]:
    return {plain(heading): field.key for field in fields for heading in field.headings}


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """A heading without marks, case and signs, so that `Họ và tên*` and `HỌ  VÀ TÊN` are one."""
    return _SIGNS.sub(" ", fold(mended(heading))).strip()


def _row_texts(row: Sequence[Cell]) -> list[str]:
    return ["" if cell is None else plain(str(cell)) for cell in row]


def _headings(sheet: Sheet, first: int, last: int) -> list[str]:
    upper = _heading_texts(sheet, first)
    if last == first:
        return upper
    lower = _heading_texts(sheet, last)
    carried = _carried(upper, lower, sheet, first)
    return [_joined(above, below) for above, below in zip(carried, lower, strict=True)]


def _heading_texts(sheet: Sheet, place: int) -> list[str]:
    return ["" if cell is None else tidy(mended(str(cell))) for cell in sheet.rows[place]]


def _carried(upper: list[str], lower: list[str], sheet: Sheet, first: int) -> list[str]:
    """Headings of the upper row drawn over the blanks to their right: as merged, or as sub-headings below ask for."""
    carried, current = [], ""
    for column, text in enumerate(upper):
        block = _block_at(sheet.merged, first, column)
        if text:
            current = text
        elif block is not None:
            current = upper[block.left]
        elif not lower[column]:
            current = ""
        carried.append(current)
    return carried


def _block_at(merged: Sequence[Region], row: int, column: int) -> Region | None:
    return next((b for b in merged if b.top <= row <= b.bottom and b.left <= column <= b.right), None)


def _joined(above: str, below: str) -> str:
    return f"{above} / {below}" if above and below and plain(above) != plain(below) else above or below


def _may_be_second_row(sheet: Sheet, first: int) -> bool:
    """Whether the next row subdivides this one: all text, and only under blanks or under a heading drawn over a blank.

    A first person would also stand under `Họ và tên`, where a header of two rows has a merged, empty cell.
    """
    upper, lower = sheet.rows[first], sheet.rows[first + 1]
    filled = [column for column, cell in enumerate(lower) if cell is not None]
    if not filled or _is_line_of_column_numbers(lower):
        return False
    if any(not isinstance(lower[column], str) or re.search(r"\d{3}", str(lower[column])) for column in filled):
        return False
    under_headings = [column for column in filled if upper[column] is not None]
    return len(under_headings) < len(filled) and all(_begins_a_group(upper, lower, column) for column in under_headings)


def _begins_a_group(upper: Sequence[Cell], lower: Sequence[Cell], column: int) -> bool:
    right = column + 1
    return right < len(upper) and upper[right] is None and lower[right] is not None


def _guesses(headings: list[str], known: dict[str, str]) -> tuple[ColumnGuess, ...]:
    guesses: list[ColumnGuess] = []
    taken: set[tuple[str, Sex | None]] = set()
    for column, heading in enumerate(headings):
        guess = _guess(column, heading, known)
        key = (guess.field or "", guess.sex)
        if guess.field and key in taken:
            guess = ColumnGuess(column, heading)
        taken.add(key)
        guesses.append(guess)
    return tuple(guesses)


def _guess(column: int, heading: str, known: dict[str, str]) -> ColumnGuess:
    upper, _, lower = heading.partition(" / ")
    sex = _SEXES.get(plain(lower))
    if sex and (field := known.get(plain(upper))):
        return ColumnGuess(column, heading, field, sex, is_exact=True)
    for part in (heading, lower, upper):
        if part and (field := known.get(plain(part))):
            return ColumnGuess(column, heading, field, is_exact=True)
    return ColumnGuess(column, heading, _field_inside(plain(heading), known))


def _field_inside(heading: str, known: dict[str, str]) -> str | None:
    """The field whose longest known heading (of two words or more) begins or ends this one: `Họ và tên (chữ in hoa)`."""
    inside = [
        (len(name), key)
        for name, key in known.items()
        if " " in name and len(heading) <= 60 and f" {name} " in f" {heading} "
    ]
    return max(inside)[1] if inside else None


def _score(columns: tuple[ColumnGuess, ...]) -> int:
    exact = {(guess.field, guess.sex) for guess in columns if guess.field and guess.is_exact}
    near = {(guess.field, guess.sex) for guess in columns if guess.field} - exact
    return 3 * len(exact) + len(near)


def _data_from(sheet: Sheet, last: int) -> int:
    below = last + 1
    return below + 1 if below < len(sheet.rows) and _is_line_of_column_numbers(sheet.rows[below]) else below


def _is_line_of_column_numbers(row: Sequence[Cell]) -> bool:
    """`(1) (2) (3)` or `A B 1 2` under a header: short marks in at least three cells, and the numbers count up by one."""
    given = [cell for cell in row if cell is not None]
    if len(given) < 3 or any(len(str(cell)) > 8 for cell in given[1:3]):
        return False
    marks = [tidy(str(cell)) for cell in given]
    if not all(_COLUMN_NUMBER.fullmatch(mark) for mark in marks):
        return False
    numbers = [int(digits) for mark in marks if (digits := mark.strip("() ")).isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _section_title(merged: Sequence[Region], place: int, filled: Sequence[Cell]) -> str:
    """The title where the row is a section: one or two texts, numbered in Roman or letters, merged wide, or in capitals."""
    if len(filled) > 2 or not isinstance(filled[0], str) or _ORDINAL.fullmatch(tidy(filled[0])):
        return ""
    title = tidy(mended(" ".join(str(cell) for cell in filled)))
    if _TOTAL.match(plain(title)):
        return ""
    wide = any(b.top <= place <= b.bottom and b.right - b.left >= 2 for b in merged)
    is_capitals = len(filled) == 1 and title.isupper() and any(char.isalpha() for char in title)
    return title if _SECTION.match(tidy(filled[0])) or wide or is_capitals else ""


def _is_total(filled: Sequence[Cell]) -> bool:
    first = next((cell for cell in filled if isinstance(cell, str)), "")
    # Every word for a total begins so, whatever its marks.
    return first.lstrip()[:1].lower() in "tc" and bool(_TOTAL.match(plain(first)))


def _is_remark(filled: Sequence[Cell], header: Header) -> bool:
    """A single text in a table of four columns or more: a signature, a date line, a note under the table."""
    return len(filled) == 1 and len(header.columns) >= 4
