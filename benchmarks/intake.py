"""Imports at the size of a province and of the nation, on PostgreSQL: time, memory, and what other writers wait meanwhile.

Runs inside `python -m benchmarks`, which starts the server; `LIENTUC_BENCH_SMALL=1` takes a tenth of the rows.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

django.setup()

import openpyxl
import xlsxwriter
from django.core.management import call_command
from django.db import connection

from lientuc.accounts.enums import Role
from lientuc.directives.actions import report_difficulty
from lientuc.directives.rules import DifficultyDraft
from lientuc.registry.enums import TakeChoice
from lientuc.registry.intake.work import prepare_upload, take_now_or_later
from lientuc.trail.jobs import run_next
from tests.world import World, build_world

SHARE = 10 if os.environ.get("LIENTUC_BENCH_SMALL") else 1
XLSX_ROWS, CSV_ROWS = 50_000 // SHARE, 650_000 // SHARE
XLSX_SECONDS, XLSX_MB = 20, 512
CSV_SECONDS, CSV_MB = 240, 1024
LONGEST_WAIT = 2.0
HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Chức danh", "Đơn vị", "Loại hợp đồng", "Số GPHN", "Ngày cấp")  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")


def rows(count: int, first: int, unit: str) -> Iterator[tuple[object, ...]]:
    """Invented staff of one unit, each with a number and a licence of their own."""
    for n in range(first, first + count):
        born = f"{1 + n % 28:02d}/{1 + n % 12:02d}/{1965 + n % 36}"
        name = f"{FAMILIES[n % len(FAMILIES)]} Thị {n}"
        yield (n, name, born, "Nữ", f"099{n:09d}", "Điều dưỡng", unit, "biên chế", f"{n:06d}/M1-GPHN", "01/03/2024")


@contextmanager
def another_writer(world: World) -> Iterator[list[float]]:
    """Somebody else writes every 50 ms meanwhile; the seconds each write took."""
    by, station, done = world.user(Role.STATION), world.station, threading.Event()
    waits: list[float] = []

    def write() -> None:
        while not done.is_set():
            begun = time.perf_counter()
            report_difficulty(draft=DifficultyDraft(text=f"Khó khăn {len(waits)}"), organisation=station, by=by)
            waits.append(time.perf_counter() - begun)
            time.sleep(0.05)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        done.set()
        thread.join()


def from_xlsx(world: World) -> None:
    """A workbook of one hospital, previewed and taken by the jobs behind the page; run in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nhan-luc.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        sheet = book.add_worksheet("Danh sách")
        for place, row in enumerate([HEADER, *rows(XLSX_ROWS, 1, "")]):
            sheet.write_row(place, 0, row)
        book.close()
        content, by = path.read_bytes(), world.user(Role.TRAINING_OFFICE)
    start = time.perf_counter()
    batch = prepare_upload(content=content, name="nhan-luc.xlsx", organisation=world.hospital, by=by)
    run_next()
    previewed = time.perf_counter() - start
    batch.refresh_from_db()
    take_now_or_later(batch, TakeChoice.ALL_OR_NOTHING, by, "")
    run_next()
    seconds = time.perf_counter() - start
    batch.refresh_from_db()
    assert (batch.state, batch.counts["good"]) == ("taken", XLSX_ROWS), (batch.state, batch.counts)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"import XLSX: {XLSX_ROWS:,} rows in {seconds:.1f} s (preview {previewed:.1f} s; limit {XLSX_SECONDS} s), "
        f"memory {own:.0f} MB, reading child {child:.0f} MB (limit {XLSX_MB} MB)"
    )


def from_csv(world: World) -> None:
    """A national CSV by the command, in a process of its own, beside another writer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nhan-luc.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEADER, *rows(CSV_ROWS, 1_000_000, "Bệnh viện Đa khoa Một")])
        command = [
            sys.executable,
            "-m",
            "lientuc.config.cli",
            "import",
            "staff",
            str(path),
            "--organisation",
            "department",
        ]
        start = time.perf_counter()
        with another_writer(world) as waits:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"import CSV: {CSV_ROWS:,} rows in {seconds:.0f} s (limit {CSV_SECONDS} s), memory {memory:.0f} MB (limit {CSV_MB} MB); "
        f"{len(waits)} other writes beside it, longest {max(waits):.2f} s (limit {LONGEST_WAIT:g} s)"
    )
    if max(waits) > LONGEST_WAIT:
        raise SystemExit("a writer waited longer than 2 s")


def main() -> None:
    """Migrate, build the world, import; the workbook in a process of its own."""
    if "xlsx" in sys.argv:
        from_xlsx(World())
        return
    print(f"PostgreSQL {connection.cursor().connection.info.server_version}, openpyxl {openpyxl.__version__}")
    call_command("migrate", verbosity=0)
    build_world()
    connection.close()
    subprocess.run([sys.executable, "-m", "benchmarks.intake", "xlsx"], check=True)
    from_csv(World())


if __name__ == "__main__":
    main()
