"""Two equal requests at once write once; a long import delays nobody (PostgreSQL)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from lientuc.accounts.actions import open_account
from lientuc.accounts.enums import Role
from lientuc.accounts.models import User
from lientuc.accounts.rules import UserDraft
from lientuc.trail.models import AuditEntry, DoneOnce
from lientuc.trail.record import write_audit
from lientuc.trail.seal import seal
from tests.world import World

pytestmark = pytest.mark.postgres
DRAFT = UserDraft(username="an.tram", full_name="Trần Thị An", password="mat-khau-rat-dai-01")


def in_threads(count: int, work: object) -> list[object]:
    def run(number: int) -> object:
        try:
            return work(number)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_equal_requests_at_once_write_once(own_database: str) -> None:
    world = World()
    station, by = world.station, world.user(Role.STATION)
    together = threading.Barrier(12)

    def send(_: int) -> int:
        together.wait()
        return open_account(draft=DRAFT, organisation=station, by=by, key="same").pk

    assert len(set(in_threads(12, send))) == 1
    assert (User.objects.filter(username="an.tram").count(), DoneOnce.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(action="accounts.open_account").count() == 1


def test_sealers_at_once_chain_each_row_once(own_database: str) -> None:
    from lientuc.accounts.models import SYSTEM
    from lientuc.trail.seal import faults

    for number in range(200):
        write_audit(action="test.write", by=SYSTEM, subject=f"test:{number}", values={})
    assert sum(in_threads(6, lambda _: seal())) == 200  # type: ignore[arg-type]
    assert list(faults()) == []


def test_write_does_not_wait_for_a_long_transaction(own_database: str) -> None:
    """The import's audit row is inserted plainly, so another write commits while the import is still open."""
    from lientuc.accounts.models import SYSTEM

    inside, finished = threading.Event(), threading.Event()

    def long_import(_: int) -> None:
        with transaction.atomic():
            write_audit(action="test.import", by=SYSTEM, subject="test:import", values={})
            inside.set()
            assert finished.wait(20)

    def short_write() -> float:
        inside.wait(20)
        start = time.monotonic()
        write_audit(action="test.write", by=SYSTEM, subject="test:short", values={})
        seal()
        finished.set()
        return time.monotonic() - start

    thread = threading.Thread(target=in_threads, args=(1, long_import))
    thread.start()
    waited = short_write()
    thread.join()
    assert AuditEntry.objects.filter(action__startswith="test.").count() == 2
    assert waited < 10  # a deadlock guard, not a speed claim: with a chained insert this would wait for the import
