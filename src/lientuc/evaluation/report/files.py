"""A report as HTML, DOCX, XLSX or JSON: the same figures in each."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string

from lientuc.analytics.disclosure import THRESHOLDS, Audience
from lientuc.core.clock import today
from lientuc.documents.paper import Block, Heading, Paper, Paragraph
from lientuc.documents.table import ReportTable
from lientuc.documents.writers.spreadsheet import write_xlsx
from lientuc.documents.writers.word import write_docx
from lientuc.surveys.models import Wave
from lientuc.web.say import current_language, sentence

from ..publishing import Publication
from ..study.cells import rows_of
from .document import Report

FORMATS = ("html", "docx", "xlsx", "json")


def report_file(report: Report, found: Publication, wave: Wave, kind: str) -> bytes:
    """The bytes of a report in one of `FORMATS`."""
    if kind == "json":
        return json.dumps(as_json(report, found, wave), ensure_ascii=False, indent=1).encode()
    if kind == "html":
        return render_to_string("evaluation/report_file.html", {"report": report, "problem": found.problem}).encode()
    target, language = BytesIO(), current_language()
    if kind == "docx":
        write_docx(paper_of(report, found), target, language)
    else:
        write_xlsx(_marked(report), target, language)
    return target.getvalue()


def as_json(report: Report, found: Publication, wave: Wave) -> dict[str, Any]:
    """Every cell with its row id, and what must be known to read them."""
    instrument, file = wave.version.instrument, found.file
    return {
        "title": report.title,
        "wave": wave.name,
        "instrument": f"{instrument.code}@{wave.version.number}",
        "audience": str(found.audience),
        "not_for_release": found.audience == Audience.EVALUATOR,
        "hides_below": THRESHOLDS[found.audience].counts_from,
        "respondents": found.completed,
        "interviews": dict(found.interviews or {}),
        "made_on": today().isoformat(),
        "records": None
        if file is None
        else {
            "layout": file.layout,
            "read": file.read,
            "kept": file.kept,
            "dropped": file.dropped,
            "sha256": file.digest,
        },
        "problem": sentence(found.problem) if found.problem else None,
        "cells": rows_of(found.cells or {}),
        "sentences": [text for part in report.parts for text in part.sentences],
        "impossible_answers": _impossible(found),
    }


def _impossible(found: Publication) -> list[dict[str, Any]]:
    """Answers of people whom a question did not concern, for the evaluator: line of the file, item, value, deciding answers."""
    if found.file is None or found.audience != Audience.EVALUATOR:
        return []
    return list(found.file.impossible)


def paper_of(report: Report, found: Publication) -> Paper:
    """The report as a paper with editable tables."""
    body: list[Block] = [Heading(report.title), *(Paragraph(mark) for mark in report.marks)]
    if found.problem:
        body.append(Paragraph(sentence(found.problem)))
    for part in report.parts:
        body += [Heading(part.heading), *(Paragraph(text) for text in part.sentences), *part.tables]
    return Paper(abstract=report.title, drafted_on=today(), body=tuple(body), landscape=True)


def _marked(report: Report) -> list[ReportTable]:
    """Every table as a sheet, its first line saying who may read it."""
    return [
        ReportTable(
            title=table.title,
            columns=table.columns,
            rows=tuple(table.rows),
            notes=(*report.marks, *table.notes),
            sources=table.sources,
            as_of=table.as_of,
            footer=table.footer,
            simulated=table.simulated,
        )
        for table in report.tables
    ]
