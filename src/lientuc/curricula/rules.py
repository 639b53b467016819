"""Pure questions about curricula: what a draft lacks, which step may follow, what a council decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.hours import QUARTERS_IN_AN_HOUR

from .enums import CouncilLevel, CouncilRole, CreditRegime, Verdict, VersionState

TRANSITIONS: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.SUBMITTED, VersionState.WITHDRAWN}),
    VersionState.SUBMITTED: frozenset(
        {VersionState.APPROVED, VersionState.RETURNED, VersionState.REFUSED, VersionState.WITHDRAWN}
    ),
    VersionState.APPROVED: frozenset({VersionState.WITHDRAWN}),
    VersionState.RETURNED: frozenset(),
    VersionState.REFUSED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
}
# Who moves a version on from each state, by permission.
OWNERS: Mapping[VersionState, str] = {
    VersionState.DRAFT: "curricula.edit_curriculum",
    VersionState.SUBMITTED: "curricula.decide_appraisal",
    VersionState.APPROVED: "curricula.edit_curriculum",
    VersionState.RETURNED: "curricula.edit_curriculum",
    VersionState.REFUSED: "curricula.edit_curriculum",
    VersionState.WITHDRAWN: "curricula.edit_curriculum",
}
VERDICT_STATES: Mapping[Verdict, VersionState] = {
    Verdict.APPROVE: VersionState.APPROVED,
    Verdict.RETURN: VersionState.RETURNED,
    Verdict.REFUSE: VersionState.REFUSED,
}


@dataclass(frozen=True)
class CurriculumDraft:
    """A new programme: its title, topic and the regimes it is meant for."""

    title: str
    topic_code: str
    regimes: tuple[CreditRegime, ...]


@dataclass(frozen=True)
class VersionDraft:
    """The text of one version; lessons are tiết, `needs_survey` says where the needs survey is."""

    objectives: str
    audience_titles: tuple[str, ...]
    theory_lessons: Decimal
    practice_lessons: Decimal
    min_attendance_percent: int
    practice_gap: str = ""
    outcomes: str = ""
    materials: str = ""
    lecturer_requirements: str = ""
    needs_survey: str = ""
    review_due_on: date | None = None


@dataclass(frozen=True)
class CouncilDraft:
    """A council to convene; `seats` pairs a user with a role."""

    name: str
    level: CouncilLevel
    decision_number: str
    convened_on: date
    seats: tuple[tuple[Any, CouncilRole], ...]


@dataclass(frozen=True)
class OpinionDraft:
    """One member's opinion; `conflict` names an interest in the programme and takes the opinion out of the count."""

    verdict: Verdict
    comment: str = ""
    conflict: str = ""


@dataclass(frozen=True)
class DecisionDraft:
    """What is decided about an appraisal: approval names the issuing decision, the others give reasons."""

    verdict: Verdict
    decided_on: date
    decision_number: str = ""
    reasons: str = ""
    review_due_on: date | None = None


@dataclass(frozen=True)
class Votes:
    """Opinions of a council: seats that have no conflict, and how many of them approve."""

    seats: int
    approvals: int

    @property
    def carries(self) -> bool:
        """More than half of the seats without conflict approve."""
        return self.approvals * 2 > self.seats


def curriculum_problems(draft: CurriculumDraft, *, topic_known: bool) -> Iterator[Problem]:
    """What stands in the way of keeping a new curriculum."""
    if not draft.title.strip():
        yield Problem("curricula.title_missing", "title")
    if not topic_known:
        yield Problem("curricula.topic_unknown", "topic")
    if not draft.regimes:
        yield Problem("curricula.regime_missing", "regimes")


