"""What one more million of each source is worth, by the year model, checked by solving again beside the budget."""

from __future__ import annotations

import numpy as np

from .model import Price
from .sifting import FEW_PAIRS, Sifted

PART = 0.01
"""How far the budget is moved either way."""
APART = 0.05
"""Relative difference of the two sides beyond which a price holds for small changes only."""
WORTHLESS = 1e-6


def prices_of(sifted: Sifted) -> tuple[Price, ...]:
    """One price a source. Where the solver's own range covers a move there is no need to solve again.

    With very many pairs only the next per cent is solved for, in the model as it stands; `high` is then the price itself.
    """
    sifted.settle()
    model = sifted.model
    start, names = model.rows.families["budget"]
    budgets = model.row_upper[start : start + len(names)]
    slopes = np.maximum(sifted.prices.rows[start : start + len(names)], 0.0)
    down, up = (each[start : start + len(names)] for each in sifted.solver.row_ranges())
    value, thorough = sifted.value, model.pairs <= FEW_PAIRS
    found = []
    for place, source in enumerate(model.ground.problem.sources):
        budget, slope, row = float(budgets[place]), float(slopes[place]), start + place
        step = PART * budget
        covered = up[place] >= budget + step, down[place] <= budget - step
        low = high = slope
        if step and not covered[0]:
            more = sifted.value_with(row, budget + step, settle=thorough)
            low = slope if more is None else max(0.0, (more - value) / step)
        if step and not covered[1] and thorough:
            less = sifted.value_with(row, budget - step, settle=True)
            high = slope if less is None else (value - less) / step
        found.append(_price(source.id, slope, min(low, slope), max(high, slope)))
    return tuple(found)


def _price(source: str, slope: float, low: float, high: float) -> Price:
    kink = slope - low > APART * max(low, WORTHLESS)
    return Price(source, round(low if kink else slope, 6), round(low, 6), round(high, 6), kink)
