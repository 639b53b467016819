"""A plan while it grows: what is used of every limit, and how many more persons each option can still take."""

from __future__ import annotations

from collections import defaultdict

from .model import Organisation, PlannedClass, SeatBlock
from .money import CostItem, Purse
from .options import NO_LIMIT, Field, Option, Slot, class_days

EPSILON = 1e-6


class Sketch:
    """Classes and seats given so far. Adding always keeps every limit but the smallest class size."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.classes: dict[Slot, int] = defaultdict(int)
        self.seats: dict[tuple[int, Slot], int] = defaultdict(int)
        self.size: dict[Slot, int] = defaultdict(int)
        self.got: dict[int, int] = defaultdict(int)
        self.got_in: dict[tuple[int, int], int] = defaultdict(int)
        self.got_by: dict[str, int] = defaultdict(int)
        self.away: dict[tuple[str, int], float] = defaultdict(float)
        self.days: dict[tuple[str, int], int] = defaultdict(int)
        self.offsite: dict[tuple[str, int], int] = defaultdict(int)
        self.purse = Purse(source.budget_vnd for source in field.problem.sources)
        self.floor = floors(field)

    def room(self, option: Option, more_classes: int = 0) -> int:
        """Persons the option can still take in the classes there are and `more_classes` more, money apart."""
        need = self.field.problem.needs[option.need]
        taken = self.seats[option.need, option.slot]
        classes = self.classes[option.slot] + more_classes
        return max(
            0,
            min(
                need.persons - self.got[option.need],
                self.field.together(option) * classes - taken,
                self.field.problem.offerings[option.slot[0]].largest * classes - self.size[option.slot],
                self.field.most_seats.get((option.need, option.slot), NO_LIMIT) - taken,
                self.room_by_prerequisite(option),
                self.room_by_staff(option),
            ),
        )

    def room_by_prerequisite(self, option: Option) -> int:
        """Persons who will have the prerequisite in time and in every later quarter."""
        rule = self.field.prerequisite_of(option.need)
        if rule is None:
            return NO_LIMIT
        qualified, before = rule
        quarters = range(len(self.field.problem.quarters))
        spare = []
        for quarter in quarters[option.slot[1] :]:
            used = sum(self.got_in[option.need, earlier] for earlier in quarters[: quarter + 1])
            gained = 0 if before is None else sum(self.got_in[before, earlier] for earlier in quarters[:quarter])
            spare.append(qualified + gained - used)
        return min(spare)

    def room_by_staff(self, option: Option) -> int:
        """Persons the organisation can still spare in the quarter."""
        _, organisation, offering = self.field.parties(option)
        if offering.away_days <= 0:
            return NO_LIMIT
        limit = self.field.away_limit(organisation, option.slot[1])
        spare = limit - self.away[organisation.id, option.slot[1]]
        return int((spare + EPSILON) // offering.away_days)

    def why_no_class(self, slot: Slot) -> str | None:
        """`class_quota` or `provider_days` where no further class fits; None where one does."""
        if self.classes[slot] >= self.field.most_classes.get(slot, NO_LIMIT):
            return "class_quota"
        offering = self.field.problem.offerings[slot[0]]
        days, offsite = class_days(self.field.programme[offering.programme], offering)
        provider, key = self.field.provider[offering.provider], (offering.provider, slot[1])
        too_many = self.days[key] + days > provider.class_days[slot[1]]
        too_far = offsite > 0 and self.offsite[key] + offsite > provider.offsite_days[slot[1]]
        return "provider_days" if too_many or too_far else None

    def open_class(self, slot: Slot) -> bool:
        """Open and pay one class; False where there is no money (the caller asked `why_no_class` first)."""
        offering = self.field.problem.offerings[slot[0]]
        if not self.purse.pay(self.field.slot_signature(slot), offering.class_vnd):
            return False
        days, offsite = class_days(self.field.programme[offering.programme], offering)
        self.classes[slot] += 1
        self.days[offering.provider, slot[1]] += days
        self.offsite[offering.provider, slot[1]] += offsite
        return True

    def close_class(self, slot: Slot) -> None:
        """Take back the last class of a slot, not its money: the caller restores the purse."""
        offering = self.field.problem.offerings[slot[0]]
        days, offsite = class_days(self.field.programme[offering.programme], offering)
        self.classes[slot] -= 1
        self.days[offering.provider, slot[1]] -= days
        self.offsite[offering.provider, slot[1]] -= offsite

    def add_seats(self, option: Option, persons: int) -> bool:
        """Give and pay seats; False where there is no money (the caller asked `room` first)."""
        if not self.purse.pay(option.signature, option.vnd * persons):
            return False
        self._count(option, persons)
        return True

    def drop_seats(self, option: Option, persons: int) -> None:
        """Take back seats, not their money: the caller restores the purse."""
        self._count(option, -persons)

    def seat_value(self, option: Option, already: int = 0) -> float:
        """What one more person is worth after `already` more of the same need: weight, mode, floor and cost."""
        need, organisation, offering = self.field.parties(option)
        first = self.got[option.need] + already == 0
        short = self.floor.get(organisation.id, 0.0) - self.got_by[organisation.id] - already
        policy = self.field.problem.policy
        return (
            (need.first_weight if first else need.rest_weight)
            + (offering.effect - 1) * need.rest_weight
            + policy.floor_penalty * min(1.0, max(0.0, short))
            - policy.million_weight * option.vnd / 1e6
        )

    def lines(self) -> tuple[tuple[PlannedClass, ...], tuple[SeatBlock, ...]]:
        """The classes and seats as a plan prints them, in order."""
        problem = self.field.problem
        classes = [
            PlannedClass(problem.offerings[slot[0]].id, slot[1], count) for slot, count in self.classes.items() if count
        ]
        seats = [
            SeatBlock(
                problem.needs[place].organisation,
                problem.needs[place].programme,
                problem.offerings[slot[0]].id,
                slot[1],
                count,
            )
            for (place, slot), count in self.seats.items()
            if count
        ]
        return (
            tuple(sorted(classes, key=lambda each: (each.offering, each.quarter))),
            tuple(sorted(seats, key=lambda each: (each.organisation, each.programme, each.offering, each.quarter))),
        )

    def cost_items(self) -> list[CostItem]:
        """Everything that must be paid, in order."""
        problem = self.field.problem
        items = [
            CostItem(offering.id, slot[1], None, self.field.slot_signature(slot), offering.class_vnd * count)
            for slot, count in self.classes.items()
            if count and (offering := problem.offerings[slot[0]]).class_vnd
        ]
        for options in self.field.options_of:
            for option in options:
                count = self.seats.get((option.need, option.slot), 0)
                if count and option.vnd:
                    need, _, offering = self.field.parties(option)
                    items.append(
                        CostItem(offering.id, option.slot[1], need.organisation, option.signature, option.vnd * count)
                    )
        return sorted(items, key=lambda item: (item.offering, item.quarter, item.organisation or ""))

    def _count(self, option: Option, persons: int) -> None:
        _, organisation, offering = self.field.parties(option)
        self.seats[option.need, option.slot] += persons
        self.size[option.slot] += persons
        self.got[option.need] += persons
        self.got_in[option.need, option.slot[1]] += persons
        self.got_by[organisation.id] += persons
        self.away[organisation.id, option.slot[1]] += persons * offering.away_days


def floors(field: Field) -> dict[str, float]:
    """Persons each difficult organisation should at least get, over the needs for which training helps."""
    policy, persons = field.problem.policy, defaultdict[str, float](float)
    for need in field.problem.needs:
        if need.first_weight > 0 and is_floored(field.organisation[need.organisation], field):
            persons[need.organisation] += policy.floor_share * need.persons
    return dict(persons)


def is_floored(organisation: Organisation, field: Field) -> bool:
    """Whether the minimum share of the policy protects the organisation."""
    policy = field.problem.policy
    return organisation.level == policy.floor_level and organisation.zone >= policy.floor_zone
