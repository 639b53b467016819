"""The optimiser's problem made from the facts of a plan: values in, values out, no database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

from lientuc.curricula.enums import GroundKind

from ..models import FundingSource, Need
from ..optimiser import model
from ..policy import PlanningPolicy
from .facts import Facts, Offer
from .reading import needs_by_pair

QUARTER_IDS = ("Q1", "Q2", "Q3", "Q4")
MONTHS_IN_A_QUARTER = 3
EVERYBODY, NOBODY = "everybody", "nobody"


def problem_of(facts: Facts, chosen: PlanningPolicy, *, equity_share: float = 0.0) -> model.PlanningProblem:
    """The planning problem of the open lines: what is fixed has been taken out of persons and money before.

    `equity_share` is the part of its need every protected organisation should get.
    """
    units = [facts.units[pk] for pk in sorted(facts.units)]
    return model.PlanningProblem(
        quarters=tuple(model.Quarter(name, chosen.working_days) for name in QUARTER_IDS),
        organisations=tuple(
            # What the optimiser calls an area is here whoever may pay: classes for those alone are offers of their own.
            model.Organisation(unit_id(u.pk), u.level, u.payers or EVERYBODY, u.zone, u.public, u.most_away)
            for u in units
        ),
        programmes=_programmes(facts, chosen),
        providers=_providers(facts.offers, chosen),
        offerings=tuple(_offering(offer, chosen) for offer in facts.offers),
        needs=_needs(facts, chosen),
        sources=tuple(
            model.Source(
                source_id(row.pk),
                facts.left[row.pk],
                model.Eligibility(areas=_areas(facts, row), topics=tuple(row.topics)),
            )
            for row in facts.sources
        ),
        locks=tuple(model.ClassLock(lock.offer, lock.quarter, lock.at_least, lock.at_most) for lock in facts.locks),
        policy=model.Policy(
            packing=chosen.packing,
            floor_level=chosen.fairness["level"],
            floor_zone=chosen.fairness["zone"],
            floor_share=chosen.fairness["share"],
            floor_penalty=chosen.fairness["penalty"],
            equity_share=equity_share,
        ),
    )


def _areas(facts: Facts, source: FundingSource) -> tuple[str, ...]:
    """The units a limited source may pay for; empty: no limit."""
    if not source.levels and not source.areas:
        return ()
    return tuple(sorted(facts.payers[source.pk])) or (NOBODY,)


def unit_id(pk: int) -> str:
    """An organisation's name to the optimiser."""
    return f"unit:{pk}"


def topic_id(pk: int) -> str:
    """A topic's name to the optimiser."""
    return f"topic:{pk}"


def source_id(pk: int) -> str:
    """A source's name to the optimiser."""
    return f"source:{pk}"


def _programmes(facts: Facts, chosen: PlanningPolicy) -> tuple[model.Programme, ...]:
    codes: dict[int, str] = {need.topic.pk: need.topic.code for need in facts.needs if need.topic}
    by_law = {need.topic_id for need in facts.needs if need.kind == GroundKind.HOURS_DUE}
    for offer in facts.offers:
        codes.setdefault(offer.topic, topic_id(offer.topic))
    return tuple(
        model.Programme(topic_id(pk), codes[pk], chosen.classes["days"], statutory=pk in by_law) for pk in sorted(codes)
    )


def _providers(offers: Sequence[Offer], chosen: PlanningPolicy) -> tuple[model.Provider, ...]:
    days = (chosen.class_days_a_quarter,) * len(QUARTER_IDS)
    return tuple(model.Provider(name, days, days) for name in sorted({offer.teacher for offer in offers}))


def _offering(offer: Offer, chosen: PlanningPolicy) -> model.Offering:
    return model.Offering(
        id=offer.key,
        programme=topic_id(offer.topic),
        provider=offer.teacher,
        mode=model.Mode.CENTRALISED,
        smallest=offer.smallest or max(1, ceil(offer.size * chosen.classes["smallest_share"])),
        largest=offer.size,
        class_vnd=offer.class_vnd,
        seat_vnd=0,
        quarters=offer.quarters,
        away_days=float(chosen.classes["days"]),
        area=offer.area or None,
    )


def _needs(facts: Facts, chosen: PlanningPolicy) -> tuple[model.Need, ...]:
    made = (_need(facts, *pair, needs, chosen) for pair, needs in sorted(needs_by_pair(facts.needs).items()))
    return tuple(need for need in made if need.persons > 0)


