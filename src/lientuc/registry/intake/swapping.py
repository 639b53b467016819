"""What was staged enters the register at once: a handful of set-based statements, the same on both databases.

Guaranteed: the statements run in one transaction, so that a process killed in the middle leaves the register as it was, and a
second run begins anew; imports enter one after the other; whatever changed in the register since the list was judged is seen
before anything is written. Nobody else waits, except for somebody who writes about the very people that a list changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch

from .inserting import update_statistics
from .people import LICENCE, PERSON, POST, SHAPES, Shape, same
from .places import Places

# One number for all imports into the register: PostgreSQL lets them enter one after the other.
_ONE_AT_A_TIME = 0x6C69_656E_0001
_CHUNK = 5_000

_TABLES = {
    "worker": "registry_healthworker",
    "post": "registry_post",
    "licence": "registry_licence",
    "s_worker": "registry_stagedworker",
    "s_post": "registry_stagedpost",
    "s_licence": "registry_stagedlicence",
}

# Each finds a staged row that the register has overtaken.
_OVERTAKEN = (
    # Somebody else has the number now.
    "SELECT 1 FROM {s_worker} s JOIN {worker} w ON w.national_number = s.national_number AND w.canonical_id IS NULL "
    "WHERE {mine} AND w.public_id <> s.worker_ref",
    # A new person without a telling number stands at the unit already, under the same name.
    "SELECT 1 FROM {s_worker} s JOIN {s_post} p ON p.batch_id = s.batch_id AND p.step = s.step AND p.worker_ref = s.worker_ref "
    "JOIN {post} o ON o.organisation_id = p.organisation_key AND o.to_on IS NULL "
    "JOIN {worker} w ON w.id = o.worker_id AND w.name_fold = p.name_fold AND w.canonical_id IS NULL "
    "WHERE {mine} AND s.is_new AND (w.national_number IS NULL OR s.national_number IS NULL) "
    "AND (w.birth_year IS NULL OR s.birth_year IS NULL OR w.birth_year = s.birth_year) "
    "AND (w.born_on IS NULL OR s.born_on IS NULL OR w.born_on = s.born_on)",
    # Somebody else holds the licence now.
    "SELECT 1 FROM {s_licence} s JOIN {licence} l ON l.number = s.licence_number AND l.kind = s.kind WHERE {mine} AND s.is_new",
    # The person got a post at the unit, or a post that answers for training, meanwhile.
    "SELECT 1 FROM {s_post} s JOIN {worker} w ON w.public_id = s.worker_ref "
    "JOIN {post} o ON o.worker_id = w.id AND o.to_on IS NULL "
    "WHERE {mine} AND s.is_new AND (o.organisation_id = s.organisation_key "
    "OR (o.responsible_for_training AND s.responsible_for_training))",
    # The person was found to be a duplicate of another.
    "SELECT 1 FROM {s_post} s JOIN {worker} w ON w.public_id = s.worker_ref WHERE {mine} AND w.canonical_id IS NOT NULL",
    "SELECT 1 FROM {s_licence} s JOIN {worker} w ON w.public_id = s.worker_ref WHERE {mine} AND w.canonical_id IS NOT NULL",
)
_MINE = "s.batch_id = %s AND s.step = %s"


def hold_entrance() -> None:
    """Wait until no other import enters the register; SQLite's IMMEDIATE transactions see to it themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def overtaken(batch: ImportBatch, step: int, by: Any) -> bool:
    """Whether the register has changed under what was staged; rows that will be changed are locked, in the order of keys."""
    if batch.counts.get("rows", 0) > _CHUNK:
        update_statistics(*(shape.staged._meta.db_table for shape in SHAPES))
    return (
        any(_changed(shape, batch, step) for shape in SHAPES)
        or any(_found(statement, batch, step) for statement in _OVERTAKEN)
        or _out_of_reach(batch, step, by)
    )


def _found(statement: str, batch: ImportBatch, step: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**_TABLES, mine=_MINE) + " LIMIT 1", [batch.pk, step])
        return cursor.fetchone() is not None


