"""A thin layer over HiGHS: arrays in, arrays out, one thread, a fixed seed, maximisation throughout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from .ground import Flags, Floats, Ints

SEED = 20260403
Status = highspy.HighsModelStatus


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix by columns or by rows: where each begins, places, factors."""

    start: Ints
    place: Ints
    factor: Floats


@dataclass(frozen=True, slots=True)
class Answer:
    """Column values (None: none found), the solver's bound, what ended it, and the simplex iterations it took."""

    values: Floats | None
    bound: float
    status: Any
    iterations: int


class Solver:
    """One HiGHS model that may grow. Rows and columns count from 0 in the order they were added."""

    def __init__(self, **options: bool | int | float | str) -> None:
        make: Any = highspy.Highs  # its constructor carries no types
        self.highs = make()
        plain = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": SEED}
        self.set(**(plain | options))

    def set(self, **options: bool | int | float | str) -> None:
        """Set options of HiGHS by name."""
        for name, value in options.items():
            if self.highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise ValueError(f"HiGHS knows no option {name} = {value!r}")

    def take(self, worth: Floats, lower: Floats, upper: Floats, rows: tuple[Floats, Floats], matrix: Matrix) -> None:
        """Start with these columns and rows; `matrix` by column."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(worth), len(rows[0])
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = worth, lower, upper
        lp.row_lower_, lp.row_upper_ = rows
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = matrix.start.astype(np.int32)
        lp.a_matrix_.index_ = matrix.place.astype(np.int32)
        lp.a_matrix_.value_ = matrix.factor
        self.highs.passModel(lp)

    def add_columns(self, worth: Floats, lower: Floats, upper: Floats, matrix: Matrix) -> None:
        """Further columns; `matrix` by column."""
        start, place = matrix.start[:-1].astype(np.int32), matrix.place.astype(np.int32)
        self.highs.addCols(len(worth), worth, lower, upper, len(place), start, place, matrix.factor)

    def add_rows(self, lower: Floats, upper: Floats, matrix: Matrix) -> None:
        """Further rows; `matrix` by row."""
        start, place = matrix.start[:-1].astype(np.int32), matrix.place.astype(np.int32)
        self.highs.addRows(len(lower), lower, upper, len(place), start, place, matrix.factor)

    def make_whole(self, columns: Ints) -> None:
        """Let these columns take whole numbers only."""
        kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
        self.highs.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)

    def limit(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Change limits of columns."""
        self.highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def reward(self, columns: Ints, worth: Floats) -> None:
        """Change the worth of columns."""
        self.highs.changeColsCost(len(columns), columns.astype(np.int32), worth)

    def limit_row(self, row: int, lower: float, upper: float) -> None:
        """Change the limits of one row."""
        self.highs.changeRowBounds(row, lower, upper)

    def start_from(self, values: Floats) -> None:
        """A known solution to begin a search with."""
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self.highs.setSolution(solution)

    def run(self) -> Answer:
        """Solve; the same calls give the same answer unless `time_limit` ends one."""
        self.highs.run()
        info = self.highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(self.highs.getSolution().col_value) if found else None
        return Answer(values, float(info.mip_dual_bound), self.highs.getModelStatus(), _iterations(info))

    def row_ranges(self) -> tuple[Floats, Floats]:
        """How far each row's limit may fall and rise without a change of prices."""
        _, ranging = self.highs.getRanging()
        return np.array(ranging.row_bound_dn.value_), np.array(ranging.row_bound_up.value_)

    def value(self) -> float:
        """The worth of the last solution."""
        return float(self.highs.getInfo().objective_function_value)

    def row_prices(self) -> Floats:
        """What one more unit of each row's limit is worth; at least 0 for ≤ rows of a solved model."""
        return np.array(self.highs.getSolution().row_dual)


def by_column(start: Ints, place: Ints, factor: Floats, chosen: Ints) -> Matrix:
    """The chosen columns of a matrix by column."""
    counts = start[chosen + 1] - start[chosen]
    begins = np.concatenate([[0], np.cumsum(counts)])
    inside = np.arange(begins[-1]) - np.repeat(begins[:-1], counts) + np.repeat(start[chosen], counts)
    return Matrix(begins, place[inside], factor[inside])


def by_triplets(count: int, along: Ints, across: Ints, factor: Floats) -> Matrix:
    """A matrix from triplets, sorted along its `count` columns (or rows)."""
    order = np.argsort(along, kind="stable")
    return Matrix(np.searchsorted(along[order], np.arange(count + 1)), across[order], factor[order])


def whole(values: Floats, columns: Ints, tolerance: float = 1e-6) -> Flags:
    """Which of these columns have whole values."""
    chosen = values[columns]
    return np.asarray(np.abs(chosen - np.round(chosen)) < tolerance)


def solver_version() -> str:
    """The version of HiGHS."""
    make: Any = highspy.Highs
    return str(make().version())


def _iterations(info: Any) -> int:
    return max(0, int(info.simplex_iteration_count))
