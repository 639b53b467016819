"""Every route × role × relation against the reviewed expectation; 0 leaks, and a twin without `visible_to` leaks."""

from __future__ import annotations

import pytest
from django.urls import URLPattern

from lientuc.accounts.permissions import table
from lientuc.places.scope import ScopedQuerySet, WhyUnscoped
from lientuc.web.pages import PUBLIC
from tests.matrix import Leak, Matrix, reach, routes, walk
from tests.world import World

PATTERNS: dict[str, URLPattern] = dict(walk())
CLOSED = sorted(name for name, route in routes().items() if route.permission != PUBLIC and not name.startswith("api:"))


def test_every_route_is_reviewed() -> None:
    assert sorted(set(PATTERNS) ^ set(routes())) == []
    assert {name for name in PATTERNS if "uuid" in str(PATTERNS[name].pattern)} == {
        name for name, route in routes().items() if route.kind and not route.lists
    }


def test_every_permission_is_reviewed() -> None:
    assert {permission for permission, _ in reach()} == set(table())


@pytest.mark.parametrize("name", CLOSED)
def test_route_asks_the_reviewed_permission(name: str) -> None:
    assert getattr(PATTERNS[name].callback, "permission", None) == routes()[name].permission


@pytest.mark.parametrize("name", CLOSED)
def test_route_leaks_nothing(world: World, name: str) -> None:
    assert Matrix(world, routes()[name], PATTERNS[name]).leaks() == []


@pytest.mark.parametrize("name", CLOSED)
def test_visitor_is_asked_to_sign_in(world: World, name: str) -> None:
    from django.test import Client
    from django.urls import reverse

    arguments = dict.fromkeys(PATTERNS[name].pattern.converters, "00000000-0000-4000-8000-000000000000")
    answer = Client().get(reverse(name, kwargs=arguments))
    assert (answer.status_code, answer.headers["Location"][:15]) == (302, "/tai-khoan/logi")


def test_twin_with_one_visible_to_removed_leaks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, scope: self.unscoped(WhyUnscoped.SETUP))
    name = "directives:duties"
    found = Matrix(world, routes()[name], PATTERNS[name]).leaks()
    assert Leak(name, "station", "sibling", "seen") in found
