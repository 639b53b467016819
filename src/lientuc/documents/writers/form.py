"""Workbooks that come back: headings, lists to choose from, cells at the places they came from, wrong ones coloured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import IO, Any

import xlsxwriter

from ..readers.book import Cell

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_LAST_ROW = 1_048_575
# Rows of an empty form that are prepared for typing.
_TYPED = 5_000


@dataclass(frozen=True)
class FormRow:
    """A row at its place (from 0); `marks` are the wrong cells by column, with what is wrong."""

    place: int
    cells: Sequence[Cell]
    marks: Mapping[int, str] = field(default_factory=dict)
    is_title: bool = False


@dataclass(frozen=True)
class FormSheet:
    """One sheet: headings in `header_row` (from 0), rows below in order, `choices` to pick from by column.

    `texts` are columns whose cells stay texts whatever is typed (numbers with zeros in front); `days` hold days.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[FormRow] = ()
    header_row: int = 0
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()
    widths: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PlainSheet:
    """A sheet to read: lists or advice, column by column or line by line."""

    name: str
    rows: Sequence[Sequence[str]]
    width: int = 40


def write_form(sheets: Sequence[FormSheet | PlainSheet], target: IO[bytes]) -> None:
    """Write a workbook to a binary file; one row in memory at a time."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    looks = {
        "plain": book.add_format(_FONT),
        "text": book.add_format({**_FONT, "num_format": "@"}),
        "day": book.add_format({**_FONT, "num_format": "dd/mm/yyyy"}),
        "head": book.add_format({**_FONT, "bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}),
        "title": book.add_format({**_FONT, "bold": True}),
        "bad": book.add_format({**_FONT, "bg_color": "#F8CBAD"}),
        "bad_day": book.add_format({**_FONT, "bg_color": "#F8CBAD", "num_format": "dd/mm/yyyy"}),
    }
    lists = _list_places(sheets)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if isinstance(sheet, FormSheet):
            _write_form_sheet(page, sheet, looks, lists)
        else:
            page.set_column(0, max(map(len, sheet.rows), default=1), sheet.width)
            for place, row in enumerate(sheet.rows):
                for column, text in enumerate(row):
                    page.write_string(place, column, text, looks["head" if place == 0 else "plain"])
    book.close()


def _list_places(sheets: Sequence[FormSheet | PlainSheet]) -> dict[tuple[str, ...], str]:
    """Where on the sheets to read a list of choices stands, as a formula names it."""
    found: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        if isinstance(sheet, PlainSheet):
            for column in range(max(map(len, sheet.rows), default=0)):
                texts = tuple(row[column] for row in sheet.rows[1:] if column < len(row) and row[column])
                letter = xlsxwriter.utility.xl_col_to_name(column)
                found[texts] = f"='{sheet.name}'!${letter}$2:${letter}${len(texts) + 1}"
    return found


def _write_form_sheet(
    page: Any, sheet: FormSheet, looks: Mapping[str, Any], lists: Mapping[tuple[str, ...], str]
) -> None:
    for column in range(len(sheet.headings)):
        look = looks["text" if column in sheet.texts else "plain"]
        page.set_column(column, column, sheet.widths.get(column, 16), look)
    for column, choices in sheet.choices.items():
        source: Any = lists.get(tuple(choices), list(choices))
        last = min(sheet.header_row + _TYPED, _LAST_ROW)
        # A word that is not on the list may be right: it is read too.
        rule = {"validate": "list", "source": source, "error_type": "information"}
        page.data_validation(sheet.header_row + 1, column, last, column, rule)
    written = False
    for row in sheet.rows:
        if not written and row.place > sheet.header_row:
            _head(page, sheet, looks)
            written = True
        _write_row(page, row, looks, sheet.texts)
    if not written:
        _head(page, sheet, looks)


def _head(page: Any, sheet: FormSheet, looks: Mapping[str, Any]) -> None:
    for column, heading in enumerate(sheet.headings):
        page.write_string(sheet.header_row, column, heading, looks["head"])
    page.freeze_panes(sheet.header_row + 1, 0)


def _write_row(page: Any, row: FormRow, looks: Mapping[str, Any], texts: frozenset[int]) -> None:
    if row.place > _LAST_ROW:
        raise ValueError(f"a sheet holds {_LAST_ROW + 1:,} rows")
    for column, cell in enumerate(row.cells):
        bad = column in row.marks
        if cell is None and not bad:
            continue
        match cell:
            case None:
                page.write_blank(row.place, column, None, looks["bad"])
            case datetime() | date():
                moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
                page.write_datetime(row.place, column, moment, looks["bad_day" if bad else "day"])
            case bool() | str():
                look = "bad" if bad else "title" if row.is_title else "text" if column in texts else "plain"
                page.write_string(row.place, column, str(cell), looks[look])
            case _:
                page.write_number(row.place, column, cell, looks["bad" if bad else "plain"])
        if bad:
            page.write_comment(row.place, column, row.marks[column], {"x_scale": 2})
