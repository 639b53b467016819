"""A thin builder over HiGHS: named blocks of columns and rows on numpy arrays, and one deterministic solve."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from .model import Effort, Stopped

SEED = 20260403
EXACT = 1e-9
"""In million đồng a thousandth of a đồng: budgets hold to the đồng after rounding."""
QUICK = 1e-6
"""Enough where only the classes are read from the answer."""

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Solution:
    """Column values of the best solution found (None: none), the proven bound, and what ended the search."""

    values: Floats | None
    bound: float | None
    stopped: Stopped


class Builder:
    """A maximisation written down block by block."""

    def __init__(self) -> None:
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._worth: list[float] = []
        self._whole: list[bool] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []
        self._starts = [0]
        self._places: list[int] = []
        self._factors: list[float] = []

    def columns(self, upper: Sequence[float], worth: Sequence[float], *, whole: bool = False) -> range:
        """Variables from 0 to `upper`; returns their places."""
        start = len(self._upper)
        self._lower += [0.0] * len(upper)
        self._upper += upper
        self._worth += worth
        self._whole += [whole] * len(upper)
        return range(start, len(self._upper))

    def row(self, terms: Sequence[tuple[int, float]], *, least: float = -np.inf, most: float = np.inf) -> None:
        """least ≤ Σ factor · variable ≤ most; each variable at most once."""
        self._row_lower.append(least)
        self._row_upper.append(most)
        self._places += [column for column, _ in terms]
        self._factors += [factor for _, factor in terms]
        self._starts.append(len(self._places))

    def solve(
        self, effort: Effort, *, parts: Collection[int] = (), most: Mapping[int, float] | None = None
    ) -> Solution:
        """Search with one thread and a fixed seed, so that only the clock limit can change the answer.

        Variables in `parts` need not be whole this time; `most` lowers upper limits.
        """
        solver = _new_solver()
        for option, value in _options(effort, QUICK if parts else EXACT).items():
            solver.setOptionValue(option, value)
        solver.passModel(self._model(frozenset(parts), most or {}))
        solver.run()
        return _solution(solver)

    def _model(self, parts: Collection[int], most: Mapping[int, float]) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._upper), len(self._row_lower)
        lp.sense_ = highspy.ObjSense.kMaximize
        upper = np.array(self._upper, dtype=np.float64)
        for column, ceiling in most.items():
            upper[column] = min(upper[column], ceiling)
        lp.col_cost_, lp.col_lower_ = (np.array(each, dtype=np.float64) for each in (self._worth, self._lower))
        lp.col_upper_ = upper
        lp.row_lower_, lp.row_upper_ = (np.array(each, dtype=np.float64) for each in (self._row_lower, self._row_upper))
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole and column not in parts else highspy.HighsVarType.kContinuous
            for column, whole in enumerate(self._whole)
        ]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self._places, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._factors, dtype=np.float64)
        return lp


def solver_version() -> str:
    """The version of HiGHS."""
    return str(_new_solver().version())


def _new_solver() -> Any:
    make: Any = highspy.Highs  # its constructor carries no types
    return make()


def _options(effort: Effort, tolerance: float) -> dict[str, bool | int | float | str]:
    return {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "mip_rel_gap": effort.gap,
        "mip_abs_gap": 1e-6,
        "mip_max_nodes": effort.nodes,
        "mip_feasibility_tolerance": tolerance,
        "primal_feasibility_tolerance": tolerance,
        "time_limit": effort.seconds,
    }


def _solution(solver: Any) -> Solution:
    status, info = solver.getModelStatus(), solver.getInfo()
    stopped = {
        highspy.HighsModelStatus.kOptimal: Stopped.GAP,
        highspy.HighsModelStatus.kTimeLimit: Stopped.TIME,
    }.get(status, Stopped.WORK)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value, dtype=np.float64) if found else None
    bound = float(info.mip_dual_bound)
    return Solution(values, bound if np.isfinite(bound) else None, stopped)
