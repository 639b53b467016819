"""Weeks for the classes of a plan, so that in no week an organisation misses more persons than it may.

A week has five working days; a class takes as many whole weeks, one after the other, as its days need. Somebody who is away
part of the days of a class (online) counts with that part; somebody taught at work does not count.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from .dealing import ClassList, deal
from .model import Plan, PlanningProblem

DAYS = 5
TRIES = 5
SEED = 20260403
EPSILON = 1e-9

Load = dict[tuple[str, int, int], float]


@dataclass(frozen=True, slots=True)
class DatedClass:
    """A class in its weeks; weeks count from 1 within the quarter, `persons` are those who can go."""

    offering: str
    quarter: int
    number: int
    week: int
    weeks: int
    persons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Persons of a class for whom no week leaves their organisation enough staff: unmet, for staffing."""

    offering: str
    quarter: int
    number: int
    organisation: str
    persons: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every class of a plan in its weeks, and who could not be placed."""

    classes: tuple[DatedClass, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class WeekFault:
    """One rule a calendar breaks: `too_many_away`, `outside_quarter`, `wrong_length`, `class_missing`, `wrong_company`."""

    code: str
    offering: str
    quarter: int
    number: int
    organisation: str = ""
    week: int = 0


def place_in_weeks(problem: PlanningProblem, plan: Plan) -> Calendar:
    """The calendar with fewest persons unplaced among a few orders, hardest classes first. Repeatable."""
    facts, lists = _Facts(problem), deal(plan)
    chance = random.Random(SEED)
    best: Calendar | None = None
    for _ in range(TRIES):
        order = sorted(lists, key=lambda each: (-facts.hardness(each), chance.random()))
        found = _placed(facts, order)
        if best is None or _lost(found) < _lost(best):
            best = found
        if not found.unplaced:
            break
    assert best is not None
    return best


def check_weeks(problem: PlanningProblem, plan: Plan, calendar: Calendar) -> list[WeekFault]:
    """Every rule the calendar breaks, week by week, by counting alone; empty for a good calendar."""
    facts = _Facts(problem)
    return [*_wrong_classes(facts, plan, calendar), *_too_many(facts, calendar)]


class _Facts:
    """What a calendar must know of a problem, by name."""

    def __init__(self, problem: PlanningProblem) -> None:
        days = {each.id: each.days for each in problem.programmes}
        self.offering = {each.id: each for each in problem.offerings}
        self.days = {each.id: days[each.programme] for each in problem.offerings}
        self.most_away = {each.id: each.most_away for each in problem.organisations}
        self.weeks = [each.working_days // DAYS for each in problem.quarters]

    def length(self, offering: str) -> int:
        """Weeks that a class takes."""
        return ceil(self.days[offering] / DAYS)

    def part(self, offering: str) -> float:
        """The part of a person that is away in each week of the class."""
        return min(1.0, self.offering[offering].away_days / self.days[offering])

    def hardness(self, each: ClassList) -> float:
        """How much of its organisations' staff a class takes, over its weeks."""
        taken = sum(persons / max(1, self.most_away[name]) for name, persons in each.persons)
        return taken * self.part(each.offering) * self.length(each.offering)


def _placed(facts: _Facts, order: list[ClassList]) -> Calendar:
    load: Load = defaultdict(float)
    busy: dict[tuple[str, int, int], int] = defaultdict(int)
    dated, unplaced = [], []
    for each in order:
        length, part = facts.length(each.offering), facts.part(each.offering)
        provider = facts.offering[each.offering].provider
        starts = range(1, max(1, facts.weeks[each.quarter] - length + 1) + 1)
        kept = {week: _able(facts, load, each, range(week, week + length)) for week in starts}
        lost = {week: sum(persons for _, persons in each.persons) - sum(kept[week].values()) for week in starts}
        week = min(
            starts, key=lambda w: (lost[w], sum(busy[provider, each.quarter, k] for k in range(w, w + length)), w)
        )
        for k in range(week, week + length):
            busy[provider, each.quarter, k] += 1
            for name, persons in kept[week].items():
                load[name, each.quarter, k] += persons * part
        company = tuple((name, persons) for name, persons in kept[week].items() if persons)
        dated.append(DatedClass(each.offering, each.quarter, each.number, week, length, company))
        unplaced += [
            Unplaced(each.offering, each.quarter, each.number, name, persons - kept[week][name])
            for name, persons in each.persons
            if persons > kept[week][name]
        ]
    by_name = sorted(dated, key=lambda each: (each.offering, each.quarter, each.number))
    return Calendar(
        tuple(by_name),
        tuple(sorted(unplaced, key=lambda each: (each.offering, each.quarter, each.number, each.organisation))),
    )


def _able(facts: _Facts, load: Load, each: ClassList, weeks: range) -> Mapping[str, int]:
    """How many persons of each organisation can go in these weeks."""
    part = facts.part(each.offering)
    able = {}
    for name, persons in each.persons:
        if part <= 0:
            able[name] = persons
            continue
        free = min(facts.most_away[name] - load[name, each.quarter, week] for week in weeks)
        able[name] = max(0, min(persons, int((free + EPSILON) / part)))
    return able


def _lost(calendar: Calendar) -> int:
    return sum(each.persons for each in calendar.unplaced)


def _wrong_classes(facts: _Facts, plan: Plan, calendar: Calendar) -> Iterator[WeekFault]:
    dated = {(each.offering, each.quarter, each.number): each for each in calendar.classes}
    missing: dict[tuple[str, int, int], dict[str, int]] = defaultdict(dict)
    for gone in calendar.unplaced:
        missing[gone.offering, gone.quarter, gone.number][gone.organisation] = gone.persons
    for each in deal(plan):
        key = each.offering, each.quarter, each.number
        found = dated.pop(key, None)
        if found is None:
            yield WeekFault("class_missing", *key)
            continue
        if found.week < 1 or found.week + found.weeks - 1 > max(facts.weeks[each.quarter], found.weeks):
            yield WeekFault("outside_quarter", *key, week=found.week)
        if found.weeks != facts.length(each.offering):
            yield WeekFault("wrong_length", *key, week=found.week)
        going = {name: persons - missing[key].get(name, 0) for name, persons in each.persons}
        if dict(found.persons) != {name: persons for name, persons in going.items() if persons}:
            yield WeekFault("wrong_company", *key)
    for key in dated:
        yield WeekFault("wrong_company", *key)


def _too_many(facts: _Facts, calendar: Calendar) -> Iterator[WeekFault]:
    away: Load = defaultdict(float)
    last: dict[tuple[str, int, int], DatedClass] = {}
    for each in calendar.classes:
        for week in range(each.week, each.week + each.weeks):
            for name, persons in each.persons:
                away[name, each.quarter, week] += persons * facts.part(each.offering)
                last[name, each.quarter, week] = each
    for (name, quarter, week), persons in sorted(away.items()):
        if persons > facts.most_away[name] + 1e-6:
            each = last[name, quarter, week]
            yield WeekFault("too_many_away", each.offering, quarter, each.number, name, week)
