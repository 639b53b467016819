"""The three engines: the plain law worker by worker, and one expression of `law.columns` on DuckDB or Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from lientuc.law import columns
from lientuc.law.credits import EntryFacts, Exemption, LicenceKind, RuleSet, Standing, Title, WorkerFacts, standing

from .contract import EngineMissing

BATCH = 20_000
Tables = tuple[ibis.Table, ibis.Table, ibis.Table]
ANSWERS = pa.schema(
    [
        ("worker", pa.int64()),
        ("regime", pa.string()),
        ("window_start", pa.date32()),
        ("window_end", pa.date32()),
        ("deadline_on", pa.date32()),
        ("required", pa.int64()),
        ("counted", pa.int64()),
        ("secondary", pa.int64()),
        ("shortfall", pa.int64()),
        ("yearly_floor_met", pa.bool_()),
        ("status", pa.string()),
    ]
)
# `place` orders the lines of one worker as the law tells them.
LINES = pa.schema(
    [
        ("worker", pa.int64()),
        ("place", pa.int64()),
        ("entry_id", pa.string()),
        ("quarters", pa.int64()),
        ("reason", pa.string()),
        ("article", pa.string()),
        ("certainty", pa.string()),
    ]
)


class EngineName(StrEnum):
    """reference: the judge; duckdb: a nation on one machine; spark: the same expression on a cluster."""

    REFERENCE = "reference"
    DUCKDB = "duckdb"
    SPARK = "spark"


@dataclass(frozen=True)
class Asked:
    """The question: checked tables in `con`, the day, the rule set, whether every line is told too."""

    con: duckdb.DuckDBPyConnection
    on: date
    rules: RuleSet
    explained: bool


def answer(engine: EngineName, asked: Asked) -> None:
    """Fill the tables `answers` and, where asked, `lines`; EngineMissing where the engine is not installed."""
    _ENGINES[engine](asked)


def _by_law(asked: Asked) -> None:
    """Worker by worker, in the order of their numbers, through the functions that are the judge."""
    asked.con.execute(_empty("answers", ANSWERS))
    asked.con.execute(_empty("lines", LINES))
    judged = _judged(asked)
    while batch := list(islice(judged, BATCH)):
        _insert(asked.con, "answers", ANSWERS, [_answer_row(worker, found) for worker, found in batch])
        if asked.explained:
            _insert(asked.con, "lines", LINES, [row for worker, found in batch for row in _line_rows(worker, found)])


def _judged(asked: Asked) -> Iterator[tuple[int, Standing]]:
    entries = _groups(asked.con, "entries", _entry)
    exemptions = _groups(asked.con, "exemptions", _exemption)
    for row in _stream(asked.con, "SELECT * FROM workers ORDER BY worker"):
        worker = row["worker"]
        facts = WorkerFacts(
            title=Title(row["title"]),
            licence_kind=LicenceKind(row["licence"]),
            practising=row["practising"],
            licence_issued_on=row["issued_on"],
            licence_valid_to=row["valid_to"],
            converted_on=row["converted_on"],
        )
        yield worker, standing(facts, entries(worker), exemptions(worker), asked.on, asked.rules)


def _groups(
    con: duckdb.DuckDBPyConnection, table: str, made: Callable[[dict[str, Any]], Any]
) -> Callable[[int], list[Any]]:
    """`of(worker)` → the rows of that worker; workers must be asked in rising order."""
    rows = _stream(con, f"SELECT * FROM {table} ORDER BY worker")
    groups = groupby(rows, key=lambda row: row["worker"])
    waiting: list[Any] = [next(groups, None)]

    def of(worker: int) -> list[Any]:
        if waiting[0] is None or waiting[0][0] != worker:
            return []
        found = [made(row) for row in waiting[0][1]]
        waiting[0] = next(groups, None)
        return found

    return of


def _stream(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    for batch in con.cursor().execute(query).to_arrow_reader(BATCH):
        yield from batch.to_pylist()


def _entry(row: dict[str, Any]) -> EntryFacts:
    return EntryFacts(
        entry_id=row["entry_id"],
        activity_on=row["activity_on"],
        form=row["form"],
        role=row["role"],
        level=row["level"],
        units=Decimal(row["units"]) / columns.UNITS_SCALE,
        decided_hours=None if row["decided"] is None else Decimal(row["decided"]) / columns.UNITS_SCALE,
        certificate_key=row["certificate_key"] or "",
    )


def _exemption(row: dict[str, Any]) -> Exemption:
    return Exemption(row["from_on"], row["to_on"], row["basis"])


def _answer_row(worker: int, found: Standing) -> tuple[Any, ...]:
    return (
        worker,
        found.regime.value,
        found.window_start,
        found.window_end,
        found.deadline_on,
        found.required.quarter_hours,
        found.counted.quarter_hours,
        found.secondary.quarter_hours,
        found.shortfall.quarter_hours,
        found.yearly_floor_met,
        found.status.value,
    )


def _line_rows(worker: int, found: Standing) -> Iterable[tuple[Any, ...]]:
    for place, line in enumerate(found.lines):
        yield worker, place, line.entry_id, line.quarter_hours, line.reason.value, line.article, line.certainty.value


def _empty(name: str, schema: pa.Schema) -> str:
    kinds = {pa.int64(): "BIGINT", pa.string(): "VARCHAR", pa.date32(): "DATE", pa.bool_(): "BOOLEAN"}
    return f"CREATE TABLE {name} ({', '.join(f'{field.name} {kinds[field.type]}' for field in schema)})"


def _insert(con: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, rows: list[tuple[Any, ...]]) -> None:
    cells = zip(*rows, strict=True) if rows else [()] * len(schema)
    batch = pa.table(
        [pa.array(list(column), field.type) for column, field in zip(cells, schema, strict=True)], schema=schema
    )
    con.register("batch", batch)
    con.execute(f"INSERT INTO {table} SELECT * FROM batch")
    con.unregister("batch")


def _by_duckdb(asked: Asked) -> None:
    """The expression as SQL inside the tables' own database: nothing is copied."""
    backend = ibis.duckdb.from_connection(asked.con)
    tables = _tables(backend, asked)
    backend.create_table("answers", _answers(tables, asked))
    if asked.explained:
        backend.create_table("lines", _lines(tables, asked))