def _need(facts: Facts, unit: int, topic: int, needs: Sequence[Need], chosen: PlanningPolicy) -> model.Need:
    """One need of an organisation and topic: the largest number of persons, the highest priority, the best equipment."""
    first = needs[0]
    persons = max(need.persons - facts.served.get(need.pk, 0) for need in needs)
    use = max(facts.uses[need.pk] for need in needs)
    weight = (chosen.weights["base"] + chosen.weights["per_hundred_points"] * first.priority / 100) * use
    return model.Need(
        organisation=unit_id(unit),
        programme=topic_id(topic),
        persons=max(0, persons),
        first_weight=round(weight * chosen.weights["first_person"], 6),
        # Where a lack of trained colleagues holds the unit back, the next person is worth as much as the first.
        rest_weight=round(weight * (chosen.weights["first_person"] if _lacks_staff(facts, needs) else 1), 6),
        equipment=_equipment(needs),
        deadline=_deadline(needs, facts.plan.year),
    )


def _lacks_staff(facts: Facts, needs: Sequence[Need]) -> bool:
    return any(need.pk in facts.more for need in needs)


def _equipment(needs: Sequence[Need]) -> model.Equipment:
    if any(need.kind == GroundKind.HOURS_DUE for need in needs):
        return model.Equipment.PRESENT
    said = {need.equipment for need in needs}
    return next(known for known in model.Equipment if known.value in said)


def _deadline(needs: Sequence[Need], year: int) -> int | None:
    """The last quarter that helps; a deadline of another year sets no limit inside this one."""
    inside = [need.deadline_on for need in needs if need.deadline_on and need.deadline_on.year == year]
    return min((_quarter_of(day) for day in inside), default=None)


def _quarter_of(day: date) -> int:
    return (day.month - 1) // MONTHS_IN_A_QUARTER


def present_plan(
    facts: Facts, problem: model.PlanningProblem
) -> tuple[list[model.PlannedClass], list[model.SeatBlock]]:
    """The open lines as they stand, as classes and seats of the same problem, so that both plans are valued alike."""
    persons = {(need.organisation, need.programme): need.persons for need in problem.needs}
    needs: Mapping[int, Need] = {need.pk: need for need in facts.needs}
    offers = {offer.line.pk: offer for offer in facts.offers if offer.line is not None and not offer.area}
    classes = [
        model.PlannedClass(offer.key, quarter, count)
        for offer in offers.values()
        if offer.line is not None
        for quarter, count in _by_quarter(facts, offer, offer.line.classes).items()
    ]
    seats: dict[tuple[str, str, str, int], int] = defaultdict(int)
    for (line, need), count in sorted(facts.linked.items()):
        if line in offers and need in needs:
            # A line and the needs it serves are on one topic.
            pair = unit_id(needs[need].organisation_id), topic_id(offers[line].topic)
            given = min(count, persons.get(pair, 0))
            if given:
                persons[pair] -= given
                seats[(*pair, offers[line].key, _usual_quarter(facts, offers[line]))] += given
    return classes, [model.SeatBlock(*key, seats=count) for key, count in seats.items()]


def _by_quarter(facts: Facts, offer: Offer, classes: int) -> dict[int, int]:
    """Opened classes where they are, the others in the line's first quarter that is still to come."""
    opened = dict(facts.opened.get(offer.line.pk, {})) if offer.line is not None else {}
    rest = classes - sum(opened.values())
    if rest > 0:
        quarter = _usual_quarter(facts, offer)
        opened[quarter] = opened.get(quarter, 0) + rest
    return opened


def _usual_quarter(facts: Facts, offer: Offer) -> int:
    return next((quarter for quarter in offer.quarters if quarter >= facts.first_quarter), offer.quarters[-1])


def plan_in_hand(facts: Facts, problem: model.PlanningProblem) -> model.Plan:
    """The open lines as they stand, as a plan to start from: its classes are given up only for a gain."""
    classes, seats = present_plan(facts, problem)
    return model.Plan(
        classes=tuple(classes),
        seats=tuple(seats),
        payments=(),
        unmet=(),
        value=0.0,
        bound=None,
        gap=None,
        stopped=model.Stopped.PREVIEW,
        problem_digest="",
        versions={},
    )
