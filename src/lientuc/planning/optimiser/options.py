"""Everything a problem allows at all: which need may sit in which offering in which quarter, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from .model import (
    OFFSITE,
    ClassLock,
    Equipment,
    Mode,
    Need,
    Offering,
    Organisation,
    PlanningProblem,
    Programme,
    Provider,
    SeatLock,
)
from .money import Signature, class_signature, seat_signature

Slot = tuple[int, int]
"""An offering (its place in the problem) in a quarter."""

NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Option:
    """One seat that could be given: a need (its place in the problem) in a slot, with its cost and who may pay."""

    need: int
    slot: Slot
    vnd: int
    signature: Signature


class Field:
    """A problem with its look-up tables; nothing in it changes."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.organisation = {each.id: each for each in problem.organisations}
        self.programme = {each.id: each for each in problem.programmes}
        self.provider = {each.id: each for each in problem.providers}
        self.travel = {(each.organisation, each.offering): each.vnd for each in problem.travel}
        self.need_at = {(each.organisation, each.programme): place for place, each in enumerate(problem.needs)}
        self.most_seats, self.most_classes = _upper_locks(problem)
        self._offerings_of = _by_programme(problem)
        self._slots: dict[Slot, Signature] = {}
        self.options_of = [self._options(place) for place in range(len(problem.needs))]
        self.options_in = self._by_slot()

    def slot_signature(self, slot: Slot) -> Signature:
        """The sources that may pay a class in this slot."""
        if slot not in self._slots:
            offering = self.problem.offerings[slot[0]]
            self._slots[slot] = class_signature(self.problem.sources, self.programme[offering.programme], offering)
        return self._slots[slot]

    def parties(self, option: Option) -> tuple[Need, Organisation, Offering]:
        """The need, its organisation and the offering of an option."""
        need = self.problem.needs[option.need]
        return need, self.organisation[need.organisation], self.problem.offerings[option.slot[0]]

    def together(self, option: Option) -> int:
        """How many persons of the need may sit in one class: colleagues must keep the place open."""
        need, organisation, offering = self.parties(option)
        if offering.mode is Mode.MENTORING:
            return need.persons
        times = self.problem.policy.online_together if offering.mode is Mode.ONLINE else 1
        return min(need.persons, organisation.most_away * times)

    def away_limit(self, organisation: Organisation, quarter: int) -> float:
        """Person-days that an organisation can spare in a quarter."""
        days = self.problem.quarters[quarter].working_days
        return self.problem.policy.packing * organisation.most_away * days

    def prerequisite_of(self, place: int) -> tuple[int, int | None] | None:
        """Persons already qualified for a need, and the need that could qualify more; None: nothing to wait for."""
        need = self.problem.needs[place]
        before = self.programme[need.programme].prerequisite
        if before is None or need.qualified is None or need.qualified >= need.persons:
            return None
        return need.qualified, self.need_at.get((need.organisation, before))

    def window(self, need: Need) -> range:
        """The quarters in which training serves the need."""
        first = need.equipment_quarter if need.equipment is Equipment.PLANNED else 0
        last = len(self.problem.quarters) - 1 if need.deadline is None else need.deadline
        return range(first, last + 1)

    def is_open_to(self, need: Need, offering: Offering) -> bool:
        """Whether the offering teaches what is needed, in the need's area."""
        area = self.organisation[need.organisation].area
        return offering.programme == need.programme and offering.area in (None, area)

    def slots_for(self, place: int) -> list[Slot]:
        """The slots a need could use if money did not matter."""
        need = self.problem.needs[place]
        if need.equipment is Equipment.ABSENT or need.first_weight <= 0:
            return []
        window = self.window(need)
        return [
            (index, quarter)
            for index in self._offerings_of[need.programme]
            if self.is_open_to(need, self.problem.offerings[index])
            for quarter in self.problem.offerings[index].quarters
            if quarter in window and self.can_be_held((index, quarter))
        ]

    def can_be_held(self, slot: Slot) -> bool:
        """Whether the provider has the days for at least one class."""
        offering = self.problem.offerings[slot[0]]
        days = self.programme[offering.programme].days
        provider = self.provider[offering.provider]
        return days <= self.days_limit(provider, slot[1], offsite=offering.mode in OFFSITE)

    @staticmethod
    def days_limit(provider: Provider, quarter: int, *, offsite: bool) -> int:
        """Class days a provider has in a quarter, at home or in all."""
        return min(provider.class_days[quarter], provider.offsite_days[quarter] if offsite else NO_LIMIT)

    def _options(self, place: int) -> list[Option]:
        need = self.problem.needs[place]
        signature = seat_signature(
            self.problem.sources, self.organisation[need.organisation], self.programme[need.programme]
        )
        found = []
        for slot in self.slots_for(place):
            offering = self.problem.offerings[slot[0]]
            vnd = offering.seat_vnd + self.travel.get((need.organisation, offering.id), 0)
            if (signature or not vnd) and (self.slot_signature(slot) or not offering.class_vnd):
                found.append(Option(place, slot, vnd, signature))
        return found

    def _by_slot(self) -> Mapping[Slot, list[Option]]:
        by_slot: dict[Slot, list[Option]] = defaultdict(list)
        for options in self.options_of:
            for option in options:
                by_slot[option.slot].append(option)
        return dict(by_slot)


def class_days(programme: Programme, offering: Offering) -> tuple[int, int]:
    """Days of one class, and those of them away from the provider's home."""
    return programme.days, programme.days if offering.mode in OFFSITE else 0


def _by_programme(problem: PlanningProblem) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, offering in enumerate(problem.offerings):
        found[offering.programme].append(place)
    return found


def _upper_locks(problem: PlanningProblem) -> tuple[dict[tuple[int, Slot], int], dict[Slot, int]]:
    """Most seats of a need in a slot and most classes of a slot, where a lock or the offering says so."""
    at = {offering.id: place for place, offering in enumerate(problem.offerings)}
    need_at = {(each.organisation, each.programme): place for place, each in enumerate(problem.needs)}
    seats: dict[tuple[int, Slot], int] = {}
    classes = {
        (place, quarter): offering.most_classes
        for place, offering in enumerate(problem.offerings)
        for quarter in offering.quarters
        if offering.most_classes is not None
    }
    for lock in problem.locks:
        slot = (at[lock.offering], lock.quarter)
        if lock.at_most is None:
            continue
        if isinstance(lock, ClassLock):
            classes[slot] = min(lock.at_most, classes.get(slot, NO_LIMIT))
        elif isinstance(lock, SeatLock):
            key = (need_at[lock.organisation, lock.programme], slot)
            seats[key] = min(lock.at_most, seats.get(key, NO_LIMIT))
    return seats, classes
