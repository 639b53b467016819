"""What stands in the way of an agreement, its hand-over, its follow-ups and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lientuc.core.errors import Problem
from lientuc.transfer.enums import AgreementState, Prerequisite
from lientuc.transfer.rules import (
    AgreementDraft,
    FollowUpDraft,
    HandOverDraft,
    OpeningFacts,
    follow_up_problems,
    months_later,
    next_follow_up,
    problems,
    stated,
    why_not_end,
    why_not_hand_over,
    why_not_sign,
)

TODAY = date(2026, 9, 15)
CLEAR = OpeningFacts(one_party=False, open_already=False, technique_in_force=True)
SIGNED = AgreementDraft(due_on=date(2026, 12, 1), persons=1, signed_on=date(2026, 9, 15))
HANDED_OVER = HandOverDraft(handed_over_on=date(2026, 9, 15), prerequisites=tuple(Prerequisite))
SEEN = FollowUpDraft(month=3, observed_on=date(2026, 8, 31), used=True, cases=1)


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2023, 11, 29), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_month_without_the_day_ends_on_its_last(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("handed_over_on", "last_month", "expected"),
    [
        (None, None, None),
        (date(2026, 5, 31), None, date(2026, 8, 31)),
        (date(2026, 5, 31), 3, date(2026, 11, 30)),
        (date(2026, 5, 31), 6, date(2027, 5, 31)),
        (date(2026, 5, 31), 12, None),
    ],
)
def test_next_follow_up_comes_after_the_last_noted(
    handed_over_on: date | None, last_month: int | None, expected: date | None
) -> None:
    assert next_follow_up(handed_over_on, last_month) == expected


def test_every_prerequisite_is_stated() -> None:
    assert stated((Prerequisite.STAFF,)) == {"equipment": False, "staff": True, "knowledge": False}


def test_opening_names_everything_in_its_way() -> None:
    facts = OpeningFacts(one_party=True, open_already=True, technique_in_force=False)
    assert codes(problems(replace(SIGNED, persons=0), facts=facts, on=TODAY)) == [
        "transfer.one_party",
        "transfer.open_already",
        "transfer.technique_ended",
        "transfer.persons_missing",
    ]


@pytest.mark.parametrize(
    ("signed_on", "expected"),
    [(date(2026, 9, 14), []), (date(2026, 9, 15), []), (date(2026, 9, 16), ["transfer.in_future"])],
)
def test_signature_is_not_in_the_future(signed_on: date, expected: list[str]) -> None:
    assert codes(problems(replace(SIGNED, signed_on=signed_on), facts=CLEAR, on=TODAY)) == expected
    assert codes(why_not_sign(AgreementState.DRAFT, signed_on=signed_on, due_on=SIGNED.due_on, on=TODAY)) == expected


@pytest.mark.parametrize("signed_on", [date(2026, 9, 15), None])
@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 9, 14), ["transfer.due_too_early"]),
        (date(2026, 9, 15), ["transfer.due_too_early"]),
        (date(2026, 9, 16), []),
    ],
)
def test_hand_over_is_due_after_the_signature(signed_on: date | None, due_on: date, expected: list[str]) -> None:
    draft = replace(SIGNED, signed_on=signed_on, due_on=due_on)
    assert codes(problems(draft, facts=CLEAR, on=TODAY)) == expected


@pytest.mark.parametrize("state", [AgreementState.ACTIVE, AgreementState.HANDED_OVER, AgreementState.ENDED])
def test_only_a_draft_is_signed(state: AgreementState) -> None:
    assert codes(why_not_sign(state, signed_on=TODAY, due_on=SIGNED.due_on, on=TODAY)) == ["transfer.not_draft"]


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.HANDED_OVER, AgreementState.ENDED])
def test_only_an_active_agreement_is_handed_over(state: AgreementState) -> None:
    assert codes(why_not_hand_over(HANDED_OVER, state=state, signed_on=TODAY, on=TODAY)) == ["transfer.not_active"]


def test_hand_over_needs_every_prerequisite() -> None:
    draft = replace(HANDED_OVER, prerequisites=(Prerequisite.STAFF,))
    found = why_not_hand_over(draft, state=AgreementState.ACTIVE, signed_on=TODAY, on=TODAY)
    assert codes(found) == ["transfer.equipment_unmet", "transfer.knowledge_unmet"]


@pytest.mark.parametrize(
    ("handed_over_on", "expected"),
    [
        (date(2026, 9, 9), ["transfer.before_signature"]),
        (date(2026, 9, 10), []),
        (date(2026, 9, 11), []),
        (date(2026, 9, 14), []),
        (date(2026, 9, 15), []),
        (date(2026, 9, 16), ["transfer.in_future"]),
    ],
)
def test_hand_over_lies_between_signature_and_today(handed_over_on: date, expected: list[str]) -> None:
    draft = replace(HANDED_OVER, handed_over_on=handed_over_on)
    found = why_not_hand_over(draft, state=AgreementState.ACTIVE, signed_on=date(2026, 9, 10), on=TODAY)
    assert codes(found) == expected


def seen(draft: FollowUpDraft, *, barrier_known: bool = False) -> list[str]:
    """The codes for a technique handed over on the last day of May."""
    return codes(
        follow_up_problems(
            draft,
            state=AgreementState.HANDED_OVER,
            handed_over_on=date(2026, 5, 31),
            barrier_known=barrier_known,
            on=TODAY,
        )
    )


@pytest.mark.parametrize(
    ("observed_on", "expected"),
    [
        (date(2026, 8, 30), ["transfer.follow_up_too_early"]),
        (date(2026, 8, 31), []),
        (date(2026, 9, 1), []),
        (date(2026, 9, 14), []),
        (date(2026, 9, 15), []),
        (date(2026, 9, 16), ["transfer.in_future"]),
    ],
)
def test_follow_up_is_seen_once_its_months_have_passed(observed_on: date, expected: list[str]) -> None:
    assert seen(replace(SEEN, observed_on=observed_on)) == expected


@pytest.mark.parametrize("month", [0, 2, 4, 9, 13])
def test_other_months_are_not_followed_up(month: int) -> None:
    assert seen(replace(SEEN, month=month)) == ["transfer.month_unknown"]


@pytest.mark.parametrize(
    ("used", "cases", "barrier_known", "expected"),
    [
        (True, 0, False, ["transfer.cases_missing"]),
        (True, 1, False, []),
        (True, 1, True, []),
        (False, 0, True, []),
        (False, 0, False, ["transfer.barrier_missing"]),
        (False, 1, True, ["transfer.cases_without_use"]),
    ],
)
def test_use_has_cases_and_disuse_a_cause(used: bool, cases: int, barrier_known: bool, expected: list[str]) -> None:
    assert seen(replace(SEEN, used=used, cases=cases), barrier_known=barrier_known) == expected


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.ACTIVE, AgreementState.ENDED])
def test_only_a_technique_handed_over_is_followed_up(state: AgreementState) -> None:
    found = follow_up_problems(SEEN, state=state, handed_over_on=date(2026, 5, 31), barrier_known=False, on=TODAY)
    assert codes(found) == ["transfer.not_handed_over"]


@pytest.mark.parametrize("state", [AgreementState.DRAFT, AgreementState.ACTIVE, AgreementState.HANDED_OVER])
def test_ending_needs_a_reason(state: AgreementState) -> None:
    assert (codes(why_not_end(state, " ")), why_not_end(state, "Giải thể")) == (["transfer.reason_missing"], [])


def test_ending_twice_is_refused() -> None:
    assert codes(why_not_end(AgreementState.ENDED, "Giải thể")) == ["transfer.ended"]
