"""A rate with everything a reader needs to check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ..statistics import Share, share


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`, the grain (what one counted row is) and who was left out, by reason."""

    measure: str
    grain: str
    numerator: int
    denominator: int
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def share(self) -> Share:
        """The rate in per cent with its interval; no per cent where the denominator is 0."""
        return share(self.numerator, self.denominator)
