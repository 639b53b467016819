"""The last seat of a run under parallel requests: never sold twice; without the lock it is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.delivery import queries
from lientuc.delivery.actions import enrol
from lientuc.delivery.actions import people as people_module
from lientuc.delivery.models import CourseRun, Participation
from lientuc.places.scope import WhyUnscoped
from tests.factories.delivery import make_run
from tests.factories.registry import make_worker
from tests.world import World

pytestmark = pytest.mark.postgres
WHEN = date(2026, 5, 20)
PARALLEL, ROUNDS = 8, 5


@contextmanager
def closed_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()


def storm(world: World, round_number: int) -> CourseRun:
    """`PARALLEL` stations' people ask for one seat at the same instant."""
    run = make_run(world.school, f"Lớp {round_number}", capacity=1, plan_published_on=date(2026, 5, 1))
    workers = [make_worker(world.station, f"Người {round_number}-{n}") for n in range(PARALLEL)]
    gate = Barrier(PARALLEL)

    def ask(worker: Any) -> str:
        with closed_connection(), clock_at(WHEN):
            by = world.user(Role.STATION)
            gate.wait()
            return str(enrol(run=run, worker=worker, by=by).state)

    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(ask, workers))
    return run


def sold(run: CourseRun) -> int:
    rows = Participation.objects.unscoped(WhyUnscoped.RULE).filter(run=run, state="enrolled")
    return int(rows.count())


def test_last_seat_is_sold_once(own_database: str) -> None:
    world = World()
    assert [sold(storm(world, number)) for number in range(ROUNDS)] == [1] * ROUNDS


def test_twin_without_the_lock_sells_it_more_than_once(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(run: CourseRun) -> CourseRun:
        found = CourseRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("organisation", "curriculum_version")
        return found.get(pk=run.pk)  # type: ignore[no-any-return]

    meeting = Barrier(PARALLEL)
    counted = queries.seats_taken

    def counted_together(run: CourseRun) -> int:
        taken = counted(run)
        meeting.wait(timeout=30)
        return taken

    monkeypatch.setattr(people_module, "locked_run", unlocked)
    monkeypatch.setattr(people_module, "seats_taken", counted_together)
    assert sold(storm(World(), 0)) > 1
