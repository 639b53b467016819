"""Grounds for need from the four working rooms below, with what each says about the place they concern."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from lientuc.curricula.enums import GroundKind
from lientuc.curricula.grounds import Ground
from lientuc.places.enums import AreaKind
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped

from .policy import policy
from .rules.needs import Points, PriorityFacts, priority_of

Priority = tuple[int, list[dict[str, Any]]]


def priorities(
    asked: Iterable[tuple[Organisation, GroundKind, date | None]], on: date
) -> list[Priority]:
    """Priority and its factors for each organisation, kind and deadline; one query for the areas of all communes."""
    rows = list(asked)
    codes = {organisation.commune_code for organisation, _, _ in rows if organisation.commune_code}
    areas = areas_of(codes, on=on)
    return [_priority(organisation, kind, deadline_on, areas, on) for organisation, kind, deadline_on in rows]


def _priority(
    organisation: Organisation, kind: GroundKind, deadline_on: date | None, areas: dict[str, dict[str, str]], on: date
) -> Priority:
    area = areas.get(organisation.commune_code, {})
    facts = PriorityFacts(
        kind=kind,
        level=organisation.care_level,
        deadline_on=deadline_on,
        area=area.get(AreaKind.DIFFICULTY, ""),
        border=AreaKind.BORDER in area,
        island=AreaKind.ISLAND in area,
    )
    parts = priority_of(facts, policy().priority, on)
    return sum(part.points for part in parts), [_plain(part) for part in parts]


def _plain(part: Points) -> dict[str, Any]:
    return {"factor": part.factor.value, "value": part.value, "points": part.points}


def organisations_by_id(ids: Iterable[int]) -> dict[int, Organisation]:
    """Organisations named by grounds; one query."""
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=set(ids))
    return {row.pk: row for row in rows}


Gather = Callable[[Organisation, Any, date], list[Ground]]
