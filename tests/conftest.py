"""The test house: one world of organisations and people per database, real databases, no clock, no mocks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import setup_databases, teardown_databases

from tests.world import World, build_world

LONGEST = {"test_permission_matrix", "test_columns", "test_jobs_killed", "test_linker", "test_demo", "test_suppression"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Deselect (never skip) what belongs to the other pass: PostgreSQL-only and long tests."""
    url = os.environ.get("DATABASE_URL", "sqlite://")
    unwanted = set()
    if not url.startswith("postgres"):
        unwanted.add("postgres")
    elif os.environ.get("LIENTUC_BROWSER_ON") != "postgres":
        unwanted.add("browser")
    if not os.environ.get("LIENTUC_LONG"):
        unwanted.add("long")
    dropped = [item for item in items if unwanted & {mark.name for mark in item.iter_markers()}]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
    yield
    # Files go to the workers as wholes: one that takes minutes and comes last keeps the other worker idle.
    items.sort(key=lambda item: not (item.path.stem in LONGEST or item.get_closest_marker("browser")))


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The schema plus the test world, built once; each test rolls back to it.

    The plugin makes a test database only for tests that ask for `db`; a run of nothing but tests on their own copy would
    otherwise build the world in the real one.
    """
    made = []
    with django_db_blocker.unblock():
        if not any(_asks_for_database(item) for item in request.session.items):
            made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        build_world()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _asks_for_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool({"db", "transactional_db"} & names)


@pytest.fixture
def world(db: None) -> World:
    """Organisations on two lines in two provinces and one user per role."""
    return World()


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[str]:
    """The URL of a committed copy of the test database, for tests with processes, threads or a server.

    The one sanctioned way to reset insert-only tables: the copy is thrown away.
    """
    from tests.databases import committed_copy

    with django_db_blocker.unblock(), committed_copy(tmp_path) as url:
        yield url
