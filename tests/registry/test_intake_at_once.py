"""Imports beside imports and refreshes, workers and readers killed in the middle: one result, all or nothing (PostgreSQL)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from lientuc.accounts.enums import Role
from lientuc.core.clock import now, today
from lientuc.credits.models import StandingRow
from lientuc.credits.refresh import refresh_standings
from lientuc.documents.readers import read_workbook
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import staff as staff_actions
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake import work
from lientuc.registry.intake.models import StagedWorker
from lientuc.registry.models import HealthWorker, Licence, Post
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import reap, run_next
from lientuc.trail.models import ImportBatch, Job
from tests.registry.staff_lists import HEADER, book, receive
from tests.trail.test_concurrency import in_threads
from tests.world import World

pytestmark = pytest.mark.postgres
GOOD = TakeChoice.GOOD_ROWS
COUNT = 60
PATIENCE = 60


def rows(count: int = COUNT, *, numbers: bool = True) -> list[list[Any]]:
    return [
        [
            n, f"Nguyễn Thị {n}", "20/05/1990", "Nữ", f"0011{n:08d}" if numbers else "", "Điều dưỡng", "", "biên chế",
            f"{n}/X-GPHN" if numbers else "", "01/03/2024",
        ]
        for n in range(count)
    ]  # fmt: skip


def counts() -> tuple[int, int, int]:
    people, posts, licences = (m.objects.unscoped(WhyUnscoped.SETUP).count() for m in (HealthWorker, Post, Licence))
    return people, posts, licences


def until(question: Callable[[], Any]) -> Any:
    """Wait for an answer; a guard against waiting for ever, not a claim about speed."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise AssertionError("it never came")


def taken_at_once(world: World, *, numbers: bool = True, how_many: int = 2) -> list[str]:
    """The same file previewed by everybody first, then taken by everybody at the same instant."""
    content = book([HEADER, *rows(numbers=numbers)])
    previews = [receive(content, world.station, world.user(Role.STATION)) for _ in range(how_many)]
    gate = threading.Barrier(how_many)

    def take(number: int) -> str:
        gate.wait()
        try:
            return str(take_staff(batch=previews[number], choice=GOOD, by=world.user(Role.STATION)).state)
        except IntegrityError:
            return "collided"

    return sorted(map(str, in_threads(how_many, take)))


@pytest.mark.parametrize("numbers", [True, False], ids=["with numbers", "by name only"])
def test_same_file_taken_twice_at_once_gives_one_result(own_database: str, numbers: bool) -> None:
    assert taken_at_once(World(), numbers=numbers, how_many=3) == ["taken"] * 3
    assert counts() == ((COUNT, COUNT, COUNT) if numbers else (COUNT, COUNT, 0))


def test_twin_without_the_entrance_doubles_people(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = threading.Barrier(2)
    looked = staff_actions.overtaken

    def looked_together(batch: ImportBatch, step: int, by: Any) -> bool:
        found = looked(batch, step, by)
        meeting.wait(PATIENCE)
        return found

    monkeypatch.setattr(staff_actions, "hold_entrance", lambda: None)
    monkeypatch.setattr(staff_actions, "overtaken", looked_together)
    taken_at_once(World(), numbers=False)
    assert counts()[0] == 2 * COUNT


def test_import_beside_a_refresh_of_standings_loses_nothing(own_database: str) -> None:
    world, by = World(), World().user(Role.STATION)
    take_staff(batch=receive(book([HEADER, *rows()]), world.station, by), choice=GOOD, by=by)
    changed = [[*row[:5], "Hộ sinh", *row[6:]] for row in reversed(rows())]
    batch = receive(book([HEADER, *changed]), world.station, by)
    gate = threading.Barrier(2)

    def both(number: int) -> None:
        gate.wait()
        if number:
            take_staff(batch=batch, choice=GOOD, by=world.user(Role.STATION))
            return
        for _ in range(3):
            refresh_standings(HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).all(), today())

    in_threads(2, both)
    titles = HealthWorker.objects.unscoped(WhyUnscoped.SETUP).values_list("title", flat=True)
    assert (set(titles), counts()) == ({"midwife"}, (COUNT, COUNT, COUNT))
    assert StandingRow.objects.unscoped(WhyUnscoped.SETUP).count() == COUNT
    assert Job.objects.filter(kind="lientuc.credits.following.refresh_people").exists()


# --- killed in the middle ---------------------------------------------------------------------------------------------


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lientuc.config.cli", "worker", "--once"],
        env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(["src", "."])},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def queued_take(world: World) -> tuple[ImportBatch, Job]:
    by = world.user(Role.STATION)
    batch = receive(book([HEADER, *rows()]), world.station, by)
    job = work._queue("take", batch, by, choice=str(GOOD))
    return batch, job


