"""One reason for every person left out, found on the finished plan: the limit at which the best option stops."""

from __future__ import annotations

from collections.abc import Sequence

from .greedy import missing_persons, picks_for
from .model import Amounts, Equipment, Reason, Unmet
from .money import Signature
from .options import Option, Slot
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
    judge, found = _Judge(sketch), []
    for place, need in enumerate(sketch.field.problem.needs):
        persons = need.persons - sketch.got[place]
        if persons > 0:
            reason, values = judge.reason(place)
            found.append(Unmet(need.organisation, need.programme, persons, reason, values))
    return tuple(found)


class _Judge:
    """A finished sketch with what one more class of each slot would need, worked out once a slot."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch, self.field = sketch, sketch.field
        self.money_left = sum(sketch.purse.left)
        self.missing: dict[Slot, int] = {}
        self.cheapest: dict[Slot, list[tuple[int, int, Signature, int]]] = {}

    def reason(self, place: int) -> tuple[Reason, Amounts]:
        """The reason of one unmet need, with the numbers of its sentence."""
        need = self.field.problem.needs[place]
        if need.equipment is Equipment.ABSENT:
            return Reason.EQUIPMENT_ABSENT, {}
        if need.first_weight <= 0:
            return Reason.LOWER_PRIORITY, {"limit": "no_weight"}
        if not self.field.slots_for(place):
            return Reason.NO_OFFERING, {}
        if not self.field.options_of[place]:
            return Reason.NOT_ELIGIBLE_MONEY, {}
        best = max((self._finding(option) for option in self.field.options_of[place]), key=lambda found: found[0])
        return best[1], best[2]

    def _finding(self, option: Option) -> Finding:
        reason, values = self._why_not(option)
        offering = self.field.problem.offerings[option.slot[0]].id
        return _STAGES[reason], reason, {"offering": offering, "quarter": option.slot[1], **values}

    def _why_not(self, option: Option) -> tuple[Reason, Amounts]:
        sketch = self.sketch
        most = self.field.most_seats.get((option.need, option.slot))
        if most is not None and sketch.seats.get((option.need, option.slot), 0) >= most:
            return Reason.LOCKED, {}
        if sketch.room_by_prerequisite(option) < 1:
            return Reason.PREREQUISITE, {}
        if sketch.room_by_staff(option) < 1:
            return Reason.STAFFING, {}
        if sketch.room(option):
            return self._unless_payable(option.vnd, [(option.signature, option.vnd)], option)
        return self._why_no_class(option)

    def _why_no_class(self, option: Option) -> tuple[Reason, Amounts]:
        slot = option.slot
        limit = self.sketch.why_no_class(slot)
        if limit == "provider_days":
            return Reason.PROVIDER_DAYS, {"provider": self.field.problem.offerings[slot[0]].provider}
        if limit is not None:
            # Seats or classes up to a ceiling that a person or the provider has set went to others.
            return (Reason.LOWER_PRIORITY, {"limit": limit}) if self.sketch.classes[slot] else (Reason.LOCKED, {})
        if slot not in self.missing:
            self.missing[slot] = missing_persons(self.sketch, slot, picks_for(self.sketch, slot))
        if self.missing[slot]:
            return Reason.BELOW_MIN_CLASS, {"missing": self.missing[slot]}
        return self._why_no_money(option)

    def _why_no_money(self, option: Option) -> tuple[Reason, Amounts]:
        """Whether the smallest new class that takes this person, with the cheapest others, can be paid."""
        slot, offering = option.slot, self.field.problem.offerings[option.slot[0]]
        costs = [(self.field.slot_signature(slot), offering.class_vnd), (option.signature, option.vnd)]
        wanted = offering.smallest * (self.sketch.classes[slot] + 1) - self.sketch.size[slot] - 1
        for vnd, need, signature, room in self._cheapest(slot):
            persons = max(0, min(wanted, room - (need == option.need)))
            costs.append((signature, vnd * persons))
            wanted -= persons
        return self._unless_payable(sum(vnd for _, vnd in costs), costs, option)

    def _unless_payable(
        self, total: int, costs: Sequence[tuple[Signature, int]], option: Option
    ) -> tuple[Reason, Amounts]:
        if total <= self.money_left:
            purse = self.sketch.purse.copy()
            if all(purse.pay(signature, vnd) for signature, vnd in costs):
                return Reason.LOWER_PRIORITY, {"limit": "value"}
        sources = ", ".join(self.field.problem.sources[place].id for place in option.signature)
        return Reason.MONEY, {"vnd": total, "sources": sources}

    def _cheapest(self, slot: Slot) -> list[tuple[int, int, Signature, int]]:
        """Cost, need, who may pay and room of everyone one more class of the slot could take, cheapest first."""
        if slot not in self.cheapest:
            rooms = ((each, self.sketch.room(each, 1)) for each in self.field.options_in[slot])
            self.cheapest[slot] = sorted((each.vnd, each.need, each.signature, room) for each, room in rooms if room)
        return self.cheapest[slot]
