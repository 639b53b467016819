"""Files that go back to the sender: an empty template, and the sent list with a column of problems."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.documents.writers import write_xlsx
from lientuc.trail.enums import RowState
from lientuc.trail.models import ImportBatch
from lientuc.web.say import current_language, label, say_now, sentence

from .columns import STAFF_FIELDS, TEMPLATE
from .file import address, cell_of, problem_of
from .reading import text_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template() -> bytes:
    """An empty staff list with the headings the reader knows best; headings are Vietnamese in both languages."""
    headings = {field.key: field.headings[0] for field in STAFF_FIELDS}
    columns = tuple(Column(key, headings[key], Kind.TEXT, width=16) for key in TEMPLATE)
    notes = (
        say_now(
            "Ngày ghi dạng ngày/tháng/năm; chỉ biết năm sinh thì ghi năm. Cột số định danh để định dạng văn bản.",
            "Write days as day/month/year; where only the year of birth is known, write the year. Keep numbers as text.",
        ),
    )
    return _written(ReportTable("Danh sách nhân viên y tế", columns, (), notes=notes))


def corrected(batch: ImportBatch) -> bytes:
    """The rows as sent, sheet by sheet, with what is wrong in a last column."""
    tables = [_sheet(batch, table["sheet"], table["headings"]) for table in batch.mapping["tables"]]
    made = io.BytesIO()
    write_xlsx(tables, made, current_language())
    return made.getvalue()


def _sheet(batch: ImportBatch, sheet: str, headings: list[str]) -> ReportTable:
    problems = say_now("Cần sửa", "To be mended")
    columns = [Column(f"c{place}", heading, Kind.TEXT, width=16) for place, heading in enumerate(headings)]
    return ReportTable(
        title=sheet or say_now("Danh sách", "List"),
        columns=(*columns, Column("state", say_now("Trạng thái", "State")), Column("problems", problems, width=60)),
        rows=_rows(batch, sheet, len(headings)),
    )


def _rows(batch: ImportBatch, sheet: str, width: int) -> Iterator[Row]:
    rows = batch.rows.filter(sheet=sheet).order_by("number").values_list("number", "cells", "problems", "state")
    for number, cells, problems, state in rows.iterator(chunk_size=2000):
        texts = [text_of(cell_of(cell)) for cell in cells["cells"]][:width]
        said = "; ".join(said_at(problem, number) for problem in problems)
        yield (*texts, *[""] * (width - len(texts)), label("trail.RowState", RowState(state)), said)


def said_at(problem: dict[str, object], number: int) -> str:
    """`E7: Số định danh …`: the cell and the sentence."""
    column = problem["column"]
    where = f"{address(column, number)}: " if isinstance(column, int) else ""
    return where + sentence(problem_of(problem))


def _written(table: ReportTable) -> bytes:
    made = io.BytesIO()
    write_xlsx(table, made, current_language())
    return made.getvalue()
