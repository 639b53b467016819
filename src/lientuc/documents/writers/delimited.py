"""CSV: for people (opens in Excel, formulas disarmed) and for machines (keys, ISO dates, nothing added)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO

from lientuc.core import formats
from lientuc.core.clock import HANOI

from ..phrases import word
from ..table import Column, Hidden, Kind, ReportTable, Row, plain_headers, plain_values

_BOM = "\ufeff"
_ROWS_IN_A_CHUNK = 500
_STARTS_A_FORMULA = frozenset("=+-@\t\r\n|%")
# Excel reads these as numbers and drops the zero or the last digits.
_DIGITS_TO_KEEP = re.compile(r"0\d+|\d{12,}")

PlainValue = str | int | Decimal | date | datetime | None


def guarded(text: str) -> str:
    """`text` with a leading apostrophe where a spreadsheet would run it or turn it into a number.

    The first visible character decides, in its half-width form: blanks and invisible marks before it don't hide a formula.
    """
    seen = unicodedata.normalize("NFKC", text)
    first = next((char for char in seen if char in "\t\r\n" or not _is_invisible(char)), "")
    if first in _STARTS_A_FORMULA and first:
        return "'" + text
    return "'" + text if _DIGITS_TO_KEEP.fullmatch(seen.strip()) else text


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc")


def csv_chunks(table: ReportTable, language: str = "vi") -> Iterator[bytes]:
    """The table for people, in pieces for a streaming answer: UTF-8 with BOM, CRLF, `;` in Vietnamese and `,` in English.

    The header is the first line. Simulated data carry their mark in every row, so that sorting cannot lose it.
    """
    seen_hidden = [False]
    lines = chain(
        [_header(table, language)],
        _body(table, language, seen_hidden),
        _below(table, language, seen_hidden),
    )
    return _chunks(lines, delimiter="," if language == "en" else ";", start=_BOM)


def write_csv(table: ReportTable, target: IO[bytes], language: str = "vi") -> None:
    """Write `csv_chunks` to a binary file."""
    target.writelines(csv_chunks(table, language))


def machine_csv_chunks(table: ReportTable) -> Iterator[bytes]:
    """The table for programs: UTF-8, commas, LF, column keys, point decimals, ISO dates, no apostrophes,
    no notes, no row of totals."""
    mark = ["simulated"] if table.simulated else []
    header = [key for column in table.columns for key in _plain_keys(column)] + mark
    rows = (_machine_row(table, row) + ["true"] * len(mark) for row in table.rows)
    return _chunks(chain([header], rows), delimiter=",", start="", ending="\n")


def write_machine_csv(table: ReportTable, target: IO[bytes]) -> None:
    """Write `machine_csv_chunks` to a binary file."""
    target.writelines(machine_csv_chunks(table))


def _chunks(lines: Iterable[list[str]], *, delimiter: str, start: str, ending: str = "\r\n") -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    buffer.write(start)
    # Everything quoted: a reader that splits at another delimiter still sees no bare formula.
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    for number, line in enumerate(lines, start=1):
        writer.writerow(line)
        if number % _ROWS_IN_A_CHUNK == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _header(table: ReportTable, language: str) -> list[str]:
    labels = [guarded(label) for column in table.columns for label in plain_headers(column, language)]
    return [*labels, word("note", language)] if table.simulated else labels


def _body(table: ReportTable, language: str, seen_hidden: list[bool]) -> Iterator[list[str]]:
    mark = [word("simulated", language)] if table.simulated else []
    for row in _all_rows(table):
        seen_hidden[0] = seen_hidden[0] or any(isinstance(value, Hidden) for value in row)
        yield [
            _for_people(part, column, language)
            for column, value in zip(table.columns, row, strict=True)
            for part in plain_values(column, value)
        ] + mark


def _below(table: ReportTable, language: str, seen_hidden: list[bool]) -> Iterator[list[str]]:
    yield []
    for line in (table.title, *table.lines_above(language), *table.lines_below(language, some_hidden=seen_hidden[0])):
        yield [guarded(line)]


def _all_rows(table: ReportTable) -> Iterator[Row]:
    yield from table.rows
    if table.footer:
        yield table.footer


def _for_people(value: PlainValue, column: Column, language: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value if column.kind is not Kind.TEXT and value == "*" else guarded(value)
        case datetime():
            return formats.instant(value.replace(tzinfo=HANOI), language=language)
        case date():
            return formats.day(value, language=language)
        case _:
            digits = str(value)
            return digits if language == "en" else digits.replace(".", ",")


def _plain_keys(column: Column) -> list[str]:
    if column.kind is Kind.PERCENT:
        return [f"{column.key}_percent", f"{column.key}_count", f"{column.key}_of"]
    return [f"{column.key}_low", f"{column.key}_high"] if column.kind is Kind.INTERVAL else [column.key]


def _machine_row(table: ReportTable, row: Row) -> list[str]:
    return [
        part.isoformat() if isinstance(part, date) else "" if part is None else str(part)
        for column, value in zip(table.columns, row, strict=True)
        for part in plain_values(column, value)
    ]
