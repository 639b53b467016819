"""The one-page brief for leaders: five numbers with denominators, one chart, three decisions to take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lientuc.core import formats
from lientuc.documents.paper import Heading, Letterhead, Paper, Paragraph, Picture, Signature
from lientuc.documents.pictures import ShareBar, bars_png
from lientuc.documents.table import Column, ReportTable
from lientuc.places.enums import UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.web.say import current_language, label, say_now

from ..enums import AgeGroup, StandingState
from .asking import Line, Review
from .norms import Shortfall
from .numbers import Key, Number, numbers
from .tables import based_on

DECISIONS = 3
# Three of this length still leave the brief on one page.
LONGEST_DECISION = 160
BARS = 6


@dataclass(frozen=True)
class Brief:
    """What the page says; the decisions are proposals by rule until a person has read and changed them."""

    title: str
    to: str
    signed_post: str
    signed_name: str
    decisions: tuple[str, ...]


def proposed_decisions(found: Review, short: Shortfall) -> list[str]:
    """The first three that the figures call for, the gravest first."""
    made = [text for text in _called_for(found, numbers(found, short)) if text]
    return [*made, *_always(found)][:DECISIONS]


def _called_for(found: Review, five: Sequence[Number]) -> Iterator[str]:
    """A sentence for each figure that asks for a decision."""
    counts = found.whole.parts
    vacant = next(one for one in five if one.key is Key.VACANT)
    yield _filled(
        vacant.count,
        "Rà soát, tuyển dụng hoặc biệt phái cho {n} trạm y tế dưới định mức (thiếu ít nhất {low} vị trí), ưu tiên vùng khó khăn.",
        "Recruit or second staff for {n} stations below the norm (at least {low} posts missing), difficult areas first.",
        low=vacant.low,
    )
    yield _filled(
        counts["standing"][StandingState.SHORT],
        "Ưu tiên mở lớp và cử đi học {n} người thiếu giờ đào tạo liên tục, giao chỉ tiêu cho từng đơn vị.",
        "Open classes first for {n} people short of hours, with a target for each unit.",
    )
    yield _filled(
        counts["licence"]["ended"],
        "Yêu cầu các đơn vị rà soát {n} người có giấy phép hành nghề đã hết hạn, hoàn thành thủ tục trước khi bố trí công việc.",
        "Have units settle the licences of {n} people that have ended before work is assigned.",
    )
    yield _filled(
        found.units - found.units_stating,
        "Yêu cầu {n} đơn vị chưa có số liệu gửi danh sách nhân lực.",
        "Have the {n} units without data send their staff lists.",
    )
    yield _filled(
        counts["licence"]["ending"],
        "Hướng dẫn {n} người có giấy phép sắp hết hạn nộp hồ sơ gia hạn đúng hạn.",
        "Guide {n} people whose licences end soon to apply in time.",
    )
    yield _filled(
        counts["age"][AgeGroup.FROM_50],
        "Xây dựng phương án kế cận cho {n} người từ 50 tuổi trở lên.",
        "Plan the succession of {n} people aged 50 and over.",
    )


def _always(found: Review) -> Iterator[str]:
    """What remains to be decided where the figures are good."""
    yield say_now(
        "Chốt số liệu rà soát làm căn cứ lập kế hoạch đào tạo liên tục.",
        "Freeze the review as the ground of the training plan.",
    )
    yield say_now(
        "Giao các đơn vị cập nhật hồ sơ nhân lực hằng quý.", "Have units update their staff records quarterly."
    )
    yield say_now(
        "Công bố kết quả rà soát cho các đơn vị để đối chiếu.",
        "Give units the review to compare with their own records.",
    )


def _filled(count: int, vi: str, en: str, **values: int) -> str:
    if not count:
        return ""
    language = current_language()
    printed = {name: formats.number(value, language=language) for name, value in {"n": count, **values}.items()}
    return say_now(vi, en).format(**printed)


def brief_paper(
    brief: Brief, found: Review, short: Shortfall, office: Organisation | None, *, simulated: bool
) -> Paper:
    """The paper; `found` is the review by title (the chart is of titles)."""
    chart = chart_png(found)
    head = Letterhead(issuer=office.name, symbol="/BC", place=_place(office, found.on)) if office else None
    return Paper(
        kind=say_now("BÁO CÁO TÓM TẮT", "BRIEF"),
        abstract=brief.title,
        drafted_on=found.on,
        letterhead=head,
        addressees=(brief.to,) if brief.to else (),
        body=(
            _table(numbers(found, short)),
            Picture(chart, 100, chart_title()),
            Heading(say_now("Đề nghị lãnh đạo quyết định", "Decisions to take")),
            *(Paragraph(f"{place}. {text}") for place, text in enumerate(brief.decisions, start=1)),
            Paragraph(f"{based_on(found)} {_cautions(short)}".strip()),
        ),
        signature=Signature(brief.signed_post, brief.signed_name) if brief.signed_post else None,
        simulated=simulated,
    )


def _place(office: Organisation, on: date) -> str:
    """The province of an office, for the line of place and date."""
    rows = units(level=UnitLevel.PROVINCE, on=on).filter(code=office.province_code)
    return rows.values_list("name", flat=True).first() or ""


def _table(five: Sequence[Number]) -> ReportTable:
    columns = (
        Column("title", say_now("Chỉ số", "Figure"), width=30),
        Column("value", say_now("Giá trị", "Value"), width=10),
        Column("of", say_now("Cơ sở tính", "Out of"), width=40),
    )
    return ReportTable("", columns, [(one.title, one.value, one.denominator) for one in five])


def _cautions(short: Shortfall) -> str:
    if not short.with_norm:
        return ""
    return say_now(
        "Định mức trạm y tế viết cho xã trước sáp nhập, cần đối chiếu.",
        "The norm of stations was written for communes before the mergers and needs a check.",
    )


def chart_title() -> str:
    """What the chart shows."""
    return say_now("Tỷ lệ đã đủ giờ theo chức danh (%)", "Share with hours met by title (%)")


def chart_png(found: Review) -> bytes:
    """The largest titles, each with the share of its people whose hours are met."""
    largest = sorted((line for line in found.lines if _asked(line)), key=lambda line: -_asked(line))[:BARS]
    return bars_png(chart_title(), [_bar(line) for line in largest], on=found.on, language=current_language())


def _asked(line: Line) -> int:
    counts = line.parts["standing"]
    return sum(counts[code] for code in (StandingState.MET, StandingState.ACCRUING, StandingState.SHORT))


def _bar(line: Line) -> ShareBar:
    met, asked, language = line.parts["standing"][StandingState.MET], _asked(line), current_language()
    text = f"{formats.percent(met, asked, language=language)} ({met}/{asked})"
    return ShareBar(label("registry.Title", str(line.code)), met / asked, text)


def drafted(found: Review, short: Shortfall, place: str, on: date) -> dict[str, Any]:
    """What the form of the brief begins with."""
    day = formats.day(on, language=current_language())
    said = say_now("Rà soát nhân lực y tế {place}, ngày {day}", "Workforce review of {place}, {day}")
    decisions = proposed_decisions(found, short)
    return {
        "title": said.format(place=place, day=day),
        **{f"decision_{number}": text for number, text in enumerate(decisions, start=1)},
    }
