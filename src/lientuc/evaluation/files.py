"""A wave's report as a file: the same figures as the page."""

from __future__ import annotations

from io import BytesIO

from lientuc.documents.writers.delimited import write_csv
from lientuc.web.say import current_language

from .models import StudyWave
from .publishing import publication
from .queries import WaveReport, frame_of, report_texts
from .report.document import report_of
from .report.files import report_file

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def content(report: WaveReport, study_wave: StudyWave, kind: str, by: str = "") -> bytes:
    """The bytes of a file of one of `MEDIA_TYPES`; CSV holds every figure as one long table."""
    if kind == "csv":
        target = BytesIO()
        write_csv(report.everything or report.response, target, current_language())
        return target.getvalue()
    wave = study_wave.wave
    found = publication(wave, report.audience)
    frame = frame_of(wave, report.audience, found.completed)
    whole = report_of(wave, study_wave.study, found, frame, report_texts(wave), by)
    return report_file(whole, found, wave, kind)
