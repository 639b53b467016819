"""`lientuc credit-record FILE --as USER`: record the rows of a CSV or workbook, one entry each, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lientuc.accounts.models import User
from lientuc.core.errors import Problem, Refused
from lientuc.credits.actions import record_entry
from lientuc.credits.enums import EntrySource
from lientuc.credits.intake.preview import columns_of, read_entries, readable_draft, values_of
from lientuc.web.say import sentence


class Command(BaseCommand):
    help = "Record credit entries from a CSV or workbook as a user; rows with problems are printed and left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, who acts, and whose entry it is where the file does not say."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="user", required=True, help="user name of the person who records")
        parser.add_argument(
            "--worker", default="", help="national number, licence number or id, for rows that name nobody"
        )

    def handle(self, *args: Any, file: Path, user: str, worker: str, **options: Any) -> None:
        """Print one line for each row left out; exit with an error when there was one."""
        by = User.objects.filter(username=user).first()
        if by is None:
            raise CommandError(f"{user}: no such user")
        recorded, left_out = 0, 0
        for place, found in self._outcomes(file, by, worker):
            recorded += not found
            left_out += bool(found)
            for problem in found:
                self.stderr.write(f"{place}: {problem.code}: {sentence(problem)}")
        self.stdout.write(f"{recorded} recorded, {left_out} left out")
        if left_out:
            raise CommandError(f"{left_out} rows have problems")

    def _outcomes(self, file: Path, by: User, worker: str) -> Iterator[tuple[str, tuple[Problem, ...]]]:
        for table in self._read(file).tables:
            for row in table.rows:
                values = values_of(row.cells, columns_of(table.proposal))
                values["worker"] = values.get("worker") or worker
                try:
                    record_entry(draft=readable_draft(values, by=by), by=by, source=EntrySource.COMMAND)
                except Refused as refused:
                    yield f"{table.sheet} {row.number}", refused.problems
                else:
                    yield f"{table.sheet} {row.number}", ()

    def _read(self, file: Path) -> Any:
        try:
            return read_entries(file.read_bytes(), file.name)
        except (OSError, Refused) as error:
            said = "; ".join(map(sentence, error.problems)) if isinstance(error, Refused) else str(error)
            raise CommandError(f"{file}: {said}") from error
