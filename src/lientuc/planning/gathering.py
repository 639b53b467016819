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
from lientuc.registry.assessing.enums import Reason
from lientuc.registry.assessing.queries import FunctionGap, function_gaps
from lientuc.registry.enums import Equipment
from lientuc.transfer.queries import grounds as grounds_of_transfer

from .linking import below
from .policy import policy
from .rules.needs import PriorityFacts, Times, priority_of, product_of

# Why a unit does not carry out a function, where training helps now or once the equipment is there; lack of staff and of
# approval are not mended by training.
_EQUIPMENT_OF = {Reason.KNOWLEDGE: Equipment.PRESENT, Reason.EQUIPMENT: Equipment.ABSENT}
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
    return product_of(parts), [_plain(part) for part in parts]


def _plain(part: Times) -> dict[str, Any]:
    return {"factor": part.factor.value, "value": part.value, "percent": part.percent}


def organisations_by_id(ids: Iterable[int]) -> dict[int, Organisation]:
    """Organisations named by grounds; one query."""
    rows = Organisation.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=set(ids))
    return {row.pk: row for row in rows}


def gathered(organisation: Organisation, by: Any, on: date) -> list[Ground]:
    """What the working rooms found for an organisation and those below it, each ground once, in a fixed order."""
    grounds = (
        *grounds_of_credits(scope=below(organisation), on=on),
        *(_of_function(gap) for gap in function_gaps(scope=below(organisation), on=on) if gap.reason in _EQUIPMENT_OF),
        *grounds_of_transfer(by, on),
        *grounds_of_evaluation(on),
        *grounds_of_quality(by, on),
    )
    found = {ground.origin: ground for ground in grounds if ground.origin and ground.persons > 0}
    known = organisations_by_id(ground.organisation_id for ground in found.values())
    inside = [ground for ground in found.values() if _is_inside(known[ground.organisation_id], organisation)]
    return sorted(inside, key=lambda ground: ground.origin)


def _of_function(gap: FunctionGap) -> Ground:
    """A function a unit does not carry out; where it named no number, one person at least."""
    return Ground(
        kind=GroundKind.TECHNIQUE_GAP,
        organisation_id=gap.organisation_id,
        topic_code="",
        persons=gap.persons or 1,
        deadline_on=None,
        origin=gap.origin,
        detail={
            "text": gap.function.name_vi,
            "text_en": gap.function.name_en,
            "barrier": str(gap.reason),
            "equipment": str(_EQUIPMENT_OF[gap.reason]),
        },
    )


def _is_inside(organisation: Organisation, above: Organisation) -> bool:
    return organisation.employer_path.startswith(above.employer_path) or organisation.professional_path.startswith(
        above.professional_path
    )
