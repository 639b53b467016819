"""Attendance, certificates and what happened to them are written once; so are the frozen hours of a participation."""

from typing import Any

from django.db import migrations

from lientuc.trail.rows import forbid_changes

TABLE = "delivery_participation"
FROZEN = (
    "run_id", "worker_id", "role", "quarter_hours", "unit", "regime", "rule_set", "rule_reason", "article", "certainty",
    "frozen_at", "frozen_by", "sessions_held", "sessions_attended",
)  # fmt: skip


def freeze(apps: Any, schema_editor: Any) -> None:
    """Refuse to change the hours of a participation that were frozen."""
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in FROZEN)
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} "
            f"WHEN OLD.frozen_at IS NOT NULL AND ({changed}) BEGIN SELECT RAISE(ABORT, '{TABLE} is frozen'); END"
        )
        return
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FROZEN)
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.frozen_at IS NOT NULL AND ({changed})) EXECUTE FUNCTION lientuc_frozen()"
    )


def thaw(apps: Any, schema_editor: Any) -> None:
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_frozen{on_table}")


class Migration(migrations.Migration):
    # curricula 0002 makes the function `lientuc_frozen` on PostgreSQL.
    dependencies = [("delivery", "0001_first"), ("curricula", "0002_insert_only")]

    operations = [
        migrations.RunPython(freeze, thaw),
        forbid_changes("delivery_attendance", "delivery_certificate", "delivery_certificateevent"),
    ]
