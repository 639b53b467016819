"""Plans: list, page, opening, copying, submitting, deciding, papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say

from .. import actions, papers
from ..doubling import doubled_in_plan
from ..enums import PlanKind, PlanState
from ..forms.plans import ApproveForm, DecisionForm, LineFilter, PlanFilter, PlanForm, ReturnForm, TargetsForm
from ..models import Plan
from ..queries import plans as queries
from ..queries.versions import differences, versions_of
from ..rules.plans import EDITABLE, why_not_submit
from ..submitting import submit_facts
from .doing import done, key_of, plan_of

VIEW, EDIT, SUBMIT = "planning.view_plans", "planning.edit_plan", "planning.submit_plan"
REVIEW, APPROVE = "planning.review_money", "planning.approve_plan"


@page(VIEW)
def plans(request: HttpRequest) -> HttpResponse:
    """Plans, the latest first."""
    form = PlanFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.plans_for(
        request.user, text=chosen.get("q", ""), state=chosen.get("state", ""), year=chosen.get("year")
    )
    shown = page_of(request, rows, order=("-year", "-number", "-id"))
    may_open = request.user.why_not(EDIT) is None
    return render(request, "planning/plans.html", {"form": form, "page": shown, "may_open": may_open})


def _may(request: HttpRequest, plan: Plan) -> dict[str, bool]:
    """Which buttons the page has for this person at this step."""

    def allowed(permission: str, organisation: Any) -> bool:
        return organisation is not None and request.user.why_not(permission, organisation) is None

    drafting, waiting, standing = (
        plan.state in EDITABLE,
        plan.state == PlanState.SUBMITTED,
        plan.state == PlanState.APPROVED,
    )
    edits, decides = allowed(EDIT, plan.organisation), allowed(APPROVE, plan.organisation)
    return {
        "edit": drafting and edits,
        "submit": drafting and allowed(SUBMIT, plan.organisation),
        "review": waiting and (allowed(REVIEW, plan.finance) or allowed(REVIEW, plan.organisation)),
        "decide": waiting and decides,
        "number": standing and decides,
        "carry_out": standing and edits,
        "copy": edits,
    }


@page(VIEW)
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One plan: lines with totals in figures and words, what stands in the way, the last changes; also the page to print."""
    row = plan_of(request, VIEW, public_id)
    lines = queries.lines_of(row)
    may = _may(request, row)
    form = LineFilter(request.GET or None, plan=row, lines=lines)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.narrowed(queries.line_rows(row, lines), chosen)
    totals = queries.totals_of(lines)
    doubled = doubled_in_plan(row)
    context = {
        "plan": row,
        "form": form,
        "rows": rows,
        "lines": lines,
        "totals": totals,
        "shown": queries.totals_of([each.line for each in rows]) if len(rows) < len(lines) else None,
        "columns": queries.money_columns(totals),
        "years": queries.by_year(row, lines) if row.kind == PlanKind.FIVE_YEAR else [],
        "targets": queries.targets_of(row),
        "doubled": doubled,
        "may": may,
        "checks": list(why_not_submit(row.state, submit_facts(row, doubled=doubled))) if may["edit"] and lines else [],
        "changes": queries.changes_to_lines(row) if may["edit"] else [],
        "scenarios": queries.count_of_proposals(row) if may["copy"] else 0,
        "lapsed": papers.lapsed_bases(today()),
    }
    return render(request, "planning/plan.html", context)


