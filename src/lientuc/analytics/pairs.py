"""The same people before and after: only complete pairs count, and how many were left without a partner is said.

Sources: paired t test and Cohen's d for pairs with its interval (Cumming 2012); Wilcoxon signed ranks; McNemar's exact
test (Fagerland et al. 2013) with the odds ratio of changes; normalised gain (Hake 1998), shown beside the raw change only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95
SMALLEST = 2
"""Pairs below which no test is made."""

Value = float | None


@dataclass(frozen=True, slots=True)
class Change:
    """Scores of pairs: `difference` is after minus before with its 95 % interval; None where there are too few pairs.

    `effect` is Cohen's d of the differences with its interval, `gain` the mean share of what could still be gained.
    """

    pairs: int
    only_before: int
    only_after: int
    before: float | None = None
    after: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    t: float | None = None
    p_t: float | None = None
    p_wilcoxon: float | None = None
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """Pass or fail of pairs: who gained, who lost; `p` of McNemar's exact test, odds ratio of gaining to losing."""

    pairs: int
    only_before: int
    only_after: int
    both: int
    gained: int
    lost: int
    neither: int
    p: float | None
    odds_ratio: float | None
    low: float | None
    high: float | None


def change(before: Sequence[Value], after: Sequence[Value], *, highest: float | None = None) -> Change:
    """Scores of the same people twice, in the same order; `highest` is the best possible score, for the gain."""
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b is not None and a is not None]
    only_before = sum(b is not None and a is None for b, a in zip(before, after, strict=True))
    only_after = sum(b is None and a is not None for b, a in zip(before, after, strict=True))
    if len(pairs) < SMALLEST:
        return Change(len(pairs), only_before, only_after)
    first, second = np.array(pairs, dtype=float).T
    difference = second - first
    mean, sd = float(difference.mean()), float(difference.std(ddof=1))
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(pairs) - 1)) * sd / len(pairs) ** 0.5
    t, p = (mean / (sd / len(pairs) ** 0.5), _t_p(mean, sd, len(pairs))) if sd else (None, None)
    effect, low, high = _effect(mean, sd, len(pairs))
    return Change(
        pairs=len(pairs),
        only_before=only_before,
        only_after=only_after,
        before=float(first.mean()),
        after=float(second.mean()),
        difference=mean,
        low=mean - half,
        high=mean + half,
        t=t,
        p_t=p,
        p_wilcoxon=_wilcoxon(difference),
        effect=effect,
        effect_low=low,
        effect_high=high,
        gain=None if highest is None else _gain(first, second, highest),
    )


def passing(before: Sequence[bool | None], after: Sequence[bool | None]) -> Passing:
    """Pass or fail of the same people twice, in the same order."""
    both_known = [(b, a) for b, a in zip(before, after, strict=True) if b is not None and a is not None]
    gained = sum(a and not b for b, a in both_known)
    lost = sum(b and not a for b, a in both_known)
    both = sum(b and a for b, a in both_known)
    p = float(stats.binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else None
    ratio, low, high = _odds(gained, lost)
    return Passing(
        pairs=len(both_known),
        only_before=sum(b is not None and a is None for b, a in zip(before, after, strict=True)),
        only_after=sum(b is None and a is not None for b, a in zip(before, after, strict=True)),
        both=both,
        gained=gained,
        lost=lost,
        neither=len(both_known) - both - gained - lost,
        p=p,
        odds_ratio=ratio,
        low=low,
        high=high,
    )


def _t_p(mean: float, sd: float, n: int) -> float:
    return float(2 * stats.t.sf(abs(mean) / (sd / n**0.5), n - 1))


def _wilcoxon(difference: NDArray[np.float64]) -> float | None:
    """Signed ranks without the pairs that did not change; exact where there are no ties and at most 50 pairs."""
    moved = difference[difference != 0]
    if len(moved) < SMALLEST:
        return None
    exact = len(moved) <= 50 and len(np.unique(np.abs(moved))) == len(moved)
    return float(stats.wilcoxon(moved, method="exact" if exact else "approx", correction=not exact).pvalue)


def _effect(mean: float, sd: float, n: int) -> tuple[float | None, float | None, float | None]:
    if not sd:
        return None, None, None
    d = mean / sd
    half = float(stats.norm.ppf((1 + CONFIDENCE) / 2)) * (1 / n + d**2 / (2 * n)) ** 0.5
    return d, d - half, d + half


def _gain(first: NDArray[np.float64], second: NDArray[np.float64], highest: float) -> float | None:
    room = highest - first.mean()
    return float((second.mean() - first.mean()) / room) if room > 0 else None


def _odds(gained: int, lost: int) -> tuple[float | None, float | None, float | None]:
    """Gained over lost with the exact (Clopper–Pearson) interval; None where nobody lost."""
    if not gained + lost:
        return None, None, None
    interval = stats.binomtest(gained, gained + lost, 0.5).proportion_ci(CONFIDENCE, method="exact")
    low = interval.low / (1 - interval.low) if interval.low < 1 else None
    high = interval.high / (1 - interval.high) if interval.high < 1 else None
    return (gained / lost if lost else None), low, high
