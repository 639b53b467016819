"""Needs as rows of a table, and their origin and priority in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lientuc.core import formats
from lientuc.core.clock import HANOI, today
from lientuc.core.ids import Ref
from lientuc.directives.models import Barrier
from lientuc.documents.table import Column, Kind, ReportTable
from lientuc.places.queries import is_simulated
from lientuc.web.say import current_language, label, say_now

from .enums import Factor
from .models import Need, NeedsCall, NeedsCallUnit
from .queries.learning import BuyFirst
from .rules.calls import answer_state


@dataclass(frozen=True)
class Origin:
    """Where a need comes from, in words: the kind of row, and what was found as pairs of name and value."""

    text: str
    facts: tuple[tuple[str, str], ...]


_ROWS = {
    "credits.hours_due": ("kết quả tích lũy giờ học", "credit standings"),
    "evaluation.finding": ("phát hiện từ đánh giá đào tạo", "finding of an evaluation"),
    "quality.finding": ("phát hiện khi kiểm tra, giám sát", "finding of an inspection"),
    "transfer.transferagreement": ("chuyển giao kỹ thuật", "technique transfer"),
    "transfer.followup": ("theo dõi sau chuyển giao kỹ thuật", "follow-up of a technique transfer"),
    "registry.functionstatement": ("đánh giá chức năng của đơn vị", "assessment of the unit's functions"),
    "registry.unittechnique": ("kỹ thuật theo chức năng của đơn vị", "technique by the unit's function"),
}
_NAMES = {
    "family": ("Lĩnh vực", "Field"),
    "barrier": ("Nguyên nhân chưa áp dụng được", "Barrier to using it"),
    "routed_to": ("Cấp tháo gỡ", "Who can remove it"),
    "text": ("Nội dung", "What was found"),
    "missing": ("Còn thiếu", "Still missing"),
    "study": ("Đánh giá", "Evaluation"),
    "of_persons": ("Trên số người trả lời", "Of persons answering"),
}


def origin_of(need: Need) -> Origin:
    """The origin of a need for its readers; a barrier is named by the shared taxonomy."""
    if not need.origin:
        return Origin(say_now("đề xuất của đơn vị", "request of the unit"), ())
    kind = Ref.parse(need.origin).kind
    text = say_now(
        *_ROWS.get(kind, (label("curricula.GroundKind", need.kind), label("curricula.GroundKind", need.kind)))
    )
    detail = need.detail | ({"text": need.detail["text_en"]} if _in_english(need) else {})
    facts = ((say_now(*_NAMES[name]), _said(name, value)) for name, value in detail.items() if name in _NAMES)
    return Origin(text, tuple((name, value) for name, value in facts if value))


def _in_english(need: Need) -> bool:
    return current_language() == "en" and bool(need.detail.get("text_en"))


def _said(name: str, value: Any) -> str:
    if name == "family":
        return label("curricula.TopicFamily", str(value))
    if name == "barrier":
        row = Barrier.objects.filter(code=str(value)).first()
        return say_now(row.name_vi, row.name_en) if row else str(value)
    if name == "missing":
        return ", ".join(label("transfer.Prerequisite", code) for code in value)
    if name == "routed_to":
        return label("directives.Remover", str(value))
    return str(value)


def factors_of(need: Need) -> list[tuple[str, str, str]]:
    """The factors of a need's priority: name, value and what it multiplies by."""
    return [
        (
            label("planning.Factor", part["factor"]),
            _value(part["factor"], part["value"]),
            formats.number(Decimal(part["percent"]) / 100, places=2, language=current_language()),
        )
        for part in need.factors
    ]


def _value(factor: str, value: str) -> str:
    if factor == Factor.KIND:
        return label("curricula.GroundKind", value)
    if factor == Factor.LEVEL:
        return label("places.CareLevel", value)
    if factor == Factor.DEADLINE:
        return formats.day(date.fromisoformat(value), language=current_language())
    return say_now("có", "yes") if factor in {Factor.BORDER, Factor.ISLAND} else value


