"""Planned against carried out as tables to download."""

from __future__ import annotations

from collections.abc import Sequence

from lientuc.core.clock import today
from lientuc.core.phrases import Phrase
from lientuc.curricula.enums import TopicFamily
from lientuc.curricula.phrases import LABELS as CURRICULA
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.enums import CareLevel
from lientuc.places.phrases import LABELS as PLACES
from lientuc.places.queries import is_simulated

from .models import Plan
from .queries.execution import Execution, by_level, carried, execution
from .queries.plans import lines_of

_COLUMNS = (
    ("lines", Phrase("Số dòng", "Lines"), Kind.INT),
    ("classes", Phrase("Lớp kế hoạch", "Classes planned"), Kind.INT),
    ("opened", Phrase("Lớp đã mở", "Classes opened"), Kind.INT),
    ("persons", Phrase("Người kế hoạch", "Persons planned"), Kind.INT),
    ("trained", Phrase("Người đã học xong", "Persons trained"), Kind.INT),
    ("granted", Phrase("Người được cấp giấy", "Persons with a paper"), Kind.INT),
    ("requested_vnd", Phrase("Đề nghị", "Requested"), Kind.MONEY),
    ("allotted_vnd", Phrase("Được giao", "Allotted"), Kind.MONEY),
    ("spent_vnd", Phrase("Đã chi", "Spent"), Kind.MONEY),
    ("settled_vnd", Phrase("Quyết toán", "Settled"), Kind.MONEY),
)
_KINDS = (
    ("line", Phrase("Theo nội dung", "By line")),
    ("source", Phrase("Theo nguồn kinh phí", "By source")),
    ("level", Phrase("Theo cấp chuyên môn", "By level of care")),
    ("family", Phrase("Theo lĩnh vực", "By field")),
)


def execution_tables(plan: Plan, language: str) -> list[ReportTable]:
    """One table for each way of grouping, each with its totals."""
    lines, done = lines_of(plan), carried(plan)
    rows = {kind: execution(lines, done, kind) for kind in ("line", "source", "family")} | {
        "level": by_level(plan, lines)
    }
    return [_table(kind, title.in_language(language), rows[kind], language) for kind, title in _KINDS]


def _table(kind: str, title: str, rows: Sequence[Execution], language: str) -> ReportTable:
    columns = (
        Column("name", title, width=44),
        *(
            Column(key, label.in_language(language), look, unit="đồng" if look is Kind.MONEY else "")
            for key, label, look in _COLUMNS
        ),
    )
    keys = [key for key, _, _ in _COLUMNS]
    body = [[name_of(kind, row.name, language), *(getattr(row, key) for key in keys)] for row in rows]
    footer = [Phrase("Tổng cộng", "Total").in_language(language), *(_sum(rows, key) for key in keys)]
    if kind == "level":
        # A line that serves two levels stands in both rows: lines and classes have no sum here.
        footer[1] = None
    notes = (_NOTE.in_language(language),) if kind == "level" else ()
    return ReportTable(title, columns, body, notes, footer=footer, as_of=today(), simulated=is_simulated())


_NOTE = Phrase(
    "Kinh phí chia theo số người của từng cấp; chỗ học chưa gắn nhu cầu đứng ở một dòng riêng.",
    "Money is divided by the persons of each level; seats without a need stand in a row of their own.",
)


def _sum(rows: Sequence[Execution], key: str) -> int | None:
    known = [value for row in rows if (value := getattr(row, key)) is not None]
    return sum(known) if known else None


def name_of(kind: str, name: str, language: str) -> str:
    """The printed name of a group."""
    if kind == "family":
        return CURRICULA[TopicFamily][TopicFamily(name)].in_language(language)
    if kind == "level":
        unbound = Phrase("chưa gắn với nhu cầu", "not bound to a need")
        return (PLACES[CareLevel][CareLevel(name)] if name else unbound).in_language(language)
    return name or Phrase("chưa có nguồn", "no source yet").in_language(language)
