"""Which cells to hide over all tables of one audience together, so that no small count follows from what stays.

A reader sees every cell that is not hidden and knows which cells add up to which: margins of a table, tables of nested
filters, the people a question concerned. A small count is safe when at least two whole numbers are possible for it, for
a reader who assumes nothing of hidden cells, for one who takes them to be at least 1, and for one who takes them all to
be below the threshold. What is hidden besides (complementary) is the smallest neighbour in a sum that gives it away.
Thresholds live in `disclosure`. Source: cell suppression by the attacker's feasible range (Fischetti and Salazar 2001).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from .disclosure import Thresholds, is_small

Place = tuple[str, ...]
"""The name of a published count, for example a table, a row and a column."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A published fact: the count at `total` is the sum of the counts at `parts`."""

    total: Place
    parts: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Everything in it."""
        return (self.total, *self.parts)


def hidden_places(
    counts: Mapping[Place, int],
    sums: Sequence[Sum],
    thresholds: Thresholds,
    *,
    printed: Collection[Place] = frozenset(),
) -> frozenset[Place]:
    """The places to hide: every small count, and what would give one back; those `printed` stay, whatever they are.

    A count once safe stays safe when more is hidden, and one solution that differs from the truth proves every count
    it moves; so each is looked at few times.
    """
    sensitive = {place for place, count in counts.items() if is_small(count, thresholds) and place not in printed}
    hidden, safe = set(sensitive), set[tuple[Place, int]]()
    by_place: dict[Place, list[Sum]] = defaultdict(list)
    for one in sums:
        for place in one.places:
            by_place[place].append(one)
    waiting = sorted(sensitive)
    while waiting:
        group = _component(waiting[-1], hidden, by_place)
        if _is_safe(waiting[-1], group, hidden, counts, by_place, thresholds, safe):
            waiting.pop()
            continue
        more = _neighbour(waiting[-1], group, hidden | set(printed), counts, by_place)
        if more is None:
            waiting.pop()
        else:
            hidden.add(more)
    return frozenset(hidden)


def possible_values(
    place: Place,
    counts: Mapping[Place, int],
    sums: Sequence[Sum],
    hidden: Collection[Place],
    *,
    least: int = 0,
    most: int | None = None,
) -> tuple[int, int] | None:
    """Smallest and largest whole number a reader must think possible; None where the assumption contradicts the sums."""
    unknown = sorted(hidden)
    system = _system(unknown, [one for one in sums if set(one.places) & set(hidden)], counts, frozenset(hidden))
    ends = [_extreme(system, unknown.index(place), least, most, sign) for sign in (1, -1)]
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def _component(start: Place, hidden: Collection[Place], by_place: Mapping[Place, Sequence[Sum]]) -> set[Place]:
    """Hidden places that hang together through sums."""
    found, edge = {start}, [start]
    while edge:
        for one in by_place[edge.pop()]:
            new = [place for place in one.places if place in hidden and place not in found]
            found.update(new)
            edge.extend(new)
    return found


def _is_safe(
    place: Place,
    group: set[Place],
    hidden: set[Place],
    counts: Mapping[Place, int],
    by_place: Mapping[Place, Sequence[Sum]],
    thresholds: Thresholds,
    safe: set[tuple[Place, int]],
) -> bool:
    """Whether more than one number is possible for a hidden count, for each reader; proofs are noted in `safe`."""
    if any(all(other not in hidden for other in one.places if other != place) for one in by_place[place]):
        return False
    sums = list({id(one): one for near in group for one in by_place[near]}.values())
    unknown = sorted(group)
    system: System | None = None
    for reader, (least, most) in enumerate(_readers(group, counts, thresholds)):
        if (place, reader) in safe:
            continue
        system = system or _system(unknown, sums, counts, frozenset(hidden))
        moved = _moved(system, unknown, place, counts, least, most)
        safe |= {(other, reader) for other in moved}
        if place not in moved:
            return False
    return True


def _readers(
    group: set[Place], counts: Mapping[Place, int], thresholds: Thresholds
) -> Iterator[tuple[int, int | None]]:
    """What a reader may assume of hidden counts, where the assumption is true: nothing, not zero, all small."""
    yield 0, None
    if all(counts[place] >= 1 for place in group):
        yield 1, None
    if all(is_small(counts[place], thresholds) for place in group):
        yield 1, thresholds.counts_from - 1


System = tuple[np.ndarray, np.ndarray]


def _system(
    unknown: Sequence[Place], sums: Sequence[Sum], counts: Mapping[Place, int], hidden: frozenset[Place]
) -> System:
    """Total minus parts is zero, the shown counts moved to the right."""
    index = {place: column for column, place in enumerate(unknown)}
    matrix = np.zeros((len(sums), len(unknown)))
    right = np.zeros(len(sums))
    for row, one in enumerate(sums):
        for place, sign in ((one.total, 1), *((part, -1) for part in one.parts)):
            if place in hidden:
                matrix[row, index[place]] += sign
            else:
                right[row] -= sign * counts[place]
    return matrix, right


def _moved(
    system: System, unknown: Sequence[Place], place: Place, counts: Mapping[Place, int], least: int, most: int | None
) -> set[Place]:
    """Places to which possible solutions, found by pushing `place` down and up, give another number."""
    found: set[Place] = set()
    for sign in (1, -1):
        solution = _solution(system, unknown.index(place), least, most, sign)
        if solution is not None:
            found |= {name for name, value in zip(unknown, solution, strict=True) if value != counts[name]}
        if place in found:
            break
    return found


def _extreme(system: System, column: int, least: int, most: int | None, sign: int) -> int | None:
    """The smallest (sign 1) or largest (sign −1) possible number; a very large one stands for no limit."""
    solution = _solution(system, column, least, most, sign)
    return None if solution is None else solution[column]


def _solution(system: System, column: int, least: int, most: int | None, sign: int) -> list[int] | None:
    """Whole numbers that satisfy every sum, one of them as small or as large as can be."""
    matrix, right = system
    cost = np.zeros(matrix.shape[1])
    cost[column] = sign
    limit = float(np.abs(right).sum()) + matrix.shape[1] + 10
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, right, right),
        bounds=Bounds(least, limit if most is None else most),
        integrality=np.ones(matrix.shape[1]),
    )
    return None if found.x is None else [round(float(value)) for value in found.x]


def _neighbour(
    place: Place,
    group: set[Place],
    hidden: set[Place],
    counts: Mapping[Place, int],
    by_place: Mapping[Place, Sequence[Sum]],
) -> Place | None:
    """The shown place to hide next: in a sum of the place given away, else of its group; a zero only at last."""
    for near in ({place}, group):
        open_places = {p for one in _sums_of(near, by_place) for p in one.places if p not in hidden}
        if open_places:
            return min(open_places, key=lambda p: (counts[p] == 0, counts[p], p))
    return None


def _sums_of(places: Collection[Place], by_place: Mapping[Place, Sequence[Sum]]) -> Iterator[Sum]:
    for place in places:
        yield from by_place[place]
