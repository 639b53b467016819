"""Pages: inspections, the checklist on a phone, findings, corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from . import actions, queries
from .forms import ChecklistForm, ClosingForm, ConclusionForm, CorrectionForm, FindingForm, InspectionForm
from .models import Finding, Inspection


def _done(form: forms.Form, write: Callable[[], Any]) -> Any:
    """The written row, or None with the action's problems on the form."""
    try:
        return write()
    except Refused as refused:
        show_problems(form, refused)
        return None


@page("quality.view_inspections")
def inspections(request: HttpRequest) -> HttpResponse:
    """Inspections, the latest first."""
    shown = page_of(request, queries.inspections(request.user), order=("-planned_on", "-id"))
    may_plan = request.user.why_not("quality.plan_inspection") is None
    return render(request, "quality/inspections.html", {"page": shown, "may_plan": may_plan})


@page("quality.plan_inspection", methods=["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an inspection."""
    form = InspectionForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        data, key = form.cleaned_data, request.POST.get("key", "")
        row = _done(
            form,
            lambda: actions.plan_inspection(
                draft=form.draft(), organisation=data["organisation"], lead=data["lead"], by=request.user, key=key
            ),
        )
        if row:
            messages.success(request, say("Đã lập kế hoạch kiểm tra.", "The inspection is planned."))
            return redirect("quality:inspection", row.public_id)
    return render(request, "quality/plan.html", {"form": form})


@page("quality.view_inspections")
def inspection(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One inspection: team, checklist as judged, findings; also the page to print as minutes."""
    row = found_or_404(queries.inspections(request.user), public_id=public_id)
    inside = Inspection.objects.visible_to(request.user, "quality.record_finding").filter(pk=row.pk).exists()
    return render(
        request,
        "quality/inspection.html",
        {
            "inspection": row,
            "team": queries.team(row),
            "checklist": queries.checklist(row),
            "findings": queries.findings(request.user).filter(inspection=row).order_by("pk"),
            "may_write": inside and row.state != "concluded",
        },
    )


def _in_hand(request: HttpRequest, public_id: UUID) -> Inspection:
    rows = Inspection.objects.visible_to(request.user, "quality.record_finding").select_related("organisation")
    found: Inspection = found_or_404(rows, public_id=public_id)
    return found


@page("quality.record_finding", methods=["GET", "POST"])
def checklist(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Judge the criteria."""
    row = _in_hand(request, public_id)
    form = ChecklistForm(request.POST or None, rows=queries.checklist(row))
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("key", "")
        if _done(
            form,
            lambda: actions.judge_criteria(inspection=row, verdicts=form.verdicts(), by=request.user, key=key),
        ):
            messages.success(request, say("Đã lưu kết quả đánh giá.", "The verdicts are saved."))
            return redirect("quality:inspection", public_id)
    return render(request, "quality/checklist.html", {"form": form, "inspection": row})


@page("quality.record_finding", methods=["GET", "POST"])
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record a finding."""
    row = _in_hand(request, public_id)
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = request.POST.get("key", "")
        if _done(form, lambda: actions.record_finding(inspection=row, draft=form.draft(), by=request.user, key=key)):
            messages.success(request, say("Đã ghi phát hiện.", "The finding is recorded."))
            return redirect("quality:inspection", public_id)
    return render(request, "quality/finding_form.html", {"form": form, "inspection": row})


@page("quality.record_finding", methods=["GET", "POST"])
def conclude(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Conclude an inspection."""
    row = _in_hand(request, public_id)
    form = ConclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text, key = form.cleaned_data["conclusion"], request.POST.get("key", "")
        if _done(form, lambda: actions.conclude_inspection(inspection=row, conclusion=text, by=request.user, key=key)):
            messages.success(request, say("Đã kết luận cuộc kiểm tra.", "The inspection is concluded."))
            return redirect("quality:inspection", public_id)
    return render(request, "quality/conclude.html", {"form": form, "inspection": row})


@page("quality.view_inspections")
def findings(request: HttpRequest) -> HttpResponse:
    """Findings, those to be mended first."""
    shown = page_of(request, queries.findings(request.user), order=("due_on", "id"))
    may = {
        "correct": request.user.why_not("quality.propose_correction") is None,
        "close": request.user.why_not("quality.close_finding") is None,
    }
    return render(request, "quality/findings.html", {"page": shown, "may": may})


@page("quality.propose_correction", methods=["GET", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Report a corrective action."""
    rows = Finding.objects.visible_to(request.user, "quality.propose_correction").select_related("organisation")
    row = found_or_404(rows, public_id=public_id)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, key = form.cleaned_data, request.POST.get("key", "")
        if _done(form, lambda: actions.report_correction(finding=row, **data, by=request.user, key=key)):
            messages.success(request, say("Đã báo cáo khắc phục.", "The correction is reported."))
            return redirect("quality:findings")
    return render(request, "quality/correct.html", {"form": form, "finding": row})


@page("quality.close_finding", methods=["GET", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm that a finding is mended."""
    rows = Finding.objects.visible_to(request.user, "quality.close_finding")
    row = found_or_404(rows.select_related("organisation"), public_id=public_id)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note, key = form.cleaned_data["note"], request.POST.get("key", "")
        if _done(form, lambda: actions.close_finding(finding=row, note=note, by=request.user, key=key)):
            messages.success(request, say("Đã xác nhận khắc phục.", "The finding is closed."))
            return redirect("quality:findings")
    found = {"form": form, "finding": row, "corrections": queries.corrections(row)}
    return render(request, "quality/close.html", found)
