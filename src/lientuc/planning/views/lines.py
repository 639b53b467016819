"""Lines of a plan: page with reasons, form, paste from Excel, classes that carry them out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import page, show_problems
from lientuc.web.say import say

from .. import actions, intake
from ..book import PlanBook
from ..enums import LineField, PlanState
from ..forms.fields import topic_choices
from ..forms.lines import LineForm, LinkRunForm, PasteForm, RunForLineForm, mapping_choices
from ..intake import Reading
from ..models import Plan, PlanLine, PlanLineNeed, PlanLineRun
from ..queries.execution import carried
from ..rules.lines import line_notes, over_ceilings
from ..rules.plans import EDITABLE, why_not_edit
from ..writing import draft_of, items_of
from .doing import done, key_of, line_of, plan_of

VIEW, EDIT = "planning.view_plans", "planning.edit_plan"
OPEN_RUN = "delivery.open_run"


@page(VIEW)
def line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One line: what it serves and why, its cost items against their ceilings, its classes."""
    row = line_of(request, VIEW, public_id)
    book, draft = PlanBook(row.plan), draft_of(row)
    edits = request.user.why_not(EDIT, row.plan.organisation) is None
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=row)
    runs = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=row)
    context = {
        "line": row,
        "items": items_of(row),
        "over": list(over_ceilings(draft, book.rates)),
        "notes": list(line_notes(draft, book.facts(draft, instead_of=row))),
        "needs": links.select_related("need__organisation").order_by("-need__priority", "need__pk"),
        "runs": runs.select_related("run__organisation").order_by("run__starts_on"),
        "done": carried(row.plan).get(row.pk),
        "may_edit": edits and row.plan.state in EDITABLE,
        "may_carry_out": edits and row.plan.state == PlanState.APPROVED,
        "may_open": edits and row.plan.state == PlanState.APPROVED and _opens_classes(request, row),
    }
    return render(request, "planning/line.html", context)


def _opens_classes(request: HttpRequest, row: PlanLine) -> bool:
    """Whether the reader opens classes for the line's provider; elsewhere the provider opens them and they are linked."""
    return row.provider is not None and request.user.why_not(OPEN_RUN, row.provider.organisation) is None


@page(EDIT, methods=["GET", "POST"])
def add_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a line."""
    row = plan_of(request, EDIT, public_id)
    form = LineForm(request.POST or None, plan=row)
    if request.method == "POST" and form.is_valid():
        if done(form, lambda: actions.add_line(plan=row, draft=form.draft(), by=request.user, key=key_of(request))):
            messages.success(request, say("Đã thêm dòng kế hoạch.", "The line is added."))
            return redirect("planning:plan", public_id)
    return render(request, "planning/line_form.html", {"form": form, "plan": row, "line": None})


@page(EDIT, methods=["GET", "POST"])
def edit_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a line."""
    row = line_of(request, EDIT, public_id)
    form = LineForm(request.POST or None, plan=row.plan, line=row)
    if request.method == "POST" and form.is_valid():
        if done(form, lambda: actions.edit_line(line=row, draft=form.draft(), by=request.user, key=key_of(request))):
            messages.success(request, say("Đã lưu dòng kế hoạch.", "The line is saved."))
            return redirect("planning:plan", row.plan.public_id)
    return render(request, "planning/line_form.html", {"form": form, "plan": row.plan, "line": row})


@page(EDIT, methods=["POST"])
def remove_line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a line out."""
    row = line_of(request, EDIT, public_id)
    plan = actions.remove_line(line=row, by=request.user, key=key_of(request))
    messages.success(request, say("Đã bỏ dòng khỏi kế hoạch.", "The line is removed."))
    return redirect("planning:plan", plan.public_id)


@page(EDIT, methods=["GET", "POST"])
def paste_lines(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Paste last year's lines: checked cell by cell, mended in place, taken when they are right."""
    row = plan_of(request, EDIT, public_id)
    form = PasteForm(request.POST or None, request.FILES or None)
    reading: Reading | None = None
    if request.method == "POST" and form.is_valid():
        try:
            refuse_if(why_not_edit(row.state))
            form, reading = _read(request, row, form)
            if "take" in request.POST and reading.good and (not reading.bad or "good_only" in request.POST):
                return _take(request, row, reading)
        except Refused as refused:
            show_problems(form, refused)
    return render(request, "planning/paste.html", {"form": form, "plan": row, "preview": _preview(reading)})


