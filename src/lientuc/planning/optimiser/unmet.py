"""One reason for every person left out, found on the finished plan: the limit at which the best option stops."""

from __future__ import annotations

from .greedy import missing_persons, picks_for
from .model import Amounts, Equipment, Reason, Unmet
from .options import Field, Option
from .sketch import Sketch

Finding = tuple[int, Reason, Amounts]

# How far an option came before a limit stopped it; the option that came farthest is the one worth lifting a limit for.
_STAGES = {
    reason: stage
    for stage, reason in enumerate(
        (
            Reason.LOCKED,
            Reason.PREREQUISITE,
            Reason.STAFFING,
            Reason.PROVIDER_DAYS,
            Reason.BELOW_MIN_CLASS,
            Reason.MONEY,
            Reason.LOWER_PRIORITY,
        )
    )
}


def unmet_needs(sketch: Sketch) -> tuple[Unmet, ...]:
    """Every need not fully in the plan, in the problem's order."""
    found = []
    for place, need in enumerate(sketch.field.problem.needs):
        persons = need.persons - sketch.got[place]
        if persons > 0:
            reason, values = _reason(sketch, place)
            found.append(Unmet(need.organisation, need.programme, persons, reason, values))
    return tuple(found)


def _reason(sketch: Sketch, place: int) -> tuple[Reason, Amounts]:
    field, need = sketch.field, sketch.field.problem.needs[place]
    if need.equipment is Equipment.ABSENT:
        return Reason.EQUIPMENT_ABSENT, {}
    if need.first_weight <= 0:
        return Reason.LOWER_PRIORITY, {"limit": "no_weight"}
    if not field.slots_for(place):
        return Reason.NO_OFFERING, {}
    if not field.options_of[place]:
        return Reason.NOT_ELIGIBLE_MONEY, {}
    best = max((_finding(sketch, option) for option in field.options_of[place]), key=lambda found: found[0])
    return best[1], best[2]


def _finding(sketch: Sketch, option: Option) -> Finding:
    reason, values = _why_not(sketch, option)
    return _STAGES[reason], reason, _place(sketch.field, option) | dict(values)


def _why_not(sketch: Sketch, option: Option) -> tuple[Reason, Amounts]:
    taken = sketch.seats[option.need, option.slot]
    most = sketch.field.most_seats.get((option.need, option.slot))
    if most is not None and taken >= most:
        return Reason.LOCKED, {}
    if sketch.room_by_prerequisite(option) < 1:
        return Reason.PREREQUISITE, {}
    if sketch.room_by_staff(option) < 1:
        return Reason.STAFFING, {}
    if sketch.room(option):
        if not sketch.purse.copy().pay(option.signature, option.vnd):
            return Reason.MONEY, {"vnd": option.vnd, "sources": _names(sketch.field, option)}
        return Reason.LOWER_PRIORITY, {"limit": "value"}
    return _why_no_class(sketch, option)


def _why_no_class(sketch: Sketch, option: Option) -> tuple[Reason, Amounts]:
    slot, field = option.slot, sketch.field
    limit = sketch.why_no_class(slot)
    if limit == "provider_days":
        return Reason.PROVIDER_DAYS, {"provider": field.problem.offerings[slot[0]].provider}
    if limit is not None:
        # Seats or classes up to a ceiling that a person or the provider has set went to others.
        return (Reason.LOWER_PRIORITY, {"limit": limit}) if sketch.classes[slot] else (Reason.LOCKED, {})
    picks = picks_for(sketch, slot)
    missing = missing_persons(sketch, slot, picks)
    if missing:
        return Reason.BELOW_MIN_CLASS, {"missing": missing}
    return _why_no_money(sketch, option)


def _why_no_money(sketch: Sketch, option: Option) -> tuple[Reason, Amounts]:
    """Whether the smallest new class that takes this person can be paid."""
    offering = sketch.field.problem.offerings[option.slot[0]]
    purse, vnd = sketch.purse.copy(), offering.class_vnd + option.vnd
    paid = purse.pay(sketch.field.slot_signature(option.slot), offering.class_vnd) and purse.pay(
        option.signature, option.vnd
    )
    smallest = offering.smallest * (sketch.classes[option.slot] + 1) - sketch.size[option.slot] - 1
    others = sorted(
        (each.vnd, each.need, each.signature)
        for each in sketch.field.options_in[option.slot]
        for _ in range(sketch.room(each, 1) - (each.need == option.need))
    )
    for cost, _, signature in others[: max(0, smallest)]:
        vnd += cost
        paid = paid and purse.pay(signature, cost)
    if paid:
        return Reason.LOWER_PRIORITY, {"limit": "value"}
    return Reason.MONEY, {"vnd": vnd, "sources": _names(sketch.field, option)}


def _names(field: Field, option: Option) -> str:
    """The sources that could pay the seat, for the sentence."""
    return ", ".join(field.problem.sources[place].id for place in option.signature)


def _place(field: Field, option: Option) -> dict[str, int | str]:
    return {"offering": field.problem.offerings[option.slot[0]].id, "quarter": option.slot[1]}
