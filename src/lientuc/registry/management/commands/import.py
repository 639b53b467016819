"""`lientuc import staff FILE.csv --organisation CODE [--preview] [--good-rows] [--by USER]`: files too long for a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from lientuc.accounts.models import SYSTEM, User
from lientuc.core.errors import Refused
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.imports import Asked, Outcome, importers
from lientuc.web.say import label, sentence


class Command(BaseCommand):
    help = (
        "Import a CSV file of any length. Nothing is written to the register until the whole file was judged; then everything "
        "becomes visible at once. A run that was killed changed nothing and is simply started again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(importers()), help="what the file holds")
        parser.add_argument("file", type=Path, help="a CSV file (any encoding and delimiter in use in Viet Nam)")
        parser.add_argument(
            "--organisation", required=True, help="code of the unit that sends it, or of the unit above all its rows"
        )
        parser.add_argument(
            "--preview", action="store_true", help="judge only; decide later on the page or by this command"
        )
        parser.add_argument("--good-rows", action="store_true", help="take the good rows and park the others")
        parser.add_argument(
            "--by", default="", help="user name of whoever takes responsibility; the system if not said"
        )

    def handle(self, *args: Any, kind: str, file: Path, **options: Any) -> None:
        """Run and report; exit code 1 where nothing was taken."""
        asked = self._asked(file, options)
        try:
            with tqdm(total=file.stat().st_size, unit="B", unit_scale=True, disable=None, leave=False) as bar:
                outcome = importers()[kind](_with_progress(asked, bar))
        except Refused as refused:
            raise CommandError("\n".join(sentence(problem) for problem in refused.problems)) from refused
        self._report(outcome)

    def _asked(self, file: Path, options: dict[str, Any]) -> Asked:
        if not file.is_file():
            raise CommandError(f"{file}: no such file")
        units = Organisation.objects.unscoped(WhyUnscoped.SETUP).filter(
            code=options["organisation"], to_on__isnull=True
        )
        organisation = units.first()
        if organisation is None:
            raise CommandError(f"no open organisation has the code {options['organisation']!r}")
        by: Any = SYSTEM
        if options["by"]:
            by = User.objects.filter(username=options["by"], is_active=True).first()
            if by is None:
                raise CommandError(f"no active user is called {options['by']!r}")
        return Asked(file, organisation, by, preview=options["preview"], good_rows=options["good_rows"])

    def _report(self, outcome: Outcome) -> None:
        names = ("rows", "good", "new", "unchanged", "bad", "lost_zeros")
        self.stdout.write("\t".join(f"{name} {outcome.counts.get(name, 0)}" for name in names))
        for line, problem in outcome.problems:
            self.stdout.write(f"{line}\t{sentence(problem)}")
        self.stdout.write(label("trail.ImportState", outcome.state))


def _with_progress(asked: Asked, bar: Any) -> Asked:
    def told(done: int, rows: int) -> None:
        bar.update(done - bar.n)
        bar.set_postfix(rows=rows)

    return Asked(asked.path, asked.organisation, asked.by, asked.preview, asked.good_rows, told)
