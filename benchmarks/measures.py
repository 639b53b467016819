"""The measures themselves; run by `python -m benchmarks` against a PostgreSQL of their own."""

from __future__ import annotations

import threading
import time
from datetime import date
from decimal import Decimal
from statistics import median

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from lientuc.accounts.enums import Role
from lientuc.directives.actions import report_difficulty
from lientuc.directives.rules import DifficultyDraft
from lientuc.law.credits import EntryFacts, LicenceKind, RuleSet, Title, WorkerFacts, standing
from lientuc.registry.actions import take_staff
from lientuc.registry.enums import TakeChoice
from tests.registry.staff_lists import HEADER, book, receive
from tests.world import World, build_world

ROWS = 50_000
ON = date(2026, 11, 22)


def law_per_fifty_entries() -> None:
    """Milliseconds for the explained standing of one worker with 50 entries."""
    worker = WorkerFacts(Title.NURSE, LicenceKind.GPHN, True, date(2024, 2, 1), date(2029, 2, 1))
    entries = [
        EntryFacts(str(n), date(2026, 1, 1 + n % 28), "short_course", "learner", units=Decimal(2)) for n in range(50)
    ]
    rules = RuleSet.default()
    times = []
    for _ in range(300):
        start = time.perf_counter()
        standing(worker, entries, (), ON, rules)
        times.append(time.perf_counter() - start)
    print(f"law: standing of one worker, 50 entries: median {median(times) * 1000:.2f} ms (aim 1 ms)")


def writers_beside_an_import() -> None:
    """The longest wait of another writer while 50,000 staff rows are taken."""
    world = World()
    by, station_head = world.user(Role.TRAINING_OFFICE), world.user(Role.STATION)
    rows = [
        [
            n,
            f"Nguyễn Thị {n}",
            "20/05/1990",
            "Nữ",
            f"0011{n:08d}",
            "Điều dưỡng",
            "",
            "biên chế",
            f"{n}/X-GPHN",
            "01/03/2024",
        ]
        for n in range(ROWS)
    ]
    start = time.perf_counter()
    batch = receive(book([HEADER, *rows]), world.hospital, by)
    previewed = time.perf_counter() - start
    waits, done = _write_until_done(world, station_head)
    start = time.perf_counter()
    take_staff(batch=batch, choice=TakeChoice.ALL_OR_NOTHING, by=by)
    taken = time.perf_counter() - start
    done.set()
    _writer.join()
    print(f"import: {ROWS} rows previewed in {previewed:.1f} s, taken in {taken:.1f} s")
    print(
        f"import: {len(waits)} other writes beside it, longest {max(waits):.2f} s, median {median(waits) * 1000:.0f} ms (limit 2 s)"
    )
    if max(waits) > 2:
        raise SystemExit("a writer waited longer than 2 s")


_writer: threading.Thread


def _write_until_done(world: World, by: object) -> tuple[list[float], threading.Event]:
    global _writer
    waits: list[float] = []
    done = threading.Event()
    station = world.station

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            begun = time.perf_counter()
            report_difficulty(draft=DifficultyDraft(text=f"Khó khăn {number}"), organisation=station, by=by)
            waits.append(time.perf_counter() - begun)
            time.sleep(0.02)
        connection.close()

    _writer = threading.Thread(target=write)
    _writer.start()
    return waits, done


def main() -> None:
    """Migrate, build the world, measure."""
    call_command("migrate", verbosity=0)
    build_world()
    law_per_fifty_entries()
    writers_beside_an_import()


if __name__ == "__main__":
    main()