def _by_spark(asked: Asked) -> None:
    """The same expression on Spark, two local cores; the tables travel as Parquet."""
    with TemporaryDirectory(prefix="lientuc-spark-") as folder:
        backend = _spark()
        for name in ("workers", "entries", "exemptions"):
            path = Path(folder) / f"{name}.parquet"
            asked.con.execute(f"COPY {name} TO '{path}' (FORMAT parquet)")
            backend.read_parquet(path, table_name=name)
        tables = _tables(backend, asked)
        _take(asked.con, "answers", backend.to_pyarrow_batches(_answers(tables, asked)))
        if asked.explained:
            _take(asked.con, "lines", backend.to_pyarrow_batches(_lines(tables, asked)))


def _spark() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        text = "the engine spark needs PySpark 4.0, which is not installed; install it, or take --engine duckdb"
        raise EngineMissing(text) from error
    session = SparkSession.builder.master("local[2]").appName("lientuc standings")
    session = session.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
    return ibis.pyspark.connect(session.getOrCreate())


def _take(con: duckdb.DuckDBPyConnection, name: str, batches: pa.RecordBatchReader) -> None:
    con.register("batches", batches)
    con.execute(f"CREATE TABLE {name} AS SELECT * FROM batches")
    con.unregister("batches")


def _tables(backend: Any, asked: Asked) -> Tables:
    wanted = {"workers": columns.WORKERS, "entries": columns.ENTRIES, "exemptions": columns.EXEMPTIONS}
    found = [backend.table(name).select(*schema.names) for name, schema in wanted.items()]
    return found[0], found[1], found[2]


def _answers(tables: Tables, asked: Asked) -> ibis.Table:
    return columns.standings(*tables, asked.on, asked.rules).select(*ANSWERS.names).cast(_ibis(ANSWERS))


def _lines(tables: Tables, asked: Asked) -> ibis.Table:
    found = columns.explained_lines(*tables, asked.on, asked.rules)
    return found.select(*LINES.names).cast(_ibis(LINES))


def _ibis(schema: pa.Schema) -> ibis.Schema:
    return ibis.Schema.from_pyarrow(schema)


_ENGINES: dict[EngineName, Callable[[Asked], None]] = {
    EngineName.REFERENCE: _by_law,
    EngineName.DUCKDB: _by_duckdb,
    EngineName.SPARK: _by_spark,
}
