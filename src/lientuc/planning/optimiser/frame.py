"""What the year model and the quarter model share: columns with worth and limits, rows with limits, the matrix by column.

x seats, y classes of an offering in a quarter, s1 the first and s2 the further persons of a need, f money of a source for
a signature (million đồng), z persons missing under a floor, k classes kept of a plan in hand. Each family of rows is one method with its formula.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .ground import Flags, Floats, Ground, Ints

Names = list[tuple[int, ...]]

AMPLE = 4.0
"""Money of a source for one signature is limited by the row of its budget; this finite limit only keeps bounds finite."""


@dataclass
class Rows:
    """Rows of a model as triplets, with the places of each family."""

    upper: list[Floats] = field(default_factory=list)
    families: dict[str, tuple[int, Names]] = field(default_factory=dict)
    parts: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    count: int = 0

    def add(self, family: str, names: Names, upper: Floats | float) -> int:
        """New rows of a family; returns the first row's place."""
        start = self.count
        self.families[family] = (start, names)
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (len(names),)).copy())
        self.count += len(names)
        return start

    def fill(self, row: Ints, column: Ints, factor: Floats | float) -> None:
        """Entries of the matrix."""
        factor = np.broadcast_to(np.asarray(factor, dtype=float), row.shape)
        kept = factor != 0
        self.parts.append((row[kept], column[kept], factor[kept]))


