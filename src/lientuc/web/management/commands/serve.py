"""`lientuc serve [--host H] [--port P]`: the web server with a worker beside it, until stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Serve the pages and run background jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str = "127.0.0.1", port: int = 8000, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lientuc.config.settings"}
        environment.setdefault("LIENTUC_PUBLIC_ADDRESS", f"http://{host}:{port}")
        worker = subprocess.Popen([sys.executable, "-m", "lientuc.config.cli", "worker"], env=environment)
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        options_of_server = ["--blocking-threads", "8", "--log-level", "error", "lientuc.config.wsgi:application"]
        try:
            subprocess.run([*server, *options_of_server], env=environment, check=False)
        except KeyboardInterrupt:
            self.stdout.write("Đã dừng. (Stopped.)")
        finally:
            worker.terminate()
            worker.wait(timeout=30)
