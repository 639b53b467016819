"""`lientuc standings`: the file mode as one of the commands that `lientuc help` lists."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lientuc.credits.filemode.command import HELP, WRONG, add_arguments, run


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The contract's arguments."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with 2 and every trouble when something must be mended first."""
        troubles = run(Namespace(**options))
        if troubles:
            raise CommandError("\n".join(troubles), returncode=WRONG)
