"""The planners' choices as one frozen value read from `data/policy.yaml`: priorities, expected use, class sizes, effort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Within:
    """What a deadline multiplies by, in hundredths, that is at most `days` away."""

    days: int
    percent: int


@dataclass(frozen=True)
class PriorityWeights:
    """What each factor multiplies a need's priority by, in hundredths; `source` says who chose them."""

    source: str
    kinds: Mapping[str, int]
    areas: Mapping[str, int]
    border: int
    island: int
    levels: Mapping[str, int]
    deadlines: tuple[Within, ...]


@dataclass(frozen=True)
class PlanningPolicy:
    """Everything planners choose; the blocks for the optimiser stay as written, by name."""

    priority: PriorityWeights
    rest_days: int
    weights: Mapping[str, Any]
    classes: Mapping[str, Any]
    class_days_a_quarter: int
    working_days: int
    most_away_share: float
    fairness: Mapping[str, Any]
    packing: float
    effort: Mapping[str, Any]
    curves: Mapping[str, Any]
    naming: Mapping[str, Any]


@cache
def policy() -> PlanningPolicy:
    """The choices shipped with the house."""
    written = yaml.safe_load(files("lientuc.planning").joinpath("data/policy.yaml").read_text(encoding="utf-8"))
    return PlanningPolicy(
        priority=_priority(written["priority"]),
        rest_days=written["rest_days"],
        weights=written["weights"],
        classes=written["classes"],
        class_days_a_quarter=written["providers"]["class_days_a_quarter"],
        working_days=written["quarters"]["working_days"],
        most_away_share=written["release"]["most_away_share"],
        fairness=written["fairness"],
        packing=written["packing"],
        effort=written["effort"],
        curves=written["curves"],
        naming=written["naming"],
    )


def _priority(written: dict[str, Any]) -> PriorityWeights:
    deadlines = tuple(Within(row["within_days"], row["percent"]) for row in written.pop("deadlines"))
    return PriorityWeights(**written, deadlines=deadlines)
