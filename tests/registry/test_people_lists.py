"""Lists of pairs and reorganisations, and the record: the same cost for one and three rows, empty, both languages, wrong role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from tests.factories.registry import make_leave, make_licence, make_pair, make_post, make_reorganisation, make_worker
from tests.world import World

LISTS: dict[str, tuple[int, Callable[[World, int], Any]]] = {
    "duplicates": (7, lambda world, n: make_pair(world.station, f"Người {n}")),
    "reorganisations": (5, lambda world, n: make_reorganisation(world.station, f"Trạm {n}")),
}


@pytest.fixture
def department(client: Client, world: World) -> Client:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    return client


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_for_one_and_three_rows(
    world: World, department: Client, name: str, count: int, django_assert_num_queries: Any
) -> None:
    queries, make = LISTS[name]
    for n in range(count):
        make(world, n)
    with django_assert_num_queries(queries):
        answer = department.get(reverse(f"registry:{name}"))
    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_record_costs_the_same_for_one_and_three_of_everything(
    world: World, department: Client, count: int, django_assert_num_queries: Any
) -> None:
    worker = make_worker(world.station)
    for _ in range(count):
        make_licence(worker)
        make_leave(worker)
        make_post(worker, world.hospital, responsible_for_training=False)
    with django_assert_num_queries(11):
        assert department.get(reverse("registry:worker", args=[worker.public_id])).status_code == 200


@pytest.mark.parametrize("name", ["duplicates", "reorganisations", "areas"])
def test_empty_list_says_what_to_do_in_both_languages(world: World, department: Client, name: str) -> None:
    for cookie in ("vi", "en"):
        department.cookies["ngon-ngu"] = cookie
        assert "empty-state" in department.get(reverse(f"registry:{name}")).content.decode()


@pytest.mark.parametrize("name", ["duplicates", "reorganisations", "reorganise", "areas", "register_free"])
def test_pages_are_closed_to_finance(world: World, client: Client, name: str) -> None:
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    assert client.get(reverse(f"registry:{name}")).status_code == 403
