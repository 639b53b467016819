"""Best value for money first: the instant preview, the fall-back, and the last touch on every plan."""

from __future__ import annotations

import heapq

from lientuc.core.errors import Problem, refuse_if

from .model import ClassLock, SeatLock
from .options import Field, Option, Slot
from .sketch import Sketch

Picks = list[tuple[Option, int]]

WORTHLESS = 1e-12
FREE = 1e-3
"""Million đồng added to every cost, so that free classes have an order too."""


def draw(field: Field) -> Sketch:
    """A whole plan by best value per million; raises Refused where a lock cannot be kept this way."""
    sketch = Sketch(field)
    refuse_if(_apply_locks(sketch))
    grow(sketch)
    refuse_if(_too_small(sketch))
    return sketch


def grow(sketch: Sketch) -> None:
    """Fill the classes there are, open those that pay best, until nothing fits: a class may qualify for another."""
    while True:
        before = sum(sketch.got.values())
        _fill(sketch)
        _open_best(sketch)
        if sum(sketch.got.values()) == before:
            return


def picks_for(sketch: Sketch, slot: Slot) -> Picks:
    """Who would sit in one more class of a slot, heaviest first; too few for the smallest size gives who there are."""
    offering = sketch.field.problem.offerings[slot[0]]
    space = offering.largest * (sketch.classes[slot] + 1) - sketch.size[slot]
    candidates = [(option, sketch.room(option, 1)) for option in sketch.field.options_in.get(slot, ())]
    ranked = sorted(
        ((option, room) for option, room in candidates if room),
        key=lambda pair: (-sketch.seat_value(pair[0]), pair[0].vnd, pair[0].need),
    )
    picks: Picks = []
    for option, room in ranked:
        persons = min(room, space)
        if persons and sketch.seat_value(option) > 0:
            picks.append((option, persons))
            space -= persons
    return picks


def missing_persons(sketch: Sketch, slot: Slot, picks: Picks) -> int:
    """How many persons one more class of the slot would lack for its smallest size."""
    smallest = sketch.field.problem.offerings[slot[0]].smallest
    present = sketch.size[slot] + sum(persons for _, persons in picks)
    return max(0, smallest * (sketch.classes[slot] + 1) - present)


def try_class(sketch: Sketch, slot: Slot, picks: Picks) -> bool:
    """Open one more class with as many of `picks` as money allows; False leaves everything as it was."""
    before, given = sketch.purse.copy(), []
    if not sketch.open_class(slot):
        return False
    for option, persons in picks:
        count = _afford(sketch, option, persons)
        if count:
            given.append((option, count))
    if missing_persons_now(sketch, slot) == 0 and given:
        return True
    for option, count in given:
        sketch.drop_seats(option, count)
    sketch.close_class(slot)
    sketch.purse = before
    return False


def missing_persons_now(sketch: Sketch, slot: Slot) -> int:
    """How many persons the classes of a slot lack for their smallest size."""
    return max(0, sketch.field.problem.offerings[slot[0]].smallest * sketch.classes[slot] - sketch.size[slot])


def _afford(sketch: Sketch, option: Option, persons: int) -> int:
    if sketch.add_seats(option, persons):
        return persons
    given = 0
    while given < persons and sketch.add_seats(option, 1):
        given += 1
    return given


def _fill(sketch: Sketch) -> None:
    """Seats in open classes, best value per million first; one pass a class, as nothing frees a seat."""
    open_options = [
        option for slot, count in sketch.classes.items() if count for option in sketch.field.options_in.get(slot, ())
    ]
    ranked = sorted(
        open_options, key=lambda each: (-sketch.seat_value(each) / (each.vnd / 1e6 + FREE), each.need, each.slot)
    )
    for option in ranked:
        room = sketch.room(option)
        while room and sketch.seat_value(option) > WORTHLESS and sketch.add_seats(option, 1):
            room -= 1


def _open_best(sketch: Sketch) -> None:
    """Open classes in order of value per million; an old score is only an upper guess, so it is taken again."""
    heap = [(-score, slot) for slot in sorted(sketch.field.options_in) if (score := _score(sketch, slot)) > 0]
    heapq.heapify(heap)
    while heap:
        _, slot = heapq.heappop(heap)
        score = _score(sketch, slot)
        if score <= 0:
            continue
        if (heap and score < -heap[0][0] - WORTHLESS) or try_class(sketch, slot, picks_for(sketch, slot)):
            heapq.heappush(heap, (-score, slot))


def _score(sketch: Sketch, slot: Slot) -> float:
    if sketch.why_no_class(slot) is not None:
        return 0.0
    picks = picks_for(sketch, slot)
    if not picks or missing_persons(sketch, slot, picks):
        return 0.0
    class_vnd = sketch.field.problem.offerings[slot[0]].class_vnd
    vnd = class_vnd + sum(option.vnd * persons for option, persons in picks)
    value = sum(sketch.seat_value(option, already) for option, persons in picks for already in range(persons))
    value -= sketch.field.problem.policy.million_weight * class_vnd / 1e6
    return value / (vnd / 1e6 + FREE)


def _apply_locks(sketch: Sketch) -> list[Problem]:
    offering_at = {offering.id: place for place, offering in enumerate(sketch.field.problem.offerings)}
    problems = []
    for lock in sketch.field.problem.locks:
        slot = (offering_at[lock.offering], lock.quarter)
        kept = _keep_classes(sketch, lock, slot) if isinstance(lock, ClassLock) else _keep_seats(sketch, lock, slot)
        if not kept:
            problems.append(lock_not_kept(lock))
    return problems


def _keep_classes(sketch: Sketch, lock: ClassLock, slot: Slot) -> bool:
    while sketch.classes[slot] < lock.at_least:
        if sketch.why_no_class(slot) is not None or not sketch.open_class(slot):
            return False
    return True


def _keep_seats(sketch: Sketch, lock: SeatLock, slot: Slot) -> bool:
    place = sketch.field.need_at[lock.organisation, lock.programme]
    option = next((each for each in sketch.field.options_in.get(slot, ()) if each.need == place), None)
    if option is None:
        return lock.at_least == 0
    while sketch.seats[place, slot] < lock.at_least:
        missing = lock.at_least - sketch.seats[place, slot]
        persons = min(sketch.room(option), missing)
        if persons and not sketch.add_seats(option, persons):
            return False
        if not persons and (sketch.why_no_class(slot) or not sketch.room(option, 1) or not sketch.open_class(slot)):
            return False
    return True


def _too_small(sketch: Sketch) -> list[Problem]:
    """Classes that only a lock keeps open and that lack persons."""
    offerings = sketch.field.problem.offerings
    return [
        Problem(
            "planning.locked_class_too_small",
            "locks",
            {"offering": offerings[slot[0]].id, "quarter": slot[1], "missing": missing},
        )
        for slot in sorted(sketch.classes)
        if (missing := missing_persons_now(sketch, slot))
    ]


def lock_not_kept(lock: ClassLock | SeatLock) -> Problem:
    """The problem of a lock that money, time or staff does not allow."""
    values: dict[str, int | str] = {
        "offering": lock.offering,
        "quarter": lock.quarter,
        "at_least": lock.at_least,
    }
    if isinstance(lock, SeatLock):
        values |= {"organisation": lock.organisation, "programme": lock.programme}
    return Problem("planning.lock_not_kept", "locks", values)
