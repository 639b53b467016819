"""May this study be opened; where does a barrier go; what may be noted and decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lientuc.analytics.disclosure import THRESHOLDS, Audience, is_small, why_not_show_share
from lientuc.core.errors import Problem

from .enums import FindingState, Route, StudyPurpose

BARRIER_ITEMS = ("l3_barriers", "l3_barrier_main")
"""The item with every barrier (several choices) and the one with the main barrier, by the shared taxonomy."""

ROUTES: Mapping[str, Route] = {
    "equipment": Route.BUDGET,
    "supplies": Route.BUDGET,
    "finance": Route.BUDGET,
    "staffing": Route.STAFFING,
    "time": Route.STAFFING,
    "moved": Route.STAFFING,
    "team_untrained": Route.TRAINING,
    "knowledge": Route.TRAINING,
    "skill": Route.TRAINING,
    "approval": Route.APPROVAL,
    "insurance": Route.INSURANCE,
    "leadership": Route.LEADERSHIP,
    "caseload": Route.SERVICE_PLANNING,
}
"""Which level can remove a barrier; training is bought only where training is the bottleneck."""

TRANSITIONS: Mapping[FindingState, frozenset[FindingState]] = {
    FindingState.NOTED: frozenset({FindingState.ACCEPTED, FindingState.REFUSED}),
    FindingState.ACCEPTED: frozenset(),
    FindingState.REFUSED: frozenset(),
}


@dataclass(frozen=True)
class StudyDraft:
    """What is written down to open a study."""

    title: str
    purpose: StudyPurpose
    begun_on: date
    question: str = ""
    ethics_number: str = ""


@dataclass(frozen=True)
class BarrierCount:
    """How many people of one topic report a barrier, for how many it is the main one, and of how many asked."""

    topic_code: str
    barrier: str
    persons: int
    main_persons: int
    of_persons: int


def problems_of_study(draft: StudyDraft) -> Iterator[Problem]:
    """What stands in the way of this study."""
    if not draft.title.strip():
        yield Problem("evaluation.title_missing", "title")
    if draft.purpose == StudyPurpose.RESEARCH and not draft.ethics_number.strip():
        yield Problem("evaluation.ethics_missing", "ethics_number")


def problems_of_runs(run_refs: Iterable[str], *, found: int, finished: int) -> Iterator[Problem]:
    """What stands in the way of a wave over these runs, of which so many were found in reach and are finished."""
    wanted = len(set(run_refs))
    if not wanted:
        yield Problem("evaluation.no_runs", "runs")
    elif found < wanted:
        yield Problem("evaluation.run_not_found", "runs")
    elif finished < found:
        yield Problem("evaluation.run_not_finished", "runs")


def route_of(barrier: str) -> Route:
    """The level that can remove a barrier; one that the taxonomy does not route is for a person to read."""
    return ROUTES.get(barrier, Route.REVIEW)


def barrier_counts(people: Iterable[tuple[str, frozenset[str], str]]) -> list[BarrierCount]:
    """Counts by topic and barrier from (topic code, barriers named, main barrier) of everyone who was asked.

    A main barrier counts as named. People who were asked and named nothing stay in the denominator.
    """
    of: dict[str, int] = {}
    named: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], int] = {}
    for topic, barriers, main in people:
        of[topic] = of.get(topic, 0) + 1
        for barrier in barriers | ({main} if main else set()):
            named[topic, barrier] = named.get((topic, barrier), 0) + 1
        if main:
            first[topic, main] = first.get((topic, main), 0) + 1
    return [
        BarrierCount(topic, barrier, persons, first.get((topic, barrier), 0), of[topic])
        for (topic, barrier), persons in sorted(named.items())
    ]


def may_be_noted(count: BarrierCount) -> bool:
    """Whether a barrier is named by enough people to leave the study without pointing at one."""
    return not is_small(count.persons, THRESHOLDS[Audience.ORGANISATION])


def denominator_shown(persons: int, of_persons: int) -> int | None:
    """`of_persons` where naming it does not give away the few who did not report the barrier, else None."""
    hidden = why_not_show_share(persons, of_persons, THRESHOLDS[Audience.ORGANISATION])
    return None if hidden else of_persons


def main_shown(main_persons: int, persons: int) -> int | None:
    """For how many a barrier is the main one, where that points at nobody, else None."""
    hidden = why_not_show_share(main_persons, persons, THRESHOLDS[Audience.ORGANISATION])
    return None if hidden else main_persons


def why_not_decide(state: FindingState, to: FindingState, reason: str) -> Problem | None:
    """Why a finding cannot be accepted or refused, or None; a refusal needs a reason."""
    if to not in TRANSITIONS[state]:
        return Problem("evaluation.already_decided")
    if to == FindingState.REFUSED and not reason.strip():
        return Problem("evaluation.reason_missing", "reason")
    return None
