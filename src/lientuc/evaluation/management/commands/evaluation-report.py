"""`lientuc evaluation-report --wave NAME --format html|docx|xlsx|json --out F --audience …` (docs/evaluation-files.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from lientuc.analytics.disclosure import Audience
from lientuc.core.errors import Problem
from lientuc.evaluation.models import StudyWave
from lientuc.evaluation.publishing import FILTERS, publication
from lientuc.evaluation.queries import frame_of, report_texts, waves_named
from lientuc.evaluation.report.document import report_of
from lientuc.evaluation.report.files import FORMATS, report_file
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.models import Wave
from lientuc.web.say import sentence

WRONG = 2


class Command(BaseCommand):
    help = (
        "Write the report of a wave: the study's five tables, sentences that quote them, checklists. The evaluator's is exact "
        "and not for release; the organisation's hides counts of 1 to 4, the public one 1 to 9, and what would give them back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One wave in, one file out."""
        parser.add_argument("--wave", required=True, help="name or id of the wave")
        parser.add_argument("--format", choices=FORMATS, default="html", dest="kind")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--audience", choices=[str(one) for one in Audience], default=str(Audience.ORGANISATION))
        parser.add_argument("--by", choices=FILTERS, default="", help="agreement for each answer of this item too")
        parser.add_argument("--language", choices=("vi", "en"), default="vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; exit code 2 where there is no such wave."""
        with override(options["language"]):
            wave = _wave(options["wave"])
            found = publication(wave, Audience(options["audience"]))
            rows = StudyWave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave).select_related("study")
            study_wave = rows.first()
            frame = frame_of(wave, found.audience, found.completed)
            study = study_wave.study if study_wave else None
            report = report_of(wave, study, found, frame, report_texts(wave), options["by"])
            options["out"].write_bytes(report_file(report, found, wave, options["kind"]))
            if found.problem:
                self.stderr.write(sentence(found.problem))
        self.stdout.write(
            f"{options['out']}: {found.completed} respondents, {len(found.cells or {})} cells, {found.audience}"
        )


def _wave(name: str) -> Wave:
    found = waves_named(name)
    if len(found) == 1:
        return found[0]
    if found:
        known = ", ".join(str(wave.public_id) for wave in found)
        problem = Problem("evaluation.wave_twice", values={"name": name, "count": len(found), "known": known})
    else:
        names = Wave.objects.unscoped(WhyUnscoped.SETUP).order_by("-pk").values_list("name", flat=True)[:20]
        problem = Problem("evaluation.wave_unknown", values={"name": name, "known": ", ".join(names) or "–"})
    raise CommandError(sentence(problem), returncode=WRONG)
