"""XLSX: one row in memory at a time, texts always as texts, ready to print."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from ..phrases import word
from ..table import Column, Hidden, Kind, ReportTable, Row, plain_headers, plain_values

_FONT = "Times New Roman"
_WIDTHS = {Kind.TEXT: 28, Kind.DATE: 12, Kind.MONEY: 18}
_FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LARGEST_PAGE = 1_048_576


def write_xlsx(tables: ReportTable | Sequence[ReportTable], target: IO[bytes], language: str = "vi") -> None:
    """Write one sheet for each table to a binary file; raises ValueError past Excel's last row.

    Figures are numbers with the format they are printed in; texts, also those that look like formulas or numbers, stay
    texts. The same tables give the same bytes.
    """
    listed = [tables] if isinstance(tables, ReportTable) else list(tables)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(target, options)
    as_of = next((table.as_of for table in listed if table.as_of), None)
    made = datetime.combine(as_of, time(), tzinfo=UTC) if as_of else _EPOCH
    book.set_properties({"title": listed[0].title, "created": made})
    looks = _looks(book)
    try:
        for name, table in zip(_sheet_names(listed), listed, strict=True):
            _Sheet(book.add_worksheet(name), table, language, looks).write()
    except BaseException:
        # Closing is the only way to give back the temporary files of the rows; the half book goes nowhere.
        book.filename = io.BytesIO()
        book.close()
        raise
    book.close()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": _FONT, "font_size": 12, "valign": "top"}
    boxed = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "mark": book.add_format({**base, "bold": True, "font_color": "#C00000"}),
        "line": book.add_format({**base, "italic": True}),
        "header": book.add_format(
            {**boxed, "bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "make": lambda extra: book.add_format({**boxed, **extra}),
    }


class _Sheet:
    """Writes one table down one worksheet, row by row: constant memory allows no way back."""

    def __init__(self, sheet: Any, table: ReportTable, language: str, looks: dict[str, Any]) -> None:
        self.sheet, self.table, self.language, self.looks = sheet, table, language, looks
        self.row = 0
        self.some_hidden = False
        self.headers = [plain_headers(column, language) for column in table.columns]
        self.width = sum(len(labels) for labels in self.headers)
        self.body_looks = self._part_looks(bold=False)
        self.footer_looks = self._part_looks(bold=True)

    def write(self) -> None:
        self._set_up_page()
        self._line(self.table.title, "title")
        for line in self.table.lines_above(self.language):
            is_mark = self.table.simulated and line == word("simulated", self.language)
            self._line(line, "mark" if is_mark else "line")
        self._header()
        for values in self.table.rows:
            self._values(values, self.body_looks)
        if self.table.footer:
            self._values(self.table.footer, self.footer_looks)
        self.row += 1
        for line in self.table.lines_below(self.language, some_hidden=self.some_hidden):
            self._line(line, "line")

    def _set_up_page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(9)  # A4
        if self.width > 6:
            sheet.set_landscape()
        sheet.set_margins(left=30 / 25.4, right=15 / 25.4, top=20 / 25.4, bottom=20 / 25.4)
        sheet.fit_to_pages(1, 0)
        mark = word("simulated", self.language) if self.table.simulated else ""
        sheet.set_header(f"&C{mark}" if mark else "")
        sheet.set_footer(f"&C{word('page_of', self.language, page='&P', pages='&N')}")
        place = 0
        for column, labels in zip(self.table.columns, self.headers, strict=True):
            width = column.width or _WIDTHS.get(column.kind, 13)
            sheet.set_column(place, place + len(labels) - 1, width)
            place += len(labels)

    def _line(self, text: str, look: str) -> None:
        self.sheet.write_string(self.row, 0, text, self.looks[look])
        self.row += 1

    def _header(self) -> None:
        for place, label in enumerate(label for labels in self.headers for label in labels):
            self.sheet.write_string(self.row, place, label, self.looks["header"])
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def _values(self, values: Row, looks: list[Any]) -> None:
        if self.row >= _LARGEST_PAGE - len(self.table.notes) - len(self.table.sources) - 3:
            raise ValueError(f"{self.table.title}: a sheet holds {_LARGEST_PAGE:,} rows; write CSV or split by unit")
        self.some_hidden = self.some_hidden or any(isinstance(value, Hidden) for value in values)
        parts = (
            part
            for column, value in zip(self.table.columns, values, strict=True)
            for part in plain_values(column, value)
        )
        for place, (part, look) in enumerate(zip(parts, looks, strict=True)):
            _put(self.sheet, self.row, place, part, look)
        self.row += 1

    def _part_looks(self, *, bold: bool) -> list[Any]:
        looks = []
        for column, labels in zip(self.table.columns, self.headers, strict=True):
            for part in range(len(labels)):
                style = {"align": str(column.alignment), "num_format": _number_format(column, part), "bold": bold}
                wrap = {"text_wrap": True} if column.kind is Kind.TEXT else {}
                looks.append(self.looks["make"]({**style, **wrap}))
        return looks


def _put(sheet: Any, row: int, place: int, value: str | int | Decimal | date | datetime | None, look: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, place, None, look)
        case str():
            if sheet.write_string(row, place, value, look):
                raise ValueError(f"a cell holds 32,767 characters, this text has {len(value):,}")
        case date():
            sheet.write_datetime(row, place, value, look)
        case _:
            sheet.write_number(row, place, value, look)


def _number_format(column: Column, part: int) -> str:
    decimals = f"#,##0.{'0' * column.places}" if column.places else "#,##0"
    if column.kind is Kind.PERCENT:
        return decimals if part == 0 else "#,##0"
    by_kind = {
        Kind.TEXT: "@",
        Kind.DATE: "dd/mm/yyyy",
        Kind.HOURS: "General",
        Kind.NUMBER: decimals,
        Kind.INTERVAL: decimals,
    }
    return by_kind.get(column.kind, "#,##0")


def _sheet_names(tables: list[ReportTable]) -> list[str]:
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        name = _FORBIDDEN_IN_SHEET_NAMES.sub(" ", table.title).strip("' ")[:31].rstrip("' ") or str(number)
        if name.casefold() in {taken.casefold() for taken in names}:
            name = f"{name[:26].rstrip()} ({number})"
        names.append(name)
    return names
