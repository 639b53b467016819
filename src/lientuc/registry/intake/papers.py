"""Files that go back to the sender: a template, the people as they are to be edited, the sent list with what is wrong."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from lientuc.documents.writers.form import FormRow, FormSheet, PlainSheet, write_form
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch
from lientuc.web.say import label, say_now, sentence

from ..enums import LicenceKind, PostKind, Sex, Title
from ..phrases import LABELS as WORDS
from .columns import STAFF_FIELDS, TEMPLATE
from .editing import ROUND_TRIP, edited_rows
from .file import ADVICE_SHEET, LIST_SHEET, address, cell_of, problem_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Columns that people pick a word for, and the words; lists are Vietnamese in both languages, as the headings are.
_CHOICES = {"sex": Sex, "title": Title, "post_kind": PostKind, "licence_kind": LicenceKind}
_TEXTS = frozenset({"national_number", "phone", "licence_number", "title_code", "born", "record"})
_WIDTHS = {"full_name": 28, "title": 24, "organisation": 36, "position": 24, "record": 38, "place": 6}
_HEADINGS = {field.key: field.headings[0] for field in STAFF_FIELDS}


def template() -> bytes:
    """An empty staff list with the headings the reader knows best, lists to choose from, and advice."""
    return _written([_sheet(TEMPLATE), *_helps()])


def people_to_edit(rows: Iterator[Any]) -> bytes:
    """The people as the register holds them, in the columns of the template and with the key of each record.

    National numbers stay in the house: the column is empty, and an empty cell changes nothing.
    """
    return _written([_sheet(ROUND_TRIP, edited_rows(rows)), *_helps(_edit_advice())])


def _sheet(keys: Sequence[str], rows: Iterator[FormRow] | Sequence[FormRow] = ()) -> FormSheet:
    places = {key: place for place, key in enumerate(keys)}
    return FormSheet(
        name="Danh sách",
        headings=[_HEADINGS[key] for key in keys],
        rows=rows,
        choices={places[key]: _words(enum) for key, enum in _CHOICES.items() if key in places},
        texts=frozenset(places[key] for key in _TEXTS if key in places),
        widths={places[key]: width for key, width in _WIDTHS.items() if key in places},
    )


def _words(enum: Any) -> list[str]:
    return [text.vi for text in WORDS[enum].values()]


def _helps(*more: str) -> list[PlainSheet]:
    lists = [[_HEADINGS[key], *_words(enum)] for key, enum in _CHOICES.items()]
    height = max(map(len, lists))
    rows = [[words[place] if place < len(words) else "" for words in lists] for place in range(height)]
    advice = [[say_now("Hướng dẫn", "How to fill it in")], *([line] for line in (*more, *_advice()))]
    return [PlainSheet(LIST_SHEET, rows, 30), PlainSheet(ADVICE_SHEET, advice, 110)]


def _advice() -> tuple[str, ...]:
    return (
        say_now("Mỗi dòng là một người tại một đơn vị.", "Each row is one person at one unit."),
        say_now(
            "Ngày ghi dạng ngày/tháng/năm; chỉ biết năm sinh thì ghi năm.",
            "Write days as day/month/year; where only the year of birth is known, write the year.",
        ),
        say_now(
            "Cột số định danh và số điện thoại đã để dạng văn bản để không mất số 0 ở đầu.",
            "The columns of numbers and phones are texts, so that zeros in front are kept.",
        ),
        say_now(
            "Cột đơn vị ghi mã hoặc tên như trong danh sách đơn vị; để trống là đơn vị gửi tệp.",
            "Write the unit's code or name as listed; empty means the unit that sends the file.",
        ),
        say_now(
            "Chức danh, giới tính, loại hợp đồng: chọn từ danh mục hoặc ghi như đơn vị vẫn dùng.",
            "Title, sex, kind of post: choose from the list or write them as the unit does.",
        ),
    )


def _edit_advice() -> str:
    return say_now(
        "Sửa ngay trong bảng rồi gửi lại tệp: chỉ những ô đã sửa được ghi. Ô để trống không xóa gì; không sửa cột “Mã hồ sơ”.",
        "Edit the table and send the file back: only edited cells are written. Empty cells erase nothing; leave the record keys.",
    )


def corrected(batch: ImportBatch) -> bytes:
    """The rows as sent, at the places they came from, wrong cells coloured, what is wrong in a last column.

    Of a list that was taken only the rows that still wait to be cleaned.
    """
    waiting = batch.state == ImportState.TAKEN_IN_PART
    return _written([_corrected_sheet(batch, table, waiting) for table in batch.mapping["tables"]])


def _corrected_sheet(batch: ImportBatch, table: dict[str, Any], waiting: bool) -> FormSheet:
    rows = batch.rows.filter(sheet=table["sheet"]).order_by("number")
    if waiting:
        rows = rows.filter(state=RowState.PARKED)
    first = rows.values_list("number", flat=True).first() or 2
    # A title of its own section stands between the header and its rows.
    header_row = max(0, first - 3)
    width = len(table["headings"])
    return FormSheet(
        name=_sheet_name(table["sheet"]),
        headings=[*table["headings"], say_now("Trạng thái", "State"), say_now("Cần sửa", "To be mended")],
        rows=_corrected_rows(rows, width, header_row),
        header_row=header_row,
        widths={width + 1: 60},
    )


def _sheet_name(name: str) -> str:
    return name[:31] or say_now("Danh sách", "List")


def _corrected_rows(rows: Any, width: int, header_row: int) -> Iterator[FormRow]:
    section, above = "", header_row
    values = rows.values_list("number", "cells", "problems", "state")
    for number, cells, problems, state in values.iterator(chunk_size=2000):
        place = number - 1
        if cells.get("section", "") != section:
            section = cells["section"]
            if above < place - 1 or above == header_row < place - 1:
                yield FormRow(place - 1, [section], is_title=True)
        above = place
        texts = [cell_of(cell) for cell in cells["cells"]][:width]
        texts += [None] * (width - len(texts))
        said = "; ".join(said_at(problem, number) for problem in problems)
        marks = {p["column"]: sentence(problem_of(p)) for p in problems if isinstance(p["column"], int)}
        yield FormRow(place, [*texts, label("trail.RowState", RowState(state)), said], marks)


def said_at(problem: dict[str, object], number: int) -> str:
    """`E7: Số định danh …`: the cell and the sentence."""
    column = problem["column"]
    where = f"{address(column, number)}: " if isinstance(column, int) else ""
    return where + sentence(problem_of(problem))


def _written(sheets: Sequence[FormSheet | PlainSheet]) -> bytes:
    made = io.BytesIO()
    write_form(sheets, made)
    return made.getvalue()
