"""What the search found, as lines a person can read and adopt: one source a line, persons by need, reasons in codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lientuc.core.phrases import Phrase

from ..models import PlanLine
from ..optimiser.model import Plan, SeatBlock, Unmet
from ..optimiser.weeks import Calendar
from .computing import BudgetAt, EquityAt
from .facts import Facts, Offer
from .problem import source_id, topic_id, unit_id
from .reading import needs_by_pair

ESTIMATED = Phrase("chi phí ước tính, cần lập dự toán", "estimated cost, to be budgeted")


@dataclass(frozen=True)
class Computed:
    """What the child found, checked: the plan, the weeks of its classes, the two curves, what codes mean."""

    plan: Plan
    calendar: Calendar
    budget: tuple[BudgetAt, ...]
    equity: tuple[EquityAt, ...]
    names: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A proposal's content; values are in the optimiser's unit and mean something only side by side."""

    before_value: float
    after_value: float
    gap: float | None
    lines: tuple[Mapping[str, Any], ...]
    unmet: tuple[Mapping[str, Any], ...]
    problem_digest: str
    versions: Mapping[str, str]
    computed: Computed


def outcome_of(facts: Facts, computed: Computed, before_value: float) -> Outcome:
    """The proposal that what was computed makes for the plan of `facts`."""
    plan = computed.plan
    return Outcome(
        before_value=before_value,
        after_value=plan.value,
        gap=_gap(plan),
        lines=tuple(_lines(facts, plan)),
        unmet=tuple(_left_out(facts, each) for each in plan.unmet),
        problem_digest=plan.problem_digest,
        versions=plan.versions,
        computed=computed,
    )


def _gap(plan: Plan) -> float | None:
    """How far the best plan could be, by the closest bound there is."""
    bounds = [bound for bound in (plan.bound, plan.searched_bound) if bound is not None]
    if not bounds or min(bounds) <= 0:
        return plan.gap
    return max(0.0, round((min(bounds) - plan.value) / min(bounds), 6))


def _lines(facts: Facts, plan: Plan) -> Iterable[Mapping[str, Any]]:
    classes: dict[str, dict[int, int]] = defaultdict(dict)
    for held in plan.classes:
        classes[held.offering][held.quarter] = held.count
    seats: dict[str, list[SeatBlock]] = defaultdict(list)
    for block in plan.seats:
        seats[block.offering].append(block)
    payers = _payers(facts, plan, classes)
    left_of_needs = {need.pk: need.persons - facts.served.get(need.pk, 0) for need in facts.needs}
    for line in facts.lines:
        if line.pk in facts.fixed:
            yield _kept(line)
    taken: set[int] = set()
    for offer in facts.offers:
        if classes.get(offer.key):
            needs = _needs_served(facts, seats[offer.key], left_of_needs)
            persons = sum(block.seats for block in seats[offer.key])
            yield _line(_once(offer, taken), classes[offer.key], persons, payers[offer.key], needs)


def _once(offer: Offer, taken: set[int]) -> Offer:
    """A line of the plan goes on as the first offer made of it; classes kept for a limited source are new lines beside it."""
    if offer.line is None:
        return offer
    if offer.line.pk in taken:
        return replace(offer, line=None)
    taken.add(offer.line.pk)
    return offer


def _cost(offer: Offer, classes: int) -> int:
    """The line's own amount where nothing changes, else as many classes at the cost of one."""
    if offer.line is not None and offer.line.classes == classes:
        return offer.line.requested_vnd
    return classes * offer.class_vnd


def _payers(facts: Facts, plan: Plan, classes: Mapping[str, Mapping[int, int]]) -> dict[str, int | None]:
    """One source for each offer: whoever pays most of it and still can, else another that paid part, else nobody yet."""
    paid: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for payment in plan.payments:
        paid[payment.offering][payment.source] += payment.vnd
    left = dict(facts.left)
    names = {source_id(row.pk): row.pk for row in facts.sources}
    found: dict[str, int | None] = {}
    dearest_first = sorted(facts.offers, key=lambda offer: -_cost(offer, sum(classes.get(offer.key, {}).values())))
    for offer in dearest_first:
        cost = _cost(offer, sum(classes.get(offer.key, {}).values()))
        ranked = sorted(paid[offer.key], key=lambda name: (-paid[offer.key][name], name))
        able = [names[name] for name in ranked if left[names[name]] >= cost]
        found[offer.key] = able[0] if able else None
        if able:
            left[able[0]] -= cost
    return found


def _needs_served(facts: Facts, blocks: Sequence[SeatBlock], left: dict[int, int]) -> dict[str, int]:
    """Persons by need (public id); a seat serves every need of its organisation and topic."""
    pairs = {(unit_id(key[0]), topic_id(key[1])): needs for key, needs in needs_by_pair(facts.needs).items()}
    served: dict[str, int] = defaultdict(int)
    for block in blocks:
        for need in pairs[block.organisation, block.programme]:
            persons = min(block.seats, left[need.pk])
            if persons > 0:
                served[str(need.public_id)] += persons
                left[need.pk] -= persons
    return dict(served)


def _line(
    offer: Offer, classes: Mapping[int, int], persons: int, source: int | None, needs: Mapping[str, int]
) -> dict[str, Any]:
    count = sum(classes.values())
    return {
        "line": str(offer.line.public_id) if offer.line else None,
        "fixed": False,
        "topic": offer.topic,
        "title": offer.title,
        "audience": offer.audience,
        "provider": offer.provider,
        "performer": offer.performer,
        "classes": count,
        "persons": persons,
        "from_quarter": min(classes) + 1,
        "to_quarter": max(classes) + 1,
        "unit_vnd": _cost(offer, count) // count,
        "requested_vnd": _cost(offer, count),
        "cost_items": list(offer.cost_items),
        "source": source,
        "note": ESTIMATED.vi if offer.estimated else (offer.line.note if offer.line else ""),
        "needs": dict(needs),
    }


def _kept(line: PlanLine) -> dict[str, Any]:
    names = ("title", "audience", "performer", "classes", "persons", "from_quarter", "to_quarter", "unit_vnd", "note")
    return {
        "line": str(line.public_id),
        "fixed": True,
        "topic": line.topic_id,
        "provider": line.provider_id,
        "source": line.source_id,
        "requested_vnd": line.requested_vnd,
        "cost_items": line.cost_items,
        "needs": {},
        **{name: getattr(line, name) for name in names},
    }


def _left_out(facts: Facts, unmet: Unmet) -> dict[str, Any]:
    sources = {source_id(row.pk): row.name for row in facts.sources}
    units = {unit_id(pk): unit.name for pk, unit in facts.units.items()}
    titles = {offer.key: offer.title for offer in facts.offers}
    named = [sources.get(name, name) for name in str(unmet.values.get("sources", "")).split(", ") if name]
    return {
        "organisation": units[unmet.organisation],
        "topic": int(unmet.programme.removeprefix(topic_id(0)[:-1])),
        "persons": unmet.persons,
        "reason": unmet.reason.value,
        "vnd": int(unmet.values.get("vnd", 0)),
        "sources": ", ".join(named),
        "missing": int(unmet.values.get("missing", 0)),
        "offering": titles.get(str(unmet.values.get("offering", "")), ""),
        "quarter": int(unmet.values["quarter"]) + 1 if "quarter" in unmet.values else 0,
    }
