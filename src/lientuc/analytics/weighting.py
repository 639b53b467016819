"""Weights that make respondents look like the register they came from, and what that costs.

Raking (Deming and Stephan 1940) to the register's margins, weights trimmed, effective number by Kish (1965). Weighted
figures stand beside the unweighted ones, never instead of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

TRIM = 4.0
"""Weights above so many times the mean are cut to it."""
CLOSE = 1e-6
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per respondent (mean 1), the effective number, how many were trimmed, and whether margins were met.

    `empty` names categories of the register that nobody answered from: no weight can speak for them.
    """

    weights: tuple[float, ...]
    effective: float
    trimmed: int
    converged: bool
    empty: tuple[tuple[str, str], ...]


def rake(
    people: Sequence[Mapping[str, str]], margins: Mapping[str, Mapping[str, int]], *, trim: float = TRIM
) -> Weights:
    """Weights of `people` (category by stratum) for the register's counts `margins[stratum][category]`."""
    if not people:
        return Weights((), 0.0, 0, True, ())
    weights = np.ones(len(people))
    empty = tuple(
        (stratum, category)
        for stratum, counts in margins.items()
        for category, count in counts.items()
        if count and not any(person.get(stratum) == category for person in people)
    )
    masks = [_masks(people, stratum, counts) for stratum, counts in margins.items()]
    converged = not masks
    for _ in range(ROUNDS):
        before = weights.copy()
        for strata in masks:
            for mask, share in strata:
                weights[mask] *= share * len(people) / weights[mask].sum()
        if np.abs(weights - before).max() < CLOSE:
            converged = True
            break
    final = _trimmed(weights * len(people) / weights.sum(), trim)
    return Weights(
        weights=tuple(map(float, final)),
        effective=float(final.sum() ** 2 / (final**2).sum()),
        trimmed=int((weights > trim * weights.mean()).sum()),
        converged=converged,
        empty=empty,
    )


def _trimmed(weights: np.ndarray, trim: float) -> np.ndarray:
    """Weights of mean 1, none above `trim`: what is cut off is spread over the others."""
    for _ in range(ROUNDS):
        if weights.max() <= trim * (1 + CLOSE):
            break
        cut = weights >= trim
        free = len(weights) - trim * cut.sum()
        weights = np.where(cut, trim, weights * free / weights[~cut].sum())
    return weights


def weighted_share(marked: Sequence[bool], weights: Sequence[float]) -> float | None:
    """Share of marked people in per cent under the weights; None for nobody."""
    total = sum(weights)
    return 100 * sum(w for m, w in zip(marked, weights, strict=True) if m) / total if total else None


def _masks(
    people: Sequence[Mapping[str, str]], stratum: str, counts: Mapping[str, int]
) -> list[tuple[np.ndarray, float]]:
    """Who is in each category that somebody answered from, and its share among those categories of the register."""
    found = [(np.array([p.get(stratum) == category for p in people]), count) for category, count in counts.items()]
    found = [(mask, count) for mask, count in found if mask.any() and count]
    known = sum(mask.sum() for mask, _ in found) / len(people) if found else 0
    total = sum(count for _, count in found)
    return [(mask, known * count / total) for mask, count in found]
