"""Judge a plan against its problem, line by line, with no solver and none of the planner's own bookkeeping."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from .codec import digest
from .model import (
    OFFSITE,
    Amounts,
    ClassLock,
    Equipment,
    Mode,
    Need,
    Offering,
    Organisation,
    Plan,
    PlanningProblem,
    SeatBlock,
)
from .money import CostItem, class_signature, pays_class, pays_seat, seat_signature, split
from .worth import value_of

TOLERANCE = 1e-6
ALL_PARTS = ("payments", "unmet", "value", "problem_digest")

Key = tuple[str, int]
Item = tuple[str, int, str | None]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks, with the names and numbers of its sentence."""

    code: str
    values: Amounts = field(default_factory=dict)


def check(problem: PlanningProblem, plan: Plan) -> list[Violation]:
    """Every rule a plan breaks, in a fixed order; empty for a good plan. Run on every plan before it is stored."""
    return check_parts(problem, plan, ALL_PARTS)


def check_parts(problem: PlanningProblem, plan: Plan, parts: Collection[str]) -> list[Violation]:
    """The same for a plan that says only some `parts`; without payments the budgets must allow some split."""
    facts = _Facts(problem, plan)
    names = list(facts.wrong_lines())
    # Sums mean nothing while a line names what does not exist.
    if names:
        return names
    rules = [
        facts.wrong_seats,
        facts.wrong_classes,
        facts.away_too_long,
        facts.provider_overbooked,
        facts.prerequisite_missing,
        facts.money_wrong if "payments" in parts else facts.money_lacking,
        facts.locks_broken,
        *([facts.unmet_wrong] if "unmet" in parts else []),
        *([facts.value_wrong] if "value" in parts else []),
        *([facts.other_problem] if "problem_digest" in parts else []),
    ]
    return [violation for rule in rules for violation in rule()]


