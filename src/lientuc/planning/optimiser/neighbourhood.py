"""Whole classes in the year model: a search in the neighbourhood of its solution.

Numbers of classes that the solution has whole stay; the others may be rounded down or up; seats that price themselves out
are left aside. Without these two restrictions the same search finds nothing useful at the size of a large province.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .diving import dive
from .ground import Floats, Ints
from .lp import Solver, by_column, by_triplets
from .sifting import FEW_PAIRS, Sifted
from .year import YearModel

Options = Mapping[str, bool | int | float | str]

TOO_DEAR = 0.1
"""Part of a need's weight by which a seat may fall short of its price and still be kept; half of it where pairs are many."""


@dataclass(frozen=True)
class YearPlan:
    """Values of the year model's columns with whole numbers of classes a year."""

    values: Floats
    iterations: int


def search_year(sifted: Sifted, *, everything: bool, at_once: int, options: Options) -> YearPlan | None:
    """The best year with whole classes near the solution (`everything`: anywhere).

    While more numbers of classes are open than may be searched `at_once` (open numbers times pairs), those nearest to a
    whole number are rounded first.
    """
    model = sifted.model
    pairs = np.arange(model.pairs) if everything else _kept(sifted)
    columns = np.concatenate([pairs, np.arange(model.pairs, len(model.worth))])
    place = np.full(len(model.worth), -1)
    place[columns] = np.arange(len(columns))
    solver = Solver()
    matrix = by_column(model.a_start, model.a_row, model.a_factor, columns)
    rows = model.row_lower, model.row_upper
    solver.take(model.worth[columns], model.lower[columns], model.upper[columns], rows, matrix)
    least, still_open = _whole_classes(solver, sifted, place, len(columns), everything)
    _links(solver, model, pairs, place, least)
    spent, most_open = 0, max(20, at_once // max(1, len(pairs)))
    if len(still_open) > most_open and not everything:
        still_open, spent = dive(solver, still_open, most_open)
    solver.make_whole(still_open)
    solver.set(**options)
    answer = solver.run()
    if answer.values is None:
        return None
    values = np.zeros(len(model.worth))
    values[columns] = answer.values[: len(columns)]
    return YearPlan(values, answer.iterations + spent)


def _kept(sifted: Sifted) -> Ints:
    model = sifted.model
    part = TOO_DEAR if model.pairs <= FEW_PAIRS else TOO_DEAR / 2
    weight = model.ground.rest[model.ground.p_need]
    cheap = sifted.reduced[: model.pairs] > -part * weight
    return np.flatnonzero(cheap | (sifted.values[: model.pairs] > 1e-7) | (model.lower[: model.pairs] > 0))


def _whole_classes(solver: Solver, sifted: Sifted, place: Ints, columns: int, everything: bool) -> tuple[Ints, Ints]:
    """Σ y of an offering is whole; returns the least classes of each offering, and the columns still to be made whole."""
    model = sifted.model
    total = np.bincount(
        model.slot_offering, weights=sifted.values[model.y : model.s1], minlength=len(model.ground.o_vnd)
    )
    most = np.bincount(model.slot_offering, weights=model.upper[model.y : model.s1], minlength=len(total))
    low = np.zeros(len(total)) if everything else np.floor(total + 1e-6)
    high = most if everything else np.ceil(total - 1e-6)
    low = np.minimum(low, most)
    rows = np.unique(model.slot_offering)
    row_at = np.full(len(total), -1)
    row_at[rows] = np.arange(len(rows))
    free = rows[low[rows] < high[rows]]
    zero = np.zeros(len(free))
    none = by_triplets(len(free), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    solver.add_columns(zero, low[free], high[free], none)
    whole_at = columns + np.arange(len(free))
    fixed = np.where(low[rows] < high[rows], 0.0, low[rows])
    along = np.concatenate([row_at[model.slot_offering], row_at[free]])
    across = np.concatenate([place[model.y : model.s1], whole_at])
    factor = np.concatenate([np.ones(len(model.slot_offering)), -np.ones(len(free))])
    solver.add_rows(fixed, fixed, by_triplets(len(rows), along, across, factor))
    return low.astype(np.int64), whole_at


def _links(solver: Solver, model: YearModel, pairs: Ints, place: Ints, least: Ints) -> None:
    """x ≤ together · Σ y in the window, where the least number of classes does not already see to it."""
    ground = model.ground
    slots = model.slot_at[ground.p_offering[pairs]]
    used = (slots >= 0) & ground.open[pairs]
    narrow = (used != (slots >= 0)).any(axis=1)
    sure = ~narrow & (ground.together[pairs] * least[ground.p_offering[pairs]] >= model.upper[pairs])
    pairs, slots, used = pairs[~sure], slots[~sure], used[~sure]
    row, quarter = np.nonzero(used)
    along = np.concatenate([np.arange(len(pairs)), row])
    across = np.concatenate([place[pairs], place[slots[row, quarter]]])
    factor = np.concatenate([np.ones(len(pairs)), -ground.together[pairs][row].astype(float)])
    solver.add_rows(np.full(len(pairs), -np.inf), np.zeros(len(pairs)), by_triplets(len(pairs), along, across, factor))
