"""Standings at national size: one expression against a floor of window join and sum, DuckDB and Spark, growth, the ORM loop.

`python -m benchmarks.standings [--entries 30000000] [--growth] [--spark]`; data are generated set by set into a temporary folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from lientuc.law import columns
from lientuc.law.credits import RuleSet
from lientuc.law.parameters import shipped

ON = date(2026, 11, 22)
ENTRIES_A_WORKER = 30_000_000 / 650_000
PROVINCES, LEVELS = 34, 6
MEMORY = "2GB"
LIMIT_FLOOR, LIMIT_GIGABYTES, LIMIT_GROWTH = 4.0, 2.5, 1.3
LEAST_ORM = 200
NATION, LIMIT_WHAT_IF = 30_000_000, 10.0


def generate(folder: Path, entries: int) -> int:
    """Workers, entries and exemptions as Parquet; how many workers. Forms as factors name them, dates of twelve years, 1 % repeats."""
    workers = max(1, round(entries / ENTRIES_A_WORKER))
    con = duckdb.connect(config={"memory_limit": MEMORY, "threads": 2, "preserve_insertion_order": False})
    con.execute(f"SET temp_directory = '{folder}/spill'")
    kinds = _kinds()
    con.register("kinds", kinds)
    con.execute("CREATE TABLE kind AS SELECT *, row_number() OVER () - 1 AS n FROM kinds")
    con.execute(_WORKERS.format(workers=workers, folder=folder, provinces=PROVINCES, levels=LEVELS))
    con.execute(_ENTRIES.format(kinds=len(kinds), entries=entries, workers=workers, folder=folder))
    con.execute(_EXEMPTIONS.format(workers=workers, folder=folder))
    return workers


def _kinds() -> pa.Table:
    """Every form, role and level a factor names, short courses as often as all others together."""
    rows = [
        {"form": row.form, "role": role, "level": level}
        for row in shipped().factors
        for role in row.roles
        for level in row.levels or ("",)
    ]
    return pa.Table.from_pylist([*rows, *([{"form": "short_course", "role": "learner", "level": ""}] * len(rows))])


_WORKERS = """
COPY (SELECT i AS worker,
  ['doctor','assistant_doctor','nurse','nurse','nurse','midwife','medical_technician','paramedic','traditional_practitioner',
   'pharmacist','clinical_pharmacist','public_health','population','village_health_worker','social_worker','other'
  ][(1 + hash(i) % 16)::INT] AS title,
  ['gphn','cchn','cchn','none'][(1 + hash(i, 1) % 4)::INT] AS licence, hash(i, 2) % 10 > 0 AS practising,
  DATE '2012-01-01' + (hash(i, 3) % 5000)::INT AS issued_on,
  CASE WHEN hash(i, 4) % 3 > 0 THEN DATE '2026-06-01' + (hash(i, 5) % 1800)::INT END AS valid_to,
  CASE WHEN hash(i, 6) % 3 = 0 THEN DATE '2024-01-01' + (hash(i, 7) % 1000)::INT END AS converted_on,
  (hash(i, 8) % {provinces})::VARCHAR AS province_code, (hash(i, 9) % {levels})::VARCHAR AS care_level
  FROM range({workers}) t(i)) TO '{folder}/workers.parquet' (FORMAT parquet)
