"""Quarters for the classes of a year plan, then whole persons for the seats.

Each step keeps what the step before has whole and searches the rest, in the quarter model with few pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .diving import dive
from .ground import Flags, Floats, Ground, Ints
from .lp import Solver, by_triplets, whole
from .quarterly import QuarterModel

Options = Mapping[str, bool | int | float | str]

FEW_BROKEN = 100
"""So many broken links are not worth solving again for: what follows adds every link that still matters."""
EXACT = 1e-9
"""In million đồng a thousandth of a đồng: budgets hold to the đồng once persons are whole."""


@dataclass
class Placed:
    """A solution of a quarter model, and the simplex iterations spent on it."""

    model: QuarterModel
    values: Floats
    iterations: int

    @property
    def value(self) -> float:
        """Its worth."""
        return float(self.model.worth @ self.values)

    def classes(self) -> Ints:
        """Classes by offering and quarter."""
        model = self.model
        found = np.zeros(model.ground.most.shape, dtype=np.int64)
        found[model.slot_offering, model.slot_quarter] = np.round(self.values[model.y : model.s1]).astype(np.int64)
        return found

    def seats(self) -> Ints:
        """Seats by pair and quarter, rounded to whole persons."""
        model = self.model
        found = np.zeros(model.ground.open.shape, dtype=np.int64)
        found[model.seat_pair, model.seat_quarter] = np.round(self.values[: model.seats]).astype(np.int64)
        return found


def place_classes(ground: Ground, pairs: Ints, classes: Ints, most_open: int, options: Options) -> Placed | None:
    """The best quarters for at most so many classes of each offering a year; seats still in parts."""
    most = np.maximum(np.minimum(ground.most, classes[:, None]), ground.least)
    model = QuarterModel(ground, pairs, most, linked=False)
    slots = np.arange(model.y, model.s1)
    solver = model.solver(model.lower, model.upper)
    _cap(solver, model, classes)
    values, linked, spent = _linked(solver, model)
    if values is None:
        return None
    low, high = np.floor(values[slots] + 1e-6), np.ceil(values[slots] - 1e-6)
    solver.limit(slots, low, high)
    _link_open(solver, model, low == high, high, linked)
    part, more = dive(solver, slots[low < high], most_open)
    solver.make_whole(part)
    solver.set(**options)
    answer = solver.run()
    return None if answer.values is None else Placed(model, answer.values, spent + more + answer.iterations)


def _linked(solver: Solver, model: QuarterModel) -> tuple[Floats | None, Flags, int]:
    """Solve, add the links that are broken, until few are: the values, which seats are linked, and the iterations spent."""
    linked, spent = np.zeros(model.seats, dtype=bool), 0
    together = model.ground.together[model.seat_pair]
    while True:
        answer = solver.run()
        spent += answer.iterations
        if answer.values is None:
            return None, linked, spent
        held = answer.values[model.seat_slot]
        broken = np.flatnonzero(~linked & (answer.values[: model.seats] > together * held + 1e-6))
        if len(broken) <= FEW_BROKEN:
            return answer.values, linked, spent
        model.add_links(solver, broken)
        linked[broken] = True


def _link_open(solver: Solver, model: QuarterModel, settled: Flags, classes: Floats, linked: Flags) -> None:
    """Seats of settled slots get their link as a plain limit, those of open slots as a row."""
    slot = model.seat_slot - model.y
    seats = np.flatnonzero(settled[slot])
    together = model.ground.together[model.seat_pair[seats]]
    solver.limit(seats, model.lower[seats], np.minimum(model.upper[seats], together * classes[slot[seats]]))
    model.add_links(solver, np.flatnonzero(~settled[slot] & ~linked))


def seat_persons(ground: Ground, pairs: Ints, classes: Ints, options: Options) -> Placed | None:
    """Whole persons in these classes; None where the classes cannot be filled."""
    model = QuarterModel(ground, pairs, classes)
    lower = model.lower.copy()
    lower[model.y : model.s1] = model.upper[model.y : model.s1]
    solver = model.solver(lower, model.upper)
    relaxed = solver.run()
    if relaxed.values is None:
        return None
    kept = np.flatnonzero(~_near_parts(model, relaxed.values))
    free = np.flatnonzero(_near_parts(model, relaxed.values))
    values = np.round(relaxed.values[kept])
    solver.limit(kept, values, values)
    solver.make_whole(free)
    solver.set(**options)
    answer = solver.run()
    return None if answer.values is None else Placed(model, answer.values, relaxed.iterations + answer.iterations)


def _near_parts(model: QuarterModel, values: Floats) -> Flags:
    """Seats of needs and classes in which somebody is seated in parts: these must move together."""
    seats = np.arange(model.seats)
    part = seats[~whole(values, seats)]
    need = model.ground.p_need[model.seat_pair]
    return np.asarray(np.isin(need, need[part]) | np.isin(model.seat_slot, model.seat_slot[part]))


def search_all(model: QuarterModel, start: Placed | None, options: Options) -> tuple[Placed | None, float]:
    """Everything at once, whole classes and whole persons, from a known plan on; with the solver's own bound."""
    solver = model.solver(model.lower, model.upper, **options)
    solver.make_whole(np.concatenate([np.arange(model.seats), np.arange(model.y, model.s1)]))
    if start is not None:
        solver.start_from(_carried(start, model))
    answer = solver.run()
    found = None if answer.values is None else Placed(model, answer.values, answer.iterations)
    return found, answer.bound


def _cap(solver: Solver, model: QuarterModel, classes: Ints) -> None:
    """Σ y of a year ≤ the year plan's classes, or what locks ask for."""
    offerings = np.unique(model.slot_offering)
    at = np.full(len(model.ground.o_vnd), -1)
    at[offerings] = np.arange(len(offerings))
    slots = np.arange(model.y, model.s1)
    most = np.maximum(classes, model.ground.least.sum(axis=1))[offerings].astype(float)
    matrix = by_triplets(len(offerings), at[model.slot_offering], slots, np.ones(len(slots)))
    solver.add_rows(np.full(len(offerings), -np.inf), most, matrix)


def _carried(start: Placed, model: QuarterModel) -> Floats:
    """The same plan in the columns of another model of the same ground."""
    values = np.zeros(len(model.worth))
    values[: model.seats] = start.seats()[model.seat_pair, model.seat_quarter]
    values[model.y : model.s1] = start.classes()[model.slot_offering, model.slot_quarter]
    theirs, ground = start.model, model.ground
    got = np.bincount(ground.p_need[model.seat_pair], weights=values[: model.seats], minlength=len(ground.persons))
    values[model.s1 : model.s2] = np.minimum(got[model.needs], 1)
    values[model.s2 : model.f] = np.maximum(got[model.more] - 1, 0)
    values[model.f : model.z] = start.values[theirs.f : theirs.z] if theirs.used == model.used else 0.0
    values[model.z : model.k] = start.values[theirs.z : theirs.k]
    values[model.k :] = np.minimum(model.upper[model.k :], values[model.y + model.kept])
    return values
