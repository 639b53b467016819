"""`lientuc worker`: run queued jobs, reap lost ones, seal the audit trail each minute."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from lientuc.trail.jobs import run_next
from lientuc.trail.seal import seal


class Command(BaseCommand):
    help = "Run background jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is queued and stop")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        sealed_at = time.monotonic()
        while True:
            job = run_next()
            if time.monotonic() - sealed_at > 60 or once:
                seal()
                sealed_at = time.monotonic()
            if job is None:
                if once:
                    return
                close_old_connections()
                time.sleep(1)
