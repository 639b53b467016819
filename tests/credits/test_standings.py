"""Standings: explained line by line, kept for lists, counted with denominators, handed on as grounds for need."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.models import StandingRow
from lientuc.credits.queries import GroupBy, Summary, grounds, not_reckoned, standing_of, standings_of, summary_by
from lientuc.credits.refresh import payload_of, refresh_all, refresh_due, refresh_standings
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.law.credits import Form, Reason, Regime, RuleSet, Status, Unit
from lientuc.law.credits import Role as LawRole
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.enums import Title
from tests.factories.credits import make_entry, make_reversal, make_standing
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP
ON = date(2026, 6, 15)
VIEW = "credits.view_entries"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(ON):
        yield


def rows() -> Any:
    return StandingRow.objects.unscoped(ALL)


def test_standing_joins_every_line_to_its_entry(world: World, django_assert_num_queries: Any) -> None:
    worker = make_worker(world.station)
    course = make_entry(world.station, worker=worker)
    meeting = make_entry(
        world.station,
        worker=worker,
        form=Form.CONFERENCE,
        role=LawRole.DELEGATE,
        decided_quarters=24,
        basis="QĐ 3",
        activity_on=date(2026, 4, 1),
    )
    old = make_entry(world.station, worker=worker, activity_on=date(2021, 12, 31))
    taken_back = make_reversal(world.station, entry=make_entry(world.station, worker=worker))
    with django_assert_num_queries(3):
        explained = standing_of(worker, ON)
    assert [(line.entry.pk, line.decision.reason, line.decision.quarter_hours) for line in explained.lines] == [
        (meeting.pk, Reason.CAPPED, 16),
        (course.pk, Reason.COUNTED, 32),
        (old.pk, Reason.OUTSIDE_WINDOW, 0),
    ]
    assert [line.factor_unit for line in explained.lines] == ["decided", "lesson", "lesson"]
    assert [line.entry.pk for line in explained.counted] == [meeting.pk, course.pk]
    assert [line.entry.pk for line in explained.not_counted] == [old.pk]
    assert [reversal.pk for reversal in explained.reversed] == [taken_back.pk]
    assert explained.sum_of_lines == explained.standing.counted
    assert explained.standing.status is Status.SHORT
    assert explained.years_missed == "2022, 2023, 2024, 2025"


def test_standing_of_a_person_holds_the_entries_of_merged_rows(world: World) -> None:
    worker = make_worker(world.station)
    duplicate = make_worker(world.station, national_number=None, post=False, canonical=worker)
    make_entry(world.station, worker=duplicate)
    assert standing_of(worker, ON).standing.counted.quarter_hours == 32


def test_stored_standing_is_what_the_law_says(world: World) -> None:
    worker = make_worker(world.station)
    make_licence(worker)
    make_entry(world.station, worker=worker, form=Form.CONFERENCE, role=LawRole.SPEAKER, units=Decimal(3))
    assert refresh_standings([worker], ON) == 1
    answer = standing_of(worker, ON).standing
    row = rows().get(worker=worker)
    assert (row.regime, row.unit, row.status, row.deadline_on, row.rule_set) == (
        Regime.P, Unit.CREDIT_HOUR, answer.status, answer.deadline_on, RuleSet.default().key,
    )  # fmt: skip
    assert (row.required_quarters, row.counted_quarters, row.secondary_quarters, row.shortfall_quarters) == (
        answer.required.quarter_hours, 24, 24, answer.shortfall.quarter_hours,
    )  # fmt: skip
    assert (row.window_start_on, row.window_end_on, row.on_date, row.refreshed_on) == (
        answer.window_start, answer.window_end, ON, ON,
    )  # fmt: skip


@pytest.mark.parametrize("people", [1, 3])
def test_refresh_costs_the_same_for_one_and_three(world: World, django_assert_num_queries: Any, people: int) -> None:
    workers = [make_worker(world.station) for _ in range(people)]
    with django_assert_num_queries(5):
        refresh_standings(workers, ON)
    assert rows().count() == people


def test_refresh_again_keeps_one_row_a_person(world: World) -> None:
    worker = make_worker(world.station)
    refresh_standings([worker], ON)
    make_entry(world.station, worker=worker)
    refresh_standings([worker], ON)
    assert list(rows().values_list("counted_quarters", flat=True)) == [32]


def test_refresh_of_a_duplicate_reckons_the_canonical_person(world: World) -> None:
    worker = make_worker(world.station)
    duplicate = make_worker(world.station, national_number=None, post=False)
    refresh_standings([worker, duplicate], ON)
    duplicate.canonical = worker
    duplicate.save()
    assert refresh_standings([duplicate], ON) == 1
    assert list(rows().values_list("worker", flat=True)) == [worker.pk]


def test_whoever_was_not_reckoned_today_is_due(world: World) -> None:
    scope = world.user(Role.STATION).scope(VIEW)
    reckoned, waiting = make_worker(world.station), make_worker(world.station)
    make_worker(world.station_b)
    make_worker(world.station, left_on=date(2026, 1, 1))
    refresh_standings([reckoned], ON)
    assert list(not_reckoned(scope=scope, on=ON)) == [waiting]
    assert set(not_reckoned(scope=scope, on=ON + timedelta(days=1))) == {reckoned, waiting}
    assert refresh_due(scope, ON) == 1
    assert not not_reckoned(scope=scope, on=ON).exists()


def test_refresh_as_a_job_reckons_the_same_scope(world: World) -> None:
    make_worker(world.station)
    make_worker(world.station_b)
    told: list[int] = []
    scope = world.user(Role.STATION).scope(VIEW)
    assert refresh_all(payload_of(scope), told.append) == {"persons": 1}
    assert (told, rows().count()) == ([100], 1)


def test_list_leaves_out_who_left_and_filters(world: World) -> None:
    by = world.user(Role.STATION)
    here = make_standing(world.station, "Trần Thị An")
    make_standing(world.station_b, "Lê Văn Bình")
    gone = make_standing(world.station, "Phạm Văn Cũ")
    gone.worker.left_on = date(2026, 1, 1)
    gone.worker.save()
    assert list(standings_of(by=by)) == [here]
    assert list(standings_of(by=by, text="tran thi an")) == [here]
    assert list(standings_of(by=by, text=here.worker.national_number)) == [here]
    assert list(standings_of(by=by, text=here.worker.national_number[:6])) == []
    assert list(standings_of(by=by, status=Status.MET)) == []
    assert list(standings_of(by=by, organisation=world.station)) == [here]


def test_summary_counts_people_by_status_with_their_denominator(world: World, django_assert_num_queries: Any) -> None:
    make_standing(world.station, status=Status.MET)
    make_standing(world.station, status=Status.SHORT)
    make_standing(world.station, status=Status.EXEMPT)
    make_standing(world.station_b, status=Status.NOT_COVERED)
    none = dict.fromkeys(Status, 0)
    with django_assert_num_queries(1):
        found = summary_by(scope=Scope(everything=True), group_by=GroupBy.COMMUNE)
    assert found == (
        Summary("M1001", 3, none | {Status.MET: 1, Status.SHORT: 1, Status.EXEMPT: 1}),
        Summary("M1002", 1, none | {Status.NOT_COVERED: 1}),
    )
    assert [summary.with_duty for summary in found] == [2, 0]
    assert [summary.persons for summary in summary_by(scope=Scope(everything=True))] == [4]


def test_grounds_gather_missing_hours_by_unit_and_family(world: World, django_assert_num_queries: Any) -> None:
    late = date(2026, 3, 1)
    make_standing(world.station, status=Status.SHORT, shortfall_quarters=40, deadline_on=late)
    make_standing(world.station, status=Status.ACCRUING, shortfall_quarters=8, deadline_on=date(2027, 12, 31))
    make_standing(world.station, status=Status.ACCRUING, shortfall_quarters=8, deadline_on=date(2028, 1, 1))
    make_standing(world.station, status=Status.MET, shortfall_quarters=0)
    doctor = make_standing(world.station_b, status=Status.ACCRUING, shortfall_quarters=4, deadline_on=late)
    doctor.worker.title = Title.DOCTOR
    doctor.worker.save()
    with django_assert_num_queries(1):
        found = grounds(scope=Scope(everything=True), on=ON)
    assert found == [
        Ground(
            GroundKind.HOURS_DUE,
            world.station.pk,
            "",
            2,
            late,
            f"credits.hours_due:{world.station.public_id}/nursing",
            {
                "family": "nursing",
                "statuses": {"accruing": 1, "short": 1},
                "titles": {"nurse": 2},
                "missing_quarters": {"lesson": 48},
            },
        ),
        Ground(
            GroundKind.HOURS_DUE,
            world.station_b.pk,
            "",
            1,
            late,
            f"credits.hours_due:{world.station_b.public_id}/clinical",
            {
                "family": "clinical",
                "statuses": {"accruing": 1},
                "titles": {"doctor": 1},
                "missing_quarters": {"lesson": 4},
            },
        ),
    ]


def test_grounds_hold_who_has_the_whole_but_not_this_years_floor(world: World) -> None:
    make_standing(
        world.station,
        status=Status.ACCRUING,
        shortfall_quarters=0,
        yearly_floor_met=False,
        deadline_on=date(2026, 12, 31),
    )
    make_standing(
        world.station,
        status=Status.ACCRUING,
        shortfall_quarters=0,
        yearly_floor_met=True,
        deadline_on=date(2026, 12, 31),
    )
    (found,) = grounds(scope=Scope(everything=True), on=ON)
    assert (found.persons, found.detail["missing_quarters"]) == (1, {"lesson": 0})


def test_grounds_stay_inside_the_scope(world: World) -> None:
    make_standing(world.station_b, status=Status.SHORT, shortfall_quarters=40)
    assert grounds(scope=world.user(Role.STATION).scope(VIEW), on=ON) == []
