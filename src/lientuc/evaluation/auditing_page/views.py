"""Tables pasted or sent, shown as they were read, audited; nothing of it is kept."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.analytics.auditing import Finding, Report, audit
from lientuc.core.errors import Refused
from lientuc.web.pages import page, show_problems
from lientuc.web.say import current_language, say

from ..audit_files import read_report, write_findings
from .grids import grids_of_file, grids_of_text
from .rows import as_tables, records_of

LONGEST = 500_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "code"})


class AuditForm(forms.Form):
    """Where the tables come from, and what the report says of them besides."""

    pasted = forms.CharField(
        label=say("Dán bảng từ Word hoặc Excel", "Paste tables from Word or Excel"),
        help_text=say(
            "Chép cả bảng rồi dán; giữa hai bảng để một dòng trống. Dòng tên bảng ngay trên bảng được giữ làm tên.",
            "Copy whole tables and paste; leave an empty line between two. A line just above a table becomes its title.",
        ),
        widget=_area(6),
        max_length=LONGEST,
        required=False,
    )
    document = forms.FileField(label=say("Hoặc tệp .docx, .csv", "Or a .docx or .csv file"), required=False)
    n_total = forms.CharField(
        label=say("Tổng số người trả lời nêu trong phần phương pháp", "Number of respondents stated in the methods"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class ReadForm(forms.Form):
    """The tables as they were read, to be corrected, and sentences, gates and methods as files hold them."""

    tables = forms.CharField(
        label=say("Các ô đã đọc", "Cells as read"), widget=_area(10), max_length=LONGEST, required=False
    )
    claims = forms.CharField(
        label=say("Câu trong bài có nêu số", "Sentences that quote numbers"),
        help_text="claim_id,location,text,comparator,value,unit,rows,denominator",
        widget=_area(4),
        max_length=LONGEST,
        required=False,
    )
    gates = forms.CharField(
        label=say("Câu hỏi chỉ dành cho một số người", "Questions for some people only"),
        help_text="gated_group,gate_group,eligible_categories,gate_denominator",
        widget=_area(3),
        max_length=LONGEST,
        required=False,
    )
    methods = forms.CharField(
        label=say("Điều nêu trong phần phương pháp", "Statements of the methods"),
        help_text="statement,value",
        widget=_area(3),
        max_length=LONGEST,
        required=False,
    )


@page("evaluation.view_studies", methods=["GET", "HEAD", "POST"])
def audit_page(request: HttpRequest) -> HttpResponse:
    """Read, show, audit; `export` gives the findings as CSV."""
    form = AuditForm(request.POST or None, request.FILES or None)
    read = ReadForm(request.POST or None)
    if request.method != "POST" or not (form.is_valid() & read.is_valid()):
        return render(request, "evaluation/audit.html", {"form": form})
    given = dict(read.cleaned_data)
    try:
        if not given["tables"].strip() or "read" in request.POST:
            given |= _read(form.cleaned_data)
        report = read_report(*(given[name].encode() for name in ("tables", "claims", "gates", "methods")))
    except Refused as refused:
        show_problems(form, refused)
        context = {"form": form, "read": ReadForm(initial=given) if given["tables"].strip() else None}
        return render(request, "evaluation/audit.html", context)
    found = audit(report)
    if "export" in request.POST:
        return _file(found)
    return render(request, "evaluation/audit.html", _context(form, given, report, found))


def _read(cleaned: dict[str, Any]) -> dict[str, str]:
    """What was pasted or sent as the text of a TABLES file; a text that is one already stays as it is."""
    upload = cleaned["document"]
    text = cleaned["pasted"]
    content = upload.read() if upload else text.encode()
    if content[:200].lower().lstrip(b"\xef\xbb\xbf").startswith((b"table,", b"table;", b"table\t", b"row_id")):
        found = {"tables": content.decode("utf-8-sig", "replace")}
    else:
        grids = grids_of_file(content) if upload else grids_of_text(text)
        records = records_of(grids)
        found = {"tables": as_tables(records) if records else ""}
    if cleaned["n_total"].strip():
        found["methods"] = f"statement,value\nn_total,{cleaned['n_total'].strip()}\n"
    return found


def _context(form: forms.Form, given: dict[str, str], report: Report, found: tuple[Finding, ...]) -> dict[str, Any]:
    language = current_language()
    flagged = {finding.id for finding in found}
    return {
        "form": AuditForm(initial={"n_total": form.cleaned_data["n_total"]}),
        "read": ReadForm(initial=given),
        "rows": [(row, row.id in flagged) for row in report.rows],
        "tables": len({row.table for row in report.rows}),
        "findings": [(finding, finding.explanation(language)) for finding in found],
        "with_means": any(row.mean or row.sd for row in report.rows),
        "audited": True,
    }


def _file(found: tuple[Finding, ...]) -> HttpResponse:
    out = io.StringIO(newline="")
    write_findings(found, out, current_language())
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kiem-bang.csv"'
    response["Cache-Control"] = "no-store"
    return response
