"""Pages of directives: what each role sees, empty states, both languages, query counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.directives.models import Difficulty
from lientuc.places.scope import WhyUnscoped
from tests.factories.directives import make_difficulty, make_directive, make_duty
from tests.world import World


@pytest.fixture
def station(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.STATION))
    return client


@pytest.mark.parametrize("path", ["/chi-dao/", "/chi-dao/nhiem-vu/", "/chi-dao/kho-khan/"])
def test_empty_page_says_so_in_both_languages(station: Client, path: str) -> None:
    vietnamese = station.get(path).content.decode()
    station.cookies["ngon-ngu"] = "en"
    english = station.get(path).content.decode()
    assert "empty-state" in vietnamese
    assert "empty-state" in english
    assert vietnamese != english


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_duties_asks_the_same_queries_for_one_and_three_rows(
    station: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_duty(world.station, f"{number}/BYT")
    with django_assert_num_queries(5):
        page = station.get("/chi-dao/nhiem-vu/").content.decode()
    assert page.count("Báo cáo thực hiện</a>") == count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_difficulties_asks_the_same_queries_for_one_and_three_rows(
    station: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_difficulty(world.station, f"Khó khăn {number}")
    with django_assert_num_queries(5):
        page = station.get("/chi-dao/kho-khan/").content.decode()
    assert page.count('<th scope="row">') == count


def test_station_reports_a_difficulty_by_the_form(station: Client, world: World) -> None:
    sent = {"organisation": str(world.station.public_id), "text": "Thiếu máy siêu âm", "key": "k"}
    for _ in range(2):
        assert station.post("/chi-dao/kho-khan/moi/", sent).status_code == 302
    assert [row.text for row in Difficulty.objects.unscoped(WhyUnscoped.SETUP)] == ["Thiếu máy siêu âm"]


def test_form_without_text_keeps_what_was_typed(station: Client, world: World) -> None:
    page = station.post("/chi-dao/kho-khan/moi/", {"organisation": str(world.station.public_id), "text": ""})
    assert page.status_code == 200
    assert str(world.station.public_id) in page.content.decode()


def test_directive_counts_units_in_scope(client: Client, world: World) -> None:
    make_duty(world.station)
    make_duty(world.organisation("station2"))
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/chi-dao/van-ban/{make_directive().public_id}/").content.decode()
    assert "0 / 1" in page


def test_other_units_duty_is_not_found(station: Client, world: World) -> None:
    duty = make_duty(world.station_b)
    assert station.get(f"/chi-dao/nhiem-vu/{duty.public_id}/").status_code == 404


def test_worker_has_no_directives(client: Client, world: World) -> None:
    client.force_login(world.user(Role.HEALTH_WORKER))
    assert client.get("/chi-dao/").status_code == 403
