"""Tables and papers as downloads."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.http import HttpResponse

from lientuc.documents.paper import Paper
from lientuc.documents.table import ReportTable
from lientuc.documents.writers import write_csv, write_docx, write_pdf, write_xlsx
from lientuc.web.say import current_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def table_file(tables: ReportTable | Sequence[ReportTable], name: str, kind: str) -> HttpResponse:
    """One or several tables as `<name>.xlsx`, or one as `.csv` where `kind` says so."""
    target = BytesIO()
    if kind == "csv" and isinstance(tables, ReportTable):
        write_csv(tables, target, current_language())
        return _download(target, f"{name}.csv", "text/csv; charset=utf-8")
    write_xlsx(tables, target, current_language())
    return _download(target, f"{name}.xlsx", XLSX)


def paper_file(paper: Paper, name: str, kind: str = "pdf") -> HttpResponse:
    """`paper` as `<name>.pdf`, or as `.docx` where `kind` says so."""
    target = BytesIO()
    if kind == "docx":
        write_docx(paper, target, current_language())
        return _download(target, f"{name}.docx", DOCX)
    write_pdf(paper, target, current_language())
    return _download(target, f"{name}.pdf", "application/pdf")


def _download(content: BytesIO, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content.getvalue(), content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
