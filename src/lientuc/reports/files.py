"""Tables as downloads: one workbook, one CSV, one paper with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.http import HttpResponse

from lientuc.core.clock import today
from lientuc.documents.paper import Paper
from lientuc.documents.table import ReportTable
from lientuc.documents.writers import write_csv, write_docx, write_xlsx
from lientuc.web.say import current_language

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def download(tables: Sequence[ReportTable], title: str, name: str, kind: str) -> HttpResponse:
    """`tables` as `<name>.<kind>`: a sheet each, blocks of one paper, or (CSV holds one table) the first of them."""
    target, language = BytesIO(), current_language()
    if kind == "csv":
        write_csv(tables[0], target, language)
    elif kind == "docx":
        paper = Paper(abstract=title, drafted_on=today(), body=tuple(tables), landscape=True)
        write_docx(paper, target, language)
    else:
        kind = "xlsx"
        write_xlsx(tables, target, language)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(target.getvalue(), content_type=KINDS[kind], headers=headers)


def paper_answer(paper: Paper, name: str) -> HttpResponse:
    """One paper as `<name>.docx`."""
    target = BytesIO()
    write_docx(paper, target, current_language())
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"'}
    return HttpResponse(target.getvalue(), content_type=KINDS["docx"], headers=headers)
