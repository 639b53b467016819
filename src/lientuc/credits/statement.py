"""Standings and the ledger as tables: the list of a unit, the summary, the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from lientuc.core.phrases import Phrase
from lientuc.documents.table import Column, Kind, ReportTable, Row, Share
from lientuc.law.credits import Status, Unit
from lientuc.web.say import labels

from .models import CreditEntry, StandingRow
from .phrases import LABELS
from .queries.standings import Summary

_SHARE_NOTE = Phrase(
    "Tỷ lệ tính trên số người thuộc diện phải tích lũy giờ; người được miễn và người theo quy định khác không nằm trong mẫu số.",
    "Shares are of the people whose hours are asked for; the exempt and those under other rules are not in the denominator.",
)
_UNITS_NOTE = Phrase(
    "Giờ tín chỉ và tiết là hai đơn vị khác nhau, không cộng chung.",
    "Credit hours and lessons are two units and are never added together.",
)


def standings_table(rows: Iterable[StandingRow], *, on: date, language: str, simulated: bool) -> ReportTable:
    """The standings of a list, hours of the two units in columns of their own; `rows` may be streamed."""
    texts = _texts(language)
    columns = (
        Column("name", texts("Họ và tên", "Full name"), width=28),
        Column("title", texts("Chức danh", "Title"), width=20),
        Column("unit", texts("Đơn vị", "Unit"), width=32),
        Column("status", texts("Kết quả", "Result"), width=22),
        Column("p_required", texts("Giờ tín chỉ phải có", "Credit hours required"), Kind.HOURS),
        Column("p_counted", texts("Giờ tín chỉ được tính", "Credit hours counted"), Kind.HOURS),
        Column("p_missing", texts("Giờ tín chỉ còn thiếu", "Credit hours missing"), Kind.HOURS),
        Column("s_required", texts("Tiết phải có", "Lessons required"), Kind.HOURS),
        Column("s_counted", texts("Tiết được tính", "Lessons counted"), Kind.HOURS),
        Column("s_missing", texts("Tiết còn thiếu", "Lessons missing"), Kind.HOURS),
        Column("deadline", texts("Hạn", "Deadline"), Kind.DATE),
        Column("as_of", texts("Tính đến ngày", "As of"), Kind.DATE),
    )
    return ReportTable(
        title=texts("Kết quả tích lũy giờ đào tạo, cập nhật kiến thức", "Credit standings"),
        columns=columns,
        rows=(_standing_row(row, language) for row in rows),
        notes=(_UNITS_NOTE.in_language(language),),
        as_of=on,
        simulated=simulated,
    )


def _standing_row(row: StandingRow, language: str) -> Row:
    amounts = (row.required_quarters, row.counted_quarters, row.shortfall_quarters)
    nothing = (None, None, None)
    return (
        row.worker.full_name,
        _label("registry.Title", row.worker.title, language),
        row.worker.keeper.name,
        LABELS[Status][Status(row.status)].in_language(language),
        *(amounts if row.unit == Unit.CREDIT_HOUR else nothing),
        *(amounts if row.unit == Unit.LESSON else nothing),
        row.deadline_on,
        row.on_date,
    )


def summary_table(
    rows: Iterable[Summary], names: Mapping[str | int, str], *, heading: str, on: date, language: str, simulated: bool
) -> ReportTable:
    """People by group and status, with the share that is met or on time."""
    texts = _texts(language)
    columns = (
        Column("group", heading, width=36),
        Column("persons", texts("Số người", "People"), Kind.INT),
        *(Column(str(code), LABELS[Status][code].in_language(language), Kind.INT) for code in Status),
        Column("met_share", texts("Tỷ lệ đã đủ", "Share met"), Kind.PERCENT),
    )
    return ReportTable(
        title=texts("Tổng hợp kết quả tích lũy", "Summary of credit standings"),
        columns=columns,
        rows=[
            (
                names.get(row.group, str(row.group) or "–"),
                row.persons,
                *(row.by_status[code] for code in Status),
                Share(row.by_status[Status.MET], row.with_duty),
            )
            for row in rows
        ],
        notes=(_SHARE_NOTE.in_language(language),),
        as_of=on,
        simulated=simulated,
    )


def entries_table(rows: Iterable[CreditEntry], *, on: date, language: str, simulated: bool) -> ReportTable:
    """The ledger as a list; `rows` may be streamed."""
    texts = _texts(language)
    columns = (
        Column("name", texts("Họ và tên", "Full name"), width=28),
        Column("activity_on", texts("Ngày", "Day"), Kind.DATE),
        Column("form", texts("Hình thức", "Form"), width=28),
        Column("role", texts("Vai trò", "Role"), width=16),
        Column("title", texts("Nội dung", "Title"), width=44),
        Column("units", texts("Số lượng", "Amount"), Kind.NUMBER, places=2),
        Column("decided", texts("Số tiết theo quyết định", "Hours decided"), Kind.HOURS),
        Column("issuer", texts("Đơn vị tổ chức, cấp", "Issuer"), width=28),
        Column("number", texts("Số chứng nhận", "Certificate"), width=20),
        Column("source", texts("Nguồn", "Source"), width=20),
        Column("reversed_on", texts("Ngày ghi đảo", "Taken back on"), Kind.DATE),
    )
    return ReportTable(
        title=texts("Lượt ghi nhận giờ học", "Credit entries"),
        columns=columns,
        rows=(_entry_row(row, language) for row in rows),
        as_of=on,
        simulated=simulated,
    )


def _entry_row(row: CreditEntry, language: str) -> Row:
    return (
        row.worker.full_name,
        row.activity_on,
        _label("credits.Form", row.form, language),
        _label("credits.Role", row.role, language),
        row.title,
        row.units,
        row.decided_quarters,
        row.issuer,
        row.certificate_number,
        _label("credits.EntrySource", row.source, language),
        row.reversal.reversed_on if hasattr(row, "reversal") else None,
    )


def _label(enum: str, code: str, language: str) -> str:
    return labels()[enum][str(code)].in_language(language) if code else ""


def _texts(language: str) -> Callable[[str, str], str]:
    """The texts of one language out of pairs."""
    return lambda vi, en: en if language == "en" else vi
