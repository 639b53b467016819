"""The summary of assessments as a workbook: by function, and unit by unit."""

from __future__ import annotations

import io
from datetime import date

from lientuc.core import formats
from lientuc.documents.table import Column, Kind, ReportTable, Share
from lientuc.documents.writers import write_xlsx
from lientuc.web.say import current_language, label, say_now

from .enums import Answer, Reason
from .models import FunctionStatement
from .queries import FunctionCount, Summary

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def based_on(found: Summary) -> str:
    """How many units the figures rest on."""
    said = say_now("Dựa trên {n}/{of} đơn vị đã được xác nhận.", "Based on {n}/{of} units confirmed.")
    language = current_language()
    return said.format(
        n=formats.number(found.confirmed, language=language), of=formats.number(found.of, language=language)
    )


def summary_file(found: Summary, on: date, *, simulated: bool) -> bytes:
    """Both tables as xlsx."""
    made = io.BytesIO()
    write_xlsx([_by_function(found, on, simulated), _by_unit(found, on, simulated)], made, current_language())
    return made.getvalue()


def _by_function(found: Summary, on: date, simulated: bool) -> ReportTable:
    columns = (
        Column("code", say_now("Mã", "Code"), width=10),
        Column("function", say_now("Chức năng", "Function"), width=40),
        *(Column(str(code), label("registry.Answer", code), Kind.INT) for code in Answer),
        Column("share", say_now("Tỷ lệ đang thực hiện", "Share doing"), Kind.PERCENT),
        *(Column(str(code), label("registry.Reason", code), Kind.INT) for code in Reason),
        Column("persons", say_now("Số người cần đào tạo", "People to train"), Kind.INT),
    )
    return ReportTable(
        title=say_now("Thực hiện chức năng", "Functions carried out"),
        columns=columns,
        rows=[_function_row(one) for one in found.functions],
        notes=(based_on(found),),
        as_of=on,
        simulated=simulated,
    )


def _function_row(one: FunctionCount) -> tuple[str | int | Share, ...]:
    return (
        one.function.code,
        say_now(one.function.name_vi, one.function.name_en),
        *(one.answers[code] for code in Answer),
        Share(one.answers[Answer.DOING], one.units),
        *(one.reasons[code] for code in Reason),
        one.persons,
    )


def _by_unit(found: Summary, on: date, simulated: bool) -> ReportTable:
    columns = (
        Column("unit", say_now("Đơn vị", "Unit"), width=36),
        *(Column(one.function.code, one.function.code, width=24) for one in found.functions),
    )
    rows = [(unit.name, *(_said(cell) for cell in cells)) for unit, cells in found.rows]
    title = say_now("Từng đơn vị", "Unit by unit")
    return ReportTable(title, columns, rows, notes=(based_on(found),), as_of=on, simulated=simulated)


def _said(statement: FunctionStatement | None) -> str:
    if statement is None:
        return ""
    answer, reason = label("registry.Answer", statement.answer), label("registry.Reason", statement.reason)
    return f"{answer}: {reason}" if reason else answer
