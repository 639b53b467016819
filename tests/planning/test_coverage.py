"""Coverage of needs on the tile map: shares by province, special zones with their province, an invented province beneath."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.places.enums import OrganisationKind
from lientuc.planning.coverage_map import beside_map, coverage_map
from lientuc.planning.enums import NeedState
from lientuc.planning.models import PlanLineNeed
from lientuc.planning.queries.needs import coverage_by_province
from tests.factories.places import make_organisation
from tests.factories.planning import make_approved_plan, make_line, make_need
from tests.world import World

HOANG_SA, TRUONG_SA = "20333", "22736"


def shown(found: dict[str, tuple[int, int]], language: str = "vi") -> dict[str, tuple[str, str]]:
    """What the squares say that say anything: text and shade by code."""
    return {each.code: (each.value, each.step) for each in coverage_map(found, language).squares if each.step != "none"}


@pytest.mark.parametrize(
    ("served", "value", "step"),
    [(0, "0%", "0"), (24, "24%", "0"), (25, "25%", "1"), (50, "50%", "2"), (75, "75%", "3"), (90, "90%", "4"), (100, "100%", "4")],
)  # fmt: skip
def test_square_shows_the_share_and_its_shade(served: int, value: str, step: str) -> None:
    assert shown({"01": (100, served), "02": (0, 0)}) == {"01": (value, step)}


def test_special_zones_take_the_shade_of_their_province_and_are_always_drawn() -> None:
    squares = {each.code: each.step for each in coverage_map({"48": (4, 3), "56": (4, 0)}, "vi").squares}
    assert (squares[HOANG_SA], squares[TRUONG_SA]) == ("3", "0")
    empty = {each.code for each in coverage_map({}, "vi").squares}
    assert {HOANG_SA, TRUONG_SA} <= empty
    assert "sea" in {each.kind for each in coverage_map({}, "vi").squares}


def test_province_without_a_square_is_told_beneath() -> None:
    assert beside_map({"01": (4, 4), "M1": (8, 3), "M2": (0, 0)}, "vi") == {"M1": "38%"}


def _needs(world: World) -> None:
    """In an invented province 3 of 4 persons have a seat, in Đà Nẵng 2 were trained, 2 have no seat and 9 only asked."""
    need = make_need(world.station, state=NeedState.PLANNED, persons=4)
    line = make_line(world.department, plan=make_approved_plan(world.department), topic=need.topic)
    PlanLineNeed.objects.create(line=line, need=need, persons=3)
    clinic = make_organisation(world.ministry, "Phòng khám", kind=OrganisationKind.PRIVATE_FACILITY, province_code="48")
    for persons, state in ((2, NeedState.MET), (2, NeedState.ACCEPTED), (9, NeedState.RAISED)):
        make_need(clinic, state=state, persons=persons)


def test_map_counts_seats_and_needs_that_were_met(world: World, client: Client) -> None:
    _needs(world)
    by = world.user(Role.MINISTRY)
    assert coverage_by_province(by) == {"M1": (4, 3), "48": (4, 2)}
    client.force_login(by)
    page = client.get("/ke-hoach/nhu-cau/do-bao-phu/").content.decode()
    texts = ("Đà Nẵng: 50%", "Tỉnh không có ô trên bản đồ: Một 75%.", "Hoàng Sa", "Trường Sa", "Biển Đông")
    assert [text for text in texts if text not in page] == []


def test_province_sees_its_own_share_only(world: World, client: Client) -> None:
    _needs(world)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get("/ke-hoach/nhu-cau/do-bao-phu/").content.decode()
    assert ("Một 75%" in page, "Đà Nẵng: 50%" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_queries_for_one_and_three_needs(
    world: World, client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        make_need(world.station, state=NeedState.ACCEPTED)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    with django_assert_max_num_queries(13):
        client.get("/ke-hoach/nhu-cau/do-bao-phu/")