def _read(request: HttpRequest, plan: Plan, form: PasteForm) -> tuple[PasteForm, Reading]:
    """The pasted text as understood; a workbook becomes the text of the form, to be mended in place."""
    sent, text = form.cleaned_data["file"], form.cleaned_data["text"]
    chosen: list[str] | None = request.POST.getlist("column")
    if sent:
        text, chosen = intake.text_of_workbook(sent.read()), None
        form = PasteForm({"text": text})
        form.is_valid()
    topics = {
        int(name.removeprefix("topic_")): str(request.POST[name])
        for name in request.POST
        if name.removeprefix("topic_").isdigit() and request.POST[name]
    }
    known = [code if code in set(LineField) else "" for code in chosen or []]
    return form, intake.read_lines(text, plan, mapping=known if any(known) else None, topics=topics)


def _take(request: HttpRequest, plan: Plan, reading: Reading) -> HttpResponse:
    drafts = [row.draft for row in reading.good]
    actions.take_lines(plan=plan, drafts=drafts, by=request.user, key=key_of(request))
    intake.remember(plan, reading)
    messages.success(request, say("Đã nhận {n} dòng.", "{n} lines were taken.").format(n=len(drafts)))
    if reading.bad:
        left = say("Còn {n} dòng chưa nhận vì có lỗi.", "{n} lines with problems were left out.")
        messages.warning(request, left.format(n=len(reading.bad)))
    return redirect("planning:plan", plan.public_id)


def _preview(reading: Reading | None) -> dict[str, Any] | None:
    """The table of the preview: column choices, rows with the problems of each cell."""
    if reading is None:
        return None
    names = reading.headings
    columns = [(names[place], chosen) for place, chosen in enumerate(reading.mapping)]
    rows = [
        {
            "number": row.number,
            "cells": [
                (text, _of_field(row.problems, field)) for text, field in zip(row.cells, reading.mapping, strict=False)
            ],
            "rest": [problem for problem in row.problems if (problem.field or "") not in reading.mapping],
            "notes": row.notes,
            "topic": row.draft.topic,
            "draft": row.draft,
            "bad": bool(row.problems),
        }
        for row in reading.rows
    ]
    return {
        "columns": columns,
        "choices": mapping_choices(),
        "topics": topic_choices(),
        "rows": rows,
        "good": len(reading.good),
        "bad": len(reading.bad),
        "sum": sum(row.draft.total_vnd for row in reading.good),
    }


def _of_field(problems: Sequence[Problem], field: str) -> list[Problem]:
    return [problem for problem in problems if field and problem.field == field]


@page(EDIT, methods=["GET", "POST"])
def open_run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a class for a line with the line's provider as organiser."""
    row = line_of(request, EDIT, public_id)
    form = RunForLineForm(request.POST or None, line=row)
    if request.method == "POST" and form.is_valid() and _has_provider(form, row):
        link = done(
            form,
            lambda: actions.open_run_for_line(line=row, draft=form.draft(), by=request.user, key=key_of(request)),
        )
        if link:
            messages.success(request, say("Đã mở lớp theo kế hoạch.", "The class is open."))
            return redirect("planning:line", public_id)
    return render(request, "planning/open_run.html", {"form": form, "line": row})


def _has_provider(form: forms.Form, row: PlanLine) -> bool:
    if row.provider is None:
        show_problems(form, Refused(Problem("planning.provider_missing")))
    return row.provider is not None


@page(EDIT, methods=["GET", "POST"])
def link_run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Count a class that a provider opened by itself."""
    row = line_of(request, EDIT, public_id)
    form = LinkRunForm(request.POST or None, line=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        run = form.cleaned_data["run"]
        if done(form, lambda: actions.link_run(line=row, run=run, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã gắn lớp với dòng kế hoạch.", "The class counts to the line."))
            return redirect("planning:line", public_id)
    return render(request, "planning/link_run.html", {"form": form, "line": row})
