"""`lientuc close-waves`: close waves whose last day is over; meant for a nightly timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.accounts.system import SYSTEM
from lientuc.core.clock import today
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.actions import close_wave
from lientuc.surveys.enums import WaveState
from lientuc.surveys.models import Wave


class Command(BaseCommand):
    help = "Close waves whose last day is over; answers of anonymous ones leave their box then."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many were closed."""
        over = Wave.objects.unscoped(WhyUnscoped.REBUILD).filter(state=WaveState.OPEN, closes_on__lt=today())
        waves = list(over.select_related("organisation").order_by("pk"))
        for wave in waves:
            close_wave(wave=wave, by=SYSTEM)
        self.stdout.write(f"{len(waves)} waves closed")
