"""The ledger and the register as Parquet files of one day: what the bulk engine reads instead of thirty million rows.

Entries are only ever added, so the file grows by what is new; reversals and people are small and written anew.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db.models import Max

from lientuc.core.clock import now
from lientuc.core.hours import QUARTERS_IN_AN_HOUR
from lientuc.law import columns
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.registry.queries import facts_of_many

from .models import CreditEntry, Reversal

CHUNK = 50_000
PEOPLE = 5_000
MEMORY = "2GB"
_PART = pa.schema(
    [
        *((name, pa.int64()) for name in ("pk", "worker")),
        ("entry_id", pa.string()),
        ("activity_on", pa.date32()),
        *((name, pa.string()) for name in ("form", "role", "level")),
        *((name, pa.int64()) for name in ("units", "decided")),
        ("certificate_key", pa.string()),
    ]
)
_WORKERS = pa.schema([*columns.WORKERS.to_pyarrow(), *((n, pa.string()) for n in ("province_code", "care_level"))])
_EXEMPTIONS = columns.EXEMPTIONS.to_pyarrow()
_PAIRS = pa.schema([("worker", pa.int64()), ("person", pa.int64())])
_KEYS = pa.schema([("pk", pa.int64())])


@dataclass(frozen=True)
class Extract:
    """Files of one day: `workers`, `entries`, `exemptions` in `folder`; marks are the last rows of the ledger in them."""

    folder: str
    on: str
    made_at: str
    persons: int
    entries: int
    entry_mark: int
    entry_last: str
    held_at_mark: int
    reversal_mark: int

    @property
    def day(self) -> date:
        """The day whose licences and people are in it."""
        return date.fromisoformat(self.on)

    @property
    def moment(self) -> datetime:
        """When the ledger was read."""
        return datetime.fromisoformat(self.made_at)

    def path(self, name: str) -> Path:
        """The file of one table."""
        return Path(self.folder) / f"{name}.parquet"


def refreshed_extract(on: date, *, anew: bool = False) -> Extract:
    """The extract of `on` with the whole ledger of this moment; people are read again where the day is another or `anew`.

    One at a time: who comes second waits and finds the first one's work done.
    """
    with _alone() as home:
        kept = _kept(home)
        entry_mark, reversal_mark = _last(CreditEntry), _last(Reversal)
        fresh = kept is not None and not anew and kept.day == on
        if kept is not None and fresh and (kept.entry_mark, kept.reversal_mark) == (entry_mark, reversal_mark):
            return kept
        return _made(home, kept, on, entry_mark, reversal_mark)


@contextmanager
def _alone() -> Iterator[Path]:
    home = Path(settings.HOME) / "extract"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home


def _kept(home: Path) -> Extract | None:
    """The present extract where its rows are still those of this database; another database's is not ours."""
    try:
        kept = Extract(**json.loads((home / "current.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    rows = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__lte=kept.entry_mark)
    last = rows.filter(pk=kept.entry_mark).values_list("public_id", flat=True).first()
    # A row that was numbered before the mark and committed after it shows in the count: then everything is read anew.
    same = str(last or "") == kept.entry_last and rows.count() == kept.held_at_mark
    return kept if same and Path(kept.folder).is_dir() else None


def _last(model: Any) -> int:
    return model.objects.unscoped(WhyUnscoped.REBUILD).aggregate(last=Max("pk"))["last"] or 0


def _made(home: Path, kept: Extract | None, on: date, entry_mark: int, reversal_mark: int) -> Extract:
    numbers = [int(path.name) for path in home.iterdir() if path.name.isdigit()]
    folder = home / f"{max(numbers, default=0) + 1:09d}"
    half = home / f".{folder.name}"
    shutil.rmtree(half, ignore_errors=True)
    (half / "parts").mkdir(parents=True)
    _carry_parts(kept, half)
    _write_part(half, kept.entry_mark if kept else 0, entry_mark)
    persons = _write_people(half, on)
    reversed_rows = Reversal.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__lte=reversal_mark).values_list("entry")
    _write(half / "reversed.parquet", _KEYS, reversed_rows.iterator(chunk_size=CHUNK))
    held, entries = _join_entries(half)
    last = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(pk=entry_mark).values_list("public_id", flat=True)
    os.replace(half, folder)
    made = Extract(
        folder=str(folder),
        on=on.isoformat(),
        made_at=now().isoformat(),
        persons=persons,
        entries=entries,
        entry_mark=entry_mark,
        entry_last=str(last.first() or ""),
        held_at_mark=held,
        reversal_mark=reversal_mark,
    )
    _point_to(home, made)
    return made


def _carry_parts(kept: Extract | None, half: Path) -> None:
    """Parts of before are linked, not copied."""
    for part in sorted((Path(kept.folder) / "parts").glob("*.parquet")) if kept else ():
        os.link(part, half / "parts" / part.name)


def _point_to(home: Path, made: Extract) -> None:
    """Let `current.json` name the new folder; the one of before stays for who is reading it, older ones go."""
    half = home / ".current.json"
    half.write_text(json.dumps(asdict(made)), encoding="utf-8")
    os.replace(half, home / "current.json")
    for old in sorted(path for path in home.iterdir() if path.name.isdigit())[:-2]:
        shutil.rmtree(old, ignore_errors=True)


def _write_part(half: Path, after: int, mark: int) -> None:
    """What is new, as a part of its own: parts of before are shared with the extract of before and never written again."""
    if after == mark and any((half / "parts").iterdir()):
        return
    rows = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__gt=after, pk__lte=mark).order_by("pk")
    names = ("pk", "worker", "public_id", "activity_on", "form", "role", "level", "units", "decided_quarters")
    found = rows.values_list(*names, "certificate_key").iterator(chunk_size=CHUNK)
    _write(half / "parts" / f"{after:012d}-{mark:012d}.parquet", _PART, (_part_row(row) for row in found))


def _part_row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    pk, worker, public_id, day, form, role, level, units, decided, key = row
    scaled = None if decided is None else decided * columns.UNITS_SCALE // QUARTERS_IN_AN_HOUR
    return pk, worker, str(public_id), day, form, role, level, int(units * columns.UNITS_SCALE), scaled, key


def _write_people(half: Path, on: date) -> int:
    """Everybody who works there still, with the licence that counts on the day, the exemptions, and who was merged into whom."""
    everybody = HealthWorker.objects.unscoped(WhyUnscoped.REBUILD)
    merged = everybody.filter(canonical__isnull=False).values_list("pk", "canonical")
    _write(half / "merged.parquet", _PAIRS, merged.iterator(chunk_size=CHUNK))
    present = everybody.filter(canonical__isnull=True, left_on__isnull=True).select_related("keeper").order_by("pk")
    persons = 0
    with (
        pq.ParquetWriter(half / "workers.parquet", _WORKERS) as workers,
        pq.ParquetWriter(half / "exemptions.parquet", _EXEMPTIONS) as exemptions,
    ):
        for people in _chunks(present.iterator(chunk_size=PEOPLE), PEOPLE):
            facts = facts_of_many(people, on)
            workers.write_table(_table(_WORKERS, [_worker_row(worker, facts[worker.pk][0]) for worker in people]))
            leaves = [(worker.pk, e.from_on, e.to_on) for worker in people for e in facts[worker.pk][1]]
            exemptions.write_table(_table(_EXEMPTIONS, leaves))
            persons += len(people)
    return persons


def _worker_row(worker: HealthWorker, facts: Any) -> tuple[Any, ...]:
    return (
        worker.pk,
        facts.title.value,
        facts.licence_kind.value,
        facts.practising,
        facts.licence_issued_on,
        facts.licence_valid_to,
        facts.converted_on,
        worker.keeper.province_code,
        worker.keeper.care_level,
    )


def _join_entries(half: Path) -> tuple[int, int]:
    """Parts without what was taken back, by canonical person, keys kept only where a person has them twice; rows held and left."""
    with duckdb.connect() as con:
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute(f"SET temp_directory = '{half}/spill'")
        con.execute("SET preserve_insertion_order = false")
        con.execute(
            f"CREATE VIEW held AS SELECT p.* REPLACE (coalesce(m.person, p.worker) AS worker) "
            f"FROM read_parquet('{half}/parts/*.parquet') p LEFT JOIN read_parquet('{half}/merged.parquet') m USING (worker) "
            f"ANTI JOIN read_parquet('{half}/reversed.parquet') r ON r.pk = p.pk"
        )
        con.execute(
            "CREATE TABLE twice AS SELECT worker, certificate_key FROM held WHERE certificate_key <> '' "
            "GROUP BY ALL HAVING count(*) > 1"
        )
        con.execute(
            f"COPY (SELECT h.worker, entry_id, activity_on, form, role, level, units, decided, t.certificate_key FROM held h "
            "LEFT JOIN twice t ON t.worker = h.worker AND t.certificate_key = h.certificate_key) "
            f"TO '{half}/entries.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
        counts = con.execute(
            f"SELECT (SELECT count(*) FROM read_parquet('{half}/parts/*.parquet')), "
            f"(SELECT count(*) FROM read_parquet('{half}/entries.parquet'))"
        ).fetchall()[0]
    shutil.rmtree(half / "spill", ignore_errors=True)
    return int(counts[0]), int(counts[1])


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    walk = iter(rows)
    while chunk := list(islice(walk, size)):
        yield chunk


def _write(path: Path, schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> None:
    with pq.ParquetWriter(path, schema) as writer:
        for chunk in _chunks(rows, CHUNK):
            writer.write_table(_table(schema, chunk))


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table([pa.array(list(c), field.type) for c, field in zip(cells, schema, strict=True)], schema=schema)