def _out_of_reach(batch: ImportBatch, step: int, by: Any) -> bool:
    """A unit was closed, or is no longer one that `by` may write for."""
    staged = POST.staged.objects.filter(batch=batch, step=step, is_new=True)
    return bool(set(staged.values_list("organisation_key", flat=True).distinct()) - Places(by).by_id.keys())


def _changed(shape: Shape, batch: ImportBatch, step: int) -> bool:
    """Whether a value that the list changes is no longer what it was; locks the rows (see `credits.locking` for the order)."""
    staged = shape.staged.objects.filter(batch=batch, step=step, is_new=False)
    rows = shape.model.objects.unscoped(WhyUnscoped.RULE)
    keys = list(rows.filter(public_id__in=staged.values(shape.ref)).order_by("pk").values_list("pk", "public_id"))
    if len(keys) < staged.count():
        return True
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        befores = dict(staged.filter(**{f"{shape.ref}__in": [ref for _, ref in part]}).values_list(shape.ref, "before"))
        locked = rows.filter(pk__in=[pk for pk, _ in part]).order_by("pk").select_for_update(no_key=True)
        for public_id, *values in locked.values_list("public_id", *shape.columns):
            now = dict(zip(shape.columns, values, strict=True))
            if any(not same(value, now[name]) for name, value in befores[public_id].items()):
                return True
    return False


def enter(batch: ImportBatch, step: int) -> None:
    """Write everything staged for a step of a batch."""
    _insert(PERSON, batch, step, source="{s_worker} s", given={})
    _update(PERSON, batch, step)
    _insert(
        POST,
        batch,
        step,
        source="{s_post} s JOIN {worker} w ON w.public_id = s.worker_ref",
        given={"worker_id": "w.id"},
    )
    _update(POST, batch, step)
    source = "{s_licence} s JOIN {worker} w ON w.public_id = s.worker_ref"
    _insert(LICENCE, batch, step, source=source, given={"worker_id": "w.id"})
    _update(LICENCE, batch, step)


def _insert(shape: Shape, batch: ImportBatch, step: int, *, source: str, given: dict[str, str]) -> None:
    """New rows; columns that lists know nothing of get the model's own default."""
    expressions: dict[str, str] = {"public_id": f"s.{shape.ref}", **given}
    values: list[Any] = []
    own = set(shape.columns)
    for column in shape.model._meta.concrete_fields:
        if column.primary_key or column.attname in expressions:
            continue
        if column.attname in own:
            expressions[column.attname] = f"s.{shape.staged_name(column.attname)}"
        else:
            expressions[column.attname] = "%s"
            values.append(column.get_db_prep_save(column.get_default(), connection))
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in expressions)
    statement = (
        f"INSERT INTO {quote(shape.model._meta.db_table)} ({names}) SELECT {', '.join(expressions.values())} "
        f"FROM {source.format(**_TABLES)} WHERE {_MINE} AND s.is_new ORDER BY s.id"
    )
    _execute(statement, [*values, batch.pk, step])


def _update(shape: Shape, batch: ImportBatch, step: int) -> None:
    """Changed values only: whatever else was written about a row meanwhile stays."""
    table = connection.ops.quote_name(shape.model._meta.db_table)
    changes = ", ".join(
        f"{name} = CASE WHEN {_is_changed(name)} THEN s.{shape.staged_name(name)} ELSE {table}.{name} END"
        for name in shape.columns
    )
    statement = (
        f"UPDATE {table} SET {changes} FROM {shape.staged._meta.db_table} s "
        f"WHERE {_MINE} AND NOT s.is_new AND {table}.public_id = s.{shape.ref}"
    )
    _execute(statement, [batch.pk, step])


def _is_changed(name: str) -> str:
    if connection.vendor == "postgresql":
        return f"jsonb_exists(s.before, '{name}')"
    return f"json_type(s.before, '$.{name}') IS NOT NULL"


def _execute(statement: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
