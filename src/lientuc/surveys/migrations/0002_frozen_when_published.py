from django.db import migrations

# The version a row of each table belongs to, as SQL over the row's alias.
OWNED = {
    "surveys_section": "{row}.version_id",
    "surveys_choicelist": "{row}.version_id",
    "surveys_item": "{row}.version_id",
    "surveys_choice": "(SELECT version_id FROM surveys_choicelist WHERE id = {row}.choice_list_id)",
}
FIXED = ("instrument_id", "number", "state", "content_hash", "published_at", "published_by")


def _published(row: str, version: str) -> str:
    owner = version.format(row=row)
    return f"(SELECT state FROM surveys_instrumentversion WHERE id = {owner}) = 'published'"


def _guards() -> list[tuple[str, str, str]]:
    """(table, verb, condition) for each guard."""
    guards = []
    for table, version in OWNED.items():
        guards.append((table, "insert", _published("NEW", version)))
        guards.append((table, "update", f"{_published('OLD', version)} OR {_published('NEW', version)}"))
        guards.append((table, "delete", _published("OLD", version)))
    changed = " OR ".join(f"NEW.{field} <> OLD.{field}" for field in FIXED)
    guards.append(("surveys_instrumentversion", "update", f"OLD.state = 'published' AND ({changed})"))
    guards.append(("surveys_instrumentversion", "delete", "OLD.state = 'published'"))
    return guards


def forward(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, verb, condition in _guards():
        name = f"{table}_frozen_{verb}"
        if vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, 'a published instrument is frozen'); END"
            )
            continue
        result = "OLD" if verb == "delete" else "NEW"
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
            "RAISE EXCEPTION 'a published instrument is frozen' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {result}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def back(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, verb, _ in _guards():
        name = f"{table}_frozen_{verb}"
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgres else ""))
        if postgres:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0001_first'),
    ]

    operations = [migrations.RunPython(forward, back)]
