"""`lientuc forget-staged`: forget what lists staged that can no longer be undone; meant for a nightly timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.accounts.system import SYSTEM
from lientuc.registry.intake.forgetting import forget_staged, forgettable


class Command(BaseCommand):
    help = "Forget what taken lists staged once they can no longer be undone (LIENTUC_UNDO_DAYS, 90 when not said)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many lists were cleared."""
        lists = list(forgettable())
        for batch in lists:
            forget_staged(batch=batch, by=SYSTEM)
        self.stdout.write(f"{len(lists)} lists cleared")
