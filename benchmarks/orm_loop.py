"""What columns are compared with: one person after another through the database, as a page would; extrapolated by the caller."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from decimal import Decimal

import django

django.setup()

from django.core.management import call_command

from lientuc.core.clock import clock_at
from lientuc.credits.enums import EntrySource
from lientuc.credits.models import CreditEntry
from lientuc.credits.queries import standing_of
from lientuc.law.credits import Form, Role
from lientuc.registry.enums import Title
from lientuc.registry.models import HealthWorker
from tests.factories.registry import make_licence, make_worker
from tests.world import World, build_world

PEOPLE, ENTRIES = 2_000, 46
ON = date(2026, 11, 22)


def people() -> list[HealthWorker]:
    """Nurses of one hospital with a licence each."""
    world = World()
    made = [make_worker(world.hospital, f"Người {n}", title=Title.NURSE) for n in range(PEOPLE)]
    for n, worker in enumerate(made):
        make_licence(worker, issued_on=date(2022, 1, 1) + timedelta(days=n % 900), valid_to=date(2027, 6, 1))
    return made


def entries_of(worker: HealthWorker) -> list[CreditEntry]:
    """As many short courses as the national ledger has a person."""
    return [
        CreditEntry(
            worker=worker,
            organisation=worker.keeper,
            activity_on=date(2019, 1, 1) + timedelta(days=n * 60),
            form=Form.SHORT_COURSE,
            role=Role.LEARNER,
            units=Decimal(4),
            title=f"Khóa {n}",
            source=EntrySource.FORM,
            recorded_by="bench",
        )
        for n in range(ENTRIES)
    ]


def main() -> None:
    """Print the seconds of one person, as JSON."""
    call_command("migrate", verbosity=0)
    build_world()
    with clock_at(ON):
        made = people()
        CreditEntry._base_manager.bulk_create([row for worker in made for row in entries_of(worker)], batch_size=5_000)
        start = time.perf_counter()
        for worker in made:
            standing_of(worker, ON)
        print("RESULT " + json.dumps((time.perf_counter() - start) / PEOPLE))


if __name__ == "__main__":
    main()
