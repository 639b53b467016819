"""Two merges of the same people at once (PostgreSQL): one result; without the lock nobody is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connection

from lientuc.accounts.enums import Role
from lientuc.core.errors import Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import merge_workers
from lientuc.registry.duplicates import actions as module
from lientuc.registry.models import HealthWorker, WorkerMerge
from tests.factories.registry import make_worker
from tests.world import World

pytestmark = pytest.mark.postgres


def merge_both_ways(world: World) -> tuple[list[str], int, int]:
    """One says A is B, the other says B is A, at the same instant; outcomes, merged rows and merges kept."""
    pair = make_worker(world.station, "An"), make_worker(world.station, "An", post=False)
    gate = Barrier(2)

    def merge(order: int) -> str:
        try:
            rows = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).select_related("keeper")
            duplicate, canonical = (rows.get(pk=row.pk) for row in (pair if order else pair[::-1]))
            by = world.user(Role.STATION)
            gate.wait(timeout=30)
            merge_workers(duplicate=duplicate, canonical=canonical, reason="một người", by=by)
        except Refused:
            return "refused"
        except DatabaseError:
            return "broken"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(merge, range(2)))
    merged = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).filter(canonical__isnull=False).count()
    return outcomes, merged, WorkerMerge.objects.unscoped(WhyUnscoped.SETUP).count()


def test_two_merges_at_once_give_one_result(own_database: str) -> None:
    assert merge_both_ways(World()) == (["merged", "refused"], 1, 1)


def test_twin_without_the_lock_refuses_nobody(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Barrier(2)
    asked = module._facts

    def unlocked(duplicate: HealthWorker, canonical: HealthWorker) -> tuple[HealthWorker, HealthWorker]:
        return duplicate, canonical

    def asked_together(*rows: Any) -> Any:
        facts = asked(*rows)
        meeting.wait(timeout=30)
        return facts

    monkeypatch.setattr(module, "_locked", unlocked)
    monkeypatch.setattr(module, "_facts", asked_together)
    outcomes, _, _ = merge_both_ways(World())
    assert "refused" not in outcomes
