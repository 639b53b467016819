"""Named persons for the seats of a plan: the best assignment, with limits of each person and locks of the planner.

Without limits on days this is a flow, so the best answer of the linear programme is whole; where limits on days leave
somebody in parts, the organisation concerned is searched on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lientuc.core.errors import Problem, refuse_if

from .ground import Floats, Ints
from .lp import Solver, by_triplets, whole
from .model import Plan, PlanningProblem, SeatBlock

SEAT = 100.0
"""Worth of a filled seat beside the suitability of the person: no seat is left empty for a better match elsewhere."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who could be sent: programmes with how well each suits (0 to 10), limits, quarters of leave."""

    id: str
    organisation: str
    suits: tuple[tuple[str, float], ...]
    most_courses: int = 8
    most_days: float | None = None
    away_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLock:
    """A planner's decision: this person goes (or does not go) to a programme in a quarter."""

    person: str
    programme: str
    quarter: int
    goes: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person in a seat."""

    person: str
    organisation: str
    programme: str
    offering: str
    quarter: int


@dataclass(frozen=True, slots=True)
class Unfilled:
    """Seats for which nobody can be named."""

    organisation: str
    programme: str
    offering: str
    quarter: int
    seats: int


@dataclass(frozen=True, slots=True)
class Assignments:
    """Who goes where, which seats stay empty, and the worth of the whole."""

    people: tuple[Assignment, ...]
    unfilled: tuple[Unfilled, ...]
    value: float


@dataclass
class _Pairs:
    """Person × seat block, as arrays."""

    person: Ints
    block: Ints
    worth: Floats
    lower: Floats
    upper: Floats


def assign_people(
    problem: PlanningProblem, plan: Plan, people: Sequence[Person], locks: Sequence[PersonLock] = ()
) -> Assignments:
    """The assignment of greatest worth: nobody twice in a programme, over his courses, his days or into his leave.

    Raises Refused for locks that contradict each other or lead to no seat.
    """
    refuse_if(_lock_problems(plan, people, locks))
    blocks = list(plan.seats)
    pairs = _pairs(people, blocks, locks)
    away = {each.id: each.away_days for each in problem.offerings}
    days = np.array([away[blocks[place].offering] for place in pairs.block], dtype=float)
    found = _solved(people, blocks, pairs, days)
    taken = np.flatnonzero(found > 0.5)
    filled = np.bincount(pairs.block[taken], minlength=len(blocks))
    named = [_assignment(people[pairs.person[place]], blocks[pairs.block[place]]) for place in taken]
    empty = [
        Unfilled(block.organisation, block.programme, block.offering, block.quarter, block.seats - int(filled[place]))
        for place, block in enumerate(blocks)
        if block.seats > filled[place]
    ]
    return Assignments(tuple(named), tuple(empty), round(float(pairs.worth[taken].sum()), 6))


def _lock_problems(plan: Plan, people: Sequence[Person], locks: Sequence[PersonLock]) -> list[Problem]:
    known = {each.id: each for each in people}
    seats = {(each.organisation, each.programme, each.quarter) for each in plan.seats}
    decided: dict[tuple[str, str, int], bool] = {}
    found = []
    for lock in locks:
        values: dict[str, int | str] = {"person": lock.person, "programme": lock.programme, "quarter": lock.quarter}
        person = known.get(lock.person)
        if person is None or (person.organisation, lock.programme, lock.quarter) not in seats:
            found.append(
                Problem("planning.lock_leads_nowhere", "locks", {"offering": lock.programme, "quarter": lock.quarter})
            )
        elif decided.setdefault((lock.person, lock.programme, lock.quarter), lock.goes) != lock.goes:
            found.append(Problem("planning.person_locks_contradict", "locks", values))
    return found


def _pairs(people: Sequence[Person], blocks: Sequence[SeatBlock], locks: Sequence[PersonLock]) -> _Pairs:
    blocks_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        blocks_of[block.organisation, block.programme].append(place)
    decided = {(lock.person, lock.programme, lock.quarter): lock.goes for lock in locks}
    rows = []
    for place, person in enumerate(people):
        for programme, suit in person.suits:
            for block in blocks_of.get((person.organisation, programme), ()):
                quarter = blocks[block].quarter
                goes = decided.get((person.id, programme, quarter))
                if goes is False or (quarter in person.away_in and not goes):
                    continue
                # Several offerings in one quarter: the lock asks for one of them, the worth sees to it.
                rows.append((place, block, SEAT + suit + (SEAT * 10 if goes else 0.0), 0.0, 1.0))
    columns = list(zip(*rows, strict=True)) if rows else [[], [], [], [], []]
    person, block = (np.array(columns[k], dtype=np.int64) for k in (0, 1))
    worth, lower, upper = (np.array(columns[k], dtype=float) for k in (2, 3, 4))
    return _Pairs(person, block, worth, lower, upper)


def _solved(people: Sequence[Person], blocks: Sequence[SeatBlock], pairs: _Pairs, days: Floats) -> Floats:
    """The linear programme of all, then a search for each organisation in which somebody is in parts."""
    every = np.arange(len(pairs.person))
    if not len(every):
        return np.zeros(0)
    values = _run(people, blocks, pairs, days, every, search=False)
    part = ~whole(values, every)
    unit = np.array([people[place].organisation for place in pairs.person])
    for name in sorted(set(unit[part].tolist())):
        mine = np.flatnonzero(unit == name)
        values[mine] = _run(people, blocks, pairs, days, mine, search=True)
    return np.round(values)


def _run(
    people: Sequence[Person], blocks: Sequence[SeatBlock], pairs: _Pairs, days: Floats, chosen: Ints, *, search: bool
) -> Floats:
    """Σ of a block ≤ its seats; Σ of a person and programme ≤ 1; Σ of a person ≤ courses; Σ days ≤ days."""
    person, block = pairs.person[chosen], pairs.block[chosen]
    programme_at = {name: place for place, name in enumerate(sorted({each.programme for each in blocks}))}
    programme = np.array([programme_at[each.programme] for each in blocks], dtype=np.int64)[block]
    seats = np.array([each.seats for each in blocks], dtype=float)
    courses = np.array([each.most_courses for each in people], dtype=float)
    most_days = np.array([np.inf if each.most_days is None else each.most_days for each in people])
    families = [
        (block, np.ones(len(chosen)), seats),
        (person * len(programme_at) + programme, np.ones(len(chosen)), None),
        (person, np.ones(len(chosen)), courses),
        (person, days[chosen], most_days),
    ]
    row, column, factor, upper, count = [], [], [], [], 0
    for key, entries, limits in families:
        names, place = np.unique(key, return_inverse=True)
        row.append(count + place)
        column.append(np.arange(len(chosen)))
        factor.append(entries)
        upper.append(np.ones(len(names)) if limits is None else limits[names])
        count += len(names)
    solver = Solver(mip_rel_gap=0.0)
    matrix = by_triplets(len(chosen), np.concatenate(column), np.concatenate(row), np.concatenate(factor))
    rows = np.full(count, -np.inf), np.concatenate(upper)
    solver.take(pairs.worth[chosen], pairs.lower[chosen], pairs.upper[chosen], rows, matrix)
    if search:
        solver.make_whole(np.arange(len(chosen)))
    answer = solver.run()
    if answer.values is None:
        raise ArithmeticError(f"people: {answer.status}")
    return answer.values


def _assignment(person: Person, block: SeatBlock) -> Assignment:
    return Assignment(person.id, block.organisation, block.programme, block.offering, block.quarter)
