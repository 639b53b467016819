"""`lientuc audit-verify [--anchor FILE]`: is the audit trail whole?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lientuc.trail.models import AuditSeal
from lientuc.trail.seal import faults, seal


class Command(BaseCommand):
    help = (
        "Chain what is committed, then recompute the audit chain; name every edited, deleted, inserted or swapped row."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor", type=Path, help="a head file kept outside the database; a cut tail shows only there"
        )

    def handle(self, *args: Any, anchor: Path | None = None, **options: Any) -> None:
        found = list(faults(anchor))
        for fault in found:
            self.stdout.write(f"{fault.what}\tposition {fault.position}\tentry {fault.entry_id}")
        if found:
            raise CommandError(f"{len(found)} fault(s) in the audit trail")
        fresh = seal()
        self.stdout.write(f"whole: {AuditSeal.objects.count()} rows in the chain, {fresh} of them new")
