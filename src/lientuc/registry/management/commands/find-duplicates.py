"""`lientuc find-duplicates`: look through the whole register for two records of one person (run it at night)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.registry.duplicates.candidates import find_pairs


class Command(BaseCommand):
    help = "Look for two records of one person; found pairs wait on the page “Hồ sơ nghi trùng”."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare everybody and print how many pairs wait."""
        self.stdout.write(f"{find_pairs()} pairs wait for a decision")
