"""How follow-ups change what is expected of a training: a Beta prior, units seen, the posterior with its interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scipy.special import betaincinv


@dataclass(frozen=True)
class Share:
    """`n` of `of`."""

    n: int
    of: int

    @property
    def rate(self) -> float:
        """The share as a number from 0 to 1."""
        return self.n / self.of


@dataclass(frozen=True)
class Beta:
    """A Beta distribution of a share."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The expected share."""
        return self.alpha / (self.alpha + self.beta)

    def interval(self, share: float) -> tuple[float, float]:
        """The central interval that holds `share` of the probability."""
        tail = (1 - share) / 2
        low, high = (float(betaincinv(self.alpha, self.beta, q)) for q in (tail, 1 - tail))
        # A very skewed distribution has its mean outside; the shown interval still holds it.
        return min(low, self.mean), max(high, self.mean)


@dataclass(frozen=True)
class Cell:
    """What an estimate is made for: codes of `curricula.TopicFamily`, `places.CareLevel`, `registry.Equipment`."""

    family: str
    level: str
    equipment: str


@dataclass(frozen=True)
class Observation:
    """One unit followed up after a training: whether it uses it at the last look, else its main barrier."""

    cell: Cell
    applied: bool
    barrier: str = ""


@dataclass(frozen=True)
class Estimate:
    """Prior, data and posterior of one cell; shares 0–1."""

    cell: Cell
    prior: Beta
    applied: int
    seen: int
    barriers: Mapping[str, int]
    posterior: Beta
    low: float
    high: float


def chance_with_equipment(started: Share, equipment: Share) -> float:
    """The chance that a training is used once its equipment is there.

    Units that started anyway, and of the others those that only equipment held back (planning study, section 1).
    """
    return 1 - (1 - started.rate) * (1 - equipment.rate)


def posterior_of(prior: Beta, applied: int, seen: int) -> Beta:
    """Beta prior and binomial data: `applied` of `seen` units."""
    return Beta(prior.alpha + applied, prior.beta + seen - applied)


def estimate_of(cell: Cell, prior: Beta, observations: Iterable[Observation], interval: float) -> Estimate:
    """What prior and observations of one cell say together."""
    seen = list(observations)
    applied = sum(one.applied for one in seen)
    posterior = posterior_of(prior, applied, len(seen))
    low, high = posterior.interval(interval)
    barriers = Counter(one.barrier for one in seen if not one.applied and one.barrier)
    return Estimate(cell, prior, applied, len(seen), dict(sorted(barriers.items())), posterior, low, high)


def staff_is_the_bottleneck(barriers: Mapping[str, int], staff: frozenset[str]) -> bool:
    """Whether at least half of the units that do not use it name a lack of trained staff."""
    named = sum(barriers.values())
    return named > 0 and 2 * sum(n for code, n in barriers.items() if code in staff) >= named