@page(VIEW)
def compare_plans(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What changed since the version before, or since the one named by its number."""
    row = plan_of(request, VIEW, public_id)
    versions = versions_of(row)
    wanted = request.GET.get("ban", "")
    number = int(wanted) if wanted.isdigit() else row.number - 1
    before = next((each for each in versions if each.number == number), None)
    found = differences(before, row, current_language()) if before is not None and before.pk != row.pk else None
    context = {"plan": row, "versions": versions, "found": found}
    return render(request, "planning/compare.html", context)


@page(EDIT, methods=["GET", "POST"])
def set_targets(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the plan aims at, year by year."""
    row = plan_of(request, EDIT, public_id)
    form = TargetsForm(request.POST or None, plan=row, targets=queries.targets_of(row))
    if request.method == "POST" and form.is_valid():
        if done(
            form, lambda: actions.set_targets(plan=row, drafts=form.drafts(), by=request.user, key=key_of(request))
        ):
            messages.success(request, say("Đã lưu chỉ tiêu.", "The targets are saved."))
            return redirect("planning:plan", public_id)
    return render(request, "planning/targets.html", {"form": form, "plan": row})


@page(EDIT, methods=["GET", "POST"])
def open_plan(request: HttpRequest) -> HttpResponse:
    """Open an empty plan."""
    form = PlanForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        row = done(form, lambda: actions.open_plan(draft=form.draft(), by=request.user, key=key_of(request)))
        if row:
            messages.success(
                request, say("Đã lập kế hoạch. Thêm các dòng tiếp theo.", "The plan is open. Add its lines.")
            )
            return redirect("planning:plan", row.public_id)
    return render(request, "planning/open_plan.html", {"form": form})


@page(EDIT, methods=["GET", "POST"])
def copy_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a plan for another year with this one's lines."""
    previous = plan_of(request, EDIT, public_id)
    form = PlanForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        row = done(
            form,
            lambda: actions.copy_plan(previous=previous, draft=form.draft(), by=request.user, key=key_of(request)),
        )
        if row:
            messages.success(request, say("Đã chép kế hoạch năm trước.", "The earlier plan was copied."))
            return redirect("planning:plan", row.public_id)
    return render(request, "planning/copy_plan.html", {"form": form, "plan": previous})


@page(EDIT, methods=["POST"])
def amend_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a new version of an approved plan."""
    row = actions.amend_plan(plan=plan_of(request, EDIT, public_id), by=request.user, key=key_of(request))
    messages.success(request, say("Đã lập bản điều chỉnh.", "An amended version is open."))
    return redirect("planning:plan", row.public_id)


@page(SUBMIT, methods=["GET", "POST"])
def submit_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check a plan and submit it."""
    row = plan_of(request, SUBMIT, public_id)
    if request.method == "POST":
        actions.submit_plan(plan=row, by=request.user, key=key_of(request))
        messages.success(request, say("Đã trình kế hoạch.", "The plan is submitted."))
        return redirect("planning:plan", public_id)
    lines = queries.lines_of(row)
    problems = list(why_not_submit(row.state, submit_facts(row)))
    context = {"plan": row, "problems": problems, "totals": queries.totals_of(lines)}
    return render(request, "planning/submit_plan.html", context)


@page(APPROVE, methods=["GET", "POST"])
def return_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a plan back."""
    row = plan_of(request, APPROVE, public_id)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if done(form, lambda: actions.return_plan(plan=row, text=text, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã trả lại kế hoạch.", "The plan is returned."))
            return redirect("planning:plan", public_id)
    return render(request, "planning/return_plan.html", {"form": form, "plan": row})


@page(APPROVE, methods=["GET", "POST"])
def approve_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve a plan."""
    row = plan_of(request, APPROVE, public_id)
    form = ApproveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(
            form,
            lambda: actions.approve_plan(
                plan=row,
                decided_on=data["decision_on"],
                decision_number=data["decision_number"],
                text=data["text"],
                by=request.user,
                key=key_of(request),
            ),
        ):
            messages.success(request, say("Đã phê duyệt kế hoạch.", "The plan is approved."))
            return redirect("planning:plan", public_id)
    context = {"form": form, "plan": row, "totals": queries.totals_of(queries.lines_of(row))}
    return render(request, "planning/approve_plan.html", context)


@page(APPROVE, methods=["GET", "POST"])
def note_decision(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter the number of the decision."""
    row = plan_of(request, APPROVE, public_id)
    form = DecisionForm(request.POST or None, plan=row)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["decision_number"]
        if done(
            form,
            lambda: actions.note_decision(plan=row, decision_number=number, by=request.user, key=key_of(request)),
        ):
            messages.success(request, say("Đã ghi số quyết định.", "The number is entered."))
            return redirect("planning:plan", public_id)
    return render(request, "planning/note_decision.html", {"form": form, "plan": row})
