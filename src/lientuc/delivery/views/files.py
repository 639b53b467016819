"""Files as answers."""

from __future__ import annotations

import io

from django.http import HttpResponse

from lientuc.documents.table import ReportTable
from lientuc.documents.writers import write_xlsx
from lientuc.web.say import current_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(table: ReportTable, name: str) -> HttpResponse:
    """A table as a workbook to download."""
    target = io.BytesIO()
    write_xlsx(table, target, current_language())
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
