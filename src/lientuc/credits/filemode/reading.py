"""Files into checked tables: every cell judged in one pass over columns, lines looked up only where something is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from lientuc.law.columns import UNITS_SCALE

from .contract import FIRST_DAY, LAST_DAY, Column, Files, Trouble, WrongFiles

# So many troubles are told; a column filled wrongly in a million rows is one message, not a million.
MOST_TOLD = 50
_LINE = re.compile(r"Line: (\d+)")


def read_checked(con: duckdb.DuckDBPyConnection, files: Files) -> None:
    """Make the tables `workers` (with `worker_id`), `entries`, `exemptions` of `law.columns`; WrongFiles where a cell is wrong."""
    troubles = Troubles(con)
    for name, (path, columns) in files.read.items():
        _read_text(con, name, path, columns)
        for column in columns:
            troubles.look(path, f"{name}_text", column.name, _wrong(column), f"{column.name} must be {column.may}")
    troubles.stop_if_any()
    _number_workers(con)
    _look_across(troubles, files)
    troubles.stop_if_any()
    _type_tables(con, with_exemptions=files.exemptions is not None)


class Troubles:
    """Gathers what is wrong: a count first, the lines only when the count is not 0."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con, self.found, self.more = con, list[Trouble](), 0

    def look(self, path: Path, table: str, column: str, condition: str, what: str) -> None:
        """Every row of `table` that meets `condition` is a trouble of `path`."""
        count = self._one(f"SELECT count(*) FROM {table} WHERE {condition}")
        told = min(count, max(1, MOST_TOLD - len(self.found))) if count else 0
        for line, cell in self._rows(table, column, condition, told):
            self.found.append(Trouble(path, f"{_shown(cell)} – {what}", line, column))
        self.more += count - told

    def stop_if_any(self) -> None:
        """Raise what was found."""
        if self.found:
            raise WrongFiles(self.found, self.more)

    def _rows(self, table: str, column: str, condition: str, count: int) -> Iterator[tuple[int, str | None]]:
        if not count:
            return
        numbered = f"SELECT *, row_number() OVER () + 1 AS line FROM {table}"
        query = f'SELECT line, "{column}" FROM ({numbered}) WHERE {condition} ORDER BY line LIMIT {count}'
        yield from self.con.execute(query).fetchall()

    def _one(self, query: str) -> int:
        return int(self.con.execute(query).fetchall()[0][0])


def _shown(cell: str | None) -> str:
    return "empty" if cell is None else f"“{cell[:60]}”"


def _read_text(con: duckdb.DuckDBPyConnection, name: str, path: Path, columns: tuple[Column, ...]) -> None:
    """The file as `<name>_text`: cells trimmed, empty ones NULL."""
    if not path.is_file():
        raise WrongFiles([Trouble(path, "there is no such file; check the path")])
    try:
        header = _header(con, path)
        _refuse_header(path, header, columns)
        cells = ", ".join(f'nullif(trim(CAST("{c.name}" AS VARCHAR)), \'\') AS "{c.name}"' for c in columns)
        # Rows keep the order of the file: the line of a wrong cell is its place.
        con.execute("SET preserve_insertion_order = true")
        con.execute(f"CREATE TABLE {name}_text AS SELECT {cells} FROM {_source(path, header)}")
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise WrongFiles([_unreadable(path, error)]) from error


