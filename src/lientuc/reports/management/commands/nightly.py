"""`lientuc nightly`: everything an installation does once a night, in the order in which one needs the other."""

from __future__ import annotations

import traceback
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

NIGHTLY = (
    "close-waves",
    "refresh-standings",
    "find-duplicates",
    "refresh-review",
    "remind",
    "forget-staged",
    "clearsessions",
)


class Command(BaseCommand):
    help = f"Everything that is due once a night: {', '.join(NIGHTLY)}."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each; what fails is told and does not keep the others from running."""
        failed = []
        for name in NIGHTLY:
            self.stdout.write(f"{name}: ", ending="")
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except Exception:
                self.stderr.write(traceback.format_exc())
                failed.append(name)
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
