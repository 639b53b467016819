"""A draft of the division of tasks: a copy of the decision in force, completed by the two-level model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import UnitFunction

from ..enums import Part
from . import queries
from .defaults import two_level_model
from .models import Responsibility, ResponsibilityDecision


def draft_of(
    organisation: Organisation,
    title: str,
    on: date,
    by: Any,
    heirs: Mapping[int, Organisation] | None = None,
) -> ResponsibilityDecision:
    """Write a draft; `heirs` (by the key of a unit that ended) stand in it where those units stood."""
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(organisation=organisation)
    last = rows.order_by("-number").first()
    previous = queries.decision_in_force(organisation, on) or last
    decision = ResponsibilityDecision.objects.create(
        organisation=organisation,
        number=(last.number if last else 0) + 1,
        title=title,
        previous=previous,
        made_by=str(by.public_id),
    )
    copied = _copies(previous, decision, heirs or {}) if previous else []
    Responsibility.objects.bulk_create([*copied, *_defaults(decision, copied)], batch_size=2000)
    return decision


def _copies(
    previous: ResponsibilityDecision, decision: ResponsibilityDecision, heirs: Mapping[int, Organisation]
) -> list[Responsibility]:
    """The cells of units that are there still, or whose heirs are; where two become one, the stronger part stays."""
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=previous)
    found: dict[tuple[int, int, int], Responsibility] = {}
    for row in rows.select_related("organisation", "area").order_by("pk"):
        area = heirs.get(row.area_id, row.area)
        organisation = heirs.get(row.organisation_id, row.organisation)
        if area.to_on is not None or organisation.to_on is not None:
            continue
        level = row.level if organisation == row.organisation else two_level_model().tier(organisation.kind)
        cell = Responsibility(
            decision=decision,
            function_id=row.function_id,
            area=area,
            level=level,
            organisation=organisation,
            part=row.part,
        )
        there = found.setdefault((cell.function_id, cell.area_id, cell.organisation_id), cell)
        there.part = min(there.part, cell.part, key=_STRENGTH.index)
    return list(found.values())


_STRENGTH = [str(part) for part in Part]


def _defaults(decision: ResponsibilityDecision, known: Iterable[Responsibility]) -> list[Responsibility]:
    """The two-level model for every function of every area that has no cell."""
    ground = queries.ground_of(decision.organisation)
    taken = {(cell.function_id, cell.area_id) for cell in known}
    functions, areas = {row.pk: row for row in ground.functions}, {row.pk: row for row in ground.areas}
    return [
        cell
        for function, area in ground.pairs
        if (function, area) not in taken
        for cell in _of_model(decision, functions[function], areas[area], ground.near[area])
    ]


def _of_model(
    decision: ResponsibilityDecision, function: UnitFunction, area: Organisation, near: Sequence[Organisation]
) -> list[Responsibility]:
    parts = two_level_model().shares[function.organisation_kind].parts
    return [cell_of(decision, function.pk, area.pk, unit, parts[unit.kind]) for unit in near if unit.kind in parts]


def cell_of(
    decision: ResponsibilityDecision, function: int, area: int, unit: Organisation, part: Part
) -> Responsibility:
    return Responsibility(
        decision=decision,
        function_id=function,
        area_id=area,
        level=two_level_model().tier(unit.kind),
        organisation=unit,
        part=part,
    )