def _header(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Column names of the file; nothing is guessed from its rows."""
    if path.suffix == ".parquet":
        return [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {_source(path, [])}").fetchall()]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [name.strip() for name in next(csv.reader(lines), [])]


def _source(path: Path, header: list[str]) -> str:
    quoted = str(path).replace("'", "''")
    if path.suffix == ".parquet":
        return f"read_parquet('{quoted}')"
    names = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in header)
    return (
        f"read_csv('{quoted}', auto_detect = false, header = true, columns = {{{names}}}, delim = ',', "
        "quote = '\"', escape = '\"')"
    )


def _refuse_header(path: Path, header: list[str], columns: tuple[Column, ...]) -> None:
    wanted = [column.name for column in columns]
    missing = [name for name in wanted if name not in header]
    if missing:
        what = f"without the column {', '.join(missing)}; the first line must be {','.join(wanted)}"
        raise WrongFiles([Trouble(path, what, 1)])


def _unreadable(path: Path, error: Exception) -> Trouble:
    """What the reader says of a broken file, as one line."""
    text = str(error)
    line = _LINE.search(text)
    said = [part.strip() for part in text.splitlines() if part.strip()]
    count = next((part for part in said if part.startswith("Expected Number of Columns")), said[0])
    what = f"cannot be read: {count}; save it as UTF-8 CSV with commas, or as Parquet"
    return Trouble(path, what, int(line.group(1)) if line else None)


def _wrong(column: Column) -> str:
    """The condition under which a cell of this column is wrong."""
    cell = f'"{column.name}"'
    tests = [f"{cell} IS NULL"] if column.needed else []
    if column.codes:
        tests.append(f"{cell} NOT IN ({', '.join(repr(code) for code in column.codes)})")
    if column.pattern:
        tests.append(f"NOT regexp_matches({cell}, '{column.pattern}')")
    if column.is_day:
        day = f"TRY_CAST({cell} AS DATE)"
        tests.append(f"({cell} IS NOT NULL AND ({day} IS NULL OR {day} NOT BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'))")
    return " OR ".join(tests) or "false"


def _number_workers(con: duckdb.DuckDBPyConnection) -> None:
    """Workers by whole numbers in the order of their ids: joins and the order of the answer need no text any more."""
    con.execute(
        "CREATE TABLE numbers AS SELECT worker_id, row_number() OVER (ORDER BY worker_id) AS worker "
        "FROM (SELECT DISTINCT worker_id FROM workers_text)"
    )


def _look_across(troubles: Troubles, files: Files) -> None:
    """What only several rows can show: a worker twice, rows of unknown workers, an exemption that ends before it begins."""
    again = "worker_id IN (SELECT worker_id FROM workers_text GROUP BY worker_id HAVING count(*) > 1)"
    what = "this worker_id stands in several rows; keep one row for each worker"
    troubles.look(files.workers, "workers_text", "worker_id", again, what)
    unknown = "worker_id NOT IN (SELECT worker_id FROM numbers)"
    what = f"no row of {files.workers.name} has this worker_id; add the worker or take the row out"
    for name, (path, _) in files.read.items():
        if name != "workers":
            troubles.look(path, f"{name}_text", "worker_id", unknown, what)
    if files.exemptions is not None:
        what = "to_on is before from_on; correct one of them"
        troubles.look(files.exemptions, "exemptions_text", "to_on", "CAST(to_on AS DATE) < CAST(from_on AS DATE)", what)


def _type_tables(con: duckdb.DuckDBPyConnection, *, with_exemptions: bool) -> None:
    """The checked cells with their types; an entry_id that one worker has twice is one certificate twice."""
    con.execute("SET preserve_insertion_order = false")
    con.execute(
        "CREATE TABLE workers AS SELECT worker, worker_id, title, licence_kind AS licence, practising = 'yes' AS practising, "
        "CAST(licence_issued_on AS DATE) AS issued_on, CAST(licence_valid_to AS DATE) AS valid_to, "
        "CAST(converted_on AS DATE) AS converted_on FROM workers_text JOIN numbers USING (worker_id)"
    )
    con.execute(
        "CREATE TABLE repeated AS SELECT worker_id, entry_id FROM entries_text GROUP BY ALL HAVING count(*) > 1"
    )
    con.execute(
        "CREATE TABLE entries AS SELECT worker, e.entry_id, CAST(activity_on AS DATE) AS activity_on, form, role, "
        f"coalesce(level, '') AS level, {_scaled('units', 1)} AS units, {_scaled('decided_hours')} AS decided, "
        "r.entry_id AS certificate_key FROM entries_text e JOIN numbers USING (worker_id) "
        "LEFT JOIN repeated r ON r.worker_id = e.worker_id AND r.entry_id = e.entry_id"
    )
    source = "exemptions_text JOIN numbers USING (worker_id)" if with_exemptions else ""
    con.execute("CREATE TABLE exemptions (worker BIGINT, from_on DATE, to_on DATE, basis VARCHAR)")
    if source:
        con.execute(
            "INSERT INTO exemptions SELECT worker, CAST(from_on AS DATE), CAST(to_on AS DATE), "
            f"coalesce(basis, '') FROM {source}"
        )
    con.execute("DROP TABLE entries_text")


def _scaled(column: str, empty: int | None = None) -> str:
    """A checked amount as whole ten-thousandths; `empty` is what an empty cell means."""
    value = f"CAST({column} AS DECIMAL(18, 4))"
    value = value if empty is None else f"coalesce({value}, {empty})"
    return f"CAST({value} * {UNITS_SCALE} AS BIGINT)"
