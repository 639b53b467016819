"""Counting facts group by group and everybody once, in one statement; the same for facts made now and facts kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, Sum
from django.db.models.functions import Cast

from ..enums import Area, Ownership, ReviewBy
from ..models import ReviewCell, ReviewShared
from .asking import COLUMNS, PARTS, VIEW, Asked, Line
from .facts import area_of, facts, in_area, posts_on

_LOOKUPS = {
    ReviewBy.PROVINCE: "organisation__province_code",
    ReviewBy.CARE_LEVEL: "organisation__care_level",
    ReviewBy.COMMUNE: "organisation__commune_code",
    ReviewBy.OWNERSHIP: "organisation__public",
    ReviewBy.ORGANISATION: "organisation",
    ReviewBy.TITLE: "title_now",
    ReviewBy.AREA: "area",
}


def live_posts(by: Any, asked: Asked, on: date) -> Any:
    """The posts in force that are asked about, each with its person; nothing is counted yet."""
    rows = posts_on(on).within(by.scope(VIEW)).filter(asked.inside("organisation__"))
    if asked.area is not None:
        rows = rows.filter(in_area("organisation__commune_code", asked.area, on))
    return rows.filter(title_now=asked.title) if asked.title else rows


def counted_now(by: Any, asked: Asked, on: date) -> tuple[list[Line], Line]:
    """Groups and whole, counted from the posts themselves."""
    rows = live_posts(by, asked, on)
    if asked.by is ReviewBy.AREA:
        rows = rows.annotate(area=area_of("organisation__commune_code", on))
    made = facts(rows.annotate(group=_group(asked.by)), on, "group")
    return _counted(made, asked.by)


def counted_from_summary(by: Any, asked: Asked) -> tuple[list[Line], Line]:
    """The same from the summary: cells of people at one organisation added up, the others counted person by person."""
    alone = _cell_lines(_narrowed(ReviewCell.objects.visible_to(by, VIEW), asked, "title"), asked.by)
    rows = _narrowed(ReviewShared.objects.visible_to(by, VIEW), asked, "title_now")
    several, shared = _counted(rows.annotate(group=_group(asked.by)), asked.by)
    lines = {line.code: line for line in alone}
    for line in several:
        lines[line.code] = lines[line.code] + line if line.code in lines else line
    whole = shared
    for line in alone:
        whole = Line("", whole.persons, whole.posts, whole.parts) + line
    return sorted(lines.values(), key=lambda line: str(line.code)), whole


def _narrowed(rows: Any, asked: Asked, title: str) -> Any:
    rows = rows.filter(asked.inside("organisation__"))
    if asked.area is not None:
        rows = rows.filter(area=str(asked.area))
    return rows.filter(**{title: asked.title}) if asked.title else rows


def _group(by: ReviewBy) -> Any:
    """The group of a row as text."""
    return Cast(F(_LOOKUPS[by]), CharField())


def _cell_lines(cells: QuerySet[Any], by: ReviewBy) -> list[Line]:
    lookup = "title" if by is ReviewBy.TITLE else _LOOKUPS[by]
    sums = {f"sum_{column}": Sum(column) for column in ("persons", "posts", *COLUMNS)}
    rows = cells.annotate(group=F(lookup)).values("group").annotate(**sums).order_by()
    return [
        _line(_code(by, row["group"]), [row[f"sum_{column}"] for column in ("persons", "posts", *COLUMNS)])
        for row in rows
    ]


def _counted(made: QuerySet[Any], by: ReviewBy) -> tuple[list[Line], Line]:
    """One statement: the facts once, counted by group and as a whole."""
    columns = ("group", "person", "licence", "standing", "age", "held")
    sql, values = made.values(*columns).order_by().query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH facts ({names}) AS ({sql}) {_counts()}", values)
        rows = cursor.fetchall()
    lines = [_line(_code(by, row[0]), row[1:]) for row in rows if row[0] is not None]
    whole = next(_line("", row[1:]) for row in rows if row[0] is None)
    return sorted(lines, key=lambda line: str(line.code)), whole


def _counts() -> str:
    """Persons of `facts` by group, then all of them once as the last row."""
    counts = ", ".join(["COUNT(*)", "SUM(held)", *_filters()])
    states = "person, licence, standing, age"
    return (
        f'SELECT "group", {counts} FROM (SELECT "group", {states}, SUM(held) AS held FROM facts GROUP BY "group", {states}) '
        f"AS once GROUP BY 1 UNION ALL "
        f"SELECT NULL, {counts} FROM (SELECT {states}, SUM(held) AS held FROM facts GROUP BY {states}) AS once"
    )


def _filters() -> list[str]:
    """`COUNT(*) FILTER (…)` for every code of every part; the codes are the house's own words."""
    return [f"COUNT(*) FILTER (WHERE {part} = '{code}')" for part, codes in PARTS.items() for code in codes]


def _line(code: str | int, counts: Sequence[Any]) -> Line:
    persons, posts, *rest = (int(count or 0) for count in counts)
    values = iter(rest)
    return Line(
        code, persons, posts, {part: {str(one): next(values) for one in codes} for part, codes in PARTS.items()}
    )


def _code(by: ReviewBy, group: Any) -> str | int:
    if by is ReviewBy.ORGANISATION:
        return int(group)
    if by is ReviewBy.OWNERSHIP:
        return str(Ownership.PUBLIC if str(group).lower() in {"1", "true"} else Ownership.PRIVATE)
    if by is ReviewBy.AREA:
        return str(Area(group or Area.NONE))
    return str(group or "")


__all__ = ["counted_from_summary", "counted_now", "live_posts"]
