"""The workforce review as tables, a chart and links: one set of numbers for page and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lientuc.analytics.charts import Bar, Heading, Svg, bar_chart
from lientuc.core import formats
from lientuc.core.names import fold
from lientuc.documents.table import Column, Kind, ReportTable, Row, Share, Value
from lientuc.places.enums import CareLevel, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import LicenceState, Title
from lientuc.registry.queries.people import SOON
from lientuc.web.say import current_language, label, say_now
from lientuc.web.templatetags.face import PrintedTable, as_printed

from ..enums import Area, Ownership, ReviewBy, StandingState
from .asking import PARTS, Line, Review

BARS = 15
ROWS_ON_PAGE = 200
# Above so many rows one table is shown at a time.
ROWS_AT_A_GLANCE = 30

# The codes of each part whose share of the persons is printed.
_BEST = {"licence": (LicenceState.HELD, LicenceState.ENDING), "standing": (StandingState.MET,)}
ENUMS = {"licence": "registry.LicenceState", "standing": "reports.StandingState", "age": "reports.AgeGroup"}
CODES = {
    ReviewBy.CARE_LEVEL: ("places.CareLevel", CareLevel),
    ReviewBy.TITLE: ("registry.Title", Title),
    ReviewBy.AREA: ("reports.Area", Area),
    ReviewBy.OWNERSHIP: ("reports.Ownership", Ownership),
}


@dataclass(frozen=True)
class Named:
    """A group with its name, and the page that goes one step deeper (empty: there is none)."""

    line: Line
    name: str
    url: str


@dataclass(frozen=True)
class Tab:
    """One table to choose."""

    title: str
    url: str
    active: bool


@dataclass(frozen=True)
class Shown:
    """One printed table of the page with the link of each row; `left_out` rows stand only in the files."""

    table: PrintedTable
    links: tuple[str, ...]
    left_out: int

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Each printed row with its link."""
        return list(zip(self.links, self.table.rows, strict=True))


def named_lines(found: Review, kept: Mapping[str, str]) -> list[Named]:
    """The groups with names and links, in the order of the list; `kept` are the filters to carry along. At most one query."""
    names, publics = _names(found)
    listed = [
        Named(line, names.get(line.code, "") or _nameless(found.asked.by), _deeper(found, line, publics, kept))
        for line in found.lines
    ]
    if found.asked.by in CODES:
        order = [str(code) for code in CODES[found.asked.by][1]]
        return sorted(listed, key=lambda row: order.index(str(row.line.code)))
    return sorted(listed, key=lambda row: (not row.line.code, fold(row.name)))


def _names(found: Review) -> tuple[dict[Any, str], dict[Any, str]]:
    codes = [line.code for line in found.lines]
    match found.asked.by:
        case ReviewBy.ORGANISATION:
            rows = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=codes)
            listed = list(rows.values_list("pk", "name", "public_id"))
            return {pk: name for pk, name, _ in listed}, {pk: str(public_id) for pk, _, public_id in listed}
        case ReviewBy.COMMUNE | ReviewBy.PROVINCE:
            level = UnitLevel.COMMUNE if found.asked.by is ReviewBy.COMMUNE else UnitLevel.PROVINCE
            named = units(level=level, on=found.on).filter(code__in=codes)
            return dict(named.values_list("code", "name")), {}
        case _:
            enum, _ = CODES[found.asked.by]
            return {code: label(enum, str(code)) for code in codes}, {}


def _nameless(by: ReviewBy) -> str:
    if by in {ReviewBy.COMMUNE, ReviewBy.PROVINCE}:
        return say_now("không thuộc xã, phường nào", "in no commune")
    return "–"


