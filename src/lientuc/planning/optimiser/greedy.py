"""Best value for money first: the instant preview, the fall-back, and the last touch on every plan."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from lientuc.core.errors import Problem, refuse_if

from .draft import Draft, Slot
from .ground import Floats, Ground, Ints
from .locks import lock_not_kept
from .model import ClassLock, SeatLock

WORTHLESS = 1e-12
FREE = 1e-3
"""Million đồng added to every cost, so that free classes have an order too."""


@dataclass(frozen=True)
class Picks:
    """Who would sit in one more class: pairs with persons, best value for money first, and its value per million."""

    pairs: Ints
    persons: Ints
    score: float


def draw(ground: Ground) -> Draft:
    """A whole plan by best value per million; raises Refused where a lock cannot be kept this way."""
    draft = Draft(ground)
    refuse_if(_apply_locks(draft))
    grow(draft)
    refuse_if(_too_small(draft))
    return draft


def grow(draft: Draft) -> None:
    """Fill the classes there are and open those that pay best, until nothing fits.

    Money and days only shrink, so one round is enough, unless a class qualifies somebody for another.
    """
    qualifies = bool((draft.ground.before >= 0).any())
    _fill(draft)
    while _open_best(draft):
        _fill(draft)
        if not qualifies:
            return


def picks_for(draft: Draft, slot: Slot) -> Picks | None:
    """The best company for one more class of a slot; None where it would be too small or worth nothing."""
    ground = draft.ground
    classes = draft.classes[slot.offering, slot.quarter] + 1
    size = int(draft.size[slot.offering, slot.quarter])
    room = draft.room(slot, 1)
    first, rest = draft.seat_values(slot.pairs)
    keep = np.flatnonzero((room > 0) & (first > 0))
    least = max(1, int(ground.smallest[slot.offering] * classes) - size)
    space = int(ground.largest[slot.offering] * classes) - size
    if not len(keep) or int(room[keep].sum()) < least:
        return None
    pairs, room = slot.pairs[keep], room[keep]
    value = first[keep] + np.maximum(rest[keep], 0.0) * (room - 1)
    cost = ground.p_million[pairs] * room
    order = np.lexsort((pairs, -value / (cost + FREE)))
    return _best_prefix(draft, slot, (pairs[order], room[order], value[order], cost[order]), least, space)


def _best_prefix(
    draft: Draft, slot: Slot, ranked: tuple[Ints, Ints, Floats, Floats], least: int, space: int
) -> Picks | None:
    """As many of the ranked as pay best together, at least `least` and at most `space` persons."""
    pairs, room, value, cost = ranked
    total = np.cumsum(room)
    persons = np.minimum(np.maximum(space - (total - room), 0), room)
    part = persons / room
    seated = np.minimum(total, space)
    million = float(draft.ground.o_vnd[slot.offering]) / 1e6
    worth = np.cumsum(value * part) + draft.ground.class_worth()[slot.offering]
    score = np.where(seated >= least, worth / (np.cumsum(cost * part) + million + FREE), -np.inf)
    best = int(np.argmax(score))
    if score[best] <= WORTHLESS:
        return None
    taken = persons[: best + 1] > 0
    return Picks(pairs[: best + 1][taken], persons[: best + 1][taken], float(score[best]))


def try_class(draft: Draft, slot: Slot, picks: Picks) -> bool:
    """Open one more class with as many of `picks` as money allows; False leaves everything as it was."""
    before = draft.purse.copy()
    if not draft.open_class(slot.offering, slot.quarter):
        return False
    given = [
        (int(pair), _afford(draft, int(pair), slot, int(count)))
        for pair, count in zip(picks.pairs, picks.persons, strict=True)
    ]
    if missing_now(draft, slot) == 0 and any(count for _, count in given):
        return True
    for pair, count in given:
        if count:
            draft.drop_seats(pair, slot.quarter, count)
    draft.close_class(slot.offering, slot.quarter)
    draft.purse = before
    return False


def missing_now(draft: Draft, slot: Slot) -> int:
    """How many persons the classes of a slot lack for their smallest size."""
    place = slot.offering, slot.quarter
    return max(0, int(draft.ground.smallest[slot.offering] * draft.classes[place] - draft.size[place]))


def _afford(draft: Draft, pair: int, slot: Slot, persons: int) -> int:
    if draft.add_seats(pair, slot.quarter, persons):
        return persons
    given = 0
    while given < persons and draft.add_seats(pair, slot.quarter, 1):
        given += 1
    return given


def _fill(draft: Draft) -> None:
    """Seats in open classes, best value per million first; one pass, as nothing frees a seat."""
    found: list[tuple[float, int, int, int, Slot]] = []
    for offering, quarter in zip(*np.nonzero(draft.classes), strict=True):
        slot = draft.slot(int(offering), int(quarter))
        room = draft.room(slot)
        first, _ = draft.seat_values(slot.pairs)
        score = first / (draft.ground.p_million[slot.pairs] + FREE)
        for place in np.flatnonzero((room > 0) & (first > WORTHLESS)):
            found.append((-float(score[place]), int(slot.pairs[place]), slot.quarter, int(place), slot))
    for _, pair, quarter, place, slot in sorted(found, key=lambda each: each[:3]):
        room = min(int(draft.room(slot)[place]), _space(draft, slot))
        while room and draft.seat_values(slot.pairs[place : place + 1])[0][0] > WORTHLESS:
            if not draft.add_seats(pair, quarter, 1):
                break
            room -= 1


def _space(draft: Draft, slot: Slot) -> int:
    place = slot.offering, slot.quarter
    return int(draft.ground.largest[slot.offering] * draft.classes[place] - draft.size[place])


def _open_best(draft: Draft) -> int:
    """Open classes in order of value per million; an old score is only an upper guess, so it is taken again."""
    opened = 0
    heap = []
    for offering in np.flatnonzero((draft.ground.most > 0).any(axis=1)):
        found = _best_of(draft, int(offering))
        if found is not None:
            heap.append((-found[1].score, int(offering)))
    heapq.heapify(heap)
    while heap:
        _, offering = heapq.heappop(heap)
        found = _best_of(draft, offering)
        if found is None:
            continue
        behind = heap and found[1].score < -heap[0][0] - WORTHLESS
        if behind or try_class(draft, *found):
            opened += not behind
            heapq.heappush(heap, (-found[1].score, offering))
    return opened


def _best_of(draft: Draft, offering: int) -> tuple[Slot, Picks] | None:
    """The best class of an offering: of quarters open to the same persons only the one with most days left is tried."""
    ground = draft.ground
    quarters = np.flatnonzero(ground.most[offering] > 0)
    left = ground.provider_days[ground.o_provider[offering]] - draft.days[ground.o_provider[offering]]
    tried: set[bytes] = set()
    best: tuple[Slot, Picks] | None = None
    for quarter in sorted(quarters.tolist(), key=lambda each: (-left[each], each)):
        slot = draft.slot(offering, quarter)
        if slot.code in tried:
            continue
        picks = _picks_if_possible(draft, slot)
        if picks is None:
            continue
        tried.add(slot.code)
        if best is None or picks.score > best[1].score:
            best = slot, picks
    return best


def _picks_if_possible(draft: Draft, slot: Slot) -> Picks | None:
    if not len(slot.pairs) or draft.why_no_class(slot.offering, slot.quarter) is not None:
        return None
    ground = draft.ground
    signature = ground.signatures[ground.o_signature[slot.offering]]
    if sum(draft.purse.left) < int(ground.o_vnd[slot.offering]) or (not signature and ground.o_vnd[slot.offering]):
        return None
    return picks_for(draft, slot)


def _apply_locks(draft: Draft) -> list[Problem]:
    ground = draft.ground
    problems = [lock_not_kept(lock) for lock in ground.lost_locks]
    for lock in ground.problem.locks:
        slot = draft.slot(ground.offering_at[lock.offering], lock.quarter)
        kept = _keep_classes(draft, lock, slot) if isinstance(lock, ClassLock) else _keep_seats(draft, lock, slot)
        if not kept:
            problems.append(lock_not_kept(lock))
    return problems


def _keep_classes(draft: Draft, lock: ClassLock, slot: Slot) -> bool:
    while draft.classes[slot.offering, slot.quarter] < lock.at_least:
        if draft.why_no_class(slot.offering, slot.quarter) or not draft.open_class(slot.offering, slot.quarter):
            return False
    return True


def _keep_seats(draft: Draft, lock: SeatLock, slot: Slot) -> bool:
    need = draft.ground.need_at[lock.organisation, lock.programme]
    found = np.flatnonzero(draft.ground.p_need[slot.pairs] == need)
    if not len(found):
        return True  # named among the lost locks where it asks for a seat
    place, pair = int(found[0]), int(slot.pairs[found[0]])
    while draft.seats[pair, slot.quarter] < lock.at_least:
        room = min(int(draft.room(slot)[place]), _space(draft, slot))
        if room:
            if not draft.add_seats(pair, slot.quarter, min(room, lock.at_least - int(draft.seats[pair, slot.quarter]))):
                return False
        elif (
            draft.why_no_class(slot.offering, slot.quarter)
            or not draft.room(slot, 1)[place]
            or not draft.open_class(slot.offering, slot.quarter)
        ):
            return False
    return True


def _too_small(draft: Draft) -> list[Problem]:
    """Classes that only a lock keeps open and that lack persons."""
    offerings = draft.ground.problem.offerings
    found = []
    for offering, quarter in zip(*np.nonzero(draft.classes), strict=True):
        missing = missing_now(draft, draft.slot(int(offering), int(quarter)))
        if missing:
            values = {"offering": offerings[offering].id, "quarter": int(quarter), "missing": missing}
            found.append(Problem("planning.locked_class_too_small", "locks", values))
    return found
