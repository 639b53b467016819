"""An entry recorded while standings are reckoned is not lost: both lock the person; a twin without the lock loses it (PostgreSQL)."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at, today
from lientuc.credits import refresh
from lientuc.credits.actions import record_entry
from lientuc.credits.models import StandingRow
from lientuc.credits.refresh import refresh_standings
from lientuc.credits.rules import EntryDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from tests.factories.registry import make_worker
from tests.world import World

pytestmark = pytest.mark.postgres
ALL = WhyUnscoped.SETUP
DAY = date(2026, 6, 15)


def counted(worker: HealthWorker) -> int:
    return int(StandingRow.objects.unscoped(ALL).get(worker=worker).counted_quarters)


def recorded_in_the_middle(worker: HealthWorker, by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refresh a person; once the ledger was read and before the standing is written, somebody records an entry."""
    read, writer_tried = threading.Event(), threading.Event()
    entries_of = refresh._entries_of

    def slow(persons: list[int]) -> Any:
        found = entries_of(persons)
        if threading.current_thread().name == "refresher":
            read.set()
            writer_tried.wait(timeout=3)
        return found

    monkeypatch.setattr(refresh, "_entries_of", slow)
    draft = EntryDraft(
        worker=worker.public_id, activity_on=date(2026, 3, 5), form="short_course", role="learner",
        units=Decimal(8), title="Lớp trong lúc tính",
    )  # fmt: skip

    def reckon() -> None:
        try:
            with clock_at(DAY):
                refresh_standings([worker], today())
        finally:
            connection.close()

    def record() -> None:
        read.wait(timeout=10)
        try:
            with clock_at(DAY):
                record_entry(draft=draft, by=by)
        finally:
            writer_tried.set()
            connection.close()

    threads = [threading.Thread(target=reckon, name="refresher"), threading.Thread(target=record)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)


def test_entry_recorded_while_standings_are_reckoned_is_counted(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    worker = make_worker(world.station)
    recorded_in_the_middle(worker, world.user(Role.STATION), monkeypatch)
    assert counted(worker) == 32


def test_twin_without_the_lock_writes_the_old_standing_over_the_new(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    worker = make_worker(world.station)

    def unlocked(persons: Any) -> dict[int, HealthWorker]:
        rows = HealthWorker.objects.unscoped(ALL).select_related("keeper").filter(pk__in=list(persons))
        return {row.pk: row for row in rows}

    monkeypatch.setattr(refresh, "locked_people", unlocked)
    recorded_in_the_middle(worker, world.user(Role.STATION), monkeypatch)
    assert counted(worker) == 0
