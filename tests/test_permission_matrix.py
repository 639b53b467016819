"""Every route × role × relation against the reviewed expectation; 0 leaks, and a twin without `visible_to` leaks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

from lientuc.accounts.enums import Role
from lientuc.accounts.permissions import table
from lientuc.credits.models import CreditEntry
from lientuc.places.scope import ScopedQuerySet, WhyUnscoped
from lientuc.web.pages import PUBLIC
from tests.factories.registry import make_worker
from tests.matrix import NAMES, Leak, Matrix, reach, routes, walk
from tests.world import RELATIONS, World

API = "/api/v1/credit-entries"
ENTRY = {
    "activity_on": "2026-03-05",
    "form": "short_course",
    "role": "learner",
    "units": 7.5,
    "title": "Cấp cứu ban đầu",
}

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
    from django.urls import reverse

    arguments = dict.fromkeys(PATTERNS[name].pattern.converters, "00000000-0000-4000-8000-000000000000")
    answer = Client().get(reverse(name, kwargs=arguments))
    assert (answer.status_code, answer.headers["Location"][:15]) == (302, "/tai-khoan/logi")


def test_twin_with_one_visible_to_removed_leaks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedQuerySet, "within", lambda self, scope: self.unscoped(WhyUnscoped.SETUP))
    name = "directives:duties"
    found = Matrix(world, routes()[name], PATTERNS[name]).leaks()
    assert Leak(name, "station", "sibling", "seen") in found


@pytest.mark.parametrize("role", list(RELATIONS))
def test_api_reads_and_writes_only_what_the_role_reaches(world: World, client: Client, role: Role) -> None:
    """The API door meets the same scope as the pages: entries listed, entries recorded, by role × relation."""
    client.force_login(world.user(role))
    seen, written, expected_seen, expected_written = set(), set(), set(), set()
    for relation in NAMES:
        key = RELATIONS[role][relation]
        person = make_worker(world.organisation(key), f"Người {role} {relation}")
        if client.get(API, {"worker": str(person.public_id)}).status_code == 200:
            seen.add(relation)
        before = CreditEntry.objects.unscoped(WhyUnscoped.SETUP).count()
        client.post(API, ENTRY | {"worker": str(person.public_id)}, content_type="application/json")
        if CreditEntry.objects.unscoped(WhyUnscoped.SETUP).count() > before:
            written.add(relation)
        for permission, expected in (
            ("credits.view_entries", expected_seen),
            ("credits.record_entry", expected_written),
        ):
            near = reach()[permission, role] & set(NAMES)
            if any(RELATIONS[role][name] == key for name in near):
                expected.add(relation)
    assert (seen, written) == (expected_seen, expected_written)
