"""Enrolling, withdrawing, attendance, the end of a run and frozen hours; who can be released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.delivery import actions, queries
from lientuc.delivery.actions import Mark
from lientuc.delivery.enums import AttendanceState, ParticipationRole, RunKind, RunState
from lientuc.delivery.models import Attendance, CourseRun, Participation, RunLecturer, Session
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.models import AuditEntry
from tests.factories.delivery import make_completed, make_participation, make_run, make_session
from tests.factories.registry import make_leave, make_licence, make_worker
from tests.world import World

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 2)
PRESENT, LATE, EXCUSED, ABSENT = AttendanceState


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock_at(LAST):
        yield


@pytest.fixture
def run(world: World) -> CourseRun:
    """A published class of the school with two seats."""
    return make_run(world.school, capacity=2, plan_published_on=date(2026, 5, 1))


def codes(caught: Any) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def state_of(row: Participation) -> str:
    return Participation.objects.unscoped(WhyUnscoped.RULE).values_list("state", flat=True).get(pk=row.pk)


def test_station_sends_its_own_people_to_a_published_run(world: World, run: CourseRun) -> None:
    row = actions.enrol(run=run, worker=make_worker(world.station), by=world.user(Role.STATION))
    assert (row.state, row.role, row.sent_by) == ("enrolled", "learner", world.station)
    assert AuditEntry.objects.get().action == "delivery.enrol"


def test_station_sends_nobody_else(world: World, run: CourseRun) -> None:
    with pytest.raises(NotAllowed):
        actions.enrol(run=run, worker=make_worker(world.organisation("station_b")), by=world.user(Role.STATION))


def test_run_that_is_not_public_takes_nobody_from_outside(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.enrol(run=make_run(world.school), worker=make_worker(world.station), by=world.user(Role.STATION))


def test_same_person_twice_is_refused(world: World, run: CourseRun) -> None:
    worker, by = make_worker(world.station), world.user(Role.STATION)
    actions.enrol(run=run, worker=worker, by=by)
    with pytest.raises(Refused) as caught:
        actions.enrol(run=run, worker=worker, by=by)
    assert codes(caught) == ["delivery.enrolled_before"]


def test_merged_duplicate_is_the_same_person(world: World, run: CourseRun) -> None:
    worker, by = make_worker(world.station), world.user(Role.STATION)
    duplicate = make_worker(world.station, canonical=worker, national_number=None)
    first = actions.enrol(run=run, worker=duplicate, by=by)
    assert first.worker_id == worker.pk
    with pytest.raises(Refused) as caught:
        actions.enrol(run=run, worker=worker, by=by)
    assert codes(caught) == ["delivery.enrolled_before"]


def test_person_in_another_run_of_those_days_is_refused(world: World, run: CourseRun) -> None:
    worker = make_worker(world.station)
    make_participation(world.school, worker=worker, run=make_run(world.school, "Lớp khác"))
    with pytest.raises(Refused) as caught:
        actions.enrol(run=run, worker=worker, by=world.user(Role.STATION))
    assert [(p.code, dict(p.values)) for p in caught.value.problems] == [("delivery.clash", {"title": "Lớp khác"})]


def test_waiting_for_another_run_does_not_clash(world: World, run: CourseRun) -> None:
    worker = make_worker(world.station)
    make_participation(world.school, worker=worker, run=make_run(world.school, "Lớp khác"), state="waitlisted")
    assert actions.enrol(run=run, worker=worker, by=world.user(Role.STATION)).state == "enrolled"


@pytest.mark.parametrize(("left_on", "refused"), [(date(2026, 5, 31), True), (date(2026, 6, 1), False)])
def test_person_who_left_before_the_first_day_is_refused(
    world: World, run: CourseRun, left_on: date, refused: bool
) -> None:
    worker, by = make_worker(world.station, left_on=left_on), world.user(Role.STATION)
    if refused:
        with pytest.raises(Refused) as caught:
            actions.enrol(run=run, worker=worker, by=by)
        assert codes(caught) == ["delivery.worker_left"]
    else:
        assert actions.enrol(run=run, worker=worker, by=by).pk


def test_past_the_last_seat_people_wait_and_move_up(world: World, run: CourseRun) -> None:
    by = world.user(Role.STATION)
    rows = [actions.enrol(run=run, worker=make_worker(world.station, f"Người {n}"), by=by) for n in range(4)]
    assert [state_of(row) for row in rows] == ["enrolled", "enrolled", "waitlisted", "waitlisted"]
    actions.withdraw(participation=rows[0], reason="Bận trực", by=by)
    assert [state_of(row) for row in rows] == ["withdrawn", "enrolled", "enrolled", "waitlisted"]


def test_withdrawal_from_the_waiting_list_moves_nobody(world: World, run: CourseRun) -> None:
    by = world.user(Role.STATION)
    rows = [actions.enrol(run=run, worker=make_worker(world.station, f"Người {n}"), by=by) for n in range(4)]
    actions.withdraw(participation=rows[2], reason="Bận", by=by)
    assert [state_of(row) for row in rows] == ["enrolled", "enrolled", "withdrawn", "waitlisted"]


def test_lecturers_take_no_seat(world: World) -> None:
    run, by = make_run(world.school, capacity=1), world.user(Role.PROVIDER)
    actions.enrol(run=run, worker=make_worker(world.school, "Một"), by=by)
    teacher = make_worker(world.school, "Hai")
    assert actions.enrol(run=run, worker=teacher, role=ParticipationRole.LECTURER, by=by).state == "enrolled"


def test_withdrawn_person_may_come_back(world: World, run: CourseRun) -> None:
    worker, by = make_worker(world.station), world.user(Role.STATION)
    first = actions.enrol(run=run, worker=worker, by=by)
    actions.withdraw(participation=first, reason="Bận", by=by)
    assert actions.enrol(run=run, worker=worker, by=by).pk != first.pk


def test_withdrawal_needs_a_reason_and_reach(world: World, run: CourseRun) -> None:
    row = make_participation(world.school, worker=make_worker(world.station), run=run)
    with pytest.raises(Refused) as caught:
        actions.withdraw(participation=row, reason=" ", by=world.user(Role.STATION))
    assert codes(caught) == ["delivery.reason_missing"]
    with pytest.raises(NotAllowed):
        actions.withdraw(participation=row, reason="x", by=world.user(Role.TRAINING_OFFICE))


def two_sessions(run: CourseRun) -> list[Session]:
    return [make_session(run.organisation, run=run), make_session(run.organisation, run=run, on_date=LAST)]


def record(world: World, session: Session, marks: dict[Participation, AttendanceState]) -> None:
    rows = [Mark(row.pk, state) for row, state in marks.items()]
    actions.record_attendance(session=session, marks=rows, by=world.user(Role.PROVIDER))


def test_first_mark_starts_the_run_and_corrections_leave_a_trace(world: World) -> None:
    run = make_run(world.school)
    session, row = make_session(world.school, run=run), make_participation(world.school, run=run)
    record(world, session, {row: ABSENT})
    record(world, session, {row: ABSENT})
    record(world, session, {row: LATE})
    run.refresh_from_db()
    rows = Attendance.objects.unscoped(WhyUnscoped.RULE).order_by("pk").values_list("state", flat=True)
    sessions = Session.objects.unscoped(WhyUnscoped.RULE).filter(run=run)
    assert (run.state, list(rows)) == ("running", ["absent", "late"])
    assert queries.last_attendance(sessions) == {(session.pk, row.pk): "late"}


def test_attendance_cannot_be_rewritten(world: World) -> None:
    run = make_run(world.school)
    record(world, make_session(world.school, run=run), {make_participation(world.school, run=run): ABSENT})
    with pytest.raises(DatabaseError), transaction.atomic():
        Attendance.objects.unscoped(WhyUnscoped.RULE).update(state="present")


@pytest.mark.parametrize(("day", "refused"), [(31, True), (1, False)])
def test_attendance_of_a_coming_session_is_refused(world: World, day: int, refused: bool) -> None:
    run = make_run(world.school)
    session, row = make_session(world.school, run=run), make_participation(world.school, run=run)
    with clock_at(date(2026, 5 if day == 31 else 6, day)):
        if refused:
            with pytest.raises(Refused) as caught:
                record(world, session, {row: PRESENT})
            assert codes(caught) == ["delivery.session_in_future"]
        else:
            record(world, session, {row: PRESENT})


def test_mark_for_somebody_of_another_run_is_refused(world: World) -> None:
    session = make_session(world.school)
    with pytest.raises(Refused) as caught:
        record(world, session, {make_participation(world.school): PRESENT})
    assert codes(caught) == ["delivery.not_enrolled"]


def test_attendance_by_another_school_is_not_allowed(world: World) -> None:
    session = make_session(world.organisation("school_b"))
    with pytest.raises(NotAllowed):
        record(world, session, {})


def finished(world: World, run: CourseRun) -> CourseRun:
    return actions.finish_run(run=run, by=world.user(Role.PROVIDER))


def frozen(row: Participation) -> tuple[Any, ...]:
    fresh = Participation.objects.unscoped(WhyUnscoped.RULE).get(pk=row.pk)
    return fresh.state, fresh.quarter_hours, fresh.unit, fresh.regime, fresh.rule_reason, fresh.certainty


def test_finishing_freezes_hours_of_both_regimes_by_the_law(world: World) -> None:
    run = make_run(world.school)
    doctor = make_worker(world.station, "Bác sĩ", title="doctor")
    make_licence(doctor)
    people = {
        "p": make_participation(world.school, worker=doctor, run=run),
        "s": make_participation(world.school, worker=make_worker(world.station, "Điều dưỡng"), run=run),
        "out": make_participation(world.school, worker=make_worker(world.station, "Vắng"), run=run),
    }
    sessions = two_sessions(run)
    for session in sessions:
        record(world, session, {people["p"]: PRESENT, people["s"]: LATE, people["out"]: EXCUSED})
    assert finished(world, run).state == "finished"
    assert frozen(people["p"]) == ("completed", 64, "credit_hour", "p", "counted", "VERIFIED")
    assert frozen(people["s"]) == ("completed", 64, "lesson", "s", "counted", "VERIFIED")
    assert frozen(people["out"]) == ("failed", 0, "lesson", "s", "not_completed", "VERIFIED")
    row = Participation.objects.unscoped(WhyUnscoped.RULE).get(pk=people["p"].pk)
    assert (row.rule_set, row.article, row.sessions_attended, row.sessions_held) == (
        RuleSet.default().key, "Circ. 32/2023 Art. 3(1)", 2, 2,
    )  # fmt: skip


def test_person_without_a_mark_at_half_the_sessions_fails(world: World) -> None:
    run = make_run(world.school)
    here, half = (make_participation(world.school, f"Người {n}", run=run) for n in range(2))
    first, second = two_sessions(run)
    record(world, first, {here: PRESENT, half: PRESENT})
    record(world, second, {here: PRESENT})
    finished(world, run)
    assert (state_of(here), state_of(half)) == ("completed", "failed")


def test_conference_counts_half_days_and_decided_hours(world: World) -> None:
    run = make_run(world.school, kind=RunKind.CONFERENCE, decided_quarters=24, min_attendance_percent=0)
    doctor = make_worker(world.station, "Bác sĩ", title="doctor")
    make_licence(doctor)
    p = make_participation(world.school, worker=doctor, run=run, role="delegate")
    s = make_participation(world.school, "Điều dưỡng", run=run, role="delegate")
    chair = make_participation(world.school, "Chủ tọa", run=run, role="chair")
    for session in two_sessions(run):
        record(world, session, {p: PRESENT, s: PRESENT, chair: PRESENT})
    finished(world, run)
    assert frozen(p)[:4] == ("completed", 12, "credit_hour", "p")  # 2 half-days × 1.5
    assert frozen(s)[:5] == ("completed", 16, "lesson", "s", "capped")  # 6 decided, at most 4 for who attends
    assert frozen(chair)[:5] == ("completed", 24, "lesson", "s", "counted")  # 6 decided, at most 8 for the chair


def test_lecturer_counts_the_lessons_taught(world: World) -> None:
    run = make_run(world.school)
    teacher = make_worker(world.school, "Giảng viên")
    row = make_participation(world.school, worker=teacher, run=run, role="lecturer")
    lecturer = RunLecturer.objects.create(run=run, name="Giảng viên", worker=teacher, months_experience=36)
    learner = make_participation(world.school, "Học viên", run=run)
    first = make_session(world.school, run=run, lecturer=lecturer, lessons_quarters=18)
    second = make_session(world.school, run=run, on_date=LAST)
    for session in (first, second):
        record(world, session, {learner: PRESENT})
    finished(world, run)
    assert frozen(row)[:4] == ("completed", 18, "lesson", "s")


def test_finishing_twice_changes_nothing(world: World) -> None:
    run = make_run(world.school)
    row = make_participation(world.school, run=run)
    for session in two_sessions(run):
        record(world, session, {row: PRESENT})
    first = finished(world, run)
    before = Participation.objects.unscoped(WhyUnscoped.RULE).values().get(pk=row.pk)
    with clock_at(date(2026, 7, 1)):
        again = finished(world, run)
    assert (first.finished_at, before) == (
        again.finished_at, Participation.objects.unscoped(WhyUnscoped.RULE).values().get(pk=row.pk),
    )  # fmt: skip


def test_frozen_hours_cannot_change_even_by_sql(world: World) -> None:
    row = make_completed(world.school)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Participation.objects.unscoped(WhyUnscoped.RULE).filter(pk=row.pk).update(quarter_hours=400)


def test_twin_without_the_trigger_lets_frozen_hours_change(world: World) -> None:
    row = make_completed(world.school)
    on_table = " ON delivery_participation" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER delivery_participation_frozen{on_table}")
    Participation.objects.unscoped(WhyUnscoped.RULE).filter(pk=row.pk).update(quarter_hours=400)
    assert frozen(row)[1] == 400


def test_run_without_sessions_does_not_finish(world: World) -> None:
    run = make_run(world.school, state=RunState.RUNNING)
    with pytest.raises(Refused) as caught:
        finished(world, run)
    assert codes(caught) == ["delivery.no_sessions"]


def test_run_with_an_unmarked_session_does_not_finish(world: World) -> None:
    run = make_run(world.school)
    row = make_participation(world.school, run=run)
    record(world, two_sessions(run)[0], {row: PRESENT})
    with pytest.raises(Refused) as caught:
        finished(world, run)
    assert codes(caught) == ["delivery.attendance_missing"]


def test_finish_by_another_school_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        finished(world, make_run(world.organisation("school_b")))


def staff(world: World, **titles: str) -> dict[str, HealthWorker]:
    return {name: make_worker(world.station, name, title=title) for name, title in titles.items()}


def allowed(world: World, on: date) -> dict[str, tuple[bool, str]]:
    return {row.worker.full_name: (row.allowed, row.reason) for row in queries.releasable(world.station, on)}


SUMMER = date(2026, 7, 15)


def test_station_of_three_cannot_spare_its_only_doctor(world: World) -> None:
    staff(world, A="doctor", B="nurse", C="midwife")
    assert allowed(world, SUMMER) == {"A": (False, "no_lead"), "B": (True, "enough"), "C": (True, "enough")}


def test_station_of_two_can_spare_nobody(world: World) -> None:
    staff(world, A="doctor", B="doctor")
    assert allowed(world, SUMMER) == {"A": (False, "too_few"), "B": (False, "too_few")}


def test_people_away_do_not_count_as_staying(world: World) -> None:
    people = staff(world, A="doctor", B="nurse", C="midwife", D="nurse")
    make_leave(people["C"], from_on=SUMMER, to_on=SUMMER)
    busy = make_run(world.school, starts_on=SUMMER, ends_on=SUMMER)
    make_participation(world.school, worker=people["D"], run=busy)
    assert allowed(world, SUMMER) == {"A": (False, "too_few"), "B": (False, "too_few")}


def test_no_minimum_binds_before_the_decree(world: World) -> None:
    staff(world, A="doctor")
    assert allowed(world, date(2026, 7, 14)) == {"A": (True, "no_rule")}
    assert allowed(world, SUMMER) == {"A": (False, "too_few")}


def test_hospital_has_no_minimum_here(world: World) -> None:
    make_worker(world.hospital)
    assert [row.reason for row in queries.releasable(world.hospital, SUMMER)] == ["no_rule"]


def test_release_warning_is_for_the_people_the_station_cannot_spare(world: World) -> None:
    people = staff(world, A="doctor", B="nurse", C="midwife")
    run = make_run(world.school, starts_on=SUMMER, ends_on=SUMMER)
    warnings = {name: queries.release_warning(worker, run) for name, worker in people.items()}
    assert {name: row.reason for name, row in warnings.items() if row} == {"A": "no_lead"}
    make_participation(world.school, worker=people["A"], run=run)
    warning = queries.release_warning(people["A"], run)
    assert warning is not None
    assert warning.reason == "no_lead"


def test_engagements_by_sessions_do_not_clash_when_times_differ(world: World) -> None:
    worker = make_worker(world.station)
    other = make_run(world.school, "Buổi chiều")
    make_session(world.school, run=other, starts=time(13), ends=time(16))
    make_participation(world.school, worker=worker, run=other)
    morning = make_run(world.school, "Buổi sáng", plan_published_on=date(2026, 5, 1))
    make_session(world.school, run=morning)
    assert actions.enrol(run=morning, worker=worker, by=world.user(Role.STATION)).state == "enrolled"
