"""`lientuc demo`: the invented province walks the whole loop, then is served."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lientuc.demo.beginning import ACCOUNTS, PASSWORD
from lientuc.demo.loop import STEPS
from lientuc.demo.walk import Walk, run_steps
from lientuc.places.queries import has_organisations, is_simulated


class Command(BaseCommand):
    help = "Make the simulated province, walk the whole loop by the actions users call, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="walk the loop and stop")
        parser.add_argument("--small", action="store_true", help="a seventh of the province, for a quick look")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, no_serve: bool = False, small: bool = False, port: int = 8000, **options: Any) -> None:
        settings.AUDIT_ANCHOR.parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if not has_organisations():
            run_steps(STEPS, Walk(small=small), self._say)
        elif is_simulated():
            self._say("Tỉnh mô phỏng đã có sẵn; mở lại. (The simulated province is there already.)")
        else:
            raise CommandError("This database holds real organisations: the demonstration needs one of its own.")
        if not no_serve:
            self._serve(port)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _serve(self, port: int) -> None:
        self._say("")
        self._say("SỐ LIỆU MÔ PHỎNG, KHÔNG CÓ GIÁ TRỊ (simulated data, no value)")
        self._say(f"Địa chỉ (address): http://127.0.0.1:{port}")
        self._say(f"Mật khẩu chung (password): {PASSWORD}")
        for username, (name, role, _) in ACCOUNTS.items():
            self._say(f"  {username:<10} {role.value:<22} {name}")
        call_command("serve", port=port)
