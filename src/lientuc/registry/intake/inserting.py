"""Many new rows at once.

`bulk_create` builds an object and prepares every value of every row by itself, and cuts a list of 50,000 into a thousand
statements on SQLite (999 values each). PostgreSQL's COPY, and one statement executed many times on SQLite, write the same
rows in a tenth of the time; constraints of the database hold as ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values (JSON already as text) into a table."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})"
            cursor.executemany(statement, [[_plain(value) for value in row] for row in rows])


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def among(values: Iterable[Any], kind: str) -> Any:
    """Many values as the right side of an `__in` lookup, in one parameter; `kind` is text, bigint or uuid.

    Five thousand placeholders take longer to put together than to look up.
    """
    listed = list(values)
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [listed])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps([_plain(value) for value in listed])])


def update_statistics(*tables: str) -> None:
    """Tell PostgreSQL's planner what many new rows look like before they are joined."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
