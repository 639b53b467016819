"""`lientuc <command>`: Django's command runner with our settings; `lientuc help` lists the commands."""

from __future__ import annotations

import os
import sys
from importlib import import_module

# Commands from files to files: they read no settings, so they run in any directory and leave nothing behind.
FILE_MODE = {
    "standings": "lientuc.credits.filemode.command",
    "plan-solve": "lientuc.planning.filemode.solving",
    "plan-check": "lientuc.planning.filemode.checking",
}


def main() -> None:
    """Run one command."""
    if sys.argv[1:2] and sys.argv[1] in FILE_MODE:
        sys.exit(import_module(FILE_MODE[sys.argv[1]]).main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lientuc.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lientuc", *sys.argv[1:]])


if __name__ == "__main__":
    main()
