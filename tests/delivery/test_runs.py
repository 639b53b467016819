"""Opening, publishing, cancelling runs; lecturers and sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.delivery import actions, queries
from lientuc.delivery.enums import RunKind
from lientuc.delivery.models import CourseRun
from lientuc.delivery.rules import LecturerDraft, RunDraft, SessionDraft
from lientuc.law.authority import Proof
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.factories.curricula import make_approved_version, make_submitted_version
from tests.factories.delivery import make_finished_run, make_run, make_session
from tests.factories.registry import make_authority, make_licence, make_provider, make_worker
from tests.world import World

BOTH = (Proof.PRACTITIONER_CERTIFICATE, Proof.COURSE_CERTIFICATE)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock_at(date(2026, 5, 20)):
        yield


def codes(caught: Any) -> list[str]:
    return [problem.code for problem in caught.value.problems]


@pytest.fixture
def draft(world: World) -> RunDraft:
    """A class of the school, which holds a code C."""
    make_provider(world.school, code="C.01")
    return RunDraft(
        organisation=world.school,
        kind=RunKind.CLASS,
        title="Lớp  cấp cứu phản vệ",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 2),
        place="Hội trường A",
        capacity=2,
        proofs=BOTH,
        curriculum_version=make_approved_version(world.school),
        plan_line="planning.planline:1",
    )


def test_opened_run_keeps_the_share_of_its_version(world: World, draft: RunDraft) -> None:
    run = actions.open_run(draft=draft, by=world.user(Role.PROVIDER))
    assert (run.state, run.title, run.min_attendance_percent, run.proofs, run.plan_line) == (
        "open", "Lớp cấp cứu phản vệ", 80, ["practitioner_certificate", "course_certificate"], "planning.planline:1",
    )  # fmt: skip
    assert AuditEntry.objects.get().organisation == str(world.school.public_id)


def test_run_of_another_organiser_is_not_allowed(world: World, draft: RunDraft) -> None:
    with pytest.raises(NotAllowed):
        actions.open_run(
            draft=replace(draft, organisation=world.organisation("school_b")), by=world.user(Role.PROVIDER)
        )


def test_run_of_an_organisation_that_is_no_provider_is_refused(world: World) -> None:
    draft = RunDraft(
        organisation=world.hospital,
        kind=RunKind.CONFERENCE,
        title="Hội nghị",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 1),
        place="A",
        capacity=10,
        proofs=(Proof.PRACTITIONER_CERTIFICATE,),
    )
    with pytest.raises(Refused) as caught:
        actions.open_run(draft=draft, by=world.user(Role.TRAINING_OFFICE))
    assert codes(caught) == ["delivery.not_a_provider"]


def test_hospital_without_code_opens_a_conference_for_practitioners_only(world: World) -> None:
    make_provider(world.hospital)
    draft = RunDraft(
        organisation=world.hospital,
        kind=RunKind.CONFERENCE,
        title="Hội nghị",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 1),
        place="A",
        capacity=10,
        proofs=(Proof.PRACTITIONER_CERTIFICATE,),
    )
    by = world.user(Role.TRAINING_OFFICE)
    assert actions.open_run(draft=draft, by=by).state == "open"
    both = replace(draft, proofs=(*draft.proofs, Proof.FORM_CONFIRMATION), decided_hours=Decimal(4))
    with pytest.raises(Refused) as caught:
        actions.open_run(draft=both, by=by)
    assert codes(caught) == ["delivery.authority_no_code"]


@pytest.mark.parametrize(
    ("ends", "refused"), [(date(2026, 5, 31), True), (date(2026, 6, 1), False), (date(2026, 6, 2), False)]
)
def test_code_must_hold_on_the_first_day(world: World, ends: date, refused: bool) -> None:
    make_authority(make_provider(world.school), to_on=ends)
    draft = RunDraft(
        organisation=world.school,
        kind=RunKind.CLASS,
        title="Lớp",
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 2),
        place="A",
        capacity=2,
        proofs=BOTH,
        curriculum_version=make_approved_version(world.school),
    )
    if refused:
        with pytest.raises(Refused) as caught:
            actions.open_run(draft=draft, by=world.user(Role.PROVIDER))
        assert codes(caught) == ["delivery.authority_code_not_valid"]
    else:
        assert actions.open_run(draft=draft, by=world.user(Role.PROVIDER)).state == "open"


def test_unapproved_programme_is_refused(world: World, draft: RunDraft) -> None:
    submitted = make_submitted_version(world.school)
    with pytest.raises(Refused) as caught:
        actions.open_run(draft=replace(draft, curriculum_version=submitted), by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.curriculum_not_approved"]


def test_programme_of_another_provider_is_refused(world: World, draft: RunDraft) -> None:
    other = make_approved_version(world.organisation("school_b"))
    with pytest.raises(Refused) as caught:
        actions.open_run(draft=replace(draft, curriculum_version=other), by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.curriculum_of_other"]


def test_paper_that_does_not_exist_yet_is_refused(world: World, draft: RunDraft) -> None:
    old = replace(
        draft,
        starts_on=date(2023, 12, 31),
        ends_on=date(2023, 12, 31),
        proofs=(Proof.PRACTITIONER_CERTIFICATE,),
        curriculum_version=make_approved_version(world.school, decided_on=date(2023, 1, 2)),
    )
    with pytest.raises(Refused) as caught:
        actions.open_run(draft=old, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.proof_not_in_force"]


def test_planned_run_opens_later_under_the_same_questions(world: World, draft: RunDraft) -> None:
    by = world.user(Role.PROVIDER)
    run = actions.plan_run(draft=replace(draft, fee_vnd=500_000), by=by)
    with pytest.raises(Refused) as caught:
        actions.confirm_run(run=run, by=by)
    assert codes(caught) == ["delivery.fee_not_published"]
    actions.publish_run(run=run, published_on=date(2026, 5, 20), by=by)
    assert actions.confirm_run(run=run, by=by).state == "open"


def test_opened_run_cannot_be_confirmed_again(world: World, draft: RunDraft) -> None:
    by = world.user(Role.PROVIDER)
    run = actions.open_run(draft=draft, by=by)
    with pytest.raises(Refused) as caught:
        actions.confirm_run(run=run, by=by)
    assert codes(caught) == ["delivery.wrong_state"]


def test_first_day_of_publication_stays(world: World) -> None:
    run = make_run(world.school, plan_published_on=date(2026, 5, 1))
    row = actions.publish_run(run=run, published_on=date(2026, 5, 20), by=world.user(Role.PROVIDER))
    assert (row.plan_published_on, row.fee_published_on) == (date(2026, 5, 1), date(2026, 5, 20))


@pytest.mark.parametrize(("day", "refused"), [(19, False), (20, False), (21, True)])
def test_publication_is_not_in_the_future(world: World, day: int, refused: bool) -> None:
    run, by = make_run(world.school), world.user(Role.PROVIDER)
    if refused:
        with pytest.raises(Refused) as caught:
            actions.publish_run(run=run, published_on=date(2026, 5, day), by=by)
        assert codes(caught) == ["delivery.published_in_future"]
    else:
        assert actions.publish_run(run=run, published_on=date(2026, 5, day), by=by).pk


def test_cancelled_run_keeps_its_reason(world: World) -> None:
    row = actions.cancel_run(run=make_run(world.school), reason="Bão", by=world.user(Role.PROVIDER))
    assert (row.state, row.cancel_reason, row.cancelled_by) == (
        "cancelled",
        "Bão",
        str(world.user(Role.PROVIDER).public_id),
    )


def test_finished_run_cannot_be_cancelled(world: World) -> None:
    with pytest.raises(Refused) as caught:
        actions.cancel_run(run=make_finished_run(world.school), reason="x", by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.wrong_state"]


@pytest.mark.parametrize(("months", "refused"), [(23, True), (24, False)])
def test_lecturer_needs_the_months_of_the_law(world: World, months: int, refused: bool) -> None:
    run, by = make_run(world.school), world.user(Role.PROVIDER)
    draft = LecturerDraft("BS. Lê Văn B", months)
    if refused:
        with pytest.raises(Refused) as caught:
            actions.add_lecturer(run=run, draft=draft, by=by)
        assert codes(caught) == ["delivery.lecturer_experience"]
    else:
        assert actions.add_lecturer(run=run, draft=draft, by=by).name == "BS. Lê Văn B"


def test_licence_of_a_registered_lecturer_is_read_not_stated(world: World) -> None:
    run, by = make_run(world.school), world.user(Role.PROVIDER)
    worker = make_worker(world.school, "Lê Văn B", title="doctor")
    draft = LecturerDraft("Lê Văn B", 36, worker=worker, clinical=True, licence_ok=True)
    with pytest.raises(Refused) as caught:
        actions.add_lecturer(run=run, draft=draft, by=by)
    assert codes(caught) == ["delivery.lecturer_licence"]
    make_licence(worker)
    assert actions.add_lecturer(run=run, draft=draft, by=by).licence_ok is True
    with pytest.raises(Refused) as caught:
        actions.add_lecturer(run=run, draft=draft, by=by)
    assert codes(caught) == ["delivery.lecturer_twice"]


def test_planned_session_keeps_its_lessons(world: World) -> None:
    run = make_run(world.school)
    draft = SessionDraft(date(2026, 6, 1), time(8), time(11, 30), Decimal("4.5"), title="Lý thuyết")
    row = actions.plan_session(run=run, draft=draft, by=world.user(Role.PROVIDER))
    assert (row.lessons_quarters, row.title) == (18, "Lý thuyết")


def test_second_session_at_the_same_time_is_refused(world: World) -> None:
    session = make_session(world.school)
    draft = SessionDraft(session.on_date, time(9), time(10), Decimal(1))
    with pytest.raises(Refused) as caught:
        actions.plan_session(run=session.run, draft=draft, by=world.user(Role.PROVIDER))
    assert codes(caught) == ["delivery.session_overlaps"]


def test_session_by_a_person_of_another_school_is_not_allowed(world: World) -> None:
    draft = SessionDraft(date(2026, 6, 1), time(9), time(10), Decimal(1))
    with pytest.raises(NotAllowed):
        actions.plan_session(run=make_run(world.organisation("school_b")), draft=draft, by=world.user(Role.PROVIDER))


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"plan_published_on": date(2026, 5, 20)}, True),
        ({"plan_published_on": None}, False),
        ({"plan_published_on": date(2026, 5, 21)}, False),
        ({"plan_published_on": date(2026, 5, 1), "fee_vnd": 1}, False),
        ({"plan_published_on": date(2026, 5, 1), "fee_vnd": 1, "fee_published_on": date(2026, 5, 20)}, True),
        ({"plan_published_on": date(2026, 5, 1), "state": "planned"}, False),
        ({"plan_published_on": date(2026, 5, 1), "starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 19)}, False),
        ({"plan_published_on": date(2026, 5, 1), "starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 20)}, True),
    ],
)
def test_open_runs_are_published_and_not_over(world: World, fields: dict[str, Any], shown: bool) -> None:
    run = make_run(world.school, **fields)
    assert list(queries.open_runs(date(2026, 5, 20))) == ([run] if shown else [])


def test_runs_are_counted_with_their_seats(world: World) -> None:
    run = make_run(world.school)
    assert CourseRun.objects.unscoped(WhyUnscoped.RULE).count() == 1
    assert [(row.pk, row.seated) for row in queries.runs_for(world.user(Role.PROVIDER))] == [(run.pk, 0)]
