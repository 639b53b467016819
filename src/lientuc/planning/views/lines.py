"""Lines of a plan: page with reasons, form, paste from Excel, classes that carry them out."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem, Refused
from lientuc.delivery.enums import RunState
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.say import current_language, say

from .. import actions
from ..book import PlanBook
from ..doubling import doubled_in_plan
from ..enums import PlanState, SourceKind
from ..forms.lines import LineForm, LinkRunForm, RunForLineForm
from ..models import PlanLine, PlanLineChange, PlanLineNeed, PlanLineRun
from ..queries import plans as queries
from ..queries.execution import carried
from ..reasons import in_words, why
from ..rules.lines import line_notes, over_ceilings
from ..rules.plans import EDITABLE
from ..wording import Vnd
from ..writing import draft_of, items_of
from .doing import done, key_of, line_of, plan_of

VIEW, EDIT = "planning.view_plans", "planning.edit_plan"
OPEN_RUN = "delivery.open_run"


@page(VIEW)
def line(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One line: what it serves and why, its cost items against their ceilings, its classes."""
    row = line_of(request, VIEW, public_id)
    draft = draft_of(row)
    facts = PlanBook(row.plan).facts(draft, instead_of=row)
    edits = request.user.why_not(EDIT, row.plan.organisation) is None
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=row)
    runs = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=row)
    before, after = queries.neighbours(row)
    doubled = [each for each in doubled_in_plan(row.plan) if row.pk in {part.line.pk for part in each.parts}]
    context = {
        "line": row,
        "before": before,
        "after": after,
        "why": in_words(why([row])[row.pk], current_language()),
        "money": queries.money_history(row),
        "doubled": doubled,
        "items": items_of(row),
        "over": list(over_ceilings(draft, facts)),
        "notes": [*line_notes(draft, facts), *_fees(row)],
        "needs": links.select_related("need__organisation").order_by("-need__priority", "need__pk"),
        "runs": runs.select_related("run__organisation").order_by("run__starts_on"),
        "done": carried(row.plan).get(row.pk),
        "may_edit": edits and row.plan.state in EDITABLE,
        "may_carry_out": edits and row.plan.state == PlanState.APPROVED,
        "may_open": edits and row.plan.state == PlanState.APPROVED and _opens_classes(request, row),
    }
    return render(request, "planning/line.html", context)


def _fees(row: PlanLine) -> list[Problem]:
    """Classes of the line that take a fee of learners while another source pays for it."""
    if row.source is None or row.source.kind == SourceKind.FEE:
        return []
    runs = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=row, run__fee_vnd__gt=0)
    return [
        Problem("planning.class_fee_and_line", values={"title": title, "fee": Vnd(fee)})
        for title, fee in runs.exclude(run__state=RunState.CANCELLED).values_list("run__title", "run__fee_vnd")
    ]


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
            return redirect("planning:add_line" if "another" in request.POST else "planning:plan", public_id)
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


@page(EDIT, methods=["POST"])
def undo_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the last change of a line back."""
    rows = PlanLineChange.objects.visible_to(request.user, EDIT).select_related("plan__organisation")
    change = found_or_404(rows, public_id=public_id)
    plan = actions.undo_change(change=change, by=request.user, key=key_of(request))
    messages.success(request, say("Đã hoàn tác.", "The change is taken back."))
    return redirect("planning:plan", plan.public_id)


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
