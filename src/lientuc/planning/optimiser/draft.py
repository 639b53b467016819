"""A plan while it grows, as arrays: what is used of every limit, and how many more persons each seat can still take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ground import NO_LIMIT, Floats, Ground, Ints
from .money import Purse

EPSILON = 1e-6


@dataclass(frozen=True)
class Slot:
    """An offering in a quarter with the pairs that could sit there."""

    offering: int
    quarter: int
    pairs: Ints
    ruled: bool
    """Whether the programme has a prerequisite rule for somebody."""
    code: bytes
    """Equal for quarters open to the same pairs."""
    need: Ints
    unit: Ints
    persons: Ints
    together: Ints
    most: Ints
    """Seats of each pair in the quarter, whatever the classes."""


class Draft:
    """Classes and seats given so far. Adding keeps every limit but the smallest class size."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        shape = ground.open.shape
        self.classes = np.zeros(ground.most.shape, dtype=np.int64)
        self.seats = np.zeros(shape, dtype=np.int64)
        self.size = np.zeros(ground.most.shape, dtype=np.int64)
        self.got = np.zeros(len(ground.persons), dtype=np.int64)
        self.got_in = np.zeros((len(ground.persons), ground.quarters), dtype=np.int64)
        self.away = np.zeros(ground.away_limit.shape)
        self.days = np.zeros(ground.provider_days.shape)
        self.far = np.zeros(ground.provider_days.shape)
        self.purse = Purse(source.budget_vnd for source in ground.problem.sources)
        self.short = [(persons.copy(), penalty) for persons, penalty in ground.floors()]
        self._slots: dict[tuple[int, int], Slot] = {}

    def slot(self, offering: int, quarter: int) -> Slot:
        """The slot with its pairs, made once."""
        key = offering, quarter
        if key not in self._slots:
            self._slots[key] = _slot(self.ground, offering, quarter)
        return self._slots[key]

    def room(self, slot: Slot, more_classes: int = 0) -> Ints:
        """Persons each pair of the slot can still take in the classes there are and `more_classes` more, money apart."""
        ground, quarter = self.ground, slot.quarter
        classes = self.classes[slot.offering, quarter] + more_classes
        taken = self.seats[slot.pairs, quarter]
        room = np.minimum(slot.persons - self.got[slot.need], np.minimum(slot.together * classes, slot.most) - taken)
        if slot.ruled:
            room = np.minimum(room, self.room_by_prerequisite(slot.need, quarter))
        away = float(ground.away[slot.offering])
        if away > 0:
            spare = ground.away_limit[slot.unit, quarter] - self.away[slot.unit, quarter]
            room = np.minimum(room, ((spare + EPSILON) / away).astype(np.int64))
        return np.maximum(room, 0)

    def room_by_prerequisite(self, need: Ints, quarter: int) -> Ints:
        """Persons of these needs who will have the prerequisite in time, then and in every later quarter."""
        ground = self.ground
        before = ground.before[need]
        used = np.cumsum(self.got_in[need], axis=1)
        gained = np.where(before[:, None] >= 0, np.cumsum(self.got_in[before], axis=1), 0)
        gained = np.concatenate([np.zeros((len(need), 1), dtype=np.int64), gained[:, :-1]], axis=1)
        spare = ground.qualified[need][:, None] + gained - used
        return np.asarray(spare[:, quarter:].min(axis=1))

    def why_no_class(self, offering: int, quarter: int) -> str | None:
        """`class_quota` or `provider_days` where no further class fits; None where one does."""
        ground = self.ground
        days, place = ground.days[offering], (ground.o_provider[offering], quarter)
        if self.days[place] + days > ground.provider_days[place] + EPSILON:
            return "provider_days"
        if ground.far[offering] and self.far[place] + days > ground.far_days[place] + EPSILON:
            return "provider_days"
        return "class_quota" if self.classes[offering, quarter] >= ground.most[offering, quarter] else None

    def open_class(self, offering: int, quarter: int, count: int = 1) -> bool:
        """Open and pay classes; False where there is no money (the caller asked `why_no_class` first)."""
        ground = self.ground
        signature = ground.signatures[ground.o_signature[offering]]
        if not self.purse.pay(signature, int(ground.o_vnd[offering]) * count):
            return False
        self._count_classes(offering, quarter, count)
        return True

    def close_class(self, offering: int, quarter: int) -> None:
        """Take one class back, with its money."""
        ground = self.ground
        self.purse.give_back(ground.signatures[ground.o_signature[offering]], int(ground.o_vnd[offering]))
        self._count_classes(offering, quarter, -1)

    def add_seats(self, pair: int, quarter: int, persons: int) -> bool:
        """Give and pay seats; False where there is no money (the caller asked `room` first)."""
        ground = self.ground
        signature = ground.signatures[ground.p_signature[pair]]
        if not self.purse.pay(signature, int(ground.p_vnd[pair]) * persons):
            return False
        self._count_seats(pair, quarter, persons)
        return True

    def drop_seats(self, pair: int, quarter: int, persons: int) -> None:
        """Take seats back, with their money."""
        ground = self.ground
        self.purse.give_back(ground.signatures[ground.p_signature[pair]], int(ground.p_vnd[pair]) * persons)
        self._count_seats(pair, quarter, -persons)

    def seat_values(self, pairs: Ints) -> tuple[Floats, Floats]:
        """What the next person of each pair is worth, and a further one after that: weight, mode, floors and cost."""
        ground = self.ground
        need = ground.p_need[pairs]
        plain = ground.p_worth[pairs]
        unit = ground.n_unit[need]
        for short, penalty in self.short:
            plain = plain + penalty * np.minimum(np.maximum(short[unit], 0.0), 1.0)
        rest = ground.rest[need] + plain
        return np.where(self.got[need] == 0, ground.first[need] + plain, rest), rest

    def _count_classes(self, offering: int, quarter: int, count: int) -> None:
        ground = self.ground
        days, place = ground.days[offering] * count, (ground.o_provider[offering], quarter)
        self.classes[offering, quarter] += count
        self.days[place] += days
        self.far[place] += days * ground.far[offering]

    def _count_seats(self, pair: int, quarter: int, persons: int) -> None:
        ground = self.ground
        need, offering = ground.p_need[pair], ground.p_offering[pair]
        unit = ground.n_unit[need]
        self.seats[pair, quarter] += persons
        self.size[offering, quarter] += persons
        self.got[need] += persons
        self.got_in[need, quarter] += persons
        self.away[unit, quarter] += persons * ground.away[offering]
        for short, _ in self.short:
            short[unit] -= persons


def _slot(ground: Ground, offering: int, quarter: int) -> Slot:
    pairs = ground.pairs_of[offering]
    pairs = pairs[ground.open[pairs, quarter]]
    need = ground.p_need[pairs]
    return Slot(
        offering=offering,
        quarter=quarter,
        pairs=pairs,
        ruled=bool((ground.qualified[need] < NO_LIMIT).any()),
        code=pairs.tobytes(),
        need=need,
        unit=ground.n_unit[need],
        persons=ground.persons[need],
        together=ground.together[pairs],
        most=ground.seat_most[pairs, quarter],
    )


def drafted(ground: Ground, classes: Ints, seats: Ints) -> Draft | None:
    """The draft of a finished plan; None where its money does not add up to the đồng."""
    draft = Draft(ground)
    for offering, quarter in zip(*np.nonzero(classes), strict=True):
        if not draft.open_class(int(offering), int(quarter), int(classes[offering, quarter])):
            return None
    for pair, quarter in zip(*np.nonzero(seats), strict=True):
        if not draft.add_seats(int(pair), int(quarter), int(seats[pair, quarter])):
            return None
    return draft
