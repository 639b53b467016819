"""Standings follow whatever changes: the register's actions in the same transaction, files by one job."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.credits.following import ABOUT_A_FILE, ABOUT_A_PERSON, WORK, queue_refresh, refreshing
from lientuc.credits.models import StandingRow
from lientuc.law.credits import Regime
from lientuc.places.scope import WhyUnscoped
from lientuc.registry import actions as registry
from lientuc.registry.enums import LicenceKind
from lientuc.registry.rules import LicenceDraft
from lientuc.trail import following
from lientuc.trail.following import follow, followed, tell
from lientuc.trail.jobs import run_next
from lientuc.trail.models import Job
from tests.factories.credits import make_entry, make_standing
from tests.factories.registry import make_worker
from tests.world import World

ALL = WhyUnscoped.SETUP


@pytest.fixture(autouse=True)
def _day() -> Any:
    with clock_at(date(2026, 6, 15)):
        yield


def standing_of(worker: Any) -> StandingRow:
    return StandingRow.objects.unscoped(ALL).get(worker=worker)


def record_licence(world: World, worker: Any) -> None:
    draft = LicenceDraft(kind=LicenceKind.GPHN, number="000123/HNO-GPHN", issued_on=date(2024, 3, 1))
    registry.record_licence(worker=worker, draft=draft, by=world.user(Role.STATION))


def test_new_licence_changes_the_regime_at_once(world: World) -> None:
    worker = make_standing(world.station).worker
    assert standing_of(worker).regime == Regime.S
    record_licence(world, worker)
    assert standing_of(worker).regime == Regime.P


def test_twin_without_followers_leaves_the_standing_stale(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = make_standing(world.station).worker
    monkeypatch.setattr(following, "_followers", {})
    record_licence(world, worker)
    assert standing_of(worker).regime == Regime.S


def test_merge_counts_the_hours_of_both_rows_once(world: World) -> None:
    kept, other = make_standing(world.hospital).worker, make_standing(world.hospital, "Trần Thị Ấn").worker
    make_entry(world.hospital, "Lớp A", worker=kept)
    make_entry(world.hospital, "Lớp B", worker=other)
    by = world.user(Role.TRAINING_OFFICE)
    registry.merge_workers(duplicate=other, canonical=kept, reason="Một người", by=by)
    assert [(row.worker_id, row.counted_quarters) for row in StandingRow.objects.unscoped(ALL)] == [(kept.pk, 64)]
    other.refresh_from_db()
    registry.unmerge_worker(duplicate=other, reason="Hai người", by=by)
    assert (standing_of(kept).counted_quarters, standing_of(other).counted_quarters) == (32, 32)


def test_file_queues_one_job_for_the_sender_and_below(world: World) -> None:
    worker, elsewhere = make_worker(world.station), make_worker(world.station_b)
    payload = {"organisations": [str(world.station.public_id)]}
    queue_refresh(payload, made_by="test")
    assert queue_refresh(payload, made_by="test") == Job.objects.get(kind=WORK)
    assert refreshing()
    job = run_next()
    assert job is not None
    assert (job.state, job.result) == ("done", {"persons": 1})
    assert [row.worker_id for row in StandingRow.objects.unscoped(ALL)] == [worker.pk] != [elsewhere.pk]
    assert not refreshing()


def test_codes_followed_are_those_of_the_register() -> None:
    assert {*ABOUT_A_PERSON, *ABOUT_A_FILE} <= followed()
    assert {
        "registry.record_licence",
        "registry.record_leave",
        "registry.merge_workers",
        "registry.take_staff",
    } <= followed()


def test_follower_is_told_once_however_often_it_is_named() -> None:
    heard: list[Any] = []

    def follower(result: Any, given: Any) -> None:
        heard.append(result)

    follow(["test.deed"], follower)
    follow(["test.deed"], follower)
    tell("test.deed", "row", {})
    tell("test.other", "row", {})
    assert heard == ["row"]
