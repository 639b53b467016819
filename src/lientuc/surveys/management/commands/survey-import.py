"""`lientuc survey-import --instrument CODE --records R.csv --wave NAME`: an existing study as a closed wave (docs/evaluation-files.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from lientuc.accounts.models import SYSTEM, User
from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.enums import WavePurpose
from lientuc.surveys.intake.actions import RecordsDraft, take_records
from lientuc.surveys.intake.codes import write_map
from lientuc.surveys.intake.file import Files, Judged, codes_in_use, judge_files, problems_of_judged
from lientuc.surveys.intake.places import evaluating_organisation
from lientuc.surveys.intake.records import Choices
from lientuc.surveys.intake.showing import account
from lientuc.surveys.intake.versions import version_named
from lientuc.web.say import sentence

WRONG_FILE = 2


class Command(BaseCommand):
    help = (
        "Read the records of an existing study (REDCap, Kobo, LimeSurvey, or plain names and codes) into a closed wave. "
        "--preview judges every cell and writes nothing; the same files again change nothing, mended ones replace the wave."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files in, one wave out."""
        parser.add_argument(
            "--instrument", required=True, help="code of an instrument (l3_alumni, l3_alumni@1) or a form file"
        )
        parser.add_argument("--records", type=Path, required=True)
        parser.add_argument("--interviews", type=Path)
        parser.add_argument("--codes", type=Path, help="map of codes: item,value,code")
        parser.add_argument("--codes-out", type=Path, help="write the map in use, proposals included, to this file")
        parser.add_argument("--wave", required=True, help="name of the wave")
        parser.add_argument("--preview", action="store_true", help="judge only")
        parser.add_argument(
            "--complete-cases", action="store_true", help="leave incomplete records out, and count them"
        )
        parser.add_argument("--accept-codes", action="store_true", help="confirm the proposed codes")
        parser.add_argument(
            "--good-rows", action="store_true", help="leave out records with a cell that cannot be read"
        )
        parser.add_argument("--organisation", default="", help="code of the unit whose study it is")
        parser.add_argument("--invited", type=int, help="how many people had been asked")
        parser.add_argument("--opened", type=date.fromisoformat)
        parser.add_argument("--closed", type=date.fromisoformat)
        parser.add_argument("--purpose", choices=[str(one) for one in WavePurpose], default=str(WavePurpose.RESEARCH))
        parser.add_argument(
            "--by", default="", help="user name of whoever takes responsibility; the system if not said"
        )
        parser.add_argument("--language", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the account; exit 1 where nothing was taken, 2 where a file cannot be read."""
        with override(options["language"]):
            try:
                self._run(options)
            except OSError as error:
                raise CommandError(str(error), returncode=WRONG_FILE) from error
            except Refused as refused:
                raise CommandError("\n".join(map(sentence, refused.problems)), returncode=WRONG_FILE) from refused

    def _run(self, options: dict[str, Any]) -> None:
        by = _actor(options["by"])
        version = version_named(options["instrument"], by=by)
        names = ("records", "interviews", "codes")
        files = Files(*(options[name].read_bytes() if options[name] else b"" for name in names))
        chosen = Choices(
            complete_cases=options["complete_cases"],
            good_rows=options["good_rows"],
            accept_codes=options["accept_codes"],
        )
        judged = judge_files(files, version, chosen)
        for line in account(judged):
            self.stdout.write(line)
        if options["codes_out"]:
            options["codes_out"].write_text(write_map(codes_in_use(judged)), encoding="utf-8")
        problems = problems_of_judged(judged)
        if problems:
            raise CommandError("\n".join(map(sentence, problems)))
        if not options["preview"]:
            self._take(options, version, judged, by)

    def _take(self, options: dict[str, Any], version: Any, judged: Judged, by: Any) -> None:
        closed = options["closed"] or today()
        draft = RecordsDraft(
            name=options["wave"],
            opens_on=options["opened"] or min(closed, today()),
            closes_on=closed,
            purpose=WavePurpose(options["purpose"]),
            invited=options["invited"],
        )
        organisation = _organisation(options["organisation"], by)
        try:
            wave = take_records(draft=draft, organisation=organisation, version=version, judged=judged, by=by)
        except Refused as refused:
            raise CommandError("\n".join(map(sentence, refused.problems))) from refused
        self.stdout.write(f"wave\t{wave.name}\t{wave.public_id}")


def _actor(username: str) -> Any:
    if not username:
        return SYSTEM
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"no active user is called {username!r}", returncode=WRONG_FILE)
    return user


def _organisation(code: str, by: Any) -> Organisation:
    if not code:
        return evaluating_organisation(by=by)
    found: Organisation | None = (
        Organisation.objects.unscoped(WhyUnscoped.SETUP).filter(code=code, to_on__isnull=True).first()
    )
    if found is None:
        raise CommandError(f"no open organisation has the code {code!r}", returncode=WRONG_FILE)
    return found
