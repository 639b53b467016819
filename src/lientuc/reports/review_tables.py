"""The workforce review as tables, a chart and links: one set of numbers for page and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lientuc.analytics.charts import Bar, Heading, Svg, bar_chart
from lientuc.analytics.disclosure import Cell
from lientuc.core import formats
from lientuc.core.names import fold
from lientuc.documents.table import HIDDEN, HIDDEN_SIGN, Column, Kind, ReportTable, Row, Share, Value
from lientuc.places.enums import CareLevel, UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import LicenceState, Title
from lientuc.registry.queries.people import SOON
from lientuc.web.say import current_language, label, say_now
from lientuc.web.templatetags.face import PrintedTable, as_printed

from .enums import ReviewBy, StandingState
from .review import PARTS, Line, Review

BARS = 15
ROWS_ON_PAGE = 200
# Above so many rows only the first table stands open.
ROWS_AT_A_GLANCE = 30

# The codes of each part whose share of the persons is printed.
_BEST = {"licence": (LicenceState.HELD, LicenceState.ENDING), "standing": (StandingState.MET,)}
_ENUMS = {"licence": "registry.LicenceState", "standing": "reports.StandingState", "age": "reports.AgeGroup"}
_FIXED_ORDER = {ReviewBy.CARE_LEVEL: [str(code) for code in CareLevel], ReviewBy.TITLE: [str(code) for code in Title]}


@dataclass(frozen=True)
class Named:
    """A group with its name, and the page that goes one step deeper (empty: there is none)."""

    line: Line
    name: str
    url: str


@dataclass(frozen=True)
class Shown:
    """One printed table of the page with the link of each row; `left_out` rows stand only in the files."""

    table: PrintedTable
    links: tuple[str, ...]
    left_out: int
    folded: bool

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
    order = _FIXED_ORDER.get(found.asked.by)
    if order:
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
        case ReviewBy.CARE_LEVEL:
            return {code: label("places.CareLevel", str(code)) for code in codes}, {}
        case _:
            return {code: label("registry.Title", str(code)) for code in codes}, {}


def _nameless(by: ReviewBy) -> str:
    if by in {ReviewBy.COMMUNE, ReviewBy.PROVINCE}:
        return say_now("không thuộc xã, phường nào", "in no commune")
    return "–"


def _deeper(found: Review, line: Line, publics: Mapping[Any, str], kept: Mapping[str, str]) -> str:
    """Level, province and commune lead to their units; a unit and a title to the people."""
    if not found.sees_people or not line.code:
        return ""
    here = reverse("reports:review")
    match found.asked.by:
        case ReviewBy.ORGANISATION:
            return f"{reverse('registry:workers')}?{urlencode({'unit': publics.get(line.code, '')})}"
        case ReviewBy.TITLE:
            return f"{reverse('registry:workers')}?{urlencode({'title': line.code})}"
        case ReviewBy.PROVINCE:
            return f"{here}?{urlencode({**kept, 'province': line.code, 'by': ReviewBy.COMMUNE})}"
        case ReviewBy.COMMUNE:
            return f"{here}?{urlencode({**kept, 'commune': line.code, 'by': ReviewBy.ORGANISATION})}"
        case _:
            return f"{here}?{urlencode({**kept, 'care_level': line.code, 'by': ReviewBy.ORGANISATION})}"


def tables(found: Review, lines: Sequence[Named], *, simulated: bool) -> list[ReportTable]:
    """One table of heads and posts, and one for each part shown; a part without groups is printed for everybody."""
    made = [_heads_table(found, lines, simulated)]
    for part in PARTS:
        if part in found.shown:
            made.append(_part_table(found, lines, part, simulated))
        elif part in found.whole.parts:
            made.append(_whole_table(found, part, simulated))
    return made


def shown_tables(made: Sequence[ReportTable], lines: Sequence[Named]) -> list[Shown]:
    """The tables as the page prints them: long ones are cut and say so."""
    links = tuple(row.url for row in lines)
    found: list[Shown] = []
    for table in made:
        printed = as_printed(table)
        grouped = len(printed.rows) == len(links)
        rows = printed.rows[:ROWS_ON_PAGE]
        shown = PrintedTable(printed.title, printed.above, printed.columns, rows, printed.footer, printed.below)
        own = links[: len(rows)] if grouped else ("",) * len(rows)
        folded = bool(found) and len(rows) > ROWS_AT_A_GLANCE
        found.append(Shown(shown, own, len(printed.rows) - len(rows), folded))
    return found


def _heading(found: Review) -> str:
    return label("reports.ReviewBy", found.asked.by)


def _heads_table(found: Review, lines: Sequence[Named], simulated: bool) -> ReportTable:
    columns = (
        Column("group", _heading(found), width=36),
        Column("persons", say_now("Số người", "People"), Kind.INT),
        Column("posts", say_now("Số vị trí công tác", "Posts"), Kind.INT),
    )
    rows = [(row.name, _value(row.line.persons), _value(row.line.posts)) for row in lines]
    whole = (say_now("Tổng số", "In all"), _value(found.whole.persons), _value(found.whole.posts))
    once = say_now(
        "Người có nhiều vị trí được đếm một lần trong mỗi nhóm và một lần trong tổng số, nên các nhóm có thể cộng lại nhiều hơn tổng số.",
        "Somebody with several posts is counted once in each group and once in the whole, so groups may add up to more.",
    )
    return _table(
        found, say_now("Nhân lực và vị trí công tác", "People and posts"), columns, rows, whole, once, simulated
    )


def _part_table(found: Review, lines: Sequence[Named], part: str, simulated: bool) -> ReportTable:
    columns = (
        Column("group", _heading(found), width=36),
        Column("persons", say_now("Số người", "People"), Kind.INT),
        *_code_columns(part),
        *_share_column(part),
    )
    rows = [_part_row(row.name, row.line, part) for row in lines]
    whole = _part_row(say_now("Tổng số", "In all"), found.whole, part)
    return _table(found, _part_title(part), columns, rows, whole, _part_note(found, part), simulated)


def _whole_table(found: Review, part: str, simulated: bool) -> ReportTable:
    columns = (Column("code", _part_title(part), width=36), Column("persons", say_now("Số người", "People"), Kind.INT))
    rows = [(label(_ENUMS[part], code), _value(count)) for code, count in found.whole.parts[part].items()]
    whole = (say_now("Tổng số", "In all"), _value(found.whole.persons))
    return _table(found, _part_title(part), columns, rows, whole, _part_note(found, part), simulated)


def _code_columns(part: str) -> tuple[Column, ...]:
    return tuple(Column(f"{part}_{code}", label(_ENUMS[part], code), Kind.INT) for code in PARTS[part])


def _share_column(part: str) -> tuple[Column, ...]:
    if part == "licence":
        return (Column("licence_share", say_now("Tỷ lệ còn hạn", "Share in force"), Kind.PERCENT),)
    if part == "standing":
        return (Column("standing_share", say_now("Tỷ lệ đã đủ giờ", "Share met"), Kind.PERCENT),)
    return ()


def _part_row(name: str, line: Line, part: str) -> Row:
    counts = line.parts.get(part, {})
    values: list[Value] = [name, _value(line.persons), *(_value(counts.get(str(code))) for code in PARTS[part])]
    return (*values, _share(counts, part)) if part in _BEST else tuple(values)


def _share(counts: Mapping[str, Cell], part: str) -> Value:
    """The share of the best codes; of standings, only people whose hours are asked for are the denominator."""
    if any(count is None for count in counts.values()) or not counts:
        return HIDDEN
    known = {code: count or 0 for code, count in counts.items()}
    outside = (
        (StandingState.EXEMPT, StandingState.NOT_COVERED, StandingState.NOT_RECKONED) if part == "standing" else ()
    )
    return Share(sum(known[code] for code in _BEST[part]), sum(known.values()) - sum(known[code] for code in outside))


def _value(count: Cell) -> Value:
    return HIDDEN if count is None else count


def _part_title(part: str) -> str:
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
    """How much of the scope the figures rest on."""
    return say_now(
        "Dựa trên {n}/{of} đơn vị có nhân lực trong hệ thống.", "Based on {n}/{of} units with staff on record."
    ).format(
        n=formats.number(found.units_stating, language=current_language()),
        of=formats.number(found.units, language=current_language()),
    )


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
    largest = sorted(placed, key=lambda row: -(row.line.persons or 0))[:BARS]
    bars = [
        Bar(
            row.name,
            row.line.persons,
            HIDDEN_SIGN if row.line.persons is None else formats.number(row.line.persons, language=current_language()),
        )
        for row in largest
    ]
    said = say_now("{n} nhóm đông nhất trong {of} nhóm.", "The {n} largest of {of} groups.")
    return bar_chart(Heading("review", chart_title(found), said.format(n=len(largest), of=len(placed))), bars)