@contextmanager
def last_row_held(url: str) -> Iterator[None]:
    """Somebody is writing about the last person of the list: the import waits in the middle of its statements."""
    keeper = World().station.pk
    other = psycopg.connect(dbname=connection.settings_dict["NAME"], user="lientuc", host=_host(url))
    try:
        columns = "public_id, full_name, name_fold, name_sort, national_number, old_number, sex, ethnicity, title, title_code, specialty, phone, email, left_reason, keeper_id"
        values = f"gen_random_uuid(), 'x', 'x', 'x', '0011{COUNT - 1:08d}', '', '', '', 'nurse', '', '', '', '', '', {keeper}"
        other.execute(f"INSERT INTO registry_healthworker ({columns}) VALUES ({values})")
        yield
    finally:
        other.rollback()
        other.close()


def _host(url: str) -> str:
    return url.partition("host=")[2] or connection.settings_dict["HOST"]


def waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO \"registry_health%'"
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def lost(job: Job) -> None:
    """The lease of a dead worker runs out."""
    Job.objects.filter(pk=job.pk).update(lease_until=now() - timedelta(seconds=1))


def test_worker_killed_while_it_writes_leaves_nothing_and_the_second_run_completes(own_database: str) -> None:
    world = World()
    batch, job = queued_take(world)
    with last_row_held(own_database), worker(own_database) as process:
        until(waits_for_a_row)
        process.send_signal(signal.SIGKILL)
        process.wait()
    until(lambda: not waits_for_a_row())
    assert (counts(), ImportBatch.objects.get(pk=batch.pk).state) == ((0, 0, 0), "previewed")
    lost(job)
    done = run_next()
    assert done is not None
    assert (done.pk, done.state, done.attempts, counts()) == (job.pk, "done", 2, (COUNT, COUNT, COUNT))


def test_twin_that_commits_half_way_leaves_half_a_list(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the one transaction a run that ends in the middle would be seen."""
    from lientuc.registry.intake import swapping

    batch, _ = queued_take(World())

    class Killed(BaseException):
        """The process ends here."""

    def ends(*args: Any) -> None:
        raise Killed

    with transaction.atomic():
        swapping._insert(swapping.PERSON, batch, 0, source="registry_stagedworker s", given={})
    monkeypatch.setattr(swapping, "_update", ends)
    with pytest.raises(Killed), transaction.atomic():
        swapping.enter(ImportBatch.objects.get(pk=batch.pk), 1)
    assert counts() == (COUNT, 0, 0)


def test_worker_killed_twice_is_reported_and_the_list_can_be_taken(own_database: str) -> None:
    batch, job = queued_take(World())
    for _ in range(2):
        with last_row_held(own_database), worker(own_database) as process:
            until(waits_for_a_row)
            process.send_signal(signal.SIGKILL)
            process.wait()
        until(lambda: not waits_for_a_row())
        lost(job)
    reap()
    job.refresh_from_db()
    assert (job.state, job.problem, counts()) == ("failed", {"code": "trail.job_lost"}, (0, 0, 0))
    take_staff(batch=batch, choice=GOOD, by=World().user(Role.STATION))
    assert counts() == (COUNT, COUNT, COUNT)


def test_worker_killed_while_it_judges_leaves_parts_that_the_next_run_clears(own_database: str) -> None:
    world, by = World(), World().user(Role.STATION)
    batch = work.prepare_upload(
        content=book([HEADER, *rows(12_000)]), name="ds.xlsx", organisation=world.station, by=by
    )
    job = Job.objects.get(public_id=batch.counts["job"])
    with worker(own_database) as process:
        until(lambda: StagedWorker.objects.filter(batch=batch).exists())
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert counts() == (0, 0, 0)
    assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
    lost(job)
    done = run_next()
    batch.refresh_from_db()
    assert done is not None
    assert (done.state, batch.counts["good"], StagedWorker.objects.filter(batch=batch).count()) == (
        "done",
        12_000,
        12_000,
    )


def child_of(parent: int) -> int | None:
    """The reading process of a worker."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(status[1]) == parent and b"readers.child" in (folder / "cmdline").read_bytes():
                    return int(folder.name)
            except (OSError, IndexError):
                continue
    return None


def test_reading_process_killed_in_the_middle_fails_the_job_with_a_reason(own_database: str) -> None:
    world, by = World(), World().user(Role.STATION)
    content = book([HEADER, *rows(30_000)])
    batch = work.prepare_upload(content=content, name="ds.xlsx", organisation=world.station, by=by)
    job = Job.objects.get(public_id=batch.counts["job"])
    with worker(own_database) as process:
        child = until(lambda: child_of(process.pid))
        os.kill(child, signal.SIGKILL)
        until(lambda: Job.objects.get(pk=job.pk).state == JobState.FAILED)
    job.refresh_from_db()
    assert (job.problem["code"], counts()) == ("documents.too_heavy", (0, 0, 0))
    assert read_workbook(content).sheets[0].name == "Danh sách"
