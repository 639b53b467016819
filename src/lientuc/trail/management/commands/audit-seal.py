"""`lientuc audit-seal`: chain the committed audit rows now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.trail.seal import seal


class Command(BaseCommand):
    help = "Chain every committed audit row and write the head outside the database."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{seal()} rows sealed")
