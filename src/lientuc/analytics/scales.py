"""Does a scale hang together, and what does each question of a test contribute?

Sources: Cronbach (1951), interval by Feldt (1965); Kuder and Richardson (1937), formula 20; the point-biserial is
corrected: the question itself is left out of the total it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
FEWEST_ITEMS = 2
FEWEST_FOR_DELETION = 3

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Internal consistency over complete rows; `if_deleted` in the order of items, empty for fewer than three."""

    alpha: float | None
    low: float | None
    high: float | None
    people: int
    left_out: int
    items: int
    if_deleted: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a test: the share who had it right, and how it goes with the rest (None where all or none had)."""

    answered: int
    difficulty: float | None
    point_biserial: float | None


def alpha(answers: Sequence[Sequence[float | None]]) -> Alpha:
    """Cronbach's alpha of people × items; people with a gap are left out and counted. KR-20 where items are 0 or 1."""
    complete = np.array([row for row in answers if all(value is not None for value in row)], dtype=float)
    items = len(answers[0]) if answers else 0
    people = len(complete)
    if people < 2 or items < FEWEST_ITEMS:
        return Alpha(None, None, None, people, len(answers) - people, items, ())
    value = _alpha(complete)
    low, high = _feldt(value, people, items)
    enough = items >= FEWEST_FOR_DELETION
    deleted = tuple(_alpha(np.delete(complete, item, axis=1)) for item in range(items)) if enough else ()
    return Alpha(value, low, high, people, len(answers) - people, items, deleted)


def questions(answers: Sequence[Sequence[bool | None]]) -> tuple[Question, ...]:
    """Each question of people × questions, right or wrong; an open answer is no answer, not a wrong one."""
    table = np.array([[np.nan if v is None else float(v) for v in row] for row in answers], dtype=float)
    return tuple(_question(table, item) for item in range(table.shape[1])) if table.size else ()


def _question(table: Matrix, item: int) -> Question:
    own = table[:, item]
    known = ~np.isnan(own)
    rest = np.nansum(np.delete(table, item, axis=1), axis=1)[known]
    own = own[known]
    if not len(own):
        return Question(0, None, None)
    together = len(own) > 2 and own.std() > 0 and rest.std() > 0
    return Question(len(own), float(own.mean()), float(np.corrcoef(own, rest)[0, 1]) if together else None)


def _alpha(table: Matrix) -> float | None:
    items = table.shape[1]
    total = table.sum(axis=1).var(ddof=1)
    if not total:
        return None
    return float(items / (items - 1) * (1 - table.var(axis=0, ddof=1).sum() / total))


def _feldt(value: float | None, people: int, items: int) -> tuple[float | None, float | None]:
    if value is None:
        return None, None
    first, second = people - 1, (people - 1) * (items - 1)
    upper = stats.f.ppf((1 + CONFIDENCE) / 2, first, second)
    lower = stats.f.ppf((1 - CONFIDENCE) / 2, first, second)
    return float(1 - (1 - value) * upper), float(1 - (1 - value) * lower)
