"""Files of entries beside each other and beside a refresh, workers and readers killed in the middle: one result, all or nothing (PostgreSQL)."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.credits.actions import intake as actions
from lientuc.credits.actions.intake import preview_entries, take_entries
from lientuc.credits.enums import EntrySource
from lientuc.credits.intake.preview import Judgement, read_entries, rejudge_rows
from lientuc.credits.intake.queue import queued
from lientuc.credits.ledger import new_entry
from lientuc.credits.models import CreditEntry, StandingRow
from lientuc.credits.refresh import refresh_standings
from lientuc.documents.readers import read_workbook
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import reap, run_next
from lientuc.trail.models import AuditEntry, ImportBatch, ImportRow, Job
from tests.credits.test_intake import row_of, workbook
from tests.factories.registry import make_worker
from tests.registry.test_intake_at_once import PATIENCE, _host, child_of, lost, until, worker
from tests.trail.test_concurrency import in_threads
from tests.world import World

pytestmark = pytest.mark.postgres
ALL = WhyUnscoped.SETUP
COUNT = 40


def ledger() -> Any:
    return CreditEntry.objects.unscoped(ALL)


def people_of(world: World, count: int = COUNT) -> list[HealthWorker]:
    return [make_worker(world.station) for _ in range(count)]


def previewed(world: World, people: list[HealthWorker]) -> ImportBatch:
    rows = [row_of(person, number, day=datetime(2026, 3, 5)) for number, person in enumerate(people)]
    return preview_entries(sent=read_entries(workbook(*rows), "giờ.xlsx"), by=world.user(Role.STATION))


def taken_at_once(world: World, how_many: int = 3) -> list[tuple[str, int]]:
    """The same file previewed by everybody first, then taken by everybody at the same instant: state and entries of each."""
    people = people_of(world)
    batches = [previewed(world, people) for _ in range(how_many)]
    gate = threading.Barrier(how_many)

    def take(number: int) -> tuple[str, int]:
        gate.wait(PATIENCE)
        batch = take_entries(batch=batches[number], by=world.user(Role.STATION))
        return str(batch.state), batch.counts.get("taken", 0)

    return sorted(in_threads(how_many, take))  # type: ignore[type-var,arg-type]


def test_same_file_taken_by_three_at_once_is_recorded_once(own_database: str) -> None:
    assert taken_at_once(World()) == [("taken", 0), ("taken", 0), ("taken", COUNT)]
    assert ledger().count() == COUNT
    assert set(StandingRow.objects.unscoped(ALL).values_list("counted_quarters", flat=True)) == {30}


def test_same_preview_taken_twice_at_once_is_recorded_once(own_database: str) -> None:
    world = World()
    batch, gate = previewed(world, people_of(world)), threading.Barrier(2)

    def take(_: int) -> int:
        gate.wait(PATIENCE)
        return int(take_entries(batch=batch, by=world.user(Role.STATION)).counts["taken"])

    assert in_threads(2, take) == [COUNT, COUNT]
    assert ledger().count() == COUNT


def test_twin_without_the_lock_records_twice(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = threading.Barrier(2)

    def unlocked(persons: Any) -> dict[int, HealthWorker]:
        rows = HealthWorker.objects.unscoped(ALL).select_related("keeper").filter(pk__in=list(persons))
        return {row.pk: row for row in rows}

    def judged_together(batch: ImportBatch, *, by: Any) -> Judgement:
        judged = rejudge_rows(batch, by=by)
        meeting.wait(PATIENCE)
        return judged

    world = World()
    people = people_of(world)
    batches = [previewed(world, people) for _ in range(2)]
    monkeypatch.setattr(actions, "locked_people", unlocked)
    monkeypatch.setattr(actions, "rejudge_rows", judged_together)
    in_threads(2, lambda number: take_entries(batch=batches[number], by=world.user(Role.STATION)))
    assert ledger().count() == 2 * COUNT


def test_file_taken_beside_a_refresh_of_standings_is_counted(own_database: str) -> None:
    world = World()
    people = people_of(world)
    batches, gate = [previewed(world, people[half::2]) for half in range(2)], threading.Barrier(3)

    def both(number: int) -> None:
        gate.wait(PATIENCE)
        if number < 2:
            take_entries(batch=batches[number], by=world.user(Role.STATION))
            return
        for _ in range(4):
            refresh_standings(HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).all(), today())

    in_threads(3, both)
    standings = StandingRow.objects.unscoped(ALL).filter(worker__in=people)
    assert (ledger().count(), list(standings.values_list("counted_quarters", flat=True))) == (COUNT, [30] * COUNT)


# --- killed in the middle ---------------------------------------------------------------------------------------------


def queued_take(world: World) -> tuple[ImportBatch, Job]:
    batch = queued(previewed(world, people_of(world)), "take", world.user(Role.STATION), park=False, source="excel")
    return batch, Job.objects.get(public_id=batch.counts["job"])


@contextmanager
def standings_held(url: str) -> Iterator[None]:
    """Somebody holds the standings: the import has written its entries and waits before it may say so."""
    other = psycopg.connect(dbname=connection.settings_dict["NAME"], user="lientuc", host=_host(url))
    try:
        other.execute("LOCK TABLE credits_standingrow IN SHARE MODE")
        yield
    finally:
        other.rollback()
        other.close()


def waits_in_the_middle() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%credits_standingrow%%' "
            "AND pid <> pg_backend_pid()"
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def killed_in_the_middle(url: str, job: Job) -> None:
    with standings_held(url), worker(url) as process:
        until(waits_in_the_middle)
        process.send_signal(signal.SIGKILL)
        process.wait()
    until(lambda: not waits_in_the_middle())
    lost(job)


def nothing_written(batch: ImportBatch) -> bool:
    batch.refresh_from_db()
    states = set(ImportRow.objects.filter(batch=batch).values_list("state", "subject"))
    audited = AuditEntry.objects.filter(action="credits.take_entries").exists()
    return (ledger().count(), batch.state, states, audited) == (0, "previewed", {("good", "")}, False)


def test_worker_killed_while_it_writes_leaves_nothing_and_the_second_run_completes(own_database: str) -> None:
    batch, job = queued_take(World())
    killed_in_the_middle(own_database, job)
    assert nothing_written(batch)
    done = run_next()
    assert done is not None
    assert (done.pk, done.state, done.attempts, ledger().count()) == (job.pk, "done", 2, COUNT)


def test_worker_killed_twice_is_said_in_plain_words_and_the_file_can_be_taken(own_database: str) -> None:
    world = World()
    batch, job = queued_take(world)
    for _ in range(2):
        killed_in_the_middle(own_database, job)
    reap()
    job.refresh_from_db()
    assert (job.state, job.problem, nothing_written(batch)) == ("failed", {"code": "trail.job_lost"}, True)
    client = Client()
    client.force_login(world.user(Role.STATION))
    page = client.get(reverse("credits:import", args=[batch.public_id])).content.decode()
    assert "Tiến trình xử lý đã dừng giữa chừng. Chưa có gì được ghi; có thể chạy lại." in page
    client.post(reverse("credits:import_take", args=[batch.public_id]), {"what": "all"})
    assert ledger().count() == COUNT


def test_twin_that_commits_half_way_leaves_half_a_file(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the one transaction a run that ends in the middle would be seen."""
    world = World()
    batch, _ = queued_take(world)

    class Killed(BaseException):
        """The process ends here."""

    def ends(*args: Any) -> None:
        raise Killed

    monkeypatch.setattr(actions, "refresh_standings", ends)
    with pytest.raises(Killed):
        take_entries(batch=batch, by=world.user(Role.STATION))
    assert nothing_written(batch)
    with transaction.atomic():
        named = actions._named_in(batch, world.user(Role.STATION))
        people = actions._locked(named.values())
    new = partial(new_entry, source=EntrySource.EXCEL, by=world.user(Role.STATION))
    actions._write(batch, named, people, new)
    with pytest.raises(Killed):
        actions._reckon(batch, world.user(Role.STATION))
    assert (ledger().count(), nothing_written(batch)) == (COUNT, False)


