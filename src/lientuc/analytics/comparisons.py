"""Do groups differ? Tests that fit counts and ranks, corrected for being many, honest about people of one unit.

Sources: Fisher's exact test for 2 × 2, chi-square otherwise, by 9,999 seeded shuffles where expected counts are below 5
(Cochran's rule); Kruskal and Wallis (1952) with epsilon squared; Holm (1979); whole units are shuffled where answers share
a unit (Gail et al. 1996), because people of one unit are not independent.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

SHUFFLES = 9_999
EXPECTED_FROM = 5
FEWEST_UNITS = 4
"""Units a side below which a comparison of units says nothing."""


class ComparedBy(StrEnum):
    """How two or more groups were compared."""

    FISHER = "fisher"
    CHI_SQUARE = "chi_square"
    SHUFFLED = "shuffled"
    KRUSKAL_WALLIS = "kruskal_wallis"
    UNITS_SHUFFLED = "units_shuffled"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The test, its p (None where there was nothing to test) and an effect size (Cramér's V or epsilon squared)."""

    test: ComparedBy
    p: float | None
    effect: float | None


def counts(table: Sequence[Sequence[int]], *, seed: int = 0) -> Comparison:
    """Groups × categories of counts."""
    cells = np.array(table, dtype=float)
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0] if cells.size else cells
    if cells.ndim != 2 or min(cells.shape) < 2:
        return Comparison(ComparedBy.NOT_TESTED, None, None)
    chi, p, _, expected = stats.chi2_contingency(cells, correction=False)
    effect = float((chi / (cells.sum() * (min(cells.shape) - 1))) ** 0.5)
    if cells.shape == (2, 2):
        return Comparison(ComparedBy.FISHER, float(stats.fisher_exact(cells).pvalue), effect)
    if (expected < EXPECTED_FROM).mean() <= 0.2 and expected.min() >= 1:
        return Comparison(ComparedBy.CHI_SQUARE, float(p), effect)
    return Comparison(ComparedBy.SHUFFLED, _shuffled(cells, float(chi), expected, seed), effect)


def ranks(groups: Sequence[Sequence[float]]) -> Comparison:
    """Ordered answers of two or more groups (Likert, counts, scores)."""
    filled = [np.asarray(group, dtype=float) for group in groups if len(group)]
    everybody = np.concatenate(filled) if filled else np.array([])
    if len(filled) < 2 or len(np.unique(everybody)) < 2:
        return Comparison(ComparedBy.NOT_TESTED, None, None)
    h, p = stats.kruskal(*filled)
    n = len(everybody)
    return Comparison(ComparedBy.KRUSKAL_WALLIS, float(p), float(h * (n + 1) / (n**2 - 1)))


def ranks_by_unit(
    values: Sequence[float], groups: Sequence[Hashable], units: Sequence[Hashable], *, seed: int = 0
) -> Comparison:
    """The same where people share a unit and the whole unit is in one group: unit means, units shuffled."""
    by_unit: dict[Hashable, list[float]] = {}
    side: dict[Hashable, Hashable] = {}
    for value, group, unit in zip(values, groups, units, strict=True):
        by_unit.setdefault(unit, []).append(value)
        if side.setdefault(unit, group) != group:
            raise ValueError(f"unit {unit!r} is in two groups")
    names = sorted({*side.values()}, key=str)
    codes = np.array([names.index(side[unit]) for unit in by_unit])
    means = stats.rankdata([float(np.mean(v)) for v in by_unit.values()])
    if len(names) < 2 or np.bincount(codes).min() < FEWEST_UNITS:
        return Comparison(ComparedBy.NOT_TESTED, None, None)
    observed = _between(means, codes, len(names))
    chance = np.random.default_rng(seed)
    larger = sum(_between(means, chance.permutation(codes), len(names)) >= observed - 1e-9 for _ in range(SHUFFLES))
    total = float(((means - means.mean()) ** 2).sum())
    return Comparison(ComparedBy.UNITS_SHUFFLED, (larger + 1) / (SHUFFLES + 1), observed / total if total else None)


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """p values of one family corrected by Holm, in their order; what was not tested does not count."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    found: list[float | None] = [None] * len(ps)
    highest = 0.0
    for rank, (p, place) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - rank)))
        found[place] = highest
    return tuple(found)


def _between(ranked: NDArray[np.float64], codes: NDArray[np.int64], groups: int) -> float:
    """Sum of squares between groups."""
    sums = np.bincount(codes, weights=ranked, minlength=groups)
    sizes = np.bincount(codes, minlength=groups)
    return float((sums**2 / sizes).sum() - ranked.sum() ** 2 / len(ranked))


def _shuffled(cells: NDArray[np.float64], chi: float, expected: NDArray[np.float64], seed: int) -> float:
    """p of chi-square over tables of the same margins."""
    chance = np.random.default_rng(seed)
    whole = cells.astype(int)
    tables = stats.random_table(whole.sum(axis=1), whole.sum(axis=0)).rvs(SHUFFLES, random_state=chance)
    drawn = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((np.count_nonzero(drawn >= chi - 1e-9) + 1) / (SHUFFLES + 1))
