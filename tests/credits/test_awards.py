"""The hours of a run enter the ledger once, as they were frozen, and never beside the same activity entered by hand."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.credits.actions import award_run
from lientuc.credits.enums import EntrySource
from lientuc.credits.models import CreditEntry
from lientuc.credits.queries import standing_of
from lientuc.credits.queries.awards import awards_of
from lientuc.delivery.actions import finish_run
from lientuc.delivery.enums import AttendanceState, ParticipationRole, ParticipationState, RunKind, RunState
from lientuc.delivery.models import Attendance, CourseRun, Participation, RunLecturer
from lientuc.law.credits import Regime, RuleSet, hours_of
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.factories.credits import make_entry, make_reversal
from tests.factories.delivery import (
    make_certificate,
    make_completed,
    make_finished_run,
    make_participation,
    make_run,
    make_session,
)
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
ON = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(ON):
        yield


def ledger() -> Any:
    return CreditEntry.objects.unscoped(ALL)


def finished(world: World, kind: RunKind, **fields: Any) -> CourseRun:
    """A run of two sessions with everybody present, finished by its organiser."""
    run = make_run(world.school, kind=kind, state=RunState.RUNNING, **fields)
    sessions = [make_session(world.school, run=run, starts=time(hour), ends=time(hour + 3)) for hour in (8, 13)]
    lecturer = make_worker(world.hospital)
    roles = {
        RunKind.CLASS: [ParticipationRole.LEARNER, ParticipationRole.LECTURER],
        RunKind.CASE_CONFERENCE: [ParticipationRole.DELEGATE],
    }.get(kind, [ParticipationRole.CHAIR, ParticipationRole.SPEAKER, ParticipationRole.DELEGATE])
    if ParticipationRole.LECTURER in roles:
        sessions[0].lecturer = RunLecturer.objects.create(run=run, name="A", worker=lecturer, months_experience=30)
        sessions[0].save()
    for licensed in (True, False):
        for role in roles:
            worker = lecturer if role == ParticipationRole.LECTURER else make_worker(world.station)
            if licensed:
                make_licence(worker, issued_on=date(2024, 3, 1))
            elif role == ParticipationRole.LECTURER:
                continue
            person = make_participation(world.school, run=run, worker=worker, role=role)
            for session in sessions:
                Attendance.objects.create(
                    session=session, participation=person, state=AttendanceState.PRESENT, recorded_by="test"
                )
    return finish_run(run=run, by=world.user(Role.PROVIDER))


@pytest.mark.parametrize(
    ("kind", "people"),
    [(RunKind.CLASS, 3), (RunKind.CONFERENCE, 6), (RunKind.SCIENTIFIC_MEETING, 6)],
)
def test_awarded_entry_is_worth_the_frozen_hours(world: World, kind: RunKind, people: int) -> None:
    run = finished(world, kind, **({} if kind is RunKind.CLASS else {"decided_quarters": 14}))
    award_run(run=run, by=world.user(Role.PROVIDER))
    assert ledger().count() == people
    for person in Participation.objects.unscoped(ALL).filter(run=run):
        entry = ledger().get(participation_ref=str(person.ref))
        worth = hours_of(entry.facts, Regime(person.regime), RuleSet.default())
        assert (worth.quarter_hours, worth.reason) == (person.quarter_hours, person.rule_reason)
        assert worth.quarter_hours > 0


def test_case_conference_is_awarded_to_practitioners_only(world: World) -> None:
    run = finished(world, RunKind.CASE_CONFERENCE)
    award_run(run=run, by=world.user(Role.PROVIDER))
    assert ledger().count() == 1
    assert [(award.awarded, award.problems) for award in awards_of(run) if not award.awarded] == [
        (False, (Problem("credits.form_unknown", "form"),))
    ]


def test_award_writes_who_completed_with_certificate_and_standing(world: World) -> None:
    run = make_finished_run(world.school, "Lớp cấp cứu")
    done = make_completed(world.school, run=run, worker=make_worker(world.station))
    make_completed(world.school, run=run, state=ParticipationState.FAILED, quarter_hours=0)
    certificate = make_certificate(world.school, participation=done)
    award_run(run=run, by=world.user(Role.PROVIDER))
    row = ledger().get()
    assert (row.worker, row.organisation, row.source, row.activity_on, row.title, row.issuer, row.certificate_number) == (
        done.worker, world.school, EntrySource.AWARD, run.ends_on, "Lớp cấp cứu", world.school.name, certificate.number,
    )  # fmt: skip
    assert standing_of(done.worker, ON).standing.counted_hours > 0
    audit = AuditEntry.objects.get(action="credits.award_run")
    assert (audit.subject, audit.organisation) == (f"delivery.courserun:{run.public_id}", str(world.school.public_id))


def test_award_again_adds_nothing(world: World) -> None:
    run = make_finished_run(world.school)
    make_completed(world.school, run=run)
    by = world.user(Role.PROVIDER)
    award_run(run=run, by=by)
    award_run(run=run, by=by)
    assert ledger().count() == 1


def test_award_once_reversed_does_not_come_back(world: World) -> None:
    run = make_finished_run(world.school)
    make_completed(world.school, run=run)
    by = world.user(Role.PROVIDER)
    award_run(run=run, by=by)
    make_reversal(world.school, entry=ledger().get())
    award_run(run=run, by=by)
    assert ledger().filter(reversal__isnull=True).count() == 0


def test_activity_entered_by_hand_is_not_awarded_beside_it(world: World) -> None:
    run = make_finished_run(world.school, "Lớp cấp cứu")
    done = make_completed(world.school, run=run)
    make_entry(world.school, "LỚP CẤP CỨU", worker=done.worker, activity_on=run.ends_on)
    award_run(run=run, by=world.user(Role.PROVIDER))
    assert ledger().count() == 1
    assert [problem.code for problem in awards_of(run)[0].problems] == ["credits.activity_taken"]


def test_run_not_finished_is_refused(world: World) -> None:
    run = make_run(world.school)
    with pytest.raises(Refused) as caught:
        award_run(run=run, by=world.user(Role.PROVIDER))
    assert caught.value.problems == (Problem("credits.run_not_finished"),)


@pytest.mark.parametrize("role", [Role.STATION, Role.HEALTH_WORKER, Role.MINISTRY, Role.HEALTH_DEPARTMENT])
def test_who_may_not_award_is_refused(world: World, role: Role) -> None:
    run = make_finished_run(world.school)
    make_completed(world.school, run=run)
    with pytest.raises(NotAllowed):
        award_run(run=run, by=world.user(role))
    assert not ledger().exists()


@pytest.mark.parametrize("people", [1, 3])
def test_award_pages_cost_the_same_for_one_and_three(
    world: World, client: Client, django_assert_num_queries: Any, people: int
) -> None:
    run = make_finished_run(world.school, "Lớp cấp cứu")
    for _ in range(people):
        make_completed(world.school, run=run)
    client.force_login(world.user(Role.PROVIDER))
    with django_assert_num_queries(7):
        found = client.get(reverse("credits:awards")).content.decode()
    assert ("Lớp cấp cứu" in found, f"0 / {people}" in found) == (True, True)
    with django_assert_num_queries(12):
        found = client.get(reverse("credits:award", args=[run.public_id])).content.decode()
    assert found.count("chờ ghi nhận") == people


def test_award_page_awards_and_says_how_many(world: World, client: Client) -> None:
    run = make_finished_run(world.school)
    make_completed(world.school, run=run)
    client.force_login(world.user(Role.PROVIDER))
    response = client.post(reverse("credits:award", args=[run.public_id]), follow=True)
    assert "Đã ghi nhận giờ cho 1 người." in response.content.decode()
    assert ledger().get().units == Decimal(16)


def test_award_list_is_empty_and_closed_to_others(world: World, client: Client) -> None:
    client.force_login(world.user(Role.PROVIDER))
    assert "Chưa có khóa nào kết thúc" in client.get(reverse("credits:awards")).content.decode()
    other = make_finished_run(world.organisation("school2"))
    assert client.get(reverse("credits:award", args=[other.public_id])).status_code == 404
    client.force_login(world.user(Role.STATION))
    assert client.get(reverse("credits:awards")).status_code == 403
