"""Rules of curricula: drafts, steps, votes, decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from lientuc.core.errors import Problem
from lientuc.curricula import rules
from lientuc.curricula.enums import CouncilLevel, CouncilRole, CreditRegime, Verdict, VersionState
from lientuc.curricula.rules import CouncilDraft, CurriculumDraft, DecisionDraft, OpinionDraft, VersionDraft, Votes

TEXT = VersionDraft(
    objectives="Xử trí được sốc phản vệ.",
    audience_titles=("nurse",),
    theory_lessons=Decimal(8),
    practice_lessons=Decimal("8.25"),
    min_attendance_percent=80,
)
RECEIVED, DAY = date(2026, 2, 2), date(2026, 3, 2)
APPROVAL = DecisionDraft(verdict=Verdict.APPROVE, decided_on=DAY, decision_number="12/QĐ-SYT")


@dataclass(frozen=True)
class Person:
    pk: int


def test_whole_version_has_no_problems() -> None:
    assert list(rules.version_problems(TEXT)) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"objectives": " "}, "curricula.objectives_missing", "objectives"),
        ({"audience_titles": ()}, "curricula.audience_missing", "audience_titles"),
        ({"practice_lessons": Decimal("8.1")}, "curricula.lessons_not_quarters", "practice_lessons"),
        ({"min_attendance_percent": 101}, "curricula.share_not_percent", "min_attendance_percent"),
        ({"min_attendance_percent": -1}, "curricula.share_not_percent", "min_attendance_percent"),
    ],
)
def test_version_with_one_fault_names_it(change: dict[str, object], code: str, field: str) -> None:
    assert list(rules.version_problems(replace(TEXT, **change))) == [Problem(code, field)]  # type: ignore[arg-type]


def test_version_without_lessons_is_refused() -> None:
    empty = replace(TEXT, theory_lessons=Decimal(0), practice_lessons=Decimal(0))
    assert list(rules.version_problems(empty)) == [Problem("curricula.lessons_missing", "theory_lessons")]


def test_curriculum_without_anything_names_all_three() -> None:
    draft = CurriculumDraft(title="", topic_code="x", regimes=())
    assert [problem.field for problem in rules.curriculum_problems(draft, topic_known=False)] == [
        "title", "topic", "regimes",
    ]  # fmt: skip


def test_whole_curriculum_has_no_problems() -> None:
    draft = CurriculumDraft(title="Phản vệ", topic_code="x", regimes=(CreditRegime.P,))
    assert list(rules.curriculum_problems(draft, topic_known=True)) == []


def test_submission_without_needs_survey_is_refused() -> None:
    assert list(rules.why_not_submit("draft", " ")) == [Problem("curricula.needs_survey_missing", "needs_survey")]


def test_submission_with_needs_survey_passes() -> None:
    assert list(rules.why_not_submit("draft", "Khảo sát 01/2026")) == []


@pytest.mark.parametrize("state", ["submitted", "approved", "returned", "refused", "withdrawn"])
def test_submission_from_any_other_state_is_refused(state: str) -> None:
    assert list(rules.why_not_submit(state, "Khảo sát")) == [Problem("curricula.wrong_state")]


def test_every_state_has_transitions_and_an_owner() -> None:
    assert set(rules.TRANSITIONS) == set(rules.OWNERS) == set(VersionState)


@pytest.mark.parametrize("states", [["draft"], ["approved", "submitted"]])
def test_second_open_version_is_refused(states: list[str]) -> None:
    assert list(rules.why_not_revise(states)) == [Problem("curricula.version_open")]


def test_version_after_a_returned_one_is_allowed() -> None:
    assert list(rules.why_not_revise(["returned", "approved", "withdrawn"])) == []


def council(*seats: tuple[int, CouncilRole]) -> CouncilDraft:
    pairs = tuple((Person(pk), role) for pk, role in seats)
    return CouncilDraft("Hội đồng", CouncilLevel.PROVINCIAL, "11/QĐ-SYT", RECEIVED, pairs)


def test_council_with_one_chair_passes() -> None:
    assert list(rules.council_problems(council((1, CouncilRole.CHAIR), (2, CouncilRole.MEMBER)))) == []


@pytest.mark.parametrize("chairs", [0, 2])
def test_council_needs_exactly_one_chair(chairs: int) -> None:
    seats = [(pk, CouncilRole.CHAIR) for pk in range(chairs)]
    assert list(rules.council_problems(council(*seats))) == [Problem("curricula.one_chair", "chair")]


def test_person_with_two_seats_is_refused() -> None:
    seats = council((1, CouncilRole.CHAIR), (1, CouncilRole.MEMBER))
    assert list(rules.council_problems(seats)) == [Problem("curricula.member_twice", "members")]


@pytest.mark.parametrize("verdict", [Verdict.RETURN, Verdict.REFUSE])
def test_opinion_that_does_not_approve_needs_a_comment(verdict: Verdict) -> None:
    assert list(rules.opinion_problems(OpinionDraft(verdict))) == [Problem("curricula.comment_missing", "comment")]


def test_opinion_that_approves_needs_no_comment() -> None:
    assert list(rules.opinion_problems(OpinionDraft(Verdict.APPROVE))) == []


def test_votes_leave_out_members_with_a_conflict() -> None:
    opinions = [(1, "approve", ""), (2, "approve", "đồng tác giả"), (3, "refuse", "")]
    assert rules.votes_of([1, 2, 3, 4], opinions) == Votes(seats=3, approvals=1)


@pytest.mark.parametrize(("approvals", "carries"), [(1, False), (2, False), (3, True)])
def test_majority_is_more_than_half_of_four(approvals: int, carries: bool) -> None:
    assert Votes(seats=4, approvals=approvals).carries is carries


@pytest.mark.parametrize(("approvals", "carries"), [(2, False), (3, True)])
def test_majority_of_five_is_three(approvals: int, carries: bool) -> None:
    assert Votes(seats=5, approvals=approvals).carries is carries


def test_council_without_free_seats_carries_nothing() -> None:
    assert Votes(seats=0, approvals=0).carries is False


@pytest.mark.parametrize(
    ("decided_on", "problems"),
    [
        (date(2026, 2, 1), [Problem("curricula.decision_day", "decided_on")]),
        (date(2026, 2, 2), []),
        (date(2026, 3, 2), []),
        (date(2026, 3, 3), [Problem("curricula.decision_day", "decided_on")]),
    ],
)
def test_decision_lies_between_the_file_and_today(decided_on: date, problems: list[Problem]) -> None:
    draft = replace(APPROVAL, decided_on=decided_on)
    assert list(rules.decision_problems(draft, Votes(3, 2), received_on=RECEIVED, on=DAY)) == problems


def test_approval_without_number_and_majority_names_both() -> None:
    draft = replace(APPROVAL, decision_number="")
    assert list(rules.decision_problems(draft, Votes(4, 2), received_on=RECEIVED, on=DAY)) == [
        Problem("curricula.decision_number_missing", "decision_number"),
        Problem("curricula.no_majority", "verdict", {"approvals": 2, "seats": 4}),
    ]


def test_return_without_reasons_is_refused() -> None:
    draft = DecisionDraft(verdict=Verdict.RETURN, decided_on=DAY)
    assert list(rules.decision_problems(draft, Votes(4, 0), received_on=RECEIVED, on=DAY)) == [
        Problem("curricula.reasons_missing", "reasons")
    ]


def test_return_with_reasons_needs_no_votes() -> None:
    draft = DecisionDraft(verdict=Verdict.RETURN, decided_on=DAY, reasons="Bổ sung tài liệu")
    assert list(rules.decision_problems(draft, Votes(4, 0), received_on=RECEIVED, on=DAY)) == []


def test_content_hash_follows_the_content_only() -> None:
    assert rules.content_hash({"a": 1, "b": "Đ"}) == rules.content_hash({"b": "Đ", "a": 1})
    assert rules.content_hash({"a": 1}) != rules.content_hash({"a": 2})
