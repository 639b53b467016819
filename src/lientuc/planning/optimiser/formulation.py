"""The plan as a mixed-integer programme: one function a family of rows, with its formula.

y classes of a slot (whole), x seats of an option (whole), s1 the first and s2 the further persons of a need, f money of
a source for a signature (million đồng), z persons missing under the floor, l what a lock lacks. A signature is the set
of sources that may pay an item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TypeVar

from .lp import Builder, Floats, Solution
from .model import OFFSITE, ClassLock, Effort, SeatLock, Stopped
from .money import MILLION, Signature
from .options import NO_LIMIT, Field, Option, Slot, class_days
from .sketch import floors

Terms = list[tuple[int, float]]
K = TypeVar("K")

WHOLE_AT_ONCE = 300
"""Up to so many options persons are whole from the start, and the answer is exact to the gap asked for."""
FOR_CLASSES = 0.7
"""The part of the seconds that may go into choosing classes; the rest is for placing persons."""


@dataclass(frozen=True)
class Columns:
    """Where each variable stands."""

    classes: dict[Slot, int]
    seats: dict[tuple[int, Slot], int]
    first: dict[int, int]
    rest: dict[int, int]
    money: dict[tuple[Signature, int], int]
    short: dict[str, int]
    lacking: list[int]


class Formulation:
    """The programme of one problem: build it, solve `builder`, read the answer."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.options = [option for options in field.options_of for option in options]
        self.builder = Builder()
        self.at = self._columns()
        for family in (
            self._needs,
            self._class_sizes,
            self._links,
            self._staff,
            self._provider_days,
            self._money,
            self._prerequisites,
            self._floors,
            self._locks,
        ):
            family()

    def solve(self, effort: Effort) -> Solution:
        """The best plan found within the effort, with a bound for every plan.

        Beyond `WHOLE_AT_ONCE` options the classes are chosen with parts of persons allowed, then the persons are placed
        whole in at most these classes: a few per thousand of value for a search many times shorter.
        """
        if len(self.options) <= WHOLE_AT_ONCE:
            return self.builder.solve(effort)
        choosing = replace(effort, seconds=effort.seconds * FOR_CLASSES)
        placing = replace(effort, seconds=effort.seconds * (1 - FOR_CLASSES))
        rough = self.builder.solve(choosing, parts=list(self.at.seats.values()))
        if rough.values is None:
            return rough
        most = {column: round(rough.values[column]) for column in self.at.classes.values()}
        placed = self.builder.solve(placing, most=most)
        ended_by_clock = Stopped.TIME in (rough.stopped, placed.stopped)
        return Solution(placed.values, rough.bound, Stopped.TIME if ended_by_clock else rough.stopped)

    def read(self, values: Floats) -> tuple[dict[Slot, int], list[tuple[Option, int]]]:
        """Whole classes and seats of a solution."""
        classes = {slot: round(values[column]) for slot, column in self.at.classes.items()}
        seats = [(option, round(values[self._x(option)])) for option in self.options]
        return classes, [(option, count) for option, count in seats if count]

    def locks_lacking(self, values: Floats) -> list[ClassLock | SeatLock]:
        """The locks that a solution could not keep."""
        pairs = zip(self.field.problem.locks, self.at.lacking, strict=True)
        return [lock for lock, column in pairs if values[column] > 0.5]

    def _x(self, option: Option) -> int:
        return self.at.seats[option.need, option.slot]

    def _columns(self) -> Columns:
        needs, policy = self.field.problem.needs, self.field.problem.policy
        slots, signatures = sorted(self.field.options_in), self._signatures()
        trained = sorted({option.need for option in self.options})
        floored, locks = floors(self.field), self.field.problem.locks
        # No plan is worth more than this, so no plan is bought by breaking a lock.
        ceiling = 1 + sum(needs[place].first_weight * needs[place].persons for place in trained)
        ceiling += policy.floor_penalty * sum(floored.values())
        seats = [(option.need, option.slot) for option in self.options]
        return Columns(
            classes=self._block(slots, [self._most(each) for each in slots], self._class_worth(slots), whole=True),
            seats=self._block(seats, [self._most_seats(each) for each in self.options], self._seat_worth(), whole=True),
            first=self._block(trained, [1.0] * len(trained), [needs[each].first_weight for each in trained]),
            rest=self._block(
                trained,
                [float(max(0, needs[each].persons - 1)) for each in trained],
                [needs[each].rest_weight for each in trained],
            ),
            money=self._block(signatures, [inf] * len(signatures), [0.0] * len(signatures)),
            short=self._block(sorted(floored), [inf] * len(floored), [-policy.floor_penalty] * len(floored)),
            lacking=list(self.builder.columns([inf] * len(locks), [-ceiling] * len(locks))),
        )

    def _block(
        self, names: Sequence[K], upper: Sequence[float], worth: Sequence[float], *, whole: bool = False
    ) -> dict[K, int]:
        return dict(zip(names, self.builder.columns(upper, worth, whole=whole), strict=True))

    def _class_worth(self, slots: Sequence[Slot]) -> list[float]:
        offerings, weight = self.field.problem.offerings, self.field.problem.policy.million_weight
        return [-weight * offerings[place].class_vnd / MILLION for place, _ in slots]

    def _seat_worth(self) -> list[float]:
        worth = []
        for option in self.options:
            need, _, offering = self.field.parties(option)
            cost = self.field.problem.policy.million_weight * option.vnd / MILLION
            worth.append((offering.effect - 1) * need.rest_weight - cost)
        return worth

    def _signatures(self) -> list[tuple[Signature, int]]:
        """Each signature with each of its sources."""
        found = {option.signature for option in self.options} | {
            self.field.slot_signature(slot) for slot in self.field.options_in
        }
        return sorted((signature, source) for signature in found for source in signature)

    def _most(self, slot: Slot) -> float:
        """No more classes than persons fill, days allow and ceilings say."""
        offering = self.field.problem.offerings[slot[0]]
        persons = sum(self.field.problem.needs[each.need].persons for each in self.field.options_in[slot])
        days, _ = class_days(self.field.programme[offering.programme], offering)
        limit = self.field.days_limit(self.field.provider[offering.provider], slot[1], offsite=offering.mode in OFFSITE)
        most = self.field.most_classes.get(slot, NO_LIMIT)
        return float(min(persons // offering.smallest, limit // days, most))

    def _most_seats(self, option: Option) -> float:
        persons = self.field.problem.needs[option.need].persons
        return float(min(persons, self.field.most_seats.get((option.need, option.slot), NO_LIMIT)))

    def _needs(self) -> None:
        """Σ x = s1 + s2"""
        for place, options in enumerate(self.field.options_of):
            if options:
                seats: Terms = [(self._x(option), 1.0) for option in options]
                self.builder.row([*seats, (self.at.first[place], -1.0), (self.at.rest[place], -1.0)], least=0, most=0)

    def _class_sizes(self) -> None:
        """m y ≤ Σ x ≤ M y"""
        for slot, options in self.field.options_in.items():
            offering, y = self.field.problem.offerings[slot[0]], self.at.classes[slot]
            seats: Terms = [(self._x(option), 1.0) for option in options]
            self.builder.row([*seats, (y, -float(offering.largest))], most=0)
            self.builder.row([*seats, (y, -float(offering.smallest))], least=0)

    def _links(self) -> None:
        """x ≤ (persons of one organisation in one class) y"""
        for option in self.options:
            together = float(self.field.together(option))
            self.builder.row([(self._x(option), 1.0), (self.at.classes[option.slot], -together)], most=0)

    def _staff(self) -> None:
        """Σ away days x ≤ packing · most away · working days, an organisation and quarter"""
        away: dict[tuple[str, int], Terms] = defaultdict(list)
        for option in self.options:
            _, organisation, offering = self.field.parties(option)
            if offering.away_days > 0:
                away[organisation.id, option.slot[1]].append((self._x(option), offering.away_days))
        for (name, quarter), terms in away.items():
            self.builder.row(terms, most=self.field.away_limit(self.field.organisation[name], quarter))

    def _provider_days(self) -> None:
        """Σ days y ≤ class days, and likewise away from home, a provider and quarter"""
        home: dict[tuple[str, int], Terms] = defaultdict(list)
        far: dict[tuple[str, int], Terms] = defaultdict(list)
        for slot, y in self.at.classes.items():
            offering = self.field.problem.offerings[slot[0]]
            days, offsite = class_days(self.field.programme[offering.programme], offering)
            home[offering.provider, slot[1]].append((y, float(days)))
            if offsite:
                far[offering.provider, slot[1]].append((y, float(offsite)))
        for (name, quarter), terms in home.items():
            self.builder.row(terms, most=self.field.provider[name].class_days[quarter])
        for (name, quarter), terms in far.items():
            self.builder.row(terms, most=self.field.provider[name].offsite_days[quarter])

    def _money(self) -> None:
        """Σ cost of a signature ≤ Σ f of its sources; Σ f of a source ≤ its budget (million đồng)"""
        cost: dict[Signature, Terms] = defaultdict(list)
        for option in self.options:
            if option.vnd:
                cost[option.signature].append((self._x(option), option.vnd / MILLION))
        for slot, y in self.at.classes.items():
            vnd = self.field.problem.offerings[slot[0]].class_vnd
            if vnd:
                cost[self.field.slot_signature(slot)].append((y, vnd / MILLION))
        for signature, terms in cost.items():
            funds: Terms = [(self.at.money[signature, source], -1.0) for source in signature]
            self.builder.row([*terms, *funds], most=0)
        for place, source in enumerate(self.field.problem.sources):
            given: Terms = [(column, 1.0) for (_, payer), column in self.at.money.items() if payer == place]
            if given:
                self.builder.row(given, most=source.budget_vnd / MILLION)

    def _prerequisites(self) -> None:
        """Σ x up to a quarter ≤ qualified + Σ x of the prerequisite in earlier quarters"""
        for place, options in enumerate(self.field.options_of):
            rule = self.field.prerequisite_of(place)
            if rule is None or not options:
                continue
            qualified, before = rule
            earlier = [] if before is None else self.field.options_of[before]
            for quarter in range(len(self.field.problem.quarters)):
                used: Terms = [(self._x(each), 1.0) for each in options if each.slot[1] <= quarter]
                gained: Terms = [(self._x(each), -1.0) for each in earlier if each.slot[1] < quarter]
                self.builder.row([*used, *gained], most=qualified)

    def _floors(self) -> None:
        """Σ x of a difficult organisation + z ≥ floor"""
        seats: dict[str, Terms] = defaultdict(list)
        for option in self.options:
            seats[self.field.problem.needs[option.need].organisation].append((self._x(option), 1.0))
        for name, floor in floors(self.field).items():
            self.builder.row([*seats[name], (self.at.short[name], 1.0)], least=floor)

    def _locks(self) -> None:
        """y or x of a lock + l ≥ at least"""
        place_of = {offering.id: place for place, offering in enumerate(self.field.problem.offerings)}
        for lock, lacking in zip(self.field.problem.locks, self.at.lacking, strict=True):
            slot = (place_of[lock.offering], lock.quarter)
            if isinstance(lock, ClassLock):
                column = self.at.classes.get(slot)
            else:
                column = self.at.seats.get((self.field.need_at[lock.organisation, lock.programme], slot))
            held: Terms = [] if column is None else [(column, 1.0)]
            self.builder.row([*held, (lacking, 1.0)], least=lock.at_least)
