"""Opinions are written once; the content of a version stands still from its submission on."""

from typing import Any

from django.db import migrations

from lientuc.trail.rows import forbid_changes

TABLE = "curricula_curriculumversion"
CONTENT = (
    "curriculum_id", "number", "practice_gap", "objectives", "outcomes", "audience_titles", "theory_quarters",
    "practice_quarters", "credit_quarters", "lesson_quarters", "min_attendance_percent", "materials",
    "lecturer_requirements", "needs_survey", "content_hash",
)  # fmt: skip


def freeze(apps: Any, schema_editor: Any) -> None:
    """Refuse any change of content, or deletion, once a version left the state `draft`."""
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement, params=None)


def thaw(apps: Any, schema_editor: Any) -> None:
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("frozen", "kept"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{on_table}")


def _sqlite() -> list[str]:
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in CONTENT)
    stop = f"BEGIN SELECT RAISE(ABORT, '{TABLE} is frozen once submitted'); END"
    return [
        f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} WHEN OLD.state <> 'draft' AND ({changed}) {stop}",
        f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} WHEN OLD.state <> 'draft' {stop}",
    ]


def _postgresql() -> list[str]:
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in CONTENT)
    return [
        "CREATE OR REPLACE FUNCTION lientuc_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.state <> 'draft' AND ({changed})) EXECUTE FUNCTION lientuc_frozen()",
        f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} FOR EACH ROW "
        "WHEN (OLD.state <> 'draft') EXECUTE FUNCTION lientuc_frozen()",
    ]


class Migration(migrations.Migration):
    dependencies = [("curricula", "0001_first")]

    operations = [migrations.RunPython(freeze, thaw), forbid_changes("curricula_opinion")]
