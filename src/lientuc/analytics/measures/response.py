"""Participation in a survey wave: each rate against the register of invitations, not against the answers received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from .rate import Rate

GRAIN = "invitation"


@dataclass(frozen=True, slots=True)
class WaveCounts:
    """Invitations of one wave or one stratum by how far each got; every later step is part of the earlier one.

    Delivered excludes those returned as undeliverable; refused are opened and declined, never started.
    """

    invited: int
    delivered: int
    opened: int
    started: int
    completed: int
    refused: int = 0

    def __post_init__(self) -> None:
        steps = (self.invited, self.delivered, self.opened, self.started, self.completed)
        if any(later > earlier for earlier, later in pairwise(steps)) or min(steps) < 0:
            raise ValueError("each step of a wave is part of the step before it")
        if not 0 <= self.refused <= self.opened - self.started:
            raise ValueError("those who refused are among those who opened and did not start")


def response_rate(wave: WaveCounts) -> Rate:
    """Completed responses of everyone invited; who never received the invitation stays in the denominator."""
    return Rate("response", GRAIN, wave.completed, wave.invited)


def delivery_rate(wave: WaveCounts) -> Rate:
    """Invitations that arrived, of all sent."""
    return Rate("delivery", GRAIN, wave.delivered, wave.invited)


def completion_rate(wave: WaveCounts) -> Rate:
    """Completed responses of those who started (the completion rate of CHERRIES)."""
    return Rate("completion", GRAIN, wave.completed, wave.started, {"not_started": wave.invited - wave.started})


def refusal_rate(wave: WaveCounts) -> Rate:
    """Those who declined, of those who opened the invitation."""
    return Rate("refusal", GRAIN, wave.refused, wave.opened, {"not_opened": wave.invited - wave.opened})


def response_rates(strata: Mapping[str, WaveCounts]) -> dict[str, Rate]:
    """The response rate of each stratum, in the order given; strata must not overlap."""
    return {stratum: response_rate(wave) for stratum, wave in strata.items()}