def _deeper(found: Review, line: Line, publics: Mapping[Any, str], kept: Mapping[str, str]) -> str:
    """Places lead to their units; a unit and a title to the people, where the reader may see them."""
    if not line.code:
        return ""
    here = reverse("reports:review")
    people = {"unit": kept.get("unit", ""), "title": kept.get("title", "")}
    match found.asked.by:
        case ReviewBy.ORGANISATION:
            return _people(found, {**people, "unit": publics.get(line.code, "")})
        case ReviewBy.TITLE:
            return _people(found, {**people, "title": str(line.code)}) if _is_whole_or_unit(kept) else ""
        case ReviewBy.PROVINCE:
            return f"{here}?{urlencode({**kept, 'province': line.code, 'by': ReviewBy.COMMUNE})}"
        case _:
            return f"{here}?{urlencode({**kept, str(found.asked.by): line.code, 'by': ReviewBy.ORGANISATION})}"


def _people(found: Review, wanted: Mapping[str, str]) -> str:
    """The list of people with this filter; empty where the reader may not see them."""
    if not found.sees_people:
        return ""
    return f"{reverse('registry:workers')}?{urlencode({name: value for name, value in wanted.items() if value})}"


def _is_whole_or_unit(kept: Mapping[str, str]) -> bool:
    """The list of people knows units and titles, no other filter of the review."""
    return not (kept.keys() - {"unit", "title", "by", "view"})


def tables(found: Review, lines: Sequence[Named], *, simulated: bool) -> list[ReportTable]:
    """One table of heads and posts, and one for each part."""
    return [_heads_table(found, lines, simulated), *(_part_table(found, lines, part, simulated) for part in PARTS)]


def shown_tables(found: Review, lines: Sequence[Named], part: str, *, simulated: bool) -> list[Shown]:
    """The tables as the page prints them: all of them while they are short, else the one that was chosen, cut and saying so."""
    first = lines[:ROWS_ON_PAGE]
    links = tuple(row.url for row in first)
    made = tables(found, first, simulated=simulated)
    if len(first) > ROWS_AT_A_GLANCE:
        made = [made[_place(part)]]
    return [Shown(as_printed(table), links, len(lines) - len(first)) for table in made]


def tabs(lines: Sequence[Named], part: str, query: str) -> list[Tab]:
    """The tables to choose from where only one is shown; none where all are."""
    if len(lines) <= ROWS_AT_A_GLANCE:
        return []
    titles = [_heads_title(), *(part_title(one) for one in PARTS)]
    return [
        Tab(title, f"?{query}&part={name}", place == _place(part))
        for place, (name, title) in enumerate(zip(["heads", *PARTS], titles, strict=True))
    ]


def _place(part: str) -> int:
    """Which of the tables `part` names; the first where it names none."""
    return list(PARTS).index(part) + 1 if part in PARTS else 0


def _heads_title() -> str:
    return say_now("Nhân lực và vị trí công tác", "People and posts")


def _heading(found: Review) -> str:
    return label("reports.ReviewBy", found.asked.by)


def _heads_table(found: Review, lines: Sequence[Named], simulated: bool) -> ReportTable:
    columns = (
        Column("group", _heading(found), width=36),
        Column("persons", say_now("Số người", "People"), Kind.INT),
        Column("posts", say_now("Số vị trí công tác", "Posts"), Kind.INT),
    )
    rows = [(row.name, row.line.persons, row.line.posts) for row in lines]
    whole = (say_now("Tổng số", "In all"), found.whole.persons, found.whole.posts)
    once = say_now(
        "Người có nhiều vị trí được đếm một lần trong mỗi nhóm và một lần trong tổng số, nên các nhóm có thể cộng lại nhiều hơn tổng số.",
        "Somebody with several posts is counted once in each group and once in the whole, so groups may add up to more.",
    )
    return _table(found, _heads_title(), columns, rows, whole, once, simulated)


def _part_table(found: Review, lines: Sequence[Named], part: str, simulated: bool) -> ReportTable:
    columns = (
        Column("group", _heading(found), width=36),
        Column("persons", say_now("Số người", "People"), Kind.INT),
        *_code_columns(part),
        *_share_column(part),
    )
    rows = [_part_row(row.name, row.line, part) for row in lines]
    whole = _part_row(say_now("Tổng số", "In all"), found.whole, part)
    return _table(found, part_title(part), columns, rows, whole, _part_note(found, part), simulated)


def _code_columns(part: str) -> tuple[Column, ...]:
    return tuple(Column(f"{part}_{code}", label(ENUMS[part], code), Kind.INT) for code in PARTS[part])


