"""`lientuc remind`: write the reminders that are due today; meant for a daily timer, and harmless when run twice."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from lientuc.accounts.system import SYSTEM
from lientuc.core.clock import today
from lientuc.reports.reminders.actions import remind


class Command(BaseCommand):
    help = "Remind people and offices of hours that fall due; nobody is told twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day, for a run that makes up for a missed one."""
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="ISO date, today when not said")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        """Print how many reminders were new."""
        told = remind(on=on or today(), by=SYSTEM)
        self.stdout.write(f"{told['people']} people, {told['offices']} offices")
