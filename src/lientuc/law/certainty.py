"""How sure the house is of a legal value."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Certainty(StrEnum):
    """VERIFIED: the article was read; SECONDARY: read in a summary or copy; UNVERIFIED: inference; UNKNOWN: no value."""

    VERIFIED = "VERIFIED"
    SECONDARY = "SECONDARY"
    UNVERIFIED = "UNVERIFIED"
    UNKNOWN = "UNKNOWN"


_STRONGEST_FIRST = tuple(Certainty)


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """The least sure of `certainties`; VERIFIED for none, for nothing doubtful was used."""
    return max(certainties, key=_STRONGEST_FIRST.index, default=Certainty.VERIFIED)