def test_long_file_is_judged_again_only_where_something_changed_meanwhile(own_database: str) -> None:
    world = World()
    people = people_of(world, 3)
    batch, by = previewed(world, people), world.user(Role.STATION)
    judged = rejudge_rows(batch, by=by)
    assert rejudge_rows(batch, by=by) == judged
    take_entries(batch=previewed(world, people[:1]), by=by)
    assert rejudge_rows(batch, by=by).basis != judged.basis
    taken = take_entries(batch=batch, by=by, judged_on=judged.basis)
    assert (taken.counts, ledger().count()) == ({"taken": 2, "unchanged": 1}, 3)


def test_judged_file_taken_twice_at_once_is_recorded_once(own_database: str) -> None:
    world = World()
    people, by = people_of(world), World().user(Role.STATION)
    batches = [previewed(world, people) for _ in range(3)]
    judged = [rejudge_rows(batch, by=by).basis for batch in batches]
    gate = threading.Barrier(3)

    def take(number: int) -> int:
        gate.wait(PATIENCE)
        batch = take_entries(batch=batches[number], by=world.user(Role.STATION), judged_on=judged[number])
        return int(batch.counts.get("taken", 0))

    assert sorted(in_threads(3, take)) == [0, 0, COUNT]  # type: ignore[type-var]
    assert (ledger().count(), len(set(judged))) == (COUNT, 1)


def test_worker_killed_while_it_judges_is_judged_anew(own_database: str) -> None:
    world, by = World(), World().user(Role.STATION)
    person = make_worker(world.station)
    rows = [row_of(person, n, day=datetime(2026, 1 + n % 9, 1 + n % 28)) for n in range(9_000)]
    batch = preview_entries(sent=read_entries(workbook(*rows), "dài.xlsx"), by=by)
    job = Job.objects.get(public_id=batch.counts["job"])
    with worker(own_database) as process:
        until(lambda: Job.objects.get(pk=job.pk).done_share > 0)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (ledger().count(), Job.objects.get(pk=job.pk).state) == (0, JobState.RUNNING)
    lost(job)
    done = run_next()
    batch.refresh_from_db()
    assert done is not None
    assert (done.state, batch.counts["good"]) == ("done", 9_000)


def test_reading_process_killed_in_the_middle_keeps_nothing(own_database: str) -> None:
    world = World()
    person = make_worker(world.station)
    content = workbook(*(row_of(person, n) for n in range(20_000)))
    found: list[str] = []

    def read(_: int) -> None:
        try:
            read_entries(content, "lớn.xlsx")
        except Refused as refused:
            found.append(refused.problems[0].code)

    def kill(_: int) -> None:
        child = until(lambda: child_of(os.getpid()))
        os.kill(child, signal.SIGKILL)

    in_threads(2, lambda number: (read, kill)[number](number))
    assert (found, ImportBatch.objects.exists()) == (["documents.too_heavy"], False)
    assert read_workbook(content).sheets[0].name == "Sheet"