def version_problems(draft: VersionDraft) -> Iterator[Problem]:
    """What stands in the way of keeping a version as a draft."""
    if not draft.objectives.strip():
        yield Problem("curricula.objectives_missing", "objectives")
    if not draft.audience_titles:
        yield Problem("curricula.audience_missing", "audience_titles")
    for field in ("theory_lessons", "practice_lessons"):
        lessons = getattr(draft, field) * QUARTERS_IN_AN_HOUR
        if lessons < 0 or lessons != lessons.to_integral_value():
            yield Problem("curricula.lessons_not_quarters", field)
    if draft.theory_lessons + draft.practice_lessons <= 0:
        yield Problem("curricula.lessons_missing", "theory_lessons")
    if not 0 <= draft.min_attendance_percent <= 100:
        yield Problem("curricula.share_not_percent", "min_attendance_percent")


def why_not_move(state: str, to: VersionState) -> Iterator[Problem]:
    """Why a version in `state` cannot become `to`."""
    if to not in TRANSITIONS[VersionState(state)]:
        yield Problem("curricula.wrong_state")


def why_not_submit(state: str, needs_survey: str) -> Iterator[Problem]:
    """Why a version cannot be submitted; step 1 of building a programme is a needs survey (Circular 32/2023, App. III)."""
    yield from why_not_move(state, VersionState.SUBMITTED)
    if not needs_survey.strip():
        yield Problem("curricula.needs_survey_missing", "needs_survey")


def why_not_revise(states: Iterable[str]) -> Iterator[Problem]:
    """Why no further version can be begun, given the states of all versions of the curriculum."""
    if {VersionState.DRAFT, VersionState.SUBMITTED} & {VersionState(state) for state in states}:
        yield Problem("curricula.version_open")


def council_problems(draft: CouncilDraft) -> Iterator[Problem]:
    """What stands in the way of a council."""
    if not draft.name.strip():
        yield Problem("curricula.council_name_missing", "name")
    if not draft.decision_number.strip():
        yield Problem("curricula.decision_number_missing", "decision_number")
    roles = [role for _, role in draft.seats]
    if roles.count(CouncilRole.CHAIR) != 1:
        yield Problem("curricula.one_chair", "chair")
    if len({user.pk for user, _ in draft.seats}) < len(draft.seats):
        yield Problem("curricula.member_twice", "members")


def why_not_opine(*, state_open: bool, is_author: bool, given_before: bool) -> Iterator[Problem]:
    """Why a member cannot give an opinion now."""
    if not state_open:
        yield Problem("curricula.appraisal_closed")
    if is_author:
        yield Problem("curricula.member_is_author")
    if given_before:
        yield Problem("curricula.opinion_given")


def opinion_problems(draft: OpinionDraft) -> Iterator[Problem]:
    """What an opinion sheet lacks: who does not approve says why."""
    if draft.verdict is not Verdict.APPROVE and not draft.comment.strip():
        yield Problem("curricula.comment_missing", "comment")


def decision_problems(draft: DecisionDraft, votes: Votes, *, received_on: date, on: date) -> Iterator[Problem]:
    """What stands in the way of a decision on the day `on`."""
    if not received_on <= draft.decided_on <= on:
        yield Problem("curricula.decision_day", "decided_on")
    if draft.verdict is not Verdict.APPROVE:
        if not draft.reasons.strip():
            yield Problem("curricula.reasons_missing", "reasons")
        return
    if not draft.decision_number.strip():
        yield Problem("curricula.decision_number_missing", "decision_number")
    if not votes.carries:
        values = {"approvals": votes.approvals, "seats": votes.seats}
        yield Problem("curricula.no_majority", "verdict", values)


def votes_of(seats: Iterable[int], opinions: Iterable[tuple[int, str, str]]) -> Votes:
    """Count a council: `seats` are member ids, `opinions` (member id, verdict, declared conflict)."""
    given = list(opinions)
    conflicted = {member for member, _, conflict in given if conflict}
    approving = {member for member, verdict, conflict in given if verdict == Verdict.APPROVE and not conflict}
    return Votes(seats=len(set(seats) - conflicted), approvals=len(approving))


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of a version's content as canonical JSON."""
    text = json.dumps(dict(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