def needs_table(rows: Iterable[Need], language: str) -> ReportTable:
    """Needs as a table to download."""
    columns = (
        Column("unit", say_now("Đơn vị", "Unit")),
        Column("topic", say_now("Chủ đề", "Topic")),
        Column("kind", say_now("Căn cứ", "Ground")),
        Column("origin", say_now("Nguồn gốc", "Origin")),
        Column("persons", say_now("Số người", "Persons"), Kind.INT),
        Column("deadline", say_now("Thời hạn", "Deadline"), Kind.DATE),
        Column("equipment", say_now("Thiết bị", "Equipment")),
        Column("priority", say_now("Điểm ưu tiên", "Priority"), Kind.INT),
        Column("state", say_now("Tình trạng", "State")),
        Column("trained", say_now("Đã học", "Trained"), Kind.INT),
        Column("certified", say_now("Đã có chứng nhận", "Certified"), Kind.INT),
        Column("reason", say_now("Lý do quyết định", "Reason of the decision")),
        Column("text", say_now("Nội dung", "Text")),
    )
    return ReportTable(
        title=say_now("Nhu cầu đào tạo", "Training needs"),
        columns=columns,
        rows=(_row(need, language) for need in rows),
        as_of=today(),
        simulated=is_simulated(),
    )


def _row(need: Need, language: str) -> list[Any]:
    topic = need.topic
    name = (topic.name_en if language == "en" else topic.name_vi) if topic else ""
    return [
        need.organisation.name,
        name or label("curricula.TopicFamily", need.family),
        label("curricula.GroundKind", need.kind),
        need.origin,
        need.persons,
        need.deadline_on,
        label("registry.Equipment", need.equipment),
        need.priority,
        label("planning.NeedState", need.state),
        need.trained,
        need.certified,
        need.reason,
        need.text or str(need.detail.get("text", "")),
    ]


def board_table(call: NeedsCall, units: Iterable[NeedsCallUnit]) -> ReportTable:
    """Who answered a call, as a table to download."""
    columns = (
        Column("unit", say_now("Đơn vị", "Unit")),
        Column("answer", say_now("Trả lời", "Answer")),
        Column("needs", say_now("Số nhu cầu", "Needs"), Kind.INT),
        Column("answered", say_now("Ngày trả lời", "Answered on"), Kind.DATE),
        Column("reminded", say_now("Ngày nhắc gần nhất", "Last reminded"), Kind.DATE),
    )
    return ReportTable(
        title=call.title,
        columns=columns,
        rows=(
            [
                unit.organisation.name,
                label("planning.AnswerState", answer_state(unit.answered_at, unit.nothing)),
                getattr(unit, "needs", None) or 0,
                unit.answered_at.astimezone(HANOI).date() if unit.answered_at else None,
                unit.reminded_on,
            ]
            for unit in units
        ),
        as_of=today(),
        simulated=is_simulated(),
    )


def buy_first_table(rows: Iterable[BuyFirst], language: str) -> ReportTable:
    """Needs that wait for equipment, as a table to download."""
    columns = (
        Column("unit", say_now("Đơn vị", "Unit")),
        Column("topic", say_now("Chủ đề", "Topic")),
        Column("text", say_now("Nội dung", "Text")),
        Column("persons", say_now("Số người", "Persons"), Kind.INT),
        Column("wasted", say_now("Chi phí đào tạo chưa nên chi", "Training cost avoided"), Kind.MONEY, unit="đồng"),
        Column("buyer", say_now("Cấp mua sắm", "Who can buy")),
    )
    return ReportTable(
        title=say_now("Mua thiết bị trước, đào tạo sau", "Buy the equipment first, then train"),
        columns=columns,
        rows=(_buy_first(row, language) for row in rows),
        as_of=today(),
        simulated=is_simulated(),
    )


def _buy_first(row: BuyFirst, language: str) -> list[Any]:
    need, topic = row.need, row.need.topic
    name = (topic.name_en if language == "en" else topic.name_vi) if topic else ""
    return [
        need.organisation.name,
        name or label("curricula.TopicFamily", need.family),
        need.text or str(need.detail.get("text", "")),
        need.persons,
        row.wasted_vnd,
        row.buyer.name if row.buyer else "",
    ]
