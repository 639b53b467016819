"""What stands in the way of a need, and what its priority is the sum of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.curricula.enums import GroundKind
from lientuc.registry.enums import Equipment

from ..enums import Factor, NeedState
from ..policy import PriorityWeights

if TYPE_CHECKING:
    from lientuc.curricula.models import Topic
    from lientuc.places.models import Organisation

TRANSITIONS: Mapping[NeedState, frozenset[NeedState]] = {
    NeedState.RAISED: frozenset({NeedState.ACCEPTED, NeedState.DECLINED}),
    NeedState.ACCEPTED: frozenset({NeedState.PLANNED, NeedState.DECLINED}),
    NeedState.PLANNED: frozenset({NeedState.MET, NeedState.ACCEPTED}),
    NeedState.MET: frozenset(),
    NeedState.DECLINED: frozenset(),
}


@dataclass(frozen=True)
class NeedDraft:
    """A request for training by a unit, in its own words."""

    organisation: Organisation
    topic: Topic | None
    persons: int
    deadline_on: date | None = None
    equipment: Equipment = Equipment.PRESENT
    text: str = ""


@dataclass(frozen=True)
class PriorityFacts:
    """What a need's priority depends on; `area` is I, II, III or empty, `level` a code of `places.CareLevel`."""

    kind: GroundKind
    level: str
    deadline_on: date | None
    area: str = ""
    border: bool = False
    island: bool = False


@dataclass(frozen=True)
class Points:
    """One part of a priority: the factor, its value and its points."""

    factor: Factor
    value: str
    points: int


def need_problems(draft: NeedDraft, on: date) -> Iterator[Problem]:
    """What stands in the way of raising a request on the day `on`."""
    if draft.topic is None:
        yield Problem("planning.topic_missing", "topic")
    if draft.persons < 1:
        yield Problem("planning.persons_too_few", "persons")
    if draft.deadline_on is not None and draft.deadline_on < on:
        yield Problem("planning.deadline_past", "deadline_on")
    if not draft.text.strip():
        yield Problem("planning.text_missing", "text")


def why_not_accept(state: str, *, has_topic: bool, persons: int) -> Iterator[Problem]:
    """Why a need cannot be accepted with this topic and number of persons."""
    if state != NeedState.RAISED:
        yield Problem("planning.need_wrong_state")
    if not has_topic:
        yield Problem("planning.topic_missing", "topic")
    if persons < 1:
        yield Problem("planning.persons_too_few", "persons")


def why_not_decline(state: str, reason: str) -> Iterator[Problem]:
    """Why a need cannot be declined with this reason."""
    yield from _why_not_move(state, NeedState.DECLINED)
    if not reason.strip():
        yield Problem("planning.reason_missing", "reason")


def _why_not_move(state: str, to: NeedState) -> Iterator[Problem]:
    if to not in TRANSITIONS[NeedState(state)]:
        yield Problem("planning.need_wrong_state")


def priority_of(facts: PriorityFacts, weights: PriorityWeights, on: date) -> tuple[Points, ...]:
    """The parts of a need's priority on the day `on`, none without points; the priority is their sum."""
    parts = [
        Points(Factor.KIND, facts.kind.value, weights.kinds[facts.kind.value]),
        Points(Factor.AREA, facts.area, weights.areas.get(facts.area, 0)),
        Points(Factor.BORDER, "yes", weights.border if facts.border else 0),
        Points(Factor.ISLAND, "yes", weights.island if facts.island else 0),
        Points(Factor.LEVEL, facts.level, weights.levels.get(facts.level, 0)),
    ]
    if facts.deadline_on is not None:
        parts.append(Points(Factor.DEADLINE, facts.deadline_on.isoformat(), _urgency(facts.deadline_on, weights, on)))
    return tuple(part for part in parts if part.points)


def _urgency(deadline_on: date, weights: PriorityWeights, on: date) -> int:
    days = (deadline_on - on).days
    return max((step.points for step in weights.deadlines if days <= step.days), default=0)
