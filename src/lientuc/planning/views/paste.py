"""Last year's lines pasted from Excel: checked cell by cell, mended in place, taken when they are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.curricula.models import Topic
from lientuc.web.pages import page, show_problems
from lientuc.web.say import current_language, say

from .. import actions, intake
from ..book import sources_of
from ..enums import LineField
from ..forms.fields import topic_choices
from ..forms.lines import PasteForm, mapping_choices
from ..intake import Choices, Reading, ReadRow
from ..models import Plan
from ..rules.plans import why_not_edit, years_of
from .doing import key_of, plan_of

EDIT = "planning.edit_plan"
# A row with one of these is right when somebody says why.
WANTS_REASON = frozenset({"planning.double_funding", "planning.over_ceiling_needs_reason"})


@page(EDIT, methods=["GET", "POST"])
def paste_lines(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Paste, check, mend, take; rows that are not right yet stay on the page."""
    row = plan_of(request, EDIT, public_id)
    form = PasteForm(request.POST or None, request.FILES or None)
    reading: Reading | None = None
    chosen = _choices(request)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_if(why_not_edit(row.state))
            form, chosen = _text(request, form, chosen)
            reading = intake.read_lines(form.cleaned_data["text"], row, chosen)
            if "take" in request.POST and reading.good and (not reading.bad or "good_only" in request.POST):
                _take(request, row, reading)
                if not reading.bad:
                    return redirect("planning:plan", row.public_id)
                form, chosen = _rest(form, reading)
                reading = intake.read_lines(form.cleaned_data["text"], row, chosen)
        except Refused as refused:
            show_problems(form, refused)
    context = {"form": form, "plan": row, "preview": _preview(reading, row, chosen)}
    return render(request, "planning/paste.html", context)


def _choices(request: HttpRequest) -> Choices:
    """What was chosen on the page: columns, topics, reasons."""
    columns = [code if code in set(LineField) else "" for code in request.POST.getlist("column")]
    return Choices(
        mapping=tuple(columns) if any(columns) else (),
        topics=_by_row(request, "topic_"),
        reasons=_by_row(request, "reason_"),
    )


def _by_row(request: HttpRequest, prefix: str) -> dict[int, str]:
    return {
        int(name.removeprefix(prefix)): str(value)
        for name, value in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdigit() and value
    }


def _text(request: HttpRequest, form: PasteForm, chosen: Choices) -> tuple[PasteForm, Choices]:
    """The form with the text to read: a workbook becomes text, mended cells are written into it."""
    sent = form.cleaned_data["file"]
    if sent:
        return _form_of(intake.text_of_workbook(sent.read())), Choices()
    cells = _cells(request)
    return (_form_of(intake.mended_text(form.cleaned_data["text"], cells)) if cells else form), chosen


def _cells(request: HttpRequest) -> dict[tuple[int, int], str]:
    found = {}
    for name, value in request.POST.items():
        parts = name.split("_")
        if len(parts) == 3 and parts[0] == "cell" and parts[1].isdigit() and parts[2].isdigit():
            found[int(parts[1]), int(parts[2])] = str(value)
    return found


def _form_of(text: str) -> PasteForm:
    form = PasteForm({"text": text})
    form.is_valid()
    return form


def _take(request: HttpRequest, plan: Plan, reading: Reading) -> None:
    drafts = [row.draft for row in reading.good]
    actions.take_lines(plan=plan, drafts=drafts, by=request.user, key=key_of(request))
    intake.remember(plan, reading)
    messages.success(request, say("Đã nhận {n} dòng.", "{n} lines were taken.").format(n=len(drafts)))
    if reading.bad:
        left = say(
            "Còn {n} dòng có lỗi, chưa nhận; các dòng này ở dưới để sửa tiếp.",
            "{n} lines with problems were left out; they stay below to be mended.",
        )
        messages.warning(request, left.format(n=len(reading.bad)))


def _rest(form: PasteForm, reading: Reading) -> tuple[PasteForm, Choices]:
    """The text without the rows taken; its rows have new numbers, so what was chosen by row begins anew."""
    taken = {row.number for row in reading.good}
    return _form_of(intake.text_without(form.cleaned_data["text"], taken)), Choices(mapping=reading.mapping)


def _preview(reading: Reading | None, plan: Plan, chosen: Choices) -> dict[str, Any] | None:
    """The table of the preview: column choices, rows with the problems of each cell."""
    if reading is None:
        return None
    names = reading.headings
    return {
        "columns": [(names[place], code) for place, code in enumerate(reading.mapping)],
        "choices": mapping_choices(),
        "topics": topic_choices(),
        "sources": [row.name for row in sources_of(plan.organisation, years_of(plan.kind, plan.year))],
        "rows": [_row(row, reading.mapping, chosen) for row in reading.rows],
        "good": len(reading.good),
        "bad": len(reading.bad),
        "sum": sum(row.draft.total_vnd for row in reading.good),
    }


def _row(row: ReadRow, mapping: Sequence[str], chosen: Choices) -> dict[str, Any]:
    cells = [
        {"text": text, "field": code, "problems": _of_field(row.problems, code), "name": f"cell_{row.number}_{place}"}
        for place, (text, code) in enumerate(zip(row.cells, mapping, strict=False))
    ]
    shown = [problem for cell in cells for problem in cell["problems"]]
    return {
        "number": row.number,
        "cells": cells,
        "wrong": [cell["field"] for cell in cells if cell["problems"]],
        "rest": [problem for problem in row.problems if problem not in shown],
        "notes": row.notes,
        "topic": row.draft.topic,
        "proposals": [_named(topic) for topic in row.proposals],
        "wants_reason": row.number in chosen.reasons or any(each.code in WANTS_REASON for each in row.problems),
        "reason": chosen.reasons.get(row.number, ""),
        "draft": row.draft,
        "bad": bool(row.problems),
    }


def _named(topic: Topic) -> tuple[str, str]:
    return topic.code, topic.name_en if current_language() == "en" else topic.name_vi


def _of_field(problems: Sequence[Problem], code: str) -> list[Problem]:
    return [problem for problem in problems if code and problem.field == code]
