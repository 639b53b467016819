"""What every table shares: a public id, a declared mutability, paired instants, checked codes, dated periods."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import F, Q

from lientuc.core.ids import Ref, new_public_id


class Row(models.Model):
    """A table whose rows may change; `public_id` is the only identifier that leaves the house."""

    mutable: ClassVar[bool] = True
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def ref(self) -> Ref:
        """`<app>.<model>:<public id>`: a reference that may point up the floors."""
        return Ref(self._meta.label_lower, str(self.public_id))


class ImmutableRow(Row):
    """A table whose rows are written once; triggers refuse UPDATE and DELETE on both databases."""

    mutable: ClassVar[bool] = False

    class Meta:
        abstract = True


def one_of(field: str, enum: type[StrEnum], *, table: str) -> models.CheckConstraint:
    """`field` holds a code of `enum`."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(code) for code in enum]}), name=f"{table}_{field}_known"
    )


def paired(what: str, *, table: str) -> models.CheckConstraint:
    """`<what>_at` and `<what>_by` live and die together."""
    at, by = f"{what}_at__isnull", f"{what}_by__isnull"
    return models.CheckConstraint(
        condition=Q(**{at: True, by: True}) | Q(**{at: False, by: False}), name=f"{table}_{what}_paired"
    )


def period(*, table: str, first: str = "from_on", last: str = "to_on") -> models.CheckConstraint:
    """A dated interval ends on or after the day it begins."""
    return models.CheckConstraint(
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}), name=f"{table}_{last}_after_{first}"
    )


def in_force(on: Any, prefix: str = "") -> Q:
    """Rows whose `from_on`–`to_on` holds the day `on`; `prefix` is a lookup path ending in `__`."""
    open_end = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": on})
    return Q(**{f"{prefix}from_on__lte": on}) & open_end


def forbid_changes(*tables: str) -> migrations.RunPython:
    """A migration step that makes `tables` insert-only; put it last in the migration that makes them."""

    def forward(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for statement in _triggers(table, schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def back(apps: Any, schema_editor: Any) -> None:
        for table in tables:
            for verb in ("update", "delete"):
                on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on_table}")

    return migrations.RunPython(forward, back)


def _triggers(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
            for verb in ("update", "delete")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION lientuc_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION lientuc_insert_only()"
        for verb in ("update", "delete")
    ]
