"""The life of a plan: draft, submitted, returned, approved, amended; and what each step asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem

from ..enums import PlanKind, PlanState, Stance
from ..wording import Vnd

if TYPE_CHECKING:
    from lientuc.places.models import Organisation

TRANSITIONS: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.RETURNED, PlanState.APPROVED}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED}),
    PlanState.APPROVED: frozenset({PlanState.AMENDED}),
    PlanState.AMENDED: frozenset(),
}
# Who moves a plan on from each state, by permission.
OWNERS: Mapping[PlanState, str] = {
    PlanState.DRAFT: "planning.submit_plan",
    PlanState.SUBMITTED: "planning.approve_plan",
    PlanState.RETURNED: "planning.submit_plan",
    PlanState.APPROVED: "planning.approve_plan",
    PlanState.AMENDED: "planning.approve_plan",
}
EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})
YEARS_OF = {PlanKind.ANNUAL: 1, PlanKind.FIVE_YEAR: 5}
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class PlanDraft:
    """A plan to open; `finance` is asked to comment on the money."""

    organisation: Organisation
    year: int
    kind: PlanKind
    title: str
    finance: Organisation | None = None


@dataclass(frozen=True)
class SourceLoad:
    """What a plan and the other live plans take of a source together."""

    name: str
    ceiling_vnd: int
    used_vnd: int


@dataclass(frozen=True)
class SubmitFacts:
    """What submitting asks: how many lines, how many without a source, what the sources carry, what is not explained yet.

    `outside` and `doubled` are titles of lines without a reason: persons a source may not pay for, persons paid for twice;
    `unanswered` are comments of a returned plan nobody has answered.
    """

    lines: int
    without_source: int
    loads: tuple[SourceLoad, ...]
    outside: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unanswered: int = 0


@dataclass(frozen=True)
class Amounts:
    """Money of an approved line as it goes: được giao, đã chi, quyết toán; None where not known yet, `reason` where it grew."""

    allotted_vnd: int | None
    spent_vnd: int | None
    settled_vnd: int | None
    reason: str = ""


def years_of(kind: str, year: int) -> range:
    """The years a plan covers."""
    return range(year, year + YEARS_OF[PlanKind(kind)])


def plan_problems(draft: PlanDraft) -> Iterator[Problem]:
    """What stands in the way of opening a plan."""
    if not draft.title.strip():
        yield Problem("planning.title_missing", "title")
    if not FIRST_YEAR <= draft.year <= LAST_YEAR:
        yield Problem("planning.year_wrong", "year", {"first": FIRST_YEAR, "last": LAST_YEAR})


def why_not_edit(state: str) -> Iterator[Problem]:
    """Why a plan's lines cannot change: what was submitted waits, what was approved stands."""
    if PlanState(state) not in EDITABLE:
        yield Problem("planning.plan_not_editable")


def why_not_undo(*, overtaken: bool, as_left: bool) -> Iterator[Problem]:
    """Why a change of a line cannot be taken back: another came after it, or the line no longer reads as it left it."""
    if overtaken or not as_left:
        yield Problem("planning.change_overtaken")


def why_not_submit(state: str, facts: SubmitFacts) -> Iterator[Problem]:
    """Why a plan cannot be submitted."""
    yield from why_not_move(state, PlanState.SUBMITTED)
    if not facts.lines:
        yield Problem("planning.no_lines")
    if facts.without_source:
        yield Problem("planning.lines_without_source", values={"lines": facts.without_source})
    for load in facts.loads:
        over = load.used_vnd - load.ceiling_vnd
        if over > 0:
            values = {"source": load.name, "over": Vnd(over), "ceiling": Vnd(load.ceiling_vnd)}
            yield Problem("planning.source_ceiling", values=values)
    for title in facts.outside:
        yield Problem("planning.source_outside", values={"title": title})
    for title in facts.doubled:
        yield Problem("planning.double_persons", values={"title": title})
    if facts.unanswered:
        yield Problem("planning.comments_unanswered", values={"n": facts.unanswered})


def why_not_return(state: str, text: str) -> Iterator[Problem]:
    """Why a plan cannot be sent back with this text."""
    yield from why_not_move(state, PlanState.RETURNED)
    if not text.strip():
        yield Problem("planning.reason_missing", "text")


def why_not_approve(state: str, *, submitted_by: str | None, by: str, decided_on: date, on: date) -> Iterator[Problem]:
    """Why a person cannot approve a plan: four eyes, and no decision of a day to come."""
    yield from why_not_move(state, PlanState.APPROVED)
    if submitted_by == by:
        yield Problem("planning.same_person")
    if decided_on > on:
        yield Problem("planning.decision_in_future", "decision_on")


def why_not_comment(state: str, text: str) -> Iterator[Problem]:
    """Why the finance department cannot comment now."""
    if state != PlanState.SUBMITTED:
        yield Problem("planning.plan_not_submitted")
    if not text.strip():
        yield Problem("planning.text_missing", "text")


def why_not_give_opinion(state: str, text: str, stance: str) -> Iterator[Problem]:
    """Why a party cannot write an opinion now: drafts and decided plans take none, a wish to change says what."""
    if state not in {PlanState.SUBMITTED, PlanState.RETURNED}:
        yield Problem("planning.plan_not_submitted")
    if stance not in {Stance.AGREE, Stance.CHANGE}:
        yield Problem("planning.stance_missing", "stance")
    if stance == Stance.CHANGE and not text.strip():
        yield Problem("planning.text_missing", "text")


def why_not_answer(text: str, stance: str, *, answered: bool) -> Iterator[Problem]:
    """Why a comment cannot be answered like this: taken or explained, once, in words."""
    if stance not in {Stance.TAKEN, Stance.EXPLAINED}:
        yield Problem("planning.stance_missing", "stance")
    if not text.strip():
        yield Problem("planning.text_missing", "text")
    if answered:
        yield Problem("planning.answered_already")


def why_not_adopt(*, worse: bool, reason: str) -> Iterator[Problem]:
    """Why a proposal cannot be adopted: a plan is not made worse without a word why."""
    if worse and not reason.strip():
        yield Problem("planning.proposal_worse", "reason")


def why_not_amend(state: str, *, draft_open: bool) -> Iterator[Problem]:
    """Why no new version of a plan can be begun."""
    if state != PlanState.APPROVED:
        yield Problem("planning.plan_not_approved")
    if draft_open:
        yield Problem("planning.version_open")


def why_not_spend(state: str, amounts: Mapping[str, Amounts]) -> Iterator[Problem]:
    """Why money that went out cannot be recorded."""
    if state != PlanState.APPROVED:
        yield Problem("planning.plan_not_approved")
    for row in amounts.values():
        if any(vnd is not None and vnd < 0 for vnd in (row.allotted_vnd, row.spent_vnd, row.settled_vnd)):
            yield Problem("planning.money_negative")


def why_not_move(state: str, to: PlanState) -> Iterator[Problem]:
    """Why a plan in `state` cannot become `to`."""
    if to not in TRANSITIONS[PlanState(state)]:
        yield Problem("planning.plan_wrong_state")