class _Facts:
    """The problem by name and the plan's sums."""

    def __init__(self, problem: PlanningProblem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.organisation = {each.id: each for each in problem.organisations}
        self.programme = {each.id: each for each in problem.programmes}
        self.offering = {each.id: each for each in problem.offerings}
        self.source = {each.id: each for each in problem.sources}
        self.need = {(each.organisation, each.programme): each for each in problem.needs}
        self.travel = {(each.organisation, each.offering): each.vnd for each in problem.travel}
        self.classes: Counter[Key] = Counter()
        for line in plan.classes:
            self.classes[line.offering, line.quarter] += line.count
        self.size: Counter[Key] = Counter()
        self.got: Counter[tuple[str, str]] = Counter()
        for block in plan.seats:
            self.size[block.offering, block.quarter] += block.seats
            self.got[block.organisation, block.programme] += block.seats

    def wrong_lines(self) -> Iterator[Violation]:
        """Lines that name what does not exist, come twice or count nothing."""
        lines = [(each.offering, each.quarter) for each in self.plan.classes]
        blocks = [(each.organisation, each.programme, each.offering, each.quarter) for each in self.plan.seats]
        for name, count in [*Counter(lines).items(), *Counter(blocks).items()]:
            if count > 1:
                yield Violation("line_twice", {"line": " ".join(map(str, name))})
        for line in self.plan.classes:
            known = self.offering.get(line.offering)
            if known is None or line.quarter not in known.quarters or line.count < 1:
                yield Violation("class_line_wrong", {"offering": line.offering, "quarter": line.quarter})
        for block in self.plan.seats:
            offering = self.offering.get(block.offering)
            need = self.need.get((block.organisation, block.programme))
            if need is None or offering is None or offering.programme != block.programme or block.seats < 1:
                yield Violation("seat_line_wrong", _named(block))
        for payment in self.plan.payments:
            if payment.source not in self.source or payment.offering not in self.offering or payment.vnd < 1:
                yield Violation("payment_line_wrong", {"source": payment.source, "offering": payment.offering})

    def wrong_seats(self) -> Iterator[Violation]:
        """Seats outside the need's window or area, without equipment, too many, or too many in one class."""
        for block in self.plan.seats:
            need, offering = self.need[block.organisation, block.programme], self.offering[block.offering]
            organisation = self.organisation[block.organisation]
            if need.equipment is Equipment.ABSENT or need.first_weight <= 0:
                yield Violation("seat_without_use", _named(block))
            if not self._in_window(need, block.quarter) or offering.area not in (None, organisation.area):
                yield Violation("seat_outside_window_or_area", _named(block))
            together = self._together(need, organisation, offering)
            if block.seats > together * self.classes[block.offering, block.quarter]:
                yield Violation("too_many_of_one_organisation", _named(block))
        for (organisation_id, programme_id), persons in self.got.items():
            if persons > self.need[organisation_id, programme_id].persons:
                yield Violation("more_seats_than_need", {"organisation": organisation_id, "programme": programme_id})

    def wrong_classes(self) -> Iterator[Violation]:
        """Classes too small, too large or too many."""
        for name, quarter in sorted(set(self.classes) | set(self.size)):
            offering, count = self.offering[name], self.classes[name, quarter]
            size, values = self.size[name, quarter], _slot(name, quarter)
            if size < offering.smallest * count:
                yield Violation("class_too_small", values)
            if size > offering.largest * count:
                yield Violation("class_too_large", values)
            if offering.most_classes is not None and count > offering.most_classes:
                yield Violation("too_many_classes", values)

    def away_too_long(self) -> Iterator[Violation]:
        """Organisations that would have to close."""
        away: dict[Key, float] = defaultdict(float)
        for block in self.plan.seats:
            away[block.organisation, block.quarter] += block.seats * self.offering[block.offering].away_days
        for (name, quarter), days in away.items():
            working_days = self.problem.quarters[quarter].working_days
            limit = self.problem.policy.packing * self.organisation[name].most_away * working_days
            if days > limit + TOLERANCE:
                yield Violation("away_too_long", {"organisation": name, "quarter": quarter})

    def provider_overbooked(self) -> Iterator[Violation]:
        """Providers with more class days than they have."""
        days: Counter[Key] = Counter()
        far: Counter[Key] = Counter()
        for (name, quarter), count in self.classes.items():
            offering = self.offering[name]
            used = count * self.programme[offering.programme].days
            days[offering.provider, quarter] += used
            far[offering.provider, quarter] += used if offering.mode in OFFSITE else 0
        for provider in self.problem.providers:
            for quarter, (most, most_far) in enumerate(zip(provider.class_days, provider.offsite_days, strict=True)):
                key = provider.id, quarter
                if days[key] > most or far[key] > most_far:
                    yield Violation("provider_overbooked", {"provider": provider.id, "quarter": quarter})

    def prerequisite_missing(self) -> Iterator[Violation]:
        """Persons trained before the programme that must come first."""
        by_quarter: Counter[tuple[str, str, int]] = Counter()
        for block in self.plan.seats:
            by_quarter[block.organisation, block.programme, block.quarter] += block.seats
        for name, programme_id in self.got:
            need, before = self.need[name, programme_id], self.programme[programme_id].prerequisite
            if before is None or need.qualified is None or need.qualified >= need.persons:
                continue
            used, ready = 0, need.qualified
            for quarter in range(len(self.problem.quarters)):
                used += by_quarter[name, programme_id, quarter]
                if used > ready:
                    yield Violation("prerequisite_missing", {"organisation": name, "programme": programme_id})
                    break
                ready += by_quarter[name, before, quarter]

    def money_wrong(self) -> Iterator[Violation]:
        """Costs not paid to the đồng, budgets exceeded, sources that may not pay."""
        paid: Counter[Item] = Counter()
        spent: Counter[str] = Counter()
        for payment in self.plan.payments:
            item = payment.offering, payment.quarter, payment.organisation
            paid[item] += payment.vnd
            spent[payment.source] += payment.vnd
            if not self._may_pay(payment.source, payment.offering, payment.organisation):
                yield Violation("source_not_eligible", {"source": payment.source, "offering": payment.offering})
        cost = self._cost()
        for item in sorted(set(paid) | set(cost), key=str):
            if paid[item] != cost.get(item, 0):
                sums = {"cost_vnd": cost.get(item, 0), "paid_vnd": paid[item]}
                yield Violation("cost_not_paid", _slot(item[0], item[1]) | {"organisation": item[2] or ""} | sums)
        for name, vnd in sorted(spent.items()):
            if vnd > self.source[name].budget_vnd:
                yield Violation("budget_exceeded", {"source": name, "vnd": vnd - self.source[name].budget_vnd})

    def locks_broken(self) -> Iterator[Violation]:
        """Decisions of a person that the plan does not keep."""
        seats = {
            (each.organisation, each.programme, each.offering, each.quarter): each.seats for each in self.plan.seats
        }
        for lock in self.problem.locks:
            if isinstance(lock, ClassLock):
                count = self.classes[lock.offering, lock.quarter]
            else:
                count = seats.get((lock.organisation, lock.programme, lock.offering, lock.quarter), 0)
            if count < lock.at_least or (lock.at_most is not None and count > lock.at_most):
                yield Violation("lock_broken", {"offering": lock.offering, "quarter": lock.quarter, "count": count})

    def unmet_wrong(self) -> Iterator[Violation]:
        """Needs whose seats and persons left out do not add up, or that have not exactly one reason."""
        left = Counter((each.organisation, each.programme) for each in self.plan.unmet)
        persons = {(each.organisation, each.programme): each.persons for each in self.plan.unmet}
        for key, need in self.need.items():
            missing = need.persons - self.got[key]
            if persons.get(key, 0) != missing or left[key] != (missing > 0):
                yield Violation("unmet_wrong", {"organisation": key[0], "programme": key[1], "missing": missing})
        for key in left:
            if key not in self.need:
                yield Violation("unmet_wrong", {"organisation": key[0], "programme": key[1], "missing": 0})

    def value_wrong(self) -> Iterator[Violation]:
        """A value that the lines do not give, or one above its own bound."""
        value = value_of(self.problem, self.plan.classes, self.plan.seats)
        if abs(value - self.plan.value) > TOLERANCE:
            yield Violation("value_wrong", {"value": str(value), "claimed": str(self.plan.value)})
        bound = self.plan.bound
        if bound is not None and value > bound + TOLERANCE * max(1.0, abs(bound)):
            yield Violation("value_above_bound", {"value": str(value), "bound": str(bound)})

    def other_problem(self) -> Iterator[Violation]:
        """A plan made for another problem."""
        if self.plan.problem_digest != digest(self.problem):
            yield Violation("other_problem")

    def money_lacking(self) -> Iterator[Violation]:
        """Costs that no split over the sources could pay."""
        items = []
        for (name, quarter, organisation), vnd in sorted(self._cost().items(), key=str):
            offering = self.offering[name]
            programme = self.programme[offering.programme]
            if organisation is None:
                signature = class_signature(self.problem.sources, programme, offering)
            else:
                signature = seat_signature(self.problem.sources, self.organisation[organisation], programme)
            items.append(CostItem(name, quarter, organisation, signature, vnd))
        if split(items, self.problem.sources) is None:
            yield Violation("money_lacking")

    def _in_window(self, need: Need, quarter: int) -> bool:
        first = need.equipment_quarter if need.equipment is Equipment.PLANNED else 0
        last = len(self.problem.quarters) - 1 if need.deadline is None else need.deadline
        return first <= quarter <= last

    def _together(self, need: Need, organisation: Organisation, offering: Offering) -> int:
        if offering.mode is Mode.MENTORING:
            return need.persons
        times = self.problem.policy.online_together if offering.mode is Mode.ONLINE else 1
        return min(need.persons, times * organisation.most_away)

    def _may_pay(self, source: str, offering: str, organisation: str | None) -> bool:
        held = self.offering[offering]
        programme = self.programme[held.programme]
        if organisation is None:
            return pays_class(self.source[source], programme, held)
        known = self.organisation.get(organisation)
        return known is not None and pays_seat(self.source[source], known, programme)

    def _cost(self) -> Mapping[Item, int]:
        cost: dict[Item, int] = defaultdict(int)
        for (name, quarter), count in self.classes.items():
            cost[name, quarter, None] += count * self.offering[name].class_vnd
        for block in self.plan.seats:
            seat = self.offering[block.offering].seat_vnd + self.travel.get((block.organisation, block.offering), 0)
            cost[block.offering, block.quarter, block.organisation] += block.seats * seat
        return cost


def _slot(offering: str, quarter: int) -> dict[str, int | str]:
    return {"offering": offering, "quarter": quarter}


def _named(block: SeatBlock) -> dict[str, int | str]:
    return {
        "organisation": block.organisation,
        "programme": block.programme,
        "offering": block.offering,
        "quarter": block.quarter,
    }
