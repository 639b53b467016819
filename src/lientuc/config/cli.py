"""`lientuc <command>`: Django's command runner with our settings; `lientuc help` lists the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lientuc.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lientuc", *sys.argv[1:]])


if __name__ == "__main__":
    main()