"""
_ENTRIES = """
COPY (SELECT (hash(i) % {workers})::BIGINT AS worker, i::VARCHAR AS entry_id,
  DATE '2016-01-01' + (i * 3990 // {entries})::INT AS activity_on, form, role, level,
  (1 + hash(i, 1) % 32)::BIGINT * 5000 AS units,
  CASE WHEN hash(i, 2) % 2 = 0 THEN (hash(i, 3) % 40)::BIGINT * 2500 END AS decided,
  CASE WHEN hash(i, 4) % 100 = 0 THEN (hash(i, 5) % 3)::VARCHAR END AS certificate_key
  FROM (SELECT i, (hash(i, 6) % {kinds})::BIGINT AS n FROM range({entries}) t(i)) JOIN kind USING (n)
) TO '{folder}/entries.parquet' (FORMAT parquet, COMPRESSION zstd)
"""
_EXEMPTIONS = """
COPY (SELECT (hash(i) % {workers})::BIGINT AS worker, DATE '2021-06-01' + (hash(i, 1) % 1500)::INT AS from_on,
  DATE '2021-06-01' + (hash(i, 1) % 1500 + hash(i, 2) % 700)::INT AS to_on
  FROM range({workers} // 20) t(i)) TO '{folder}/exemptions.parquet' (FORMAT parquet)
"""
# The floor: the same join by worker and day, one sum, nothing valued, no year, no status.
_FLOOR = """
SELECT count(*), sum(total) FROM (
  SELECT worker, sum(units) AS total FROM read_parquet('{folder}/entries.parquet')
  JOIN (SELECT worker, DATE '2021-11-23' AS first FROM read_parquet('{folder}/workers.parquet')) USING (worker)
  WHERE activity_on BETWEEN first AND DATE '2026-11-22' GROUP BY worker)
"""


def grouped(backend: object, folder: Path, rules: RuleSet) -> ibis.Table:
    """Every group of province × title × level × status with people and quarter hours."""
    tables = [backend.read_parquet(f"{folder}/{name}.parquet") for name in ("workers", "entries", "exemptions")]  # type: ignore[attr-defined]
    schemas = (columns.WORKERS, columns.ENTRIES, columns.EXEMPTIONS)
    found = columns.standings(
        *(table.select(*schema.names) for table, schema in zip(tables, schemas, strict=True)), ON, rules
    )
    placed = found.join(tables[0].select("worker", "title", "province_code", "care_level"), "worker")
    return placed.group_by("province_code", "title", "care_level", "regime", "status").aggregate(
        people=placed.count(),
        counted=placed.counted.sum(),
        secondary=placed.secondary.sum(),
        shortfall=placed.shortfall.sum(),
        floors=placed.yearly_floor_met.sum(),
        weight=placed.certainty_weight.sum(),
    )


def digest(table: pa.Table) -> str:
    """A hash of all groups in order."""
    rows = sorted(tuple(map(str, row.values())) for row in table.to_pylist())
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def on_duckdb(folder: Path, rounds: int = 3) -> dict[str, float | str]:
    """Seconds of floor and expression in one process, the best of `rounds`, and its peak memory."""
    backend = ibis.duckdb.connect(memory_limit=MEMORY, threads=2, temp_directory=f"{folder}/spill")
    floors, whole = [], []
    groups = None
    for _ in range(rounds):
        start = time.perf_counter()
        backend.con.execute(_FLOOR.format(folder=folder)).fetchall()
        floors.append(time.perf_counter() - start)
        start = time.perf_counter()
        groups = backend.to_pyarrow(grouped(backend, folder, RuleSet.default()))
        whole.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    assert groups is not None
    return {
        "floor": min(floors),
        "whole": min(whole),
        "gigabytes": peak,
        "hash": digest(groups),
        "groups": groups.num_rows,
    }


def what_if(folder: Path) -> dict[str, float]:
    """Seconds until everybody's change of status is known where 96 credit hours were asked instead; persons who change."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lientuc.config.settings"
    import django

    django.setup()
    from lientuc.credits.bulk import moved_by, prepared
    from lientuc.credits.extract import Extract

    extract = Extract(str(folder), ON.isoformat(), f"{ON.isoformat()}T00:00:00+00:00", 0, 0, 0, "", 0, 0)
    start = time.perf_counter()
    prepared(extract)
    before = time.perf_counter() - start
    rules = RuleSet.default()
    changed = replace(rules, parameters=rules.parameters.changed("credits.p.required_hours", 96))
    start = time.perf_counter()
    moved = moved_by(extract, changed)
    seconds = time.perf_counter() - start
    return {
        "before": before,
        "seconds": seconds,
        "persons": sum(row.persons for row in moved),
        "changed": sum(row.persons for row in moved if row.before != row.after),
    }


def on_spark(folder: Path) -> dict[str, float | str]:
    """Seconds and hash of the same expression on Spark local[2]."""
    from lientuc.credits.filemode.engines import _spark

    backend = _spark()
    start = time.perf_counter()
    groups = backend.to_pyarrow(grouped(backend, folder, RuleSet.default()))
    return {"whole": time.perf_counter() - start, "hash": digest(groups), "groups": groups.num_rows}


def _apart(name: str, folder: Path) -> Any:
    """Run one measure in a process of its own: its memory is its own."""
    code = f"import sys, json; sys.path.insert(0, 'src'); from pathlib import Path; from benchmarks.standings import {name}; "
    code += f"print('RESULT ' + json.dumps({name}(Path({str(folder)!r}))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return _result(done)


def _result(done: subprocess.CompletedProcess[str]) -> Any:
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        raise SystemExit(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(lines[-1].removeprefix("RESULT "))


def orm_seconds() -> float:
    """Seconds of one person through the database, on a PostgreSQL of its own."""
    sys.path.insert(0, ".")
    from tools.with_postgres import temporary_server

    with temporary_server() as url, TemporaryDirectory(prefix="lientuc-bench-") as home:
        settings = {"DATABASE_URL": url, "LIENTUC_HOME": home, "DJANGO_SETTINGS_MODULE": "lientuc.config.settings"}
        command = [sys.executable, "-m", "benchmarks.orm_loop"]
        done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    return float(_result(done))


def provinces_on_spark(folder: Path) -> int:
    """People of the test's generated provinces on whom Spark and DuckDB disagree: every sixth rule set and day of the 200 provinces."""
    from lientuc.credits.filemode.engines import _spark
    from tests.law.provinces import entries_table, exemptions_table, questions, workers_table

    spark, duck, different = _spark(), ibis.duckdb.connect(), 0
    for question in list(questions(200, 20261122))[::6]:
        tables = [ibis.memtable(make(question.people)) for make in (workers_table, entries_table, exemptions_table)]
        found = columns.standings(tables[0], tables[1], tables[2], question.on, question.rules)
        both = [sorted(map(str, engine.to_pyarrow(found).to_pylist())) for engine in (spark, duck)]
        different += sum(one != other for one, other in zip(*both, strict=True))
    return different


def measure(entries: int, *, spark: bool) -> float:
    """Print the figures of one size; seconds of the expression."""
    with TemporaryDirectory(prefix="lientuc-bench-") as name:
        folder = Path(name)
        start = time.perf_counter()
        workers = generate(folder, entries)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1024**2
        print(
            f"{workers:,} workers × {entries:,} entries: generated in {time.perf_counter() - start:.0f} s, {size:.0f} MB"
        )
        found = _apart("on_duckdb", folder)
        ratio = float(found["whole"]) / float(found["floor"])
        print(
            f"  DuckDB: floor {found['floor']:.2f} s, standings {found['whole']:.2f} s = {ratio:.2f} × (limit {LIMIT_FLOOR:g}); "
            f"peak {found['gigabytes']:.2f} GB (limit {LIMIT_GIGABYTES}); {found['groups']} groups, hash {found['hash']}"
        )
        if entries >= NATION:
            asked = _apart("what_if", folder)
            print(
                f"  what-if over {asked['persons']:,} people: {asked['seconds']:.1f} s (limit {LIMIT_WHAT_IF:g} s) after "
                f"{asked['before']:.1f} s once for the rules in force; {asked['changed']:,} change status"
            )
        if spark:
            other = _apart("on_spark", folder)
            same = "same hash" if other["hash"] == found["hash"] else f"OTHER HASH {other['hash']}"
            print(f"  Spark local[2]: {other['whole']:.1f} s, {other['groups']} groups, {same}")
            print(
                f"  generated provinces: Spark and DuckDB disagree about {_apart('provinces_on_spark', folder)} people (0 expected)"
            )
        return float(found["whole"])


def main() -> None:
    """Print versions, then every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=30_000_000)
    parser.add_argument(
        "--growth", action="store_true", help="also a tenth and ten times of it, and the growth between them"
    )
    parser.add_argument("--spark", action="store_true", help="also the same expression on Spark")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, Ibis {ibis.__version__}, DuckDB {duckdb.__version__}, PyArrow {pa.__version__}"
    )
    sizes = [options.entries // 10, options.entries, options.entries * 10] if options.growth else [options.entries]
    spent = {size: measure(size, spark=options.spark and size == sizes[0]) for size in sizes}
    one = orm_seconds()
    loop = one * options.entries / ENTRIES_A_WORKER
    print(
        f"ORM loop: {one * 1000:.1f} ms a person, {loop:,.0f} s for all = {loop / spent[options.entries]:,.0f} × the columns "
        f"(at least {LEAST_ORM} ×)"
    )
    for smaller, larger in pairwise(sizes):
        print(
            f"growth {smaller:,} → {larger:,}: {spent[larger] / spent[smaller]:.1f} × the time (limit {10 * LIMIT_GROWTH:g} ×)"
        )


if __name__ == "__main__":
    main()
