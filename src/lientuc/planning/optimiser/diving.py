"""Round the numbers that are nearly whole, solve again, until few enough are open for a search."""

from __future__ import annotations

import numpy as np

from .ground import Ints
from .lp import Answer, Solver, Status

STEPS = 12
"""At least this part of the open numbers is rounded at a time."""
NEARLY = 0.05


def dive(solver: Solver, still_open: Ints, most_open: int) -> tuple[Ints, int]:
    """The columns still open, and the simplex iterations spent; limits of the others are closed to whole numbers.

    Where rounding leaves no solution the last step is taken back and repeated with half of it, a single column the other
    way.
    """
    answer = solver.run()
    spent, share = answer.iterations, 1.0
    while len(still_open) > most_open and answer.values is not None:
        chosen, target = _step(answer, still_open, len(still_open) - most_open, share)
        before = answer
        solver.limit(chosen, target, target)
        answer = solver.run()
        spent += answer.iterations
        if answer.values is None and answer.status == Status.kInfeasible:
            answer = _back(solver, chosen, target, before)
            if len(chosen) > 1:
                share /= 2
                continue
            spent += answer.iterations
        still_open, share = np.setdiff1d(still_open, chosen), min(1.0, 2 * share)
    return still_open, spent


def _step(answer: Answer, still_open: Ints, most: int, share: float) -> tuple[Ints, np.ndarray]:
    assert answer.values is not None
    values = answer.values[still_open]
    away = np.abs(values - np.round(values))
    count = int(share * max(len(still_open) // STEPS, int((away < NEARLY).sum())))
    order = np.argsort(away, kind="stable")[: max(1, min(count, most))]
    return still_open[order], np.round(values[order])


def _back(solver: Solver, chosen: Ints, target: np.ndarray, before: Answer) -> Answer:
    """Open the columns of a step again; a single one goes the other way, as this way there is no solution."""
    assert before.values is not None
    value = before.values[chosen]
    low, high = np.floor(value + 1e-6), np.ceil(value - 1e-6)
    if len(chosen) > 1:
        solver.limit(chosen, low, high)
        return before
    other = np.where(target > value, low, high)
    solver.limit(chosen, other, other)
    return solver.run()
