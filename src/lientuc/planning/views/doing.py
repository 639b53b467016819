"""What the pages of planning share: a write with its problems on the form, files to download."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from lientuc.core.errors import Refused
from lientuc.documents.paper import Paper
from lientuc.documents.table import ReportTable
from lientuc.documents.writers import write_docx, write_xlsx
from lientuc.web.pages import found_or_404, show_problems
from lientuc.web.say import current_language

from ..models import Plan, PlanLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def done(form: forms.Form, write: Callable[[], Any]) -> Any:
    """The written row, or None with the action's problems on the form."""
    try:
        return write()
    except Refused as refused:
        show_problems(form, refused)
        return None


def key_of(request: HttpRequest) -> str:
    """The one-time key of a form."""
    return str(request.POST.get("key", ""))


def plan_of(request: HttpRequest, permission: str, public_id: Any) -> Plan:
    """A plan the person may touch with `permission`, or 404."""
    rows = Plan.objects.visible_to(request.user, permission).select_related("organisation", "finance", "previous")
    found: Plan = found_or_404(rows, public_id=public_id)
    return found


def line_of(request: HttpRequest, permission: str, public_id: Any) -> PlanLine:
    """A line the person may touch with `permission`, or 404."""
    rows = PlanLine.objects.visible_to(request.user, permission).select_related(
        "plan__organisation", "plan__finance", "topic", "provider__organisation", "source"
    )
    found: PlanLine = found_or_404(rows, public_id=public_id)
    return found


def workbook(tables: ReportTable | Sequence[ReportTable], name: str) -> HttpResponse:
    """Tables as a workbook, one sheet each."""
    target = io.BytesIO()
    write_xlsx(tables, target, current_language())
    return _file(target.getvalue(), XLSX, f"{name}.xlsx")


def word(paper: Paper, name: str) -> HttpResponse:
    """A Vietnamese paper as a Word file, to be edited by the office that signs it."""
    target = io.BytesIO()
    write_docx(paper, target)
    return _file(target.getvalue(), DOCX, f"{name}.docx")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
