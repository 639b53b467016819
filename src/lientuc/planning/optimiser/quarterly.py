"""The quarter model: seats and classes by quarter, every limit of a plan. Used with few pairs, or for small problems."""

from __future__ import annotations

import numpy as np

from .frame import Frame
from .ground import NO_LIMIT, Ground, Ints
from .lp import Solver, by_column, by_triplets


class QuarterModel(Frame):
    """One seat column a pair and quarter; `linked` False leaves the links for `add_links`, on demand."""

    def __init__(self, ground: Ground, pairs: Ints, most: Ints | None = None, *, linked: bool = True) -> None:
        most = ground.most if most is None else most
        held = most[ground.p_offering[pairs]] > 0
        row, quarter = np.nonzero(ground.open[pairs] & (ground.seat_most[pairs] > 0) & held)
        pair = pairs[row]
        seats = np.minimum(
            ground.seat_most[pair, quarter], ground.together[pair] * most[ground.p_offering[pair], quarter]
        )
        super().__init__(ground, most, pair, ground.seat_least[pair, quarter], seats.astype(float))
        self.seat_quarter = quarter
        self.seat_slot = self.slot_at[ground.p_offering[pair], quarter]
        self.add_needs()
        self._sizes()
        if linked:
            self._links()
        self._away()
        self.add_provider_days()
        self.add_money()
        self._prerequisites()
        self.add_floors()
        self.close()

    def solver(self, lower: np.ndarray, upper: np.ndarray, **options: bool | int | float | str) -> Solver:
        """The model with these limits of its columns, ready to run."""
        solver = Solver(**options)
        matrix = by_column(self.a_start, self.a_row, self.a_factor, np.arange(len(self.worth)))
        solver.take(self.worth, lower, upper, (self.row_lower, self.row_upper), matrix)
        return solver

    def add_links(self, solver: Solver, seats: Ints) -> None:
        """x ≤ together · y for these seats."""
        row = np.arange(len(seats))
        together = self.ground.together[self.seat_pair[seats]].astype(float)
        along, across = np.concatenate([row, row]), np.concatenate([seats, self.seat_slot[seats]])
        matrix = by_triplets(len(seats), along, across, np.concatenate([np.ones(len(seats)), -together]))
        solver.add_rows(np.full(len(seats), -np.inf), np.zeros(len(seats)), matrix)

    def _sizes(self) -> None:
        """Σ x ≤ M y; m y ≤ Σ x"""
        slots = np.arange(self.y, self.s1)
        names = [(int(o), int(t)) for o, t in zip(self.slot_offering, self.slot_quarter, strict=True)]
        for family, sign, size in (("largest", 1.0, self.ground.largest), ("smallest", -1.0, self.ground.smallest)):
            start = self.rows.add(family, names, 0.0)
            self.rows.fill(start + self.seat_slot - self.y, np.arange(self.seats), sign)
            self.rows.fill(start + slots - self.y, slots, -sign * size[self.slot_offering])

    def _links(self) -> None:
        """x ≤ together · y"""
        names = [(int(p), int(t)) for p, t in zip(self.seat_pair, self.seat_quarter, strict=True)]
        start, place = self.rows.add("link", names, 0.0), np.arange(self.seats)
        self.rows.fill(start + place, place, 1.0)
        self.rows.fill(start + place, self.seat_slot, -self.ground.together[self.seat_pair].astype(float))

    def _away(self) -> None:
        """Σ away days x ≤ packing · most away · working days, an organisation and quarter"""
        ground = self.ground
        names = [(u, t) for u in range(len(ground.most_away)) for t in range(ground.quarters)]
        start = self.rows.add("away", names, ground.away_limit.reshape(-1))
        row = start + ground.n_unit[ground.p_need[self.seat_pair]] * ground.quarters + self.seat_quarter
        self.rows.fill(row, np.arange(self.seats), ground.away[ground.p_offering[self.seat_pair]])

    def _prerequisites(self) -> None:
        """Σ x up to a quarter ≤ qualified + Σ x of the prerequisite in earlier quarters"""
        ground = self.ground
        bound = self.needs[ground.qualified[self.needs] < NO_LIMIT]
        names = [(int(need), t) for need in bound for t in range(ground.quarters)]
        start = self.rows.add("prerequisite", names, np.repeat(ground.qualified[bound], ground.quarters).astype(float))
        at = np.full(len(ground.persons), -1)
        at[bound] = start + ground.quarters * np.arange(len(bound))
        need = ground.p_need[self.seat_pair]
        for quarter in range(ground.quarters):
            used = np.flatnonzero((at[need] >= 0) & (self.seat_quarter <= quarter))
            self.rows.fill(at[need[used]] + quarter, used, 1.0)
        for place in bound[ground.before[bound] >= 0]:
            gained = np.flatnonzero(need == ground.before[place])
            for quarter in range(ground.quarters):
                earlier = gained[self.seat_quarter[gained] < quarter]
                self.rows.fill(np.full(len(earlier), at[place] + quarter), earlier, -1.0)
