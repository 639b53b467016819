"""Needs for the people who accept them, and how far a year's plans cover them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from lientuc.core.names import fold
from lientuc.curricula.enums import VersionState
from lientuc.curricula.models import CurriculumVersion
from lientuc.places.enums import AreaKind, UnitLevel
from lientuc.places.models import AdministrativeUnit
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from ..enums import NeedState, PlanState
from ..linking import SERVED
from ..models import Need, NeedCondition, PlanLineNeed
from ..rules.needs import MERGEABLE

VIEW = "planning.view_needs"


@dataclass(frozen=True)
class Filters:
    """What a list of needs is narrowed to; empty: all."""

    text: str = ""
    state: str = ""
    kind: str = ""
    topic: str = ""
    equipment: str = ""
    programme: str = ""


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
    """The needs `by` may see, narrowed; those another need speaks for only where they are asked for."""
    rows: QuerySet[Need] = Need.objects.visible_to(by, VIEW).select_related("organisation", "topic")
    exact = {"state": filters.state, "kind": filters.kind, "topic__code": filters.topic, "equipment": filters.equipment}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.state != NeedState.MERGED:
        rows = rows.exclude(state=NeedState.MERGED)
    if filters.programme:
        approved = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(state=VersionState.APPROVED)
        rows = rows.exclude(topic__in=approved.values("curriculum__topic"))
    if filters.text:
        text = fold(filters.text)
        rows = rows.filter(Q(organisation__name_fold__contains=text) | Q(topic__name_fold__contains=text))
    return rows


def grounds_of(need: Need) -> list[Need]:
    """Everything that speaks for a need: itself and the needs merged into it, each with its own ground; one query."""
    merged = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(merged_into=need).select_related("organisation")
    return [need, *merged.order_by("-persons", "pk")]


def same_unit_and_topic(need: Need) -> list[Need]:
    """Other needs of the unit on the topic (or field) that a person could merge into this one; one query."""
    states = [str(state) for state in MERGEABLE]
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation=need.organisation, state__in=states)
    rows = rows.filter(topic=need.topic) if need.topic_id else rows.filter(topic__isnull=True, family=need.family)
    return list(rows.exclude(pk=need.pk).order_by("pk")) if need.state in states else []


def conditions_of(need: Need) -> list[NeedCondition]:
    """What was stated of a need's enabling conditions; one query."""
    return list(NeedCondition.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need=need).order_by("kind"))


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
    states = [str(state) for state in (*SERVED, NeedState.MET)]
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


def coverage_by_province(by: Any) -> dict[str, tuple[int, int]]:
    """Persons needed and persons planned or met by province code, over the needs `by` may see; two queries."""
    states = [str(state) for state in (*SERVED, NeedState.MET)]
    rows = list(
        Need.objects.visible_to(by, VIEW)
        .filter(state__in=states)
        .values_list("pk", "organisation__province_code", "persons", "state")
    )
    planned = planned_persons(row[0] for row in rows)
    found: dict[str, tuple[int, int]] = {}
    for pk, code, persons, state in rows:
        needed, served = found.get(code, (0, 0))
        has_seat = persons if state == NeedState.MET else min(persons, planned.get(pk, 0))
        found[code] = (needed + persons, served + has_seat)
    return found


def province_names(codes: Iterable[str], on: date) -> dict[str, str]:
    """Names of provinces by code; one query."""
    rows = AdministrativeUnit.objects.filter(in_force(on), level=UnitLevel.PROVINCE, code__in=list(codes))
    return dict(rows.values_list("code", "name"))


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
