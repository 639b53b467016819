"""Answers into files, in the contract's columns and order, the same bytes whatever engine answered."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

ROW_GROUP = 100_000
# Regime P before 2024 asked for 48 lessons in two years: the contract knows one code for practitioners.
_REGIME = "CASE a.regime WHEN 'p' THEN 'P' WHEN 'p_2013' THEN 'P' WHEN 's' THEN 'S' ELSE a.regime END"


def write_standings(con: duckdb.DuckDBPyConnection, path: Path, rule_set: str) -> None:
    """The table `answers` as the contract's file of standings, by worker_id."""
    hours = ", ".join(
        f"{_hours(f'a.{name}', path)} AS {name}_hours" for name in ("required", "counted", "secondary", "shortfall")
    )
    _write(
        con,
        path,
        f"SELECT w.worker_id, {_REGIME} AS regime, a.window_start, a.window_end, {hours}, "
        "CASE WHEN a.yearly_floor_met THEN 'yes' ELSE 'no' END AS yearly_floor_met, a.status, a.deadline_on, "
        f"'{rule_set}' AS rule_set FROM answers a JOIN workers w USING (worker) ORDER BY worker",
    )


def write_lines(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The table `lines` as the contract's file of explanations, by worker_id, day and entry_id."""
    _write(
        con,
        path,
        f"SELECT w.worker_id, l.entry_id, {_hours('l.quarters', path)} AS hours, l.reason, "
        "nullif(l.article, '') AS article, l.certainty FROM lines l JOIN workers w USING (worker) ORDER BY worker, place",
    )


def _hours(quarters: str, path: Path) -> str:
    """Quarter hours as hours: 12, 12.25, 12.5 in CSV, a decimal of two places in Parquet."""
    if path.suffix == ".parquet":
        return f"CAST(CAST({quarters} AS DECIMAL(16, 2)) * 0.25 AS DECIMAL(12, 2))"
    part = f"CASE {quarters} % 4 WHEN 0 THEN '' WHEN 1 THEN '.25' WHEN 2 THEN '.5' ELSE '.75' END"
    return f"CAST({quarters} // 4 AS VARCHAR) || {part}"


def _write(con: duckdb.DuckDBPyConnection, path: Path, query: str) -> None:
    """Whole or not at all: written beside its place, then moved."""
    half = path.with_name(f".{path.name}.part")
    con.execute("SET preserve_insertion_order = true")
    try:
        if path.suffix == ".parquet":
            _write_parquet(con, half, query)
        else:
            quoted = str(half).replace("'", "''")
            con.execute(f"COPY ({query}) TO '{quoted}' (FORMAT csv, HEADER, DELIMITER ',')")
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)


def _write_parquet(con: duckdb.DuckDBPyConnection, path: Path, query: str) -> None:
    """Row groups of one size: DuckDB's own depend on how its threads met."""
    batches = con.execute(query).to_arrow_reader(ROW_GROUP)
    with pq.ParquetWriter(path, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch, row_group_size=ROW_GROUP)
