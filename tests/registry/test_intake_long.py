"""A province's largest list in one go, measured against what Django alone needs to write the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from lientuc.registry.models import HealthWorker, Licence, Post
from tests.registry.staff_lists import HEADER, book, receive
from tests.world import World

COUNT = 50_000
TABLES = (HealthWorker, Post, Licence)


def processor_seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def write_plainly(world: World) -> None:
    """The same rows by `bulk_create`, without reading, judging or matching anything; undone again."""
    with transaction.atomic():
        workers = [
            HealthWorker(
                full_name=f"Nguyễn Thị {n}", national_number=f"0012{n:08d}", born_on=date(1990, 5, 20), sex="female",
                title="nurse", keeper=world.hospital,
            )
            for n in range(COUNT)
        ]  # fmt: skip
        for worker in workers:
            worker.set_keys()
        posts = [Post(worker=worker, organisation=world.hospital, kind="permanent") for worker in workers]
        licences = [Licence(worker=w, kind="gphn", number=f"{n}/Y-GPHN") for n, w in enumerate(workers)]
        for model, rows in zip(TABLES, (workers, posts, licences), strict=True):
            model.objects.unscoped(WhyUnscoped.SETUP).bulk_create(rows, batch_size=2000)
        transaction.set_rollback(True)


@pytest.mark.long
def test_taking_fifty_thousand_rows_costs_at_most_twice_their_plain_writing(world: World) -> None:
    rows = [
        [n, f"Nguyễn Thị {n}", "20/05/1990", "Nữ", f"0011{n:08d}", "Điều dưỡng", "", "biên chế", f"{n}/X-GPHN", "01/03/2024"]
        for n in range(COUNT)
    ]  # fmt: skip
    by = world.user(Role.TRAINING_OFFICE)
    batch = receive(book([HEADER, *rows]), world.hospital, by)
    assert batch.counts["good"] == COUNT
    floor = processor_seconds(lambda: write_plainly(world))
    taken = processor_seconds(lambda: take_staff(batch=batch, choice=TakeChoice.ALL_OR_NOTHING, by=by))
    assert [model.objects.unscoped(WhyUnscoped.SETUP).count() for model in TABLES] == [COUNT] * 3
    assert taken <= 2 * floor
