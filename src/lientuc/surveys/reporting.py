"""The monitor of a wave and its answers as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lientuc.analytics.measures.response import WaveCounts
from lientuc.core.clock import today
from lientuc.core.phrases import Phrase
from lientuc.documents.table import Column, Kind, ReportTable, Row, Share
from lientuc.documents.writers.delimited import guarded
from lientuc.places.enums import UnitLevel
from lientuc.places.queries import is_simulated, units
from lientuc.places.scope import WhyUnscoped
from lientuc.web.say import labels, phrase, say_now

from .ballots.reporting import ballot_table
from .enums import ItemType, WaveMode, WaveState
from .flow import computed_values
from .models import Wave
from .phrases import STRATA
from .queries import Monitor, completed
from .specs import Questionnaire

_LABELLED = {"sex": "registry.Sex", "title": "registry.Title", "specialty": "registry.Specialty"}


def monitor_table(wave: Wave, found: Monitor, *, with_strata: bool) -> ReportTable:
    """How far a wave has come, everybody first, then by stratum; each rate is of those invited."""
    if wave.mode == WaveMode.ANONYMOUS:
        return ballot_table(wave, found.everybody)
    rows = [_monitor_row(say_now("Tất cả", "Everybody"), found.everybody)]
    if with_strata:
        names = stratum_labels(found)
        rows += [_monitor_row(names[place], counts) for place, counts in found.strata.items()]
    return ReportTable(
        title=say_now("Tiến độ trả lời", "Progress of the wave"),
        columns=_monitor_columns(),
        rows=rows,
        notes=_monitor_notes(wave),
        simulated=is_simulated(),
    )


def _monitor_columns() -> tuple[Column, ...]:
    texts = {
        "invited": say_now("Được mời", "Invited"),
        "delivered": say_now("Đã gửi", "Delivered"),
        "opened": say_now("Đã mở xem", "Opened"),
        "started": say_now("Bắt đầu", "Started"),
        "completed": say_now("Hoàn thành", "Completed"),
        "refused": say_now("Từ chối", "Refused"),
    }
    steps = tuple(Column(key, text, Kind.INT) for key, text in texts.items())
    group = Column("group", say_now("Nhóm", "Group"))
    return group, *steps, Column("rate", say_now("Tỷ lệ trả lời", "Response rate"), Kind.PERCENT)


def _monitor_row(label: str, counts: WaveCounts) -> Row:
    return (
        label,
        counts.invited,
        counts.delivered,
        counts.opened,
        counts.started,
        counts.completed,
        counts.refused,
        Share(counts.completed, counts.invited),
    )


def _monitor_notes(wave: Wave) -> tuple[str, ...]:
    if wave.open_token:
        return (
            say_now(
                "Chế độ mở: số được mời do đơn vị tổ chức nêu; một người có thể trả lời nhiều lần.",
                "Open mode: the number invited is stated by the organiser; one person may answer more than once.",
            ),
        )
    if wave.state == WaveState.CLOSED and wave.record_files.unscoped(WhyUnscoped.ROW_IN_HAND).exists():
        return (
            say_now(
                "Số liệu nhập từ tệp của nghiên cứu có sẵn; “được mời” là số do tác giả nêu, nếu không nêu thì là số bản ghi.",
                "Records of an existing study; “invited” is what its authors state, else the number of records.",
            ),
        )
    return (
        say_now(
            "Mẫu số của tỷ lệ trả lời là mọi người được mời, kể cả người chưa nhận được lời mời.",
            "The response rate is of everybody invited, also of those whom the invitation did not reach.",
        ),
        say_now(
            "“Đã mở xem” có thể gồm cả lần ứng dụng nhắn tin tự xem trước liên kết.",
            "“Opened” may include a messenger’s own preview of the link.",
        ),
    )


def stratum_labels(found: Monitor) -> dict[tuple[str, str], str]:
    """`Giới: Nữ` for each stratum of a monitor."""
    asks_province = any(name == "province" for name, _ in found.strata)
    provinces = dict(units(level=UnitLevel.PROVINCE, on=today()).values_list("code", "name")) if asks_province else {}
    return {place: _stratum_label(*place, provinces) for place in found.strata}


def _stratum_label(name: str, code: str, provinces: Mapping[str, str]) -> str:
    title = phrase(STRATA.get(name, Phrase(name, name)))
    texts = labels().get(_LABELLED.get(name, ""), {})
    value = phrase(texts[code]) if code in texts else provinces.get(code, code)
    return f"{title}: {value or say_now('không rõ', 'not known')}"


def answer_table(wave: Wave, form: Questionnaire) -> ReportTable:
    """Every completed response as a row of codes, in an order that says nothing about time."""
    places = [(item, index) for section in form.sections for index in form.indexes(section) for item in section.items]
    columns = [Column("pseudonym", "pseudonym")]
    columns += [Column(f"{item.name}_{index}" if index else item.name, item.name) for item, index in places]
    computes = any(item.is_computed for item, _ in places)

    def rows() -> Iterator[Row]:
        for one in completed(wave):
            given = {**one.answers, **computed_values(form, one.answers)} if computes else one.answers
            values = [(item, given.get((item.name, index), "")) for item, index in places]
            # What people typed may look like a formula to the program that opens the file.
            yield [one.pseudonym, *(guarded(v) if item.type == ItemType.TEXT else v for item, v in values)]

    return ReportTable(title=wave.name, columns=tuple(columns), rows=rows(), simulated=is_simulated())
