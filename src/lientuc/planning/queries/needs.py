"""Needs for the people who accept them, and how far a year's plans cover them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from lientuc.core.names import fold
from lientuc.places.enums import AreaKind, UnitLevel
from lientuc.places.models import AdministrativeUnit
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from ..enums import NeedState, PlanState
from ..models import Need, PlanLineNeed

VIEW = "planning.view_needs"


@dataclass(frozen=True)
class Filters:
    """What a list of needs is narrowed to; empty: all."""

    text: str = ""
    state: str = ""
    kind: str = ""
    topic: str = ""
    equipment: str = ""


@dataclass(frozen=True)
class Coverage:
    """One commune or area class: persons needed, planned and trained, of `needs` needs."""

    name: str
    area: str
    needs: int
    needed: int
    planned: int
    met: int


def needs_for(by: Any, filters: Filters) -> QuerySet[Need]:
    """The needs `by` may see, narrowed."""
    rows: QuerySet[Need] = Need.objects.visible_to(by, VIEW).select_related("organisation", "topic")
    exact = {"state": filters.state, "kind": filters.kind, "topic__code": filters.topic, "equipment": filters.equipment}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.text:
        text = fold(filters.text)
        rows = rows.filter(Q(organisation__name_fold__contains=text) | Q(topic__name_fold__contains=text))
    return rows


def lines_serving(need: Need) -> list[PlanLineNeed]:
    """The plan lines a need is in, newest plan first."""
    rows = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need=need)
    return list(rows.select_related("line__plan__organisation").order_by("-line__plan__year", "-line__plan__number"))


def planned_persons(needs: Iterable[int]) -> dict[int, int]:
    """Persons by need who have a seat in an approved plan; one query."""
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        need__in=list(needs), line__plan__state=PlanState.APPROVED
    )
    return dict(links.order_by().values_list("need_id").annotate(n=Sum("persons")))


def coverage(by: Any, on: date) -> tuple[list[Coverage], list[Coverage]]:
    """Needed against planned and met, by commune and by difficulty area, over the needs `by` may see; four queries."""
    states = [str(state) for state in (NeedState.ACCEPTED, NeedState.PLANNED, NeedState.MET)]
    rows = list(
        Need.objects.visible_to(by, VIEW)
        .filter(state__in=states)
        .values_list("pk", "organisation__commune_code", "persons", "state")
    )
    planned = planned_persons(row[0] for row in rows)
    codes = {row[1] for row in rows if row[1]}
    names = dict(
        AdministrativeUnit.objects.filter(in_force(on), level=UnitLevel.COMMUNE, code__in=codes).values_list(
            "code", "name"
        )
    )
    areas = {code: found.get(AreaKind.DIFFICULTY, "") for code, found in areas_of(codes, on=on).items()}
    by_commune: dict[tuple[str, str], list[tuple[int, int, bool]]] = defaultdict(list)
    by_area: dict[tuple[str, str], list[tuple[int, int, bool]]] = defaultdict(list)
    for pk, code, persons, state in rows:
        fact = (persons, min(persons, planned.get(pk, 0)), state == NeedState.MET)
        area = areas.get(code, "")
        by_commune[names.get(code, code), area].append(fact)
        by_area["", area].append(fact)
    return _covered(by_commune), _covered(by_area)


def _covered(groups: dict[tuple[str, str], list[tuple[int, int, bool]]]) -> list[Coverage]:
    return [
        Coverage(
            name=name,
            area=area,
            needs=len(facts),
            needed=sum(persons for persons, _, _ in facts),
            planned=sum(planned for _, planned, _ in facts),
            met=sum(persons for persons, _, met in facts if met),
        )
        for (name, area), facts in sorted(groups.items(), key=lambda group: (fold(group[0][0]), group[0][1]))
    ]
