"""A thin builder over HiGHS: named blocks of columns and rows on numpy arrays, and one deterministic solve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from .model import Effort, Stopped

SEED = 20260403
TOLERANCE = 1e-9
"""In million đồng a thousandth of a đồng: budgets must hold exactly after rounding."""

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
        self._entries: list[tuple[int, int, float]] = []

    def columns(self, upper: Sequence[float], worth: Sequence[float], *, whole: bool = False) -> range:
        """Variables from 0 to `upper`; returns their places."""
        start = len(self._upper)
        self._lower += [0.0] * len(upper)
        self._upper += upper
        self._worth += worth
        self._whole += [whole] * len(upper)
        return range(start, len(self._upper))

    def row(self, terms: Sequence[tuple[int, float]], *, least: float = -np.inf, most: float = np.inf) -> None:
        """least ≤ Σ factor · variable ≤ most."""
        place = len(self._row_lower)
        self._row_lower.append(least)
        self._row_upper.append(most)
        self._entries += [(place, column, factor) for column, factor in terms]

    def solve(self, effort: Effort) -> Solution:
        """Search with one thread and a fixed seed, so that only the clock limit can change the answer."""
        solver = highspy.Highs()
        for option, value in _options(effort).items():
            solver.setOptionValue(option, value)
        solver.passModel(self._model())
        solver.run()
        return _solution(solver)

    def _model(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._upper), len(self._row_lower)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
            np.array(each, dtype=np.float64) for each in (self._worth, self._lower, self._upper)
        )
        lp.row_lower_, lp.row_upper_ = (np.array(each, dtype=np.float64) for each in (self._row_lower, self._row_upper))
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous for whole in self._whole
        ]
        matrix = self._matrix()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        return lp

    def _matrix(self) -> csr_array:
        rows, columns, factors = (np.array(each) for each in zip(*self._entries, strict=True))
        matrix = csr_array((factors, (rows, columns)), shape=(len(self._row_lower), len(self._upper)), dtype=np.float64)
        matrix.sum_duplicates()
        return matrix


def solver_version() -> str:
    """The version of HiGHS."""
    return str(highspy.Highs().version())


def _options(effort: Effort) -> dict[str, bool | int | float | str]:
    return {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": SEED,
        "mip_rel_gap": effort.gap,
        "mip_abs_gap": 1e-6,
        "mip_max_nodes": effort.nodes,
        "mip_feasibility_tolerance": TOLERANCE,
        "primal_feasibility_tolerance": TOLERANCE,
        "time_limit": effort.seconds,
    }


def _solution(solver: highspy.Highs) -> Solution:
    status, info = solver.getModelStatus(), solver.getInfo()
    stopped = {
        highspy.HighsModelStatus.kOptimal: Stopped.PROVEN,
        highspy.HighsModelStatus.kTimeLimit: Stopped.TIME,
    }.get(status, Stopped.WORK)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value, dtype=np.float64) if found else None
    bound = float(info.mip_dual_bound)
    return Solution(values, bound if np.isfinite(bound) else None, stopped)
