"""`lientuc refresh-standings`: reckon anew every standing that is not of today; meant for a nightly timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.core.clock import today
from lientuc.credits.refresh import refresh_due
from lientuc.places.scope import Scope


class Command(BaseCommand):
    help = "Reckon every standing that is not of today."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many people were reckoned."""
        self.stdout.write(f"{refresh_due(Scope(everything=True), today())} standings")