class Frame:
    """Columns and the families of rows that do not ask when a seat is taken.

    `most` classes by offering and quarter: slots with none are left out. Seat column k belongs to pair `seat_pair[k]`; seats stand first, then y, s1, s2, f, z, k from the places of those names.
    """

    def __init__(self, ground: Ground, most: Ints, seat_pair: Ints, seat_least: Ints, seat_most: Floats) -> None:
        self.ground, self.most = ground, most
        self.seat_pair, self.seats = seat_pair, len(seat_pair)
        self.rows = Rows()
        self._columns()
        self._limits(seat_least, seat_most)

    def close(self) -> None:
        """No more rows: put the matrix together, by column. Rows of kept classes stand last."""
        self._kept_classes()
        self.row_upper = np.concatenate(self.rows.upper)
        start, names = self.rows.families["need"]
        place = np.arange(self.rows.count)
        self.is_need: Flags = (place >= start) & (place < start + len(names))
        self.row_lower = np.where(self.is_need, self.row_upper, -np.inf)
        row, column, factor = (np.concatenate([part[k] for part in self.rows.parts]) for k in range(3))
        order = np.argsort(column, kind="stable")
        self.a_row, self.a_column, self.a_factor = row[order], column[order], factor[order]
        self.a_start = np.searchsorted(self.a_column, np.arange(len(self.upper) + 1))

    def _columns(self) -> None:
        ground = self.ground
        self.slot_offering, self.slot_quarter = np.nonzero(self.most > 0)
        self.slot_at = np.full(ground.most.shape, -1)
        self.needs = np.unique(ground.p_need[self.seat_pair])
        self.more = self.needs[ground.persons[self.needs] > 1]
        used = sorted({*ground.p_signature[self.seat_pair].tolist(), *ground.o_signature[self.slot_offering].tolist()})
        self.used = [number for number in used if ground.signatures[number]]
        money = [(number, source) for number in self.used for source in ground.signatures[number]]
        self.f_signature, self.f_source = (np.array([each[k] for each in money], dtype=np.int64) for k in (0, 1))
        self.floors = ground.floors()
        self.floored = [np.flatnonzero(persons > 0) for persons, _ in self.floors]
        self.kept = np.flatnonzero(ground.in_hand[self.slot_offering, self.slot_quarter] > 0)
        short = sum(len(units) for units in self.floored)
        sizes = (self.seats, len(self.slot_offering), len(self.needs), len(self.more), len(money), short)
        self.y, self.s1, self.s2, self.f, self.z, self.k = (int(each) for each in np.cumsum(sizes))
        self.slot_at[self.slot_offering, self.slot_quarter] = self.y + np.arange(len(self.slot_offering))

    def _limits(self, seat_least: Ints, seat_most: Floats) -> None:
        ground = self.ground
        slot = self.slot_offering, self.slot_quarter
        budgets = ground.budgets_million()
        short = [persons[units] for (persons, _), units in zip(self.floors, self.floored, strict=True)]
        penalty = [np.full(len(units), -rule[1]) for rule, units in zip(self.floors, self.floored, strict=True)]
        self.upper = np.concatenate(
            [
                seat_most,
                self.most[slot],
                np.ones(len(self.needs)),
                ground.persons[self.more] - 1.0,
                AMPLE * budgets[self.f_source],
                *short,
                ground.in_hand[slot][self.kept],
            ]
        ).astype(float)
        self.lower = np.zeros(len(self.upper))
        self.lower[: self.seats] = seat_least
        self.lower[self.y : self.s1] = ground.least[slot]
        self.worth = np.concatenate(
            [
                ground.p_worth[self.seat_pair],
                ground.class_worth()[self.slot_offering],
                ground.first[self.needs],
                ground.rest[self.more],
                np.zeros(len(self.f_source)),
                *penalty,
                np.full(len(self.kept), ground.problem.policy.change_penalty),
            ]
        )

    def add_needs(self) -> None:
        """Σ x − s1 − s2 = 0"""
        start = self.rows.add("need", [(int(each),) for each in self.needs], 0.0)
        at = np.full(len(self.ground.persons), -1)
        at[self.needs] = start + np.arange(len(self.needs))
        self.rows.fill(at[self.ground.p_need[self.seat_pair]], np.arange(self.seats), 1.0)
        self.rows.fill(at[self.needs], self.s1 + np.arange(len(self.needs)), -1.0)
        self.rows.fill(at[self.more], self.s2 + np.arange(len(self.more)), -1.0)

    def add_provider_days(self) -> None:
        """Σ days y ≤ class days, and likewise away from home, a provider and quarter"""
        ground, slots = self.ground, np.arange(self.y, self.s1)
        place = ground.o_provider[self.slot_offering] * ground.quarters + self.slot_quarter
        names = [(v, t) for v in range(len(ground.provider_days)) for t in range(ground.quarters)]
        days = ground.days[self.slot_offering]
        start = self.rows.add("class_days", names, ground.provider_days.reshape(-1))
        self.rows.fill(start + place, slots, days)
        start = self.rows.add("far_days", names, ground.far_days.reshape(-1))
        self.rows.fill(start + place, slots, days * ground.far[self.slot_offering])

    def add_money(self) -> None:
        """Σ cost of a signature ≤ Σ f of its sources; Σ f of a source ≤ its budget"""
        ground, funds = self.ground, self.f + np.arange(len(self.f_source))
        at = np.full(len(ground.signatures), -1)
        at[self.used] = self.rows.add("money", [(number,) for number in self.used], 0.0) + np.arange(len(self.used))
        payer = at[ground.p_signature[self.seat_pair]]
        paid = np.flatnonzero(payer >= 0)
        self.rows.fill(payer[paid], paid, ground.p_million[self.seat_pair[paid]])
        row = at[ground.o_signature[self.slot_offering]]
        paid = np.flatnonzero(row >= 0)
        self.rows.fill(row[paid], self.y + paid, ground.class_million()[self.slot_offering[paid]])
        self.rows.fill(at[self.f_signature], funds, -1.0)
        names = [(place,) for place in range(len(ground.problem.sources))]
        start = self.rows.add("budget", names, ground.budgets_million())
        self.rows.fill(start + self.f_source, funds, 1.0)

    def add_floors(self) -> None:
        """−Σ x − z ≤ −floor"""
        ground, column = self.ground, self.z
        unit = ground.n_unit[ground.p_need[self.seat_pair]]
        for number, ((persons, _), units) in enumerate(zip(self.floors, self.floored, strict=True)):
            start = self.rows.add(f"floor{number}", [(int(each),) for each in units], -persons[units])
            at = np.full(len(persons), -1)
            at[units] = start + np.arange(len(units))
            inside = np.flatnonzero(at[unit] >= 0)
            self.rows.fill(at[unit[inside]], inside, -1.0)
            self.rows.fill(at[units], column + np.arange(len(units)), -1.0)
            column += len(units)

    def _kept_classes(self) -> None:
        """k ≤ y"""
        names = [
            (int(o), int(t)) for o, t in zip(self.slot_offering[self.kept], self.slot_quarter[self.kept], strict=True)
        ]
        row = self.rows.add("kept", names, 0.0) + np.arange(len(names))
        self.rows.fill(row, self.k + np.arange(len(names)), 1.0)
        self.rows.fill(row, self.y + self.kept, -1.0)
