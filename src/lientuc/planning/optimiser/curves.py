"""How the bound changes with money and with fairness: estimates to choose by, from one warm year model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lientuc.core.errors import refuse_if

from .frame import AMPLE
from .ground import Ground
from .model import PlanningProblem
from .problems import problems_of
from .sifting import Sifted
from .year import YearModel

MUST = 1_000.0
"""Penalty of a person missing under a share that is to be kept whatever it costs."""
HALVINGS = 8


@dataclass(frozen=True, slots=True)
class BudgetPoint:
    """All budgets times `factor`: the bound, and its part of the bound with the budgets as they are."""

    factor: float
    value: float
    share: float


@dataclass(frozen=True, slots=True)
class EquityPoint:
    """Every protected organisation gets `share` of its need: the bound, and what that costs of the best bound (0 to 1).

    `reachable` False: not all of them can; `value` is then None.
    """

    share: float
    reachable: bool
    value: float | None
    cost: float | None


def budget_curve(problem: PlanningProblem, factors: Sequence[float]) -> list[BudgetPoint]:
    """The bound at each factor, in the order given; factors from 0 to 4. Raises Refused for a faulty problem."""
    if any(not 0 <= factor <= AMPLE for factor in factors):
        raise ValueError(f"factors must lie between 0 and {AMPLE:g}")
    sifted = _sifted(problem)
    model = sifted.model
    start, names = model.rows.families["budget"]
    budgets = model.row_upper[start : start + len(names)].copy()
    sifted.settle()
    whole = sifted.value
    points = {}
    for factor in sorted(set(factors)):
        for place, budget in enumerate(budgets):
            sifted.move_row(start + place, factor * float(budget))
        sifted.settle()
        points[factor] = BudgetPoint(factor, round(sifted.value, 6), round(sifted.value / whole if whole else 0.0, 6))
    return [points[factor] for factor in factors]


def equity_curve(problem: PlanningProblem, shares: Sequence[float]) -> list[EquityPoint]:
    """What each share for every protected organisation costs, in the order given. Raises Refused for a faulty problem."""
    sifted = _sifted(replace(problem, policy=replace(problem.policy, equity_share=1.0, equity_penalty=MUST)))
    best = _with_share(sifted, 0.0)
    assert best is not None  # a share of nothing can always be kept
    points = []
    for share in shares:
        value = best if share <= 0 else _with_share(sifted, share)
        cost = None if value is None else round((best - value) / best if best else 0.0, 6)
        points.append(EquityPoint(share, value is not None, None if value is None else round(value, 6), cost))
    return points


def greatest_share(problem: PlanningProblem) -> float:
    """The greatest share of its need that every protected organisation can get, to 1/256, rounded down."""
    sifted = _sifted(replace(problem, policy=replace(problem.policy, equity_share=1.0, equity_penalty=MUST)))
    low, high = 0.0, 1.0
    if _with_share(sifted, high) is not None:
        return high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _with_share(sifted, middle) is not None else (low, middle)
    return low


def _sifted(problem: PlanningProblem) -> Sifted:
    refuse_if(problems_of(problem))
    sifted = Sifted(YearModel(Ground(problem)))
    sifted.solve()
    return sifted


def _with_share(sifted: Sifted, share: float) -> float | None:
    """The value with this share for all; None where somebody stays below it."""
    model = sifted.model
    family = f"floor{len(model.floors) - 1}"
    if family not in model.rows.families or not model.floors:
        sifted.settle()
        return sifted.value
    start, names = model.rows.families[family]
    persons, penalty = model.floors[-1]
    for place, (unit,) in enumerate(names):
        sifted.move_row(start + place, -share * float(persons[unit]))
    sifted.settle()
    short = float(sifted.values[model.k - len(names) : model.k].sum()) if names else 0.0
    return None if short > 1e-6 * max(1.0, float(np.sum(persons))) else sifted.value + penalty * short
