"""The priors shipped with the house, read from `data/expected_use.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lientuc.registry.enums import Equipment

from ..rules.learning import Beta, Share, chance_with_equipment


@dataclass(frozen=True)
class Priors:
    """What is assumed before any follow-up; `means` by code of `registry.Equipment`, `kappa` is the weight in units."""

    source: str
    started_new: Share
    barriers: dict[str, Share]
    kappa: float
    kappa_source: str
    means: dict[str, float]
    by_law: float
    interval: float
    more_persons: frozenset[str]

    def prior(self, equipment: str) -> Beta:
        """The prior for units with this equipment; ValueError where it is absent (nothing is to be estimated)."""
        if equipment == Equipment.ABSENT:
            raise ValueError("a training without its equipment is not used: there is nothing to estimate")
        mean = self.means[equipment]
        return Beta(self.kappa * mean, self.kappa * (1 - mean))


@cache
def priors() -> Priors:
    """The priors as one frozen value."""
    written = yaml.safe_load(files("lientuc.planning").joinpath("data/expected_use.yaml").read_text(encoding="utf-8"))
    started = _share(written["study"]["started_new"])
    barriers = {code: _share(row) for code, row in written["study"]["barriers"].items()}
    present = chance_with_equipment(started, barriers["equipment"])
    return Priors(
        source=written["source"],
        started_new=started,
        barriers=barriers,
        kappa=float(written["kappa"]),
        kappa_source=written["kappa_source"],
        means={
            str(Equipment.PRESENT): present,
            str(Equipment.PLANNED): present * written["planned_factor"],
            str(Equipment.ABSENT): 0.0,
        },
        by_law=float(written["by_law"]),
        interval=float(written["interval"]),
        more_persons=frozenset(written["more_persons"]),
    )


def _share(row: dict[str, Any]) -> Share:
    return Share(row["n"], row["of"])


def prior_uses() -> dict[str, float]:
    """Expected use before any follow-up, by equipment, and `by_law`."""
    found = priors()
    return {**found.means, "by_law": found.by_law}
