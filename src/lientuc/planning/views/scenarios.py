"""The register of scenarios: what each tries, how far its search is, two side by side, its persons left out as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.web.pages import found_or_404, page
from lientuc.web.say import current_language, say

from .. import actions
from ..forms.scenarios import ScenarioForm
from ..models import PlanProposal, Scenario
from ..queries import plans as plan_queries
from ..queries import scenarios as queries
from ..rules.plans import EDITABLE
from ..scenario_tables import unmet_table
from ..unmet import unmet_rows
from .doing import done, key_of, plan_of, workbook
from .progress import is_running, progress_of

EDIT = "planning.edit_plan"


@page(EDIT)
def scenarios(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All scenarios of a plan; two of them can be chosen to stand side by side."""
    row = plan_of(request, EDIT, public_id)
    rows = queries.scenario_rows(row)
    context = {
        "plan": row,
        "rows": rows,
        "comparable": sum(each.is_ready for each in rows) > 1,
        "running": any(is_running(each.state) for each in rows),
        "locks": queries.locks_of_plan(row),
        "may_add": row.state in EDITABLE,
    }
    return render(request, "planning/scenarios.html", context)


@page(EDIT, methods=["GET", "POST"])
def add_scenario(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name a scenario, say what it tries, start its search."""
    row = plan_of(request, EDIT, public_id)
    form = ScenarioForm(request.POST or None, plan=row, lines=plan_queries.lines_of(row))
    if request.method == "POST" and form.is_valid():
        made = done(
            form, lambda: actions.improve_plan(plan=row, draft=form.draft(), by=request.user, key=key_of(request))
        )
        if made:
            return redirect("planning:proposal", made.public_id)
    return render(request, "planning/scenario_form.html", {"form": form, "plan": row})


def proposal_in_hand(request: HttpRequest, public_id: UUID) -> PlanProposal:
    """A proposal with its scenario, or 404."""
    rows = PlanProposal.objects.visible_to(request.user, EDIT).select_related("plan__organisation", "job", "scenario")
    found: PlanProposal = found_or_404(rows, public_id=public_id)
    return found


@page(EDIT)
def scenario_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a search is, as a fragment that renews itself; when it is over the page is loaded anew."""
    row = proposal_in_hand(request, public_id)
    shown = progress_of(row)
    answer = render(request, "planning/_scenario_progress.html", {"shown": shown, "proposal": row})
    if not shown.running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@page(EDIT, methods=["POST"])
def stop_scenario(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a search to stop."""
    row = proposal_in_hand(request, public_id)
    scenario: Scenario = found_or_404(Scenario.objects.visible_to(request.user, EDIT), proposal=row)
    actions.stop_scenario(scenario=scenario, by=request.user, key=key_of(request))
    messages.success(request, say("Đã yêu cầu dừng tính.", "The search was asked to stop."))
    return redirect("planning:proposal", public_id)


@page(EDIT)
def compare_scenarios(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Two scenarios of a plan side by side: worth, money, classes, units that gain and lose."""
    plan = plan_of(request, EDIT, public_id)
    ready = [row for row in queries.scenario_rows(plan) if row.is_ready]
    chosen = _chosen(request, ready)
    found = queries.compared(chosen[0], chosen[1], current_language()) if len(chosen) == 2 else None
    context: dict[str, Any] = {"plan": plan, "rows": ready, "found": found, "chosen": chosen}
    return render(request, "planning/compare_scenarios.html", context)


def _chosen(request: HttpRequest, rows: list[queries.ScenarioRow]) -> list[queries.ScenarioRow]:
    """The two asked for, the earlier first; the newest two where nothing was asked."""
    asked = request.GET.getlist("so")
    if not asked:
        return rows[:2][::-1]
    by_id = {str(row.proposal.public_id): row for row in rows}
    chosen = [by_id[key] for key in dict.fromkeys(asked) if key in by_id][:2]
    return sorted(chosen, key=lambda row: row.proposal.pk)


@page(EDIT)
def export_unmet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Persons left out by a scenario with reason and remedy, as a workbook."""
    row = proposal_in_hand(request, public_id)
    if row.after_value is None:
        raise Http404
    return workbook(unmet_table(row, unmet_rows(row)), "nhu-cau-chua-dap-ung")
