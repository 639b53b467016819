"""Grounds for need from the four working rooms below, with what each says about the place they concern."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from lientuc.credits.queries import grounds as grounds_of_credits
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.grounds import Ground
from lientuc.evaluation.queries import grounds as grounds_of_evaluation
from lientuc.places.enums import AreaKind
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.quality.queries import grounds as grounds_of_quality
from lientuc.transfer.queries import grounds as grounds_of_transfer

from .linking import below
from .policy import policy
from .rules.needs import Points, PriorityFacts, priority_of

Priority = tuple[int, list[dict[str, Any]]]


def priorities(asked: Iterable[tuple[Organisation, GroundKind, date | None]], on: date) -> list[Priority]:
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


def gathered(organisation: Organisation, by: Any, on: date) -> list[Ground]:
    """What the working rooms found for an organisation and those below it, each ground once, in a fixed order."""
    grounds = (
        *grounds_of_credits(scope=below(organisation), on=on),
        *grounds_of_transfer(by, on),
        *grounds_of_evaluation(on),
        *grounds_of_quality(by, on),
    )
    found = {ground.origin: ground for ground in grounds if ground.origin and ground.persons > 0}
    known = organisations_by_id(ground.organisation_id for ground in found.values())
    inside = [ground for ground in found.values() if _is_inside(known[ground.organisation_id], organisation)]
    return sorted(inside, key=lambda ground: ground.origin)


def _is_inside(organisation: Organisation, above: Organisation) -> bool:
    return organisation.employer_path.startswith(above.employer_path) or organisation.professional_path.startswith(
        above.professional_path
    )
