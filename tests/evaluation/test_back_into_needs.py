"""Barriers named after training go to the level that can remove them; those of training become needs a person decides on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.curricula.enums import GroundKind
from lientuc.evaluation.enums import Route
from lientuc.evaluation.queries import grounds
from lientuc.evaluation.rules import route_of
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions.needs import accept_need, decline_need, pull_needs
from lientuc.planning.enums import NeedState
from lientuc.planning.models import Need
from lientuc.surveys.shipped import shipped
from tests.factories.curricula import make_topic
from tests.factories.evaluation import make_finding, make_study_wave
from tests.world import World

DAY = date(2026, 7, 2)
BARRIERS = {
    "knowledge": Route.TRAINING,
    "equipment": Route.BUDGET,
    "staffing": Route.STAFFING,
    "approval": Route.APPROVAL,
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(DAY):
        yield


def test_every_barrier_of_the_shared_list_has_a_level_that_can_remove_it() -> None:
    alumni = next(form for form in shipped() if form.code == "l3_alumni")
    routes = {value: route_of(value) for value in alumni.by_name["l3_barriers"].values}
    assert {value for value, route in routes.items() if route == Route.REVIEW} == {"other"}
    assert {barrier: routes[barrier] for barrier in BARRIERS} == BARRIERS


def test_training_barrier_becomes_a_need_and_the_others_do_not(world: World) -> None:
    topic = make_topic()
    study_wave = make_study_wave(world.school)
    found = {
        barrier: make_finding(
            world.department, study_wave=study_wave, barrier=barrier, routed_to=route, topic_code=topic.code
        )
        for barrier, route in BARRIERS.items()
    }
    assert [(g.kind, g.origin, g.persons) for g in grounds(DAY)] == [
        (GroundKind.FOLLOW_UP, str(found["knowledge"].ref), 12)
    ]
    by = world.user(Role.HEALTH_DEPARTMENT)
    pull_needs(organisation=world.department, on=DAY, by=by)
    (need,) = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(kind=GroundKind.FOLLOW_UP)
    assert (need.origin, need.persons, need.topic, need.state) == (
        str(found["knowledge"].ref), 12, topic, NeedState.RAISED,
    )  # fmt: skip
    accept_need(need=need, topic=topic, persons=10, by=by)
    need.refresh_from_db()
    assert (need.state, need.persons) == (NeedState.ACCEPTED, 10)


def test_planner_declines_with_a_reason_and_it_does_not_come_back_at_once(world: World) -> None:
    make_finding(world.department)
    by = world.user(Role.HEALTH_DEPARTMENT)
    pull_needs(organisation=world.department, on=DAY, by=by)
    need = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).get(kind=GroundKind.FOLLOW_UP)
    decline_need(need=need, reason="Đã có lớp của dự án", by=by)
    pull_needs(organisation=world.department, on=DAY, by=by)
    (only,) = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(kind=GroundKind.FOLLOW_UP)
    assert (only.state, only.reason) == (NeedState.DECLINED, "Đã có lớp của dự án")
