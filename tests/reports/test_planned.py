"""The explained standing names planned classes that would close it: approved, of the unit or above, not yet opened, not past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.closing import PlannedClass, planned_classes
from lientuc.credits.queries.standings import standing_of
from lientuc.curricula.enums import TopicFamily
from lientuc.planning.enums import PlanState
from lientuc.planning.models import PlanLineNeed, PlanLineRun
from lientuc.registry.models import HealthWorker
from lientuc.reports.planned import planned_for
from tests.factories.curricula import make_topic
from tests.factories.delivery import make_run
from tests.factories.planning import make_approved_plan, make_line, make_need
from tests.factories.registry import make_worker
from tests.world import World

ON = date(2026, 5, 15)


@pytest.fixture(autouse=True)
def on_the_day() -> Any:
    with clock_at(ON):
        yield


@pytest.fixture
def worker(world: World) -> HealthWorker:
    return make_worker(world.station, user=world.user(Role.HEALTH_WORKER))


def line(world: World, label: str = "Chăm sóc người bệnh", **fields: Any) -> Any:
    topic = fields.pop("topic", None) or make_topic(family=TopicFamily.NURSING)
    plan = fields.pop("plan", None) or make_approved_plan(world.department, year=fields.get("year", 2026))
    return make_line(world.department, label, plan=plan, topic=topic, **fields)


def titles(worker: HealthWorker) -> list[str]:
    return [one.title for one in planned_for(worker, ON)]


def test_line_for_the_title_is_told_with_quarter_and_seats(world: World, worker: HealthWorker) -> None:
    row = line(world, from_quarter=3, to_quarter=4)
    planner = row.plan.organisation.name
    assert list(planned_for(worker, ON)) == [
        PlannedClass("Chăm sóc người bệnh", planner, 2026, 3, 4, classes=2, seats=20, for_unit=False)
    ]


def test_line_for_the_units_need_is_told_whatever_its_topic(world: World, worker: HealthWorker) -> None:
    row = line(world, topic=make_topic(family=TopicFamily.PHARMACY))
    assert titles(worker) == []
    need = make_need(world.station, topic=row.topic)
    PlanLineNeed.objects.create(line=row, need=need, persons=1)
    assert [one.for_unit for one in planned_for(worker, ON)] == [True]


@pytest.mark.parametrize(("to_quarter", "told"), [(1, False), (2, True), (3, True)])
def test_line_is_told_until_its_last_quarter_is_over(
    world: World, worker: HealthWorker, to_quarter: int, told: bool
) -> None:
    line(world, from_quarter=1, to_quarter=to_quarter)
    assert bool(titles(worker)) is told


@pytest.mark.parametrize(("runs", "left"), [(1, [1]), (2, [])])
def test_line_whose_classes_were_opened_is_not_told(
    world: World, worker: HealthWorker, runs: int, left: list[int]
) -> None:
    row = line(world)
    for number in range(runs):
        PlanLineRun.objects.create(line=row, run=make_run(world.school, f"Lớp {number}"))
    assert [one.classes for one in planned_for(worker, ON)] == left


def test_drafts_and_plans_of_others_are_not_told(world: World, worker: HealthWorker) -> None:
    line(world, "Nơi khác", plan=make_approved_plan(world.organisation("department2"), year=2026))
    draft = make_approved_plan(world.department, year=2026, number=99)
    draft.state = PlanState.AMENDED
    draft.save()
    line(world, "Bản cũ", plan=draft)
    assert titles(worker) == []


def test_only_who_lacks_hours_is_told_those_in_time_first(world: World, worker: HealthWorker) -> None:
    line(world, "Năm sau", year=2027)
    line(world, "Năm nay", from_quarter=3)
    standing = standing_of(worker, ON).standing
    shown = planned_classes(worker, standing)
    assert [(one.title, in_time) for one, in_time in shown] == [("Năm nay", True), ("Năm sau", False)]
    pharmacist = make_worker(world.station, title="pharmacist")
    assert planned_classes(pharmacist, standing_of(pharmacist, ON).standing) == []


@pytest.mark.parametrize("count", [1, 3])
def test_explained_standing_shows_them_with_the_same_queries(
    world: World, client: Client, worker: HealthWorker, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        line(
            world,
            f"Chăm sóc {number}",
            plan=make_approved_plan(world.department, year=2026 + number),
            year=2026 + number,
        )
    client.force_login(world.user(Role.HEALTH_WORKER))
    with django_assert_num_queries(9):
        page = client.get(reverse("credits:standing", args=[worker.public_id])).content.decode()
    assert page.count("Chăm sóc ") == count
    assert "quý 1 đến quý 4 năm 2026" in page
    client.cookies["ngon-ngu"] = "en"
    page = client.get(reverse("credits:standing", args=[worker.public_id])).content.decode()
    assert "quarters 1 to 4 of 2026" in page
