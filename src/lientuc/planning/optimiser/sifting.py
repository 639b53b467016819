"""Solve the year model with few of its columns and links: price the others, add what helps, until the bound stands still."""

from __future__ import annotations

import numpy as np

from .bound import RowPrices, bound_of, reduced_worth
from .ground import Floats, Ints
from .lp import Matrix, Solver, by_column
from .model import ClassLock, SeatLock
from .year import YearModel

CHEAPEST = 3
"""Offerings of each need in the first round."""
MOST_COLUMNS = 15_000
MOST_ROUNDS = 30
STILL = 1e-5
"""Relative change of the bound below which a round has brought nothing."""
FEW_PAIRS = 50_000
"""Up to so many pairs rounds cost little, and three without gain end the solving; beyond, one does."""
EPSILON = 1e-7
WISH = 1e4


class Impossible(Exception):
    """The locks ask for more than money, time and staff allow."""

    def __init__(self, locks: list[ClassLock | SeatLock]) -> None:
        super().__init__(f"{len(locks)} locks")
        self.locks = locks


class Sifted:
    """The year model as far as it has been needed, with its solution."""

    values: np.ndarray
    value: float
    prices: RowPrices
    reduced: np.ndarray

    def __init__(self, model: YearModel, **options: float) -> None:
        self.model = model
        self.iterations = 0
        self.bound: float = np.inf
        self.value: float = 0.0
        self.values: Floats = np.zeros(len(model.worth))
        self.reduced: Floats = np.zeros(len(model.worth))
        self.prices: RowPrices = RowPrices(np.zeros(model.rows.count), np.zeros(model.pairs))
        self.proof: RowPrices = self.prices
        self.linked = np.zeros(model.pairs, dtype=bool)
        self.links = np.zeros(0, dtype=np.int64)
        first = _first_pairs(model)
        others = np.arange(model.pairs, len(model.worth))
        self.columns = np.concatenate([others, first])
        self.place = np.full(len(model.worth), -1)
        self.place[self.columns] = np.arange(len(self.columns))
        self.solver = Solver(**options)
        self.solver.take(*self._of(self.columns), (model.row_lower, model.row_upper), self._matrix(self.columns))

    def solve(self) -> None:
        """Rounds of solving, pricing and linking; afterwards `bound`, `prices`, `values` and `value` stand."""
        patience = 3 if self.model.pairs <= FEW_PAIRS else 1
        for _ in range(MOST_ROUNDS):
            self._run()
            before, fresh_bound = self.bound, bound_of(self.model, self.prices)
            if fresh_bound < self.bound:
                self.bound, self.proof = fresh_bound, self.prices
            fresh, broken = self._worth_adding(), self._broken_links()
            patience -= before - self.bound < STILL * abs(self.bound)
            if not patience or (not len(fresh) and not len(broken)):
                return
            self._add(fresh)
            self._link(broken)

    def move_row(self, row: int, limit: float) -> None:
        """Give a row another limit for good."""
        self.model.row_upper[row] = limit
        self.solver.limit_row(row, -np.inf, limit)

    def settle(self) -> None:
        """Go on until no column and no link is missing: prices at the last digits, for which no patience is spared."""
        for _ in range(MOST_ROUNDS):
            self._run()
            fresh, broken = self._worth_adding(), self._broken_links()
            if not len(fresh) and not len(broken):
                return
            self._add(fresh)
            self._link(broken)

    def value_with(self, row: int, limit: float, *, settle: bool) -> float | None:
        """The value with another limit of one row; None where locks then cannot be kept.

        The solution in hand stays; columns and links that the other one took stay too.
        """
        kept = self.values, self.value, self.prices, self.reduced
        self.solver.limit_row(row, -np.inf, limit)
        found: float | None = None
        if self.solver.run().values is not None:
            self.settle() if settle else self._run()
            found = self.value
        self.solver.limit_row(row, -np.inf, float(self.model.row_upper[row]))
        self.values, self.value, self.prices, self.reduced = kept
        return found

    def _run(self) -> None:
        answer = self.solver.run()
        if answer.values is None:
            raise Impossible(self._locks_lacking())
        self.iterations += answer.iterations
        self.value = self.solver.value()
        self.values = np.zeros(len(self.model.worth))
        self.values[self.columns] = answer.values
        prices = self.solver.row_prices()
        links = np.zeros(self.model.pairs)
        links[self.links] = prices[self.model.rows.count :]
        self.prices = RowPrices(prices[: self.model.rows.count], links)
        self.reduced = reduced_worth(self.model, self.prices)

    def _locks_lacking(self) -> list[ClassLock | SeatLock]:
        """The locks that cannot be kept together: those that stay short where each is wished for, none demanded."""
        model, wished = self.model, np.flatnonzero(self.model.lower > 0)
        columns, asked = self.place[wished], model.lower[wished]
        self.solver.limit(columns, np.zeros(len(wished)), asked)
        self.solver.reward(columns, np.full(len(wished), WISH))
        answer = self.solver.run()
        if answer.values is None:
            raise ArithmeticError(f"year model: {answer.status}")
        short = {int(each) for each in wished[answer.values[columns] < asked - 1e-6]}
        return [lock for lock in model.ground.problem.locks if lock.at_least > 0 and self._column(lock) in short]

    def _column(self, lock: ClassLock | SeatLock) -> int:
        model, ground = self.model, self.model.ground
        offering = ground.offering_at[lock.offering]
        if isinstance(lock, ClassLock):
            return int(model.slot_at[offering, lock.quarter])
        need = ground.need_at[lock.organisation, lock.programme]
        pairs = ground.pairs_of[offering]
        return int(pairs[ground.p_need[pairs] == need][0])

    def _worth_adding(self) -> Ints:
        outside = np.flatnonzero((self.place[: self.model.pairs] < 0) & (self.reduced[: self.model.pairs] > EPSILON))
        best = np.argsort(-self.reduced[outside], kind="stable")[:MOST_COLUMNS]
        return outside[np.sort(best)]

    def _broken_links(self) -> Ints:
        """Active pairs without a link row that would break it."""
        model, ground = self.model, self.model.ground
        active = np.flatnonzero(
            (self.place[: model.pairs] >= 0) & ~self.linked & (self.values[: model.pairs] > EPSILON)
        )
        slots = model.slot_at[ground.p_offering[active]]
        classes = np.where((slots >= 0) & ground.open[active], self.values[slots], 0.0).sum(axis=1)
        return active[self.values[active] > ground.together[active] * classes + 1e-6]

    def _of(self, columns: Ints) -> tuple[Floats, Floats, Floats]:
        return self.model.worth[columns], self.model.lower[columns], self.model.upper[columns]

    def _matrix(self, columns: Ints) -> Matrix:
        return by_column(self.model.a_start, self.model.a_row, self.model.a_factor, columns)

    def _add(self, pairs: Ints) -> None:
        self.place[pairs] = len(self.columns) + np.arange(len(pairs))
        self.columns = np.concatenate([self.columns, pairs])
        self.solver.add_columns(*self._of(pairs), self._matrix(pairs))

    def _link(self, pairs: Ints) -> None:
        """x ≤ together · Σ y in the window of the pair"""
        model, ground = self.model, self.model.ground
        slots = model.slot_at[ground.p_offering[pairs]]
        used = (slots >= 0) & ground.open[pairs]
        row, quarter = np.nonzero(used)
        along = np.concatenate([np.arange(len(pairs)), row])
        across = np.concatenate([self.place[pairs], self.place[slots[row, quarter]]])
        factor = np.concatenate([np.ones(len(pairs)), -ground.together[pairs][row].astype(float)])
        order = np.argsort(along, kind="stable")
        start = np.searchsorted(along[order], np.arange(len(pairs) + 1))
        most = np.zeros(len(pairs))
        self.solver.add_rows(np.full(len(pairs), -np.inf), most, Matrix(start, across[order], factor[order]))
        self.linked[pairs] = True
        self.links = np.concatenate([self.links, pairs])


def _first_pairs(model: YearModel) -> Ints:
    """The cheapest pairs of each need, and every pair that a lock asks for."""
    ground = model.ground
    share = ground.class_million()[ground.p_offering] / ground.largest[ground.p_offering]
    cost = ground.p_million + share - ground.p_worth
    order = np.lexsort((cost, ground.p_need))
    need = ground.p_need[order]
    rank = np.arange(len(order)) - np.searchsorted(need, need)
    chosen = np.zeros(model.pairs, dtype=bool)
    chosen[order[rank < CHEAPEST]] = True
    return np.flatnonzero(chosen | (model.lower[: model.pairs] > 0))
