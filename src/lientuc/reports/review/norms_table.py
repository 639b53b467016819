"""Stations against the norm as a table: the communes that miss most first."""

from __future__ import annotations

from dataclasses import replace

from lientuc.core.phrases import Phrase
from lientuc.documents.table import Column, Kind, ReportTable, Row
from lientuc.law.staffing import NormCaution
from lientuc.web.say import label, say_now
from lientuc.web.templatetags.face import PrintedTable, as_printed

from .norms import StationLine, Vacancies

ROWS_ON_PAGE = 300
CAUTIONS = {
    NormCaution.BEFORE_MERGER: Phrase(
        "Định mức viết cho xã trước ngày 01/07/2025; xã sáp nhập đông dân cần đối chiếu trước khi dùng.",
        "The norm was written for the communes of before 1 July 2025; larger merged ones need a check.",
    ),
    NormCaution.AREA_BY_OTHER_LIST: Phrase(
        "Vùng của định mức tạm lấy theo danh sách vùng khó khăn (khu vực I, II, III; ngoài danh sách tính như khu vực I).",
        "The area is taken from the list of difficult areas (I, II, III; outside the list as area I).",
    ),
}


def norms_table(found: Vacancies, *, simulated: bool) -> ReportTable:
    """One row a commune; norm and missing posts as spans, because the text gives spans."""
    columns = (
        Column("commune", say_now("Xã, phường", "Commune"), width=30),
        Column("area", say_now("Vùng", "Area"), width=14),
        Column("inhabitants", say_now("Số dân", "Inhabitants"), Kind.INT),
        Column("people", say_now("Số người hiện có", "People in post"), Kind.INT),
        Column("least", say_now("Định mức từ", "Norm from"), Kind.INT),
        Column("most", say_now("đến", "to"), Kind.INT),
        Column("short_least", say_now("Thiếu ít nhất", "Missing at least"), Kind.INT),
        Column("short_most", say_now("nhiều nhất", "at most"), Kind.INT),
    )
    sums = found.shortfall
    whole: Row = (
        say_now("Tổng số", "In all"),
        "",
        None,
        sum(line.people for line in found.lines),
        sum(line.norm.least for line in found.lines if line.norm),
        sum(line.norm.most for line in found.lines if line.norm),
        sums.low,
        sums.high,
    )
    cited = next((line.norm.citation for line in found.lines if line.norm), None)
    return ReportTable(
        title=say_now("Nhân lực trạm y tế so với định mức", "Stations against the staffing norm"),
        columns=columns,
        rows=[_row(line) for line in sorted(found.lines, key=_order)],
        notes=(based_on(found), *(say_now(text.vi, text.en) for text in CAUTIONS.values()), _counted()),
        sources=(say_now(cited.vi, cited.en),) if cited else (),
        as_of=found.on,
        footer=whole,
        simulated=simulated,
    )


def shown_norms(found: Vacancies, *, simulated: bool) -> PrintedTable:
    """The rows that fit on the page."""
    table = norms_table(found, simulated=simulated)
    return as_printed(replace(table, rows=list(table.rows)[:ROWS_ON_PAGE]))


def based_on(found: Vacancies) -> str:
    """How many communes can be compared."""
    said = say_now(
        "Dựa trên {n}/{of} xã, phường có trạm y tế và đã có số dân.",
        "Based on {n}/{of} communes with a station whose inhabitants are stated.",
    )
    return said.format(n=len(found.with_norm), of=len(found.lines))


def _counted() -> str:
    return say_now(
        "Đếm người có vị trí tại trạm và điểm trạm; không tính cộng tác viên, người làm thêm ngoài giờ và nhân viên y tế thôn, bản.",
        "People in post at stations and their points; without collaborators, second jobs and village health workers.",
    )


def _order(line: StationLine) -> tuple[int, str]:
    return -(line.missing[0] if line.missing else -1), line.name


def _row(line: StationLine) -> Row:
    norm, missing = line.norm, line.missing or (None, None)
    return (
        line.name,
        label("reports.Area", line.area),
        line.inhabitants,
        line.people,
        norm.least if norm else None,
        norm.most if norm else None,
        *missing,
    )
