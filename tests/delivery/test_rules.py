"""Rules of delivery: drafts, clashes, completion, what a participation is to the law, numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from lientuc.core.errors import Problem
from lientuc.delivery import rules
from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunKind, RunState
from lientuc.delivery.rules import (
    Activity,
    EnrolFacts,
    LecturerDraft,
    Occupied,
    Presence,
    RunDraft,
    SessionDraft,
    Slot,
)
from lientuc.law import parameter
from lientuc.law.authority import OrganisationKind, Proof, ProviderFacts, authority_for
from lientuc.law.credits import Form, Role

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 2)
ANY: Any = object()
DRAFT = RunDraft(
    organisation=ANY,
    kind=RunKind.CLASS,
    title="Lớp cấp cứu",
    starts_on=FIRST,
    ends_on=LAST,
    place="Hội trường A",
    capacity=30,
    proofs=(Proof.PRACTITIONER_CERTIFICATE,),
    curriculum_version=ANY,
)
MORNING = Slot(FIRST, time(8), time(11, 30))


def test_whole_draft_has_no_problems() -> None:
    assert list(rules.draft_problems(DRAFT)) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"title": " "}, "delivery.title_missing", "title"),
        ({"place": ""}, "delivery.place_missing", "place"),
        ({"ends_on": date(2026, 5, 31)}, "delivery.ends_before_start", "ends_on"),
        ({"capacity": 0}, "delivery.capacity_too_small", "capacity"),
        ({"fee_vnd": -1}, "delivery.fee_negative", "fee_vnd"),
        ({"proofs": ()}, "delivery.proof_missing", "proofs"),
        ({"curriculum_version": None}, "delivery.curriculum_missing", "curriculum_version"),
        ({"decided_hours": Decimal("0.1")}, "delivery.hours_not_quarters", "decided_hours"),
    ],
)
def test_draft_with_one_fault_names_it(change: dict[str, Any], code: str, field: str) -> None:
    assert list(rules.draft_problems(replace(DRAFT, **change))) == [Problem(code, field)]


def test_run_of_one_day_is_whole() -> None:
    assert list(rules.draft_problems(replace(DRAFT, ends_on=FIRST))) == []


def test_conference_needs_no_curriculum_but_decided_hours_for_a_confirmation() -> None:
    meeting = replace(DRAFT, kind=RunKind.CONFERENCE, curriculum_version=None)
    assert list(rules.draft_problems(meeting)) == []
    confirming = replace(meeting, proofs=(Proof.FORM_CONFIRMATION,))
    assert list(rules.draft_problems(confirming)) == [Problem("delivery.decided_hours_missing", "decided_hours")]
    assert list(rules.draft_problems(replace(confirming, decided_hours=Decimal(4)))) == []


def opening(draft: RunDraft, reason: str = "approved", *, own: bool = True) -> list[Problem]:
    return list(rules.why_not_open(draft, authority=(), approval_reason=reason, own_curriculum=own))


@pytest.mark.parametrize(
    ("published", "codes"),
    [
        (None, ["delivery.fee_not_published"]),
        (date(2026, 5, 31), []),
        (date(2026, 6, 1), ["delivery.fee_not_published"]),
        (date(2026, 6, 2), ["delivery.fee_not_published"]),
    ],
)
def test_fee_is_published_before_the_first_day(published: date | None, codes: list[str]) -> None:
    draft = replace(DRAFT, fee_vnd=500_000, fee_published_on=published)
    assert [problem.code for problem in opening(draft)] == codes


def test_run_without_fee_publishes_none() -> None:
    assert opening(DRAFT) == []


@pytest.mark.parametrize("reason", ["not_approved", "not_yet", "withdrawn"])
def test_curriculum_that_is_not_in_use_is_refused(reason: str) -> None:
    assert opening(DRAFT, reason) == [Problem(f"delivery.curriculum_{reason}", "curriculum_version")]


def test_curriculum_of_another_provider_is_refused() -> None:
    assert opening(DRAFT, own=False) == [Problem("delivery.curriculum_of_other", "curriculum_version")]


def test_hospital_without_code_may_not_issue_a_course_certificate() -> None:
    hospital = ProviderFacts(OrganisationKind.TREATMENT_FACILITY)
    decisions = [
        authority_for(proof, hospital, FIRST) for proof in (Proof.PRACTITIONER_CERTIFICATE, Proof.COURSE_CERTIFICATE)
    ]
    (problem,) = rules.authority_problems(decisions)
    assert (problem.code, problem.values["article"].vi) == (
        "delivery.authority_no_code", "Thông tư 22/2013/TT-BYT, Điều 10",
    )  # fmt: skip


def test_every_state_has_transitions_and_an_owner() -> None:
    assert set(rules.TRANSITIONS) == set(rules.OWNERS) == set(RunState)
    assert set(rules.ENROLMENT_TRANSITIONS) == set(ParticipationState)
    assert set(rules.ROLES) == set(RunKind)


@pytest.mark.parametrize(
    ("starts", "ends", "overlaps"),
    [
        (time(7), time(8), False),
        (time(7), time(8, 1), True),
        (time(11, 29), time(12), True),
        (time(11, 30), time(12), False),
    ],
)
def test_slots_overlap_only_with_shared_time(starts: time, ends: time, overlaps: bool) -> None:
    assert MORNING.overlaps(Slot(FIRST, starts, ends)) is overlaps


def test_slots_of_different_days_do_not_overlap() -> None:
    assert MORNING.overlaps(replace(MORNING, on_date=LAST)) is False


@pytest.mark.parametrize(
    ("first", "last", "clashes"),
    [
        (date(2026, 5, 30), date(2026, 5, 31), False),
        (date(2026, 5, 30), date(2026, 6, 1), True),
        (date(2026, 6, 2), date(2026, 6, 3), True),
        (date(2026, 6, 3), date(2026, 6, 4), False),
    ],
)
def test_runs_without_sessions_clash_by_days(first: date, last: date, clashes: bool) -> None:
    assert Occupied("a", FIRST, LAST).clashes(Occupied("b", first, last)) is clashes


def test_runs_with_sessions_clash_by_sessions() -> None:
    mine = Occupied("a", FIRST, LAST, (MORNING,))
    afternoon = Occupied("b", FIRST, LAST, (Slot(FIRST, time(13), time(16)),))
    assert (mine.clashes(afternoon), mine.clashes(Occupied("c", FIRST, LAST, (MORNING,)))) == (False, True)


SESSION = SessionDraft(FIRST, time(13), time(16), Decimal(4))
RUN = Occupied("a", FIRST, LAST, (MORNING,))


def session(draft: SessionDraft, kind: RunKind = RunKind.CLASS) -> list[str]:
    return [problem.code for problem in rules.session_problems(draft, RUN, kind=kind, lecturers={7})]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 5, 31), ["delivery.session_outside_run"]),
        (date(2026, 6, 1), []),
        (date(2026, 6, 2), []),
        (date(2026, 6, 3), ["delivery.session_outside_run"]),
    ],
)
def test_session_lies_within_the_run(day: date, codes: list[str]) -> None:
    assert session(replace(SESSION, on_date=day)) == codes


def test_session_of_a_class_overlaps_no_other() -> None:
    assert session(replace(SESSION, starts=time(11))) == ["delivery.session_overlaps"]


def test_parallel_session_of_a_conference_is_allowed_but_not_the_same_start() -> None:
    assert session(replace(SESSION, starts=time(9)), RunKind.CONFERENCE) == []
    assert session(replace(SESSION, starts=time(8)), RunKind.CONFERENCE) == ["delivery.session_overlaps"]


def test_session_with_lecturer_of_another_run_is_refused() -> None:
    assert session(replace(SESSION, lecturer=8)) == ["delivery.lecturer_of_other_run"]
    assert session(replace(SESSION, lecturer=7)) == []


@pytest.mark.parametrize(("months", "codes"), [(23, ["delivery.lecturer_experience"]), (24, []), (25, [])])
def test_lecturer_needs_twenty_four_months(months: int, codes: list[str]) -> None:
    least = parameter("programme.lecturer_experience_months", on=FIRST)
    found = rules.lecturer_problems(LecturerDraft("A", months), least_months=least, licence_ok=False)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(("licence_ok", "codes"), [(False, ["delivery.lecturer_licence"]), (True, [])])
def test_clinical_lecturer_needs_a_licence(licence_ok: bool, codes: list[str]) -> None:
    least = parameter("programme.lecturer_experience_months", on=FIRST)
    draft = LecturerDraft("A", 24, clinical=True)
    found = rules.lecturer_problems(draft, least_months=least, licence_ok=licence_ok)
    assert [problem.code for problem in found] == codes


FREE = EnrolFacts(
    run_kind=RunKind.CLASS,
    run_state=RunState.OPEN,
    run_ends_on=LAST,
    role=ParticipationRole.LEARNER,
    on=FIRST,
    already=False,
    left=False,
)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"run_state": RunState.PLANNED}, ["delivery.run_not_open"]),
        ({"run_state": RunState.FINISHED}, ["delivery.run_not_open"]),
        ({"on": LAST}, []),
        ({"on": date(2026, 6, 3)}, ["delivery.run_over"]),
        ({"role": ParticipationRole.CHAIR}, ["delivery.role_not_here"]),
        ({"already": True}, ["delivery.enrolled_before"]),
        ({"left": True}, ["delivery.worker_left"]),
        ({"clash_title": "Lớp khác"}, ["delivery.clash"]),
    ],
)
def test_enrolling_names_what_stands_in_the_way(change: dict[str, Any], codes: list[str]) -> None:
    assert [problem.code for problem in rules.why_not_enrol(replace(FREE, **change))] == codes


@pytest.mark.parametrize(("day", "codes"), [(1, ["delivery.not_over_yet"]), (2, []), (3, [])])
def test_run_finishes_from_its_last_day_on(day: int, codes: list[str]) -> None:
    found = rules.why_not_finish("running", ends_on=LAST, on=date(2026, 6, day), sessions=2, unmarked=0)
    assert [problem.code for problem in found] == codes


def test_run_without_marks_does_not_finish() -> None:
    found = rules.why_not_finish("running", ends_on=LAST, on=LAST, sessions=2, unmarked=1)
    assert list(found) == [Problem("delivery.attendance_missing", values={"sessions": 1})]


@pytest.mark.parametrize(("attended", "completed"), [(7, False), (8, True), (9, True)])
def test_learner_completes_at_eighty_percent_of_all_sessions(attended: int, completed: bool) -> None:
    presence = Presence(held=10, attended=attended)
    assert rules.has_completed("learner", presence, min_percent=80, taught_quarters=0, reports=0) is completed


@pytest.mark.parametrize(("attended", "completed"), [(0, False), (1, True)])
def test_delegate_completes_with_one_session(attended: int, completed: bool) -> None:
    presence = Presence(held=4, attended=attended)
    assert rules.has_completed("delegate", presence, min_percent=0, taught_quarters=0, reports=0) is completed


@pytest.mark.parametrize(("taught", "completed"), [(0, False), (1, True)])
def test_lecturer_completes_by_teaching(taught: int, completed: bool) -> None:
    presence = Presence(held=4, attended=0)
    assert rules.has_completed("lecturer", presence, min_percent=80, taught_quarters=taught, reports=0) is completed


def test_speaker_completes_by_reporting() -> None:
    presence = Presence(held=4, attended=0)
    assert rules.has_completed("speaker", presence, min_percent=0, taught_quarters=0, reports=1) is True


@pytest.mark.parametrize(
    ("kind", "role", "activity"),
    [
        ("class", "learner", Activity(Form.SHORT_COURSE, Role.LEARNER, Decimal(16))),
        ("class", "lecturer", Activity(Form.TEACHING, Role.LECTURER, Decimal(4))),
        ("conference", "delegate", Activity(Form.CONFERENCE, Role.DELEGATE, Decimal(3))),
        ("conference", "chair", Activity(Form.CONFERENCE, Role.CHAIR, Decimal(3))),
        ("conference", "speaker", Activity(Form.CONFERENCE, Role.SPEAKER, Decimal(2))),
        ("scientific_meeting", "delegate", Activity(Form.CONFERENCE, Role.DELEGATE, Decimal(3))),
        ("case_conference", "delegate", Activity(Form.CASE_CONFERENCE, Role.DELEGATE, Decimal(3))),
    ],
)
def test_participation_is_to_the_law(kind: str, role: str, activity: Activity) -> None:
    assert (
        rules.activity_of(
            RunKind(kind), ParticipationRole(role), lessons=Decimal(16), taught=Decimal(4), attended=3, reports=2
        )
        == activity
    )


@pytest.mark.parametrize(
    ("regime", "kind", "role", "proof"),
    [
        ("p", "class", "learner", Proof.PRACTITIONER_CERTIFICATE),
        ("p", "conference", "delegate", Proof.PRACTITIONER_CERTIFICATE),
        ("s", "class", "learner", Proof.COURSE_CERTIFICATE),
        ("s", "class", "lecturer", Proof.FORM_CONFIRMATION),
        ("s", "conference", "delegate", Proof.FORM_CONFIRMATION),
        ("pharmacy", "class", "learner", Proof.COURSE_CERTIFICATE),
    ],
)
def test_paper_follows_regime_kind_and_role(regime: str, kind: str, role: str, proof: Proof) -> None:
    assert rules.proof_for(regime, RunKind(kind), role) is proof


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{serial:05d}/{year}/{code}", "00032/2026/B24"),
        ("YS{serial:03d}/CNCNKTYK.K01-{year}", "YS032/CNCNKTYK.K01-2026"),
        ("{serial}/{year}/{code}", "32/2026/B24"),
    ],
)
def test_number_follows_the_provider_pattern(pattern: str, number: str) -> None:
    assert list(rules.number_problems(pattern)) == []
    assert rules.certificate_number(pattern, serial=32, year=2026, code="B24") == number


@pytest.mark.parametrize("pattern", ["{year}/{code}", "{serial.__class__}", "{serial}{0}", "{serial}}", ""])
def test_pattern_that_could_repeat_or_reach_elsewhere_is_refused(pattern: str) -> None:
    assert [problem.code for problem in rules.number_problems(pattern)] == ["delivery.number_pattern"]


@pytest.mark.parametrize(
    ("issued_on", "codes"),
    [
        (date(2026, 6, 1), ["delivery.issue_day"]),
        (date(2026, 6, 2), []),
        (date(2026, 6, 10), []),
        (date(2026, 6, 11), ["delivery.issue_day"]),
    ],
)
def test_day_of_issue_lies_between_the_last_day_and_today(issued_on: date, codes: list[str]) -> None:
    found = rules.issue_problems(
        "finished",
        issued_on=issued_on,
        ends_on=LAST,
        on=date(2026, 6, 10),
        signer="Hiệu trưởng",
        pattern="{serial}",
        place="Hà Nội",
    )
    assert [problem.code for problem in found] == codes
