"""A wave's report as a file: the same tables as the page."""

from __future__ import annotations

from io import BytesIO

from lientuc.core.clock import today
from lientuc.documents.paper import Block, Heading, Paper, Paragraph
from lientuc.documents.writers.delimited import write_csv
from lientuc.documents.writers.spreadsheet import write_xlsx
from lientuc.documents.writers.word import write_docx
from lientuc.web.say import current_language, label, say_now

from .models import StudyWave
from .queries import WaveReport

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def content(report: WaveReport, study_wave: StudyWave, kind: str) -> bytes:
    """The bytes of a file of one of `MEDIA_TYPES`; CSV holds every figure as one long table."""
    target, language = BytesIO(), current_language()
    if kind == "xlsx":
        tables = [*report.tables, *([report.everything] if report.everything else [])]
        write_xlsx(tables, target, language)
    elif kind == "docx":
        write_docx(paper(report, study_wave), target, language)
    else:
        write_csv(report.everything or report.response, target, language)
    return target.getvalue()


def paper(report: WaveReport, study_wave: StudyWave) -> Paper:
    """The tables under the headings of their levels."""
    study = study_wave.study
    body: list[Block] = [
        Heading(study.title),
        Paragraph(f"{study_wave.wave.name}. {label('evaluation.Audience', report.audience).capitalize()}."),
        report.response,
    ]
    if study.ethics_number:
        ethics = say_now("Quyết định của hội đồng đạo đức: {number}.", "Ethics decision: {number}.")
        body.insert(1, Paragraph(ethics.format(number=study.ethics_number)))
    for part in report.levels:
        body += [Heading(label("evaluation.Level", part.level)), *part.tables]
    return Paper(abstract=study.title, drafted_on=today(), body=tuple(body), landscape=True)
