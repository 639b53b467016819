"""A person's *bảng tổng hợp* for the renewal file, in the frame of Decree 30/2020, from the figures that are (or were) frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lientuc.core.formats import day, shortest
from lientuc.core.hours import hours
from lientuc.core.phrases import Phrase
from lientuc.documents.paper import Block, Heading, Letterhead, Paper, Paragraph, Proof, Signature
from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.law.credits import Regime, Status, Unit
from lientuc.places.enums import OrganisationKind
from lientuc.web.say import labels

from .enums import BesideWhy
from .phrases import LABELS

_SECONDARY_NOTE = Phrase(
    "Trong đó {hours} {unit} dựa trên hệ số từ nguồn thứ cấp hoặc suy luận, cần đối chiếu văn bản.",
    "Of these, {hours} {unit} rest on factors from secondary sources or inference and need checking.",
)
# Who signs for a unit of each kind; the clerk prints another post where another person signs.
_SIGNS: Mapping[str, Phrase] = {
    OrganisationKind.HOSPITAL: Phrase("Giám đốc", "Director"),
    OrganisationKind.AREA_CENTRE: Phrase("Giám đốc", "Director"),
    OrganisationKind.HEALTH_DEPARTMENT: Phrase("Giám đốc", "Director"),
    OrganisationKind.STATION: Phrase("Trưởng trạm", "Head of the station"),
    OrganisationKind.STATION_POINT: Phrase("Trưởng trạm", "Head of the station"),
    OrganisationKind.SCHOOL: Phrase("Hiệu trưởng", "Rector"),
}
_HEAD = Phrase("Thủ trưởng đơn vị", "Head of the unit")


@dataclass(frozen=True)
class Frame:
    """What is around the figures: who signs where, and how the paper is checked; no proof makes it a preview."""

    kind: str
    place: str
    language: str
    simulated: bool
    governing_body: str = ""
    url: str = ""
    code: str = ""
    digest: str = ""


def statement_paper(content: Mapping[str, Any], frame: Frame) -> Paper:
    """The statement; number, day and signature are left to the unit. `content` is that of `queries.statements.content_of`."""
    texts, main = _texts(frame.language), content["standing"]
    is_p = main["unit"] == Unit.CREDIT_HOUR
    return Paper(
        kind=texts("BẢNG TỔNG HỢP", "STATEMENT"),
        abstract=texts("Giờ tín chỉ cập nhật kiến thức y khoa liên tục", "Credit hours of continuing medical education")
        if is_p
        else texts("Số tiết đào tạo liên tục", "Lessons of continuing training"),
        drafted_on=date.fromisoformat(content["on"]),
        body=(
            *(Paragraph(text) for text in _person_lines(content, frame.language)),
            Paragraph(_sum_line(main, frame.language)),
            _lines_table(content, frame),
            *_beside_blocks(content, frame.language),
        ),
        letterhead=Letterhead(issuer=content["unit_name"], governing_body=frame.governing_body, place=frame.place),
        signature=Signature(post=_SIGNS.get(frame.kind, _HEAD).in_language(frame.language)),
        proof=_proof(content, frame),
        simulated=frame.simulated,
    )


def _person_lines(content: Mapping[str, Any], language: str) -> list[str]:
    texts = _texts(language)
    born = content["born"]
    printed = day(date.fromisoformat(born), language=language) if len(born) == 10 else born
    return [
        texts("Họ và tên: {x}", "Full name: {x}").format(x=content["name"]),
        texts("Ngày, năm sinh: {x}", "Born: {x}").format(x=printed or "–"),
        texts("Chức danh: {x}; đơn vị: {y}", "Title: {x}; unit: {y}").format(
            x=_label("registry.Title", content["title"], language), y=content["unit_name"]
        ),
    ]


def _sum_line(one: Mapping[str, Any], language: str) -> str:
    texts = _texts(language)
    unit = LABELS[Unit][Unit(one["unit"])].in_language(language)
    if not one["window_start"]:
        return LABELS[Status][Status(one["status"])].in_language(language).capitalize() + "."
    return texts(
        "Từ {first} đến {last}: được tính {counted} {unit} trên {required} {unit} phải có; kết quả: {status}.",
        "From {first} to {last}: {counted} {unit} counted of {required} {unit} required; result: {status}.",
    ).format(
        first=day(date.fromisoformat(one["window_start"]), language=language),
        last=day(date.fromisoformat(one["window_end"]), language=language),
        counted=shortest(hours(one["counted"]), language=language),
        required=shortest(hours(one["required"]), language=language),
        unit=unit,
        status=LABELS[Status][Status(one["status"])].in_language(language),
    )


def _lines_table(content: Mapping[str, Any], frame: Frame) -> ReportTable:
    """The lines that count, as the renewal file wants them: form, content, who answers for it, day, hours."""
    texts, main, language = _texts(frame.language), content["standing"], frame.language
    unit = LABELS[Unit][Unit(main["unit"])].in_language(language)
    secondary = _SECONDARY_NOTE.in_language(
        language, hours=shortest(hours(main["secondary"]), language=language), unit=unit
    )
    return ReportTable(
        title="",
        columns=(
            Column("place", texts("STT", "No."), Kind.INT, width=5),
            Column("form", texts("Hình thức", "Form"), width=24),
            Column("title", texts("Nội dung", "Content"), width=40),
            Column("issuer", texts("Đơn vị, cá nhân chịu trách nhiệm", "Responsible body or person"), width=28),
            Column("day", texts("Thời gian", "Day"), Kind.DATE),
            Column("hours", texts("Số giờ", "Hours"), Kind.HOURS, unit=unit),
        ),
        rows=[_row(place, line, language) for place, line in enumerate(content["lines"], start=1)],
        footer=("", texts("Tổng cộng", "Total"), "", "", "", main["counted"]),
        notes=(secondary,) if main["secondary"] else (),
        as_of=date.fromisoformat(content["on"]),
        simulated=frame.simulated,
    )


def _row(place: int, line: Mapping[str, Any], language: str) -> Row:
    form = f"{_label('credits.Form', line['form'], language)} ({_label('credits.Role', line['role'], language)})"
    title = line["title"] + (f" – {line['number']}" if line["number"] else "")
    return place, form, title, line["issuer"], date.fromisoformat(line["on"]), line["quarters"]


def _beside_blocks(content: Mapping[str, Any], language: str) -> list[Block]:
    """The other reckonings, each in its own sentence and unit."""
    if not content["beside"]:
        return []
    heading = _texts(language)("Cách tính khác, không cộng vào trên", "Reckoned otherwise, not added to the above")
    blocks: list[Block] = [Heading(heading)]
    for one in content["beside"]:
        why = LABELS[BesideWhy][BesideWhy(one["why"])].in_language(language)
        regime = LABELS[Regime][Regime(one["regime"])].in_language(language)
        blocks.append(Paragraph(f"{why} ({regime}) {_sum_line(one, language)}"))
    return blocks


def _proof(content: Mapping[str, Any], frame: Frame) -> Proof | None:
    if not frame.code:
        return None
    texts = _texts(frame.language)
    return Proof(
        frame.url,
        (
            texts("Kiểm tra bảng này tại: {x}", "Check this statement at: {x}").format(x=frame.url),
            texts("Mã kiểm tra: {x}", "Code: {x}").format(x=frame.code),
            texts("Dấu nội dung (SHA-256): {x}", "Content hash (SHA-256): {x}").format(x=frame.digest),
            texts("Bộ quy tắc: {x}", "Rule set: {x}").format(x=content["standing"]["rule_set"]),
        ),
    )


def _label(enum: str, code: str, language: str) -> str:
    return labels()[enum][str(code)].in_language(language) if code else ""


def _texts(language: str) -> Callable[[str, str], str]:
    """The texts of one language out of pairs."""
    return lambda vi, en: en if language == "en" else vi
