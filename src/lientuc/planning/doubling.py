"""Money for persons it may not pay for, and persons for whom two sources pay: read from what the lines of live plans serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.curricula.models import Topic
from lientuc.places.enums import AreaKind
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped

from .book import live_lines, other_lines
from .enums import SourceArea
from .models import FundingSource, Need, Plan, PlanLine, PlanLineNeed


@dataclass(frozen=True)
class Part:
    """A line's share in persons that are paid for twice."""

    line: PlanLine
    persons: int


@dataclass(frozen=True)
class Doubled:
    """A unit has more seats on a topic than persons who need it, and more than one source pays for them."""

    unit: Organisation
    topic: Topic | None
    needed: int
    seats: int
    parts: tuple[Part, ...]

    @property
    def twice(self) -> int:
        """Persons counted more than once."""
        return self.seats - self.needed


def doubled_in_plan(plan: Plan) -> list[Doubled]:
    """Persons of one unit and topic paid from two sources, where a line of `plan` is one of those that pay."""
    own = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).values("pk")
    return _doubled(own, Q(line__in=own) | Q(line__in=other_lines(plan).values("pk")))


def doubled_of_source(source: FundingSource) -> list[Doubled]:
    """The same among live plans, where `source` is one of those that pay."""
    live = live_lines()
    return _doubled(live.filter(source=source).values("pk"), Q(line__in=live.values("pk")))


def doubled_lines(found: Iterable[Doubled], plan: Plan) -> set[int]:
    """The lines of `plan` among what was found."""
    return {part.line.pk for each in found for part in each.parts if part.line.plan_id == plan.pk}


def _doubled(concerned: Any, counted: Q) -> list[Doubled]:
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.RULE)
    pairs = set(links.filter(line__in=concerned).values_list("need__organisation", "need__topic"))
    rows = (
        links.filter(counted, need__organisation__in={unit for unit, _ in pairs}, line__source__isnull=False)
        .select_related("need__organisation", "need__topic", "line__source", "line__plan__organisation")
        .order_by("line__year", "line__plan", "line__place", "pk")
    )
    by_pair: dict[tuple[int, int], list[PlanLineNeed]] = defaultdict(list)
    for row in rows:
        pair = (row.need.organisation_id, row.need.topic_id)
        if pair in pairs:
            by_pair[pair].append(row)
    found = [_of_pair(rows) for rows in by_pair.values()]
    return [each for each in found if each.twice > 0 and len({part.line.source_id for part in each.parts}) > 1]


def _of_pair(rows: Sequence[PlanLineNeed]) -> Doubled:
    needs: dict[int, Need] = {row.need_id: row.need for row in rows}
    first = rows[0].need
    return Doubled(
        unit=first.organisation,
        topic=first.topic,
        needed=sum(need.persons for need in needs.values()),
        seats=sum(row.persons for row in rows),
        parts=tuple(Part(row.line, row.persons) for row in rows),
    )


def outside_of(lines: Sequence[PlanLine], sources: Mapping[int, FundingSource]) -> dict[int, int]:
    """Persons by line whom its source may not pay for: another level of care or another area; two queries."""
    limited = {pk for pk, row in sources.items() if row.levels or row.areas}
    concerned = {line.pk: line for line in lines if line.source_id in limited}
    if not concerned:
        return {}
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=list(concerned))
    rows = list(links.select_related("need__organisation"))
    codes = {row.need.organisation.commune_code for row in rows if row.need.organisation.commune_code}
    areas = areas_of(codes, on=date(min(line.year for line in concerned.values()), 1, 1))
    found: dict[int, int] = defaultdict(int)
    for row in rows:
        source = sources[concerned[row.line_id].source_id or 0]
        if not _may_pay(source, row.need.organisation, areas.get(row.need.organisation.commune_code, {})):
            found[row.line_id] += row.persons
    return dict(found)


def _may_pay(source: FundingSource, unit: Organisation, area: Mapping[str, str]) -> bool:
    if source.levels and unit.care_level not in source.levels:
        return False
    return not source.areas or bool(_areas_as_codes(area) & set(source.areas))


def _areas_as_codes(area: Mapping[str, str]) -> set[str]:
    codes = {area.get(AreaKind.DIFFICULTY, "")}
    codes |= {SourceArea.BORDER} if AreaKind.BORDER in area else set()
    codes |= {SourceArea.ISLAND} if AreaKind.ISLAND in area else set()
    return {str(code) for code in codes if code}
