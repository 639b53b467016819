"""Standings as tables and papers: the list of a unit, the summary, and a person's statement for the renewal file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from lientuc.core.formats import day, shortest
from lientuc.core.hours import hours
from lientuc.core.phrases import Phrase
from lientuc.documents.paper import Letterhead, Paper, Paragraph, Signature
from lientuc.documents.table import Column, Kind, ReportTable, Row, Share
from lientuc.law.credits import Status, Unit
from lientuc.web.say import labels

from .models import CreditEntry, StandingRow
from .phrases import LABELS
from .queries.standings import Explained, Line, Summary

_SHARE_NOTE = Phrase(
    "Tỷ lệ tính trên số người thuộc diện phải tích lũy giờ; người được miễn và người theo quy định khác không nằm trong mẫu số.",
    "Shares are of the people whose hours are asked for; the exempt and those under other rules are not in the denominator.",
)
_UNITS_NOTE = Phrase(
    "Giờ tín chỉ và tiết là hai đơn vị khác nhau, không cộng chung.",
    "Credit hours and lessons are two units and are never added together.",
)
_SECONDARY_NOTE = Phrase(
    "Trong đó {hours} {unit} dựa trên hệ số từ nguồn thứ cấp hoặc suy luận, cần đối chiếu văn bản.",
    "Of these, {hours} {unit} rest on factors from secondary sources or inference and need checking.",
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


def statement_table(explained: Explained, *, language: str, simulated: bool) -> ReportTable:
    """The lines that count, as the renewal file wants them: form, content, who answers for it, day, hours."""
    texts = _texts(language)
    standing = explained.standing
    unit = LABELS[Unit][standing.unit].in_language(language)
    columns = (
        Column("place", texts("STT", "No."), Kind.INT, width=5),
        Column("form", texts("Hình thức", "Form"), width=24),
        Column("title", texts("Nội dung", "Content"), width=40),
        Column("issuer", texts("Đơn vị, cá nhân chịu trách nhiệm", "Responsible body or person"), width=28),
        Column("day", texts("Thời gian", "Day"), Kind.DATE),
        Column("hours", texts("Số giờ", "Hours"), Kind.HOURS, unit=unit),
    )
    oldest_first = list(reversed(explained.counted))
    secondary = _SECONDARY_NOTE.in_language(
        language, hours=shortest(standing.secondary_hours, language=language), unit=unit
    )
    return ReportTable(
        title=texts("Bảng tổng hợp giờ tín chỉ", "Statement of credit hours")
        if standing.unit is Unit.CREDIT_HOUR
        else texts("Bảng tổng hợp số tiết đào tạo liên tục", "Statement of continuing training lessons"),
        columns=columns,
        rows=[_statement_row(number, line, language) for number, line in enumerate(oldest_first, start=1)],
        footer=("", texts("Tổng cộng", "Total"), "", "", "", standing.counted.quarter_hours),
        notes=(secondary,) if standing.secondary else (),
        as_of=standing.on,
        simulated=simulated,
    )


def _statement_row(number: int, line: Line, language: str) -> Row:
    entry = line.entry
    form = f"{_label('credits.Form', entry.form, language)} ({_label('credits.Role', entry.role, language)})"
    title = entry.title + (f" – {entry.certificate_number}" if entry.certificate_number else "")
    return number, form, title, entry.issuer, entry.activity_on, line.decision.quarter_hours


def statement_paper(explained: Explained, *, place: str, language: str, simulated: bool) -> Paper:
    """The statement in the frame of Decree 30/2020: number, day and signature are left to the unit; `place` is where it signs."""
    texts = _texts(language)
    worker, standing = explained.worker, explained.standing
    unit = LABELS[Unit][standing.unit].in_language(language)
    title = _label("registry.Title", worker.title, language)
    born = day(worker.born_on, language=language) or str(worker.birth_year or "")
    said = [
        texts("Họ và tên: {x}", "Full name: {x}").format(x=worker.full_name),
        texts("Ngày, năm sinh: {x}", "Born: {x}").format(x=born or "–"),
        texts("Chức danh: {x}; đơn vị: {y}", "Title: {x}; unit: {y}").format(x=title, y=worker.keeper.name),
    ]
    if standing.window is not None:
        said.append(_sum_line(explained, unit, language))
    said.append(
        texts("Căn cứ tính: {x}.", "Reckoned by: {x}.").format(
            x="; ".join(dict.fromkeys(c.en if language == "en" else c.vi for c in standing.citations))
        )
    )
    return Paper(
        kind=texts("BẢNG TỔNG HỢP", "STATEMENT"),
        abstract=texts(
            "Kết quả cập nhật kiến thức y khoa liên tục, đào tạo liên tục", "Results of continuing medical education"
        ),
        drafted_on=standing.on,
        body=(*(Paragraph(text) for text in said), statement_table(explained, language=language, simulated=simulated)),
        letterhead=Letterhead(issuer=worker.keeper.name, place=place),
        signature=Signature(post=texts("Thủ trưởng đơn vị", "Head of the unit")),
        simulated=simulated,
    )


def _sum_line(explained: Explained, unit: str, language: str) -> str:
    standing = explained.standing
    text = _texts(language)(
        "Từ {first} đến {last}: được tính {counted} {unit} trên {required} {unit} phải có; kết quả: {status}.",
        "From {first} to {last}: {counted} {unit} counted of {required} {unit} required; result: {status}.",
    )
    return text.format(
        first=day(standing.window_start, language=language),
        last=day(standing.window_end, language=language),
        counted=shortest(hours(standing.counted.quarter_hours), language=language),
        required=shortest(hours(standing.required.quarter_hours), language=language),
        unit=unit,
        status=LABELS[Status][standing.status].in_language(language),
    )


def _label(enum: str, code: str, language: str) -> str:
    return labels()[enum][str(code)].in_language(language) if code else ""


def _texts(language: str) -> Callable[[str, str], str]:
    """The texts of one language out of pairs."""
    return lambda vi, en: en if language == "en" else vi
