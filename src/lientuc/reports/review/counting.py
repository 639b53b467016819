"""Counting facts group by group and everybody once, in one statement; the same for facts made now and facts kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, Sum
from django.db.models.functions import Cast

from lientuc.places.scope import Scope

from ..enums import Area, Ownership, ReviewBy
from ..models import ReviewCell, ReviewNation, ReviewShared
from .asking import COLUMNS, PARTS, VIEW, Asked, Line, empty_line, line_from_json
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
    """The same from the summary, for the whole country as it was counted with it."""
    scope = by.scope(VIEW)
    nation = ReviewNation.objects.filter(by=str(asked.by)) if scope.everything and not asked.is_narrowed else ()
    for kept in nation:
        return [line_from_json(line) for line in kept.lines], line_from_json(kept.whole)
    return counted_within(scope, asked)


def counted_within(scope: Scope, asked: Asked) -> tuple[list[Line], Line]:
    """Cells of people at one organisation added up, the others counted person by person."""
    alone = _cell_lines(_narrowed(ReviewCell.objects.within(scope), asked, "title"), asked.by)
    rows = _narrowed(ReviewShared.objects.within(scope), asked, "title_now")
    several, shared = _counted(rows.annotate(group=_group(asked.by)), asked.by, kept=True)
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


def _counted(made: QuerySet[Any], by: ReviewBy, *, kept: bool = False) -> tuple[list[Line], Line]:
    """One statement: the facts once (`kept`: they stand in a table already), everybody once by group and as a whole.

    A person's states come grouped by what they are and are added up here: that is a third of the work of counting
    every state of every person apart.
    """
    columns = ("group", "person", "licence", "standing", "age", "held")
    sql, values = made.values(*columns).order_by().query.sql_with_params()
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    once = "NOT MATERIALIZED" if kept else "MATERIALIZED"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH facts ({names}) AS {once} ({sql}) {_COUNTS}", values)
        rows = cursor.fetchall()
    lines: dict[str | int, Line] = {}
    whole = empty_line()
    for group, in_group, *states, persons, posts in rows:
        line = _alike(states, int(persons), int(posts))
        if in_group:
            code = _code(by, group)
            lines[code] = replace(lines.get(code, empty_line(code)) + line, code=code)
        else:
            whole = whole + line
    return sorted(lines.values(), key=lambda line: str(line.code)), whole


_STATES = ", ".join(PARTS)
_COUNTS = (
    f'SELECT "group", 1, {_STATES}, COUNT(*), SUM(held) FROM (SELECT "group", {_STATES}, SUM(held) AS held FROM facts '
    f'GROUP BY "group", person, {_STATES}) AS once GROUP BY "group", {_STATES} UNION ALL '
    f"SELECT NULL, 0, {_STATES}, COUNT(*), SUM(held) FROM (SELECT {_STATES}, SUM(held) AS held FROM facts "
    f"GROUP BY person, {_STATES}) AS once GROUP BY {_STATES}"
)


def _alike(states: Sequence[str], persons: int, posts: int) -> Line:
    """Persons who are alike in every part."""
    found = empty_line()
    parts = {
        part: {**found.parts[part], state: persons} for (part, _), state in zip(PARTS.items(), states, strict=True)
    }
    return Line("", persons, posts, parts)


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
