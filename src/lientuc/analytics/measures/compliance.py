"""Shares of the workforce that fulfil the duty of continuing training on a day, as the law decided person by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .rate import Rate

GRAIN = "person"


class Outcome(StrEnum):
    """How one person stands on the day: the law's own answer, reduced to what is counted."""

    FULFILLED = "fulfilled"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_FULFILLED = "not_fulfilled"
    EXEMPT = "exempt"
    NO_DUTY = "no_duty"
    UNDETERMINED = "undetermined"


WITH_DUTY = (Outcome.FULFILLED, Outcome.ON_TRACK, Outcome.BEHIND, Outcome.NOT_FULFILLED)
IN_ORDER = (Outcome.FULFILLED, Outcome.ON_TRACK)


@dataclass(frozen=True, slots=True)
class Standing:
    """One canonical person's outcome on the day, and the group it is counted under."""

    person: str
    group: str
    outcome: Outcome


def compliance_rate(standings: Iterable[Standing]) -> Rate:
    """People who have fulfilled the duty or are on track, of the people who have it.

    The exempt, those without a duty and those whose data do not allow an answer are `left_out` by reason: counting
    them as fulfilled would make bad data look like training. Raises ValueError where a person comes twice.
    """
    once = _once(standings)
    counted = Counter(standing.outcome for standing in once)
    return Rate(
        measure="compliance",
        grain=GRAIN,
        numerator=sum(counted[outcome] for outcome in IN_ORDER),
        denominator=sum(counted[outcome] for outcome in WITH_DUTY),
        left_out={outcome.value: counted[outcome] for outcome in Outcome if outcome not in WITH_DUTY},
    )


def compliance_rates(standings: Iterable[Standing]) -> dict[str, Rate]:
    """The compliance rate of each group, in order of first appearance; one group a person."""
    groups: dict[str, list[Standing]] = {}
    for standing in _once(standings):
        groups.setdefault(standing.group, []).append(standing)
    return {group: compliance_rate(members) for group, members in groups.items()}


def _once(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    everyone = tuple(standings)
    if len({standing.person for standing in everyone}) < len(everyone):
        raise ValueError("a person is counted once")
    return everyone
