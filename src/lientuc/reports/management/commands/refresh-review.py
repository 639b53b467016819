"""`lientuc refresh-review`: reckon the summary behind large reviews anew; meant for every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lientuc.core.clock import today
from lientuc.reports.review.summary import refresh_summary


class Command(BaseCommand):
    help = "Reckon the summary behind large workforce reviews anew."

    def handle(self, *args: Any, **options: Any) -> None:
        made = refresh_summary(today())
        self.stdout.write(f"{made.persons} people, {made.posts} posts, of {made.on_date}")
