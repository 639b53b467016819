"""The two-level model a draft begins with, read from `data/two_level_model.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ..enums import Part, Tier


@dataclass(frozen=True)
class Share:
    """For functions of one kind of unit: the kind of organisation that stands for an area, and the part of each kind."""

    area: str
    parts: Mapping[str, Part]


@dataclass(frozen=True)
class TwoLevelModel:
    """Tiers by kind of organisation and shares by the kind of unit whose function it is."""

    source: str
    proposal: str
    tiers: Mapping[str, Tier]
    shares: Mapping[str, Share]

    def tier(self, kind: str) -> Tier:
        """The tier an organisation of a kind stands on."""
        return self.tiers[kind]


@cache
def two_level_model() -> TwoLevelModel:
    """The model shipped with the house."""
    text = files("lientuc.directives").joinpath("data/two_level_model.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(text)
    return TwoLevelModel(
        source=written["source"],
        proposal=written["proposal"],
        tiers={kind: Tier(tier) for tier, kinds in written["tiers"].items() for kind in kinds},
        shares={
            kind: Share(row["area"], {name: Part(part) for name, part in row["parts"].items()})
            for kind, row in written["functions"].items()
        },
    )