def _share_column(part: str) -> tuple[Column, ...]:
    if part == "licence":
        return (Column("licence_share", say_now("Tỷ lệ còn hạn", "Share in force"), Kind.PERCENT),)
    if part == "standing":
        return (Column("standing_share", say_now("Tỷ lệ đã đủ giờ", "Share met"), Kind.PERCENT),)
    return ()


def _part_row(name: str, line: Line, part: str) -> Row:
    counts = line.parts.get(part, {})
    values: list[Value] = [name, line.persons, *(counts.get(str(code), 0) for code in PARTS[part])]
    return (*values, _share(counts, part)) if part in _BEST else tuple(values)


def _share(counts: Mapping[str, int], part: str) -> Share:
    """The share of the best codes; of standings, only people whose hours are asked for are the denominator."""
    outside = (
        (StandingState.EXEMPT, StandingState.NOT_COVERED, StandingState.NOT_RECKONED) if part == "standing" else ()
    )
    return Share(
        sum(counts[code] for code in _BEST[part]), sum(counts.values()) - sum(counts[code] for code in outside)
    )


def part_title(part: str) -> str:
    return {
        "licence": say_now("Giấy phép hành nghề", "Practising licences"),
        "standing": say_now("Kết quả tích lũy giờ học", "Standings"),
        "age": say_now("Nhóm tuổi", "Ages"),
    }[part]


def _part_note(found: Review, part: str) -> str:
    if part == "licence":
        return say_now(
            "Sắp hết hạn: còn không quá {n} ngày, vẫn tính là còn hạn. Chức danh không cần giấy phép cũng đếm ở cột chưa có.",
            "Ending: within {n} days, still in force. Titles that need no licence stand in the column of none too.",
        ).format(n=SOON.days)
    if part == "standing":
        day = formats.day(found.standings_on, language=current_language()) or "–"
        return say_now(
            "Kết quả tính gần nhất, sớm nhất từ ngày {day}. Tỷ lệ tính trên người phải tích lũy giờ và đã được tính.",
            "Standings as last reckoned, the oldest on {day}. Shares are of people whose hours are asked for and reckoned.",
        ).format(day=day)
    return say_now("Tuổi tính theo năm sinh.", "Ages by year of birth.")


def based_on(found: Review) -> str:
    """How much of the scope the figures rest on, and of when they are."""
    said = say_now(
        "Dựa trên {n}/{of} đơn vị có nhân lực trong hệ thống.", "Based on {n}/{of} units with staff on record."
    ).format(
        n=formats.number(found.units_stating, language=current_language()),
        of=formats.number(found.units, language=current_language()),
    )
    if found.reckoned_at is None:
        return said
    moment = formats.instant(found.reckoned_at, language=current_language())
    return f"{said} {say_now('Số liệu tính lúc {at}.', 'Reckoned at {at}.').format(at=moment)}"


def _table(
    found: Review,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    whole: Row,
    note: str,
    simulated: bool,
) -> ReportTable:
    return ReportTable(
        title=title,
        columns=columns,
        rows=rows,
        notes=(based_on(found), note),
        sources=(say_now("Hồ sơ nhân lực trong hệ thống", "The workforce registry of the system"),),
        as_of=found.on,
        footer=whole,
        simulated=simulated,
    )


def chart_title(found: Review) -> str:
    """What the chart shows."""
    return say_now("Số người theo {by}", "People by {by}").format(by=_heading(found).lower())


def chart(found: Review, lines: Sequence[Named]) -> Svg:
    """People by group, the largest groups first; the table beside it has them all."""
    placed = [row for row in lines if row.line.code]
    largest = sorted(placed, key=lambda row: -row.line.persons)[:BARS]
    bars = [
        Bar(
            row.name,
            row.line.persons,
            formats.number(row.line.persons, language=current_language()),
        )
        for row in largest
    ]
    said = say_now("{n} nhóm đông nhất trong {of} nhóm.", "The {n} largest of {of} groups.")
    return bar_chart(Heading("review", chart_title(found), said.format(n=len(largest), of=len(placed))), bars)
