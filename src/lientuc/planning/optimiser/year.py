"""The year model: classes by quarter, seats by year. It leaves out what only a calendar decides, so its bound holds for all.

Rows are ≤ but for `need`. Links (x ≤ together · Σ y in its window) are so many that they stand apart: see `bound`.
"""

from __future__ import annotations

import numpy as np

from .frame import Frame
from .ground import NO_LIMIT, Ground


class YearModel(Frame):
    """One seat column a pair."""

    def __init__(self, ground: Ground) -> None:
        classes = ground.open * ground.most[ground.p_offering]
        most = np.minimum(ground.seat_most.sum(axis=1), ground.together * classes.sum(axis=1))
        most = np.minimum(ground.persons[ground.p_need], most).astype(float)
        super().__init__(ground, ground.most, np.arange(len(ground.p_need)), ground.seat_least.sum(axis=1), most)
        self.pairs = self.seats
        self.add_needs()
        self._sizes()
        self._windows()
        self._away()
        self.add_provider_days()
        self.add_money()
        self._prerequisites()
        self.add_floors()
        self.close()

    def _sizes(self) -> None:
        """Σ x ≤ M Σ y; m Σ y ≤ Σ x"""
        ground, slots = self.ground, np.arange(self.y, self.s1)
        offerings = np.unique(self.slot_offering)
        at = np.full(len(ground.o_vnd), -1)
        names = [(int(each),) for each in offerings]
        for family, sign, size in (("largest", 1.0, ground.largest), ("smallest", -1.0, ground.smallest)):
            at[offerings] = self.rows.add(family, names, 0.0) + np.arange(len(offerings))
            self.rows.fill(at[ground.p_offering], np.arange(self.pairs), sign)
            self.rows.fill(at[self.slot_offering], slots, -sign * size[self.slot_offering])

    def _windows(self) -> None:
        """Σ x of pairs that can use no other quarters ≤ M Σ y in those quarters"""
        ground = self.ground
        codes = ground.open @ (1 << np.arange(ground.quarters))
        whole = (ground.most > 0) @ (1 << np.arange(ground.quarters))
        narrow = np.flatnonzero((codes != whole[ground.p_offering]) & (codes > 0))
        keys = np.unique(np.stack([ground.p_offering[narrow], codes[narrow]], axis=1), axis=0)
        start = self.rows.add("window", [(int(o), int(code)) for o, code in keys], 0.0)
        for place, (offering, code) in enumerate(keys):
            pairs = ground.pairs_of[offering]
            inside = pairs[(codes[pairs] & ~code) == 0]
            self.rows.fill(np.full(len(inside), start + place), inside, 1.0)
            slots = self.slot_at[offering, [t for t in range(ground.quarters) if code >> t & 1]]
            slots = slots[slots >= 0]
            self.rows.fill(np.full(len(slots), start + place), slots, -float(ground.largest[offering]))

    def _away(self) -> None:
        """Σ away days x ≤ packing · most away · working days, an organisation and year"""
        ground = self.ground
        units = np.unique(ground.n_unit[ground.p_need])
        start = self.rows.add("away", [(int(each),) for each in units], ground.away_limit.sum(axis=1)[units])
        at = np.zeros(len(ground.most_away), dtype=np.int64)
        at[units] = start + np.arange(len(units))
        self.rows.fill(at[ground.n_unit[ground.p_need]], np.arange(self.pairs), ground.away[ground.p_offering])

    def _prerequisites(self) -> None:
        """Σ x ≤ qualified + Σ x of the prerequisite that could be finished before the last quarter of the need"""
        ground = self.ground
        bound = self.needs[ground.qualified[self.needs] < NO_LIMIT]
        start = self.rows.add("prerequisite", [(int(each),) for each in bound], ground.qualified[bound].astype(float))
        starts = np.searchsorted(ground.p_need, np.arange(len(ground.persons) + 1))
        last = np.where(ground.open, np.arange(ground.quarters), -1).max(axis=1, initial=-1)
        first = np.where(ground.open, np.arange(ground.quarters), ground.quarters).min(axis=1, initial=ground.quarters)
        for place, need in enumerate(bound):
            own = np.arange(starts[need], starts[need + 1])
            self.rows.fill(np.full(len(own), start + place), own, 1.0)
            before = ground.before[need]
            if before >= 0:
                earlier = np.arange(starts[before], starts[before + 1])
                earlier = earlier[first[earlier] < last[own].max(initial=-1)]
                self.rows.fill(np.full(len(earlier), start + place), earlier, -1.0)
