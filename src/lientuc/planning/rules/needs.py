"""What stands in the way of a need, what its priority is the product of, which needs are the same, how far one is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lientuc.core.errors import Problem
from lientuc.curricula.enums import GroundKind
from lientuc.registry.enums import Equipment

from ..enums import ConditionKind, ConditionState, Factor, NeedState
from ..policy import PriorityWeights

if TYPE_CHECKING:
    from lientuc.curricula.models import Topic
    from lientuc.places.models import Organisation

    from ..models import NeedsCall

TRANSITIONS: Mapping[NeedState, frozenset[NeedState]] = {
    NeedState.RAISED: frozenset({NeedState.ACCEPTED, NeedState.DECLINED, NeedState.MERGED}),
    NeedState.ACCEPTED: frozenset({NeedState.PLANNED, NeedState.DECLINED, NeedState.MERGED}),
    NeedState.PLANNED: frozenset({NeedState.OPENED, NeedState.TRAINED, NeedState.MET, NeedState.ACCEPTED}),
    NeedState.OPENED: frozenset({NeedState.PLANNED, NeedState.TRAINED, NeedState.MET, NeedState.ACCEPTED}),
    NeedState.TRAINED: frozenset({NeedState.PLANNED, NeedState.OPENED, NeedState.MET, NeedState.ACCEPTED}),
    NeedState.MET: frozenset(),
    NeedState.DECLINED: frozenset(),
    NeedState.MERGED: frozenset({NeedState.RAISED, NeedState.ACCEPTED}),
}
# What a class changes; a need before it is in a plan, or after it is met, does not move by what classes do.
IN_HAND = frozenset({NeedState.PLANNED, NeedState.OPENED, NeedState.TRAINED})
MERGEABLE = frozenset({NeedState.RAISED, NeedState.ACCEPTED})
WHOLE = 100


@dataclass(frozen=True)
class NeedDraft:
    """A request for training by a unit, in its own words; `call` is the call for needs it answers."""

    organisation: Organisation
    topic: Topic | None
    persons: int
    deadline_on: date | None = None
    equipment: Equipment = Equipment.PRESENT
    text: str = ""
    call: NeedsCall | None = None


@dataclass(frozen=True)
class ConditionDraft:
    """How one enabling condition stands at the unit; `ready_on` says from when it will be there."""

    kind: ConditionKind
    state: ConditionState
    ready_on: date | None = None
    note: str = ""


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
class Times:
    """One factor of a priority: its value and what it multiplies by, in hundredths."""

    factor: Factor
    value: str
    percent: int


@dataclass(frozen=True)
class Stage:
    """What classes have done for a need: whether one is open, persons of the unit trained, persons with a certificate."""

    opened: bool = False
    trained: int = 0
    certified: int = 0


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
    yield from why_not_move(state, NeedState.DECLINED)
    if not reason.strip():
        yield Problem("planning.reason_missing", "reason")


def why_not_carry(state: str, reason: str) -> Iterator[Problem]:
    """Why a need that was planned cannot go back among those to plan for, with this reason."""
    if NeedState(state) not in IN_HAND:
        yield Problem("planning.need_wrong_state")
    if not reason.strip():
        yield Problem("planning.reason_missing", "reason")


def why_not_move(state: str, to: NeedState) -> Iterator[Problem]:
    """Why a need cannot go from `state` to `to`."""
    if to not in TRANSITIONS[NeedState(state)]:
        yield Problem("planning.need_wrong_state")


def why_not_merge(first: Any, other: Any) -> Iterator[Problem]:
    """Why `other` cannot be merged into `first`: one unit, one topic (or field), both before planning."""
    if first.pk == other.pk or first.organisation_id != other.organisation_id or _about(first) != _about(other):
        yield Problem("planning.merge_other_need")
    if NeedState(first.state) not in MERGEABLE or NeedState(other.state) not in MERGEABLE:
        yield Problem("planning.need_wrong_state")


def _about(need: Any) -> tuple[int | None, str]:
    return (need.topic_id, "" if need.topic_id else need.family)


def same_needs(needs: Iterable[Any]) -> list[tuple[Any, list[Any]]]:
    """The needs of one unit and topic that are one need: who speaks for them, and the others.

    An accepted one speaks first, then the one of highest priority; needs a person has parted stay apart, and so do needs
    without topic and without field.
    """
    groups: dict[tuple[int, tuple[int | None, str]], list[Any]] = defaultdict(list)
    for need in needs:
        if NeedState(need.state) in MERGEABLE and not need.kept_apart and any(_about(need)):
            groups[need.organisation_id, _about(need)].append(need)
    ranked = (sorted(group, key=_speaks_first) for group in groups.values() if len(group) > 1)
    return [(group[0], group[1:]) for group in ranked]


def _speaks_first(need: Any) -> tuple[bool, int, int]:
    return (need.state != NeedState.ACCEPTED, -need.priority, need.pk)


def persons_of(needs: Sequence[Any]) -> int:
    """Persons of needs that are one: the largest number, for their grounds may mean the same people."""
    found: int = max(need.persons for need in needs)
    return found


def condition_problems(drafts: Iterable[ConditionDraft], on: date) -> Iterator[Problem]:
    """What is wrong with stated conditions: what is planned needs a day that is not past."""
    for draft in drafts:
        if draft.state == ConditionState.PLANNED and draft.ready_on is None:
            yield Problem("planning.ready_on_missing", f"{draft.kind}_ready_on")
        if draft.state == ConditionState.PLANNED and draft.ready_on is not None and draft.ready_on < on:
            yield Problem("planning.ready_on_past", f"{draft.kind}_ready_on")


def state_after(state: NeedState, persons: int, stage: Stage) -> NeedState:
    """Where a need in hand stands after its classes: met when all have been trained and hold a certificate."""
    if state not in IN_HAND:
        return state
    if stage.trained >= persons:
        return NeedState.MET if stage.certified >= persons else NeedState.TRAINED
    return NeedState.OPENED if stage.opened else NeedState.PLANNED


def priority_of(facts: PriorityFacts, weights: PriorityWeights, on: date) -> tuple[Times, ...]:
    """The factors of a need's priority on the day `on`, none that changes nothing."""
    parts = [
        Times(Factor.KIND, facts.kind.value, weights.kinds[facts.kind.value]),
        Times(Factor.AREA, facts.area, weights.areas.get(facts.area, WHOLE)),
        Times(Factor.BORDER, "yes", weights.border if facts.border else WHOLE),
        Times(Factor.ISLAND, "yes", weights.island if facts.island else WHOLE),
        Times(Factor.LEVEL, facts.level, weights.levels.get(facts.level, WHOLE)),
    ]
    if facts.deadline_on is not None:
        parts.append(Times(Factor.DEADLINE, facts.deadline_on.isoformat(), _urgency(facts.deadline_on, weights, on)))
    return tuple(part for part in parts if part.percent != WHOLE)


def product_of(parts: Iterable[Times]) -> int:
    """The product of factors in hundredths, rounded half up once at the end."""
    product = Fraction(WHOLE)
    for part in parts:
        product *= Fraction(part.percent, WHOLE)
    return int(product + Fraction(1, 2))


def _urgency(deadline_on: date, weights: PriorityWeights, on: date) -> int:
    days = (deadline_on - on).days
    return max((step.percent for step in weights.deadlines if days <= step.days), default=WHOLE)
