"""Write the generated pages: `docs/law/`, `docs/entities.md`, `docs/permissions.md`; `--check` only compares."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lientuc.config.settings")
DOCS = Path(__file__).resolve().parent.parent / "docs"


def entities() -> str:
    """The tables of each room, their meaning and their references, as Mermaid diagrams."""
    from django.apps import apps
    from django.db import models

    from lientuc.config.settings import ROOMS

    lines = [
        "# Entities",
        "",
        "Generated from the models by `make docs`. Rooms from the lowest floor up; an arrow points to the row referred to.",
        "Tables marked 🔒 are written once (triggers refuse UPDATE and DELETE).",
    ]
    for room in reversed(ROOMS):
        tables = sorted(
            (m for m in apps.get_app_config(room).get_models() if m.__module__.startswith("lientuc.")),
            key=lambda model: model.__name__,
        )
        if not tables:
            continue
        lines += ["", f"## {room}", "", "| table | meaning |", "|---|---|"]
        for model in tables:
            meaning = (model.__doc__ or "").strip().splitlines()[0]
            lines.append(f"| {model.__name__}{'' if model.mutable else ' 🔒'} | {meaning} |")
        lines += ["", "```mermaid", "erDiagram"]
        for model in tables:
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey | models.OneToOneField) and field.concrete:
                    target = field.related_model
                    name = (
                        target.__name__
                        if target._meta.app_label == room
                        else f"{target._meta.app_label}_{target.__name__}"
                    )
                    shape = "|o" if field.null else "||"
                    many = "o|" if isinstance(field, models.OneToOneField) else "o{"
                    lines.append(f'    {name} {shape}--{many} {model.__name__} : "{field.name}"')
        lines += ["```"]
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """The table of roles and permissions."""
    from lientuc.accounts.enums import Role
    from lientuc.accounts.permissions import table, titles
    from lientuc.accounts.phrases import LABELS

    roles = [role for role in Role if role is not Role.PUBLIC]
    lines = [
        "# Roles and permissions",
        "",
        "Generated from `src/lientuc/accounts/permissions.csv` by `make docs`. Reach: `own` the organisation itself, `emp` what it",
        "employs, `pro` what it guides professionally, `self` rows about the person, `assigned` rows the person was named to, `all`.",
        "",
        "| permission | " + " | ".join(LABELS[Role][role].en for role in roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for name, row in table().items():
        cells = ["+".join(sorted(row[role])) or "–" for role in roles]
        lines.append(f"| `{name}` {titles()[name].en} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write or compare."""
    import django

    django.setup()
    pages = {DOCS / "entities.md": entities(), DOCS / "permissions.md": permissions()}
    if "--check" in sys.argv:
        stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        sys.exit(f"stale, run `make docs`: {', '.join(stale)}" if stale else 0)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "lientuc.law.docs", str(DOCS / "law")], check=True)


if __name__ == "__main__":
    main()
