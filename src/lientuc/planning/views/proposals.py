"""The optimiser's button: asked, running with visible progress, compared, adopted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem
from lientuc.web.pages import page
from lientuc.web.say import say

from .. import actions
from ..enums import ProposalState
from ..forms.scenarios import UnmetFilter
from ..models import PlanProposal
from ..policy import policy
from ..queries import plans as queries
from ..queries import scenarios as scenario_queries
from ..queries.plans import state_of
from ..rules.plans import EDITABLE
from ..rules.scenarios import ScenarioDraft
from ..scenario_charts import budget_chart, equity_chart
from ..unmet import unmet_rows
from .doing import key_of, plan_of
from .progress import progress_of
from .scenarios import proposal_in_hand

EDIT = "planning.edit_plan"


@page(EDIT, methods=["POST"])
def improve_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a better plan as things stand; the search runs in the background."""
    draft = ScenarioDraft(cautious=bool(request.POST.get("cautious")))
    plan = plan_of(request, EDIT, public_id)
    row = actions.improve_plan(plan=plan, draft=draft, by=request.user, key=key_of(request))
    return redirect("planning:proposal", row.public_id)


@page(EDIT)
def proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One scenario: how far the search is, then lines before and after, who is left out and why, what money is worth."""
    row = proposal_in_hand(request, public_id)
    shown = progress_of(row)
    ready = shown.state in {ProposalState.READY, ProposalState.ADOPTED}
    context = {
        "proposal": row,
        "scenario": getattr(row, "scenario", None),
        "shown": shown,
        "state": shown.state,
        "running": shown.running,
        "ready": ready,
        "problems": [_failure(row)] if shown.state == ProposalState.FAILED else [],
        "policy": policy(),
        **(_result(request, row) if ready else {}),
    }
    return render(request, "planning/proposal.html", context)


def _result(request: HttpRequest, row: PlanProposal) -> dict[str, Any]:
    gain = row.after_value - row.before_value if row.after_value is not None and row.before_value is not None else None
    form = UnmetFilter(request.GET or None, present=[each["reason"] for each in row.unmet])
    chosen = form.cleaned_data if form.is_valid() else {}
    scenario = getattr(row, "scenario", None)
    return {
        "notices": [Problem("planning.plan_worse_than_before")] if gain is not None and gain <= 0 else [],
        "may_adopt": state_of(row) == ProposalState.READY and row.plan.state in EDITABLE,
        "worse": gain is not None and gain < 0,
        "changes": queries.changes_of(row),
        "unmet": unmet_rows(row, chosen),
        "form": form,
        "before_vnd": sum(line.requested_vnd for line in queries.lines_of(row.plan)),
        "after_vnd": sum(line["requested_vnd"] for line in row.lines),
        "gap_percent": None if row.gap is None else row.gap * 100,
        "prices": scenario_queries.prices_of(scenario) if scenario else [],
        "budget": budget_chart(scenario) if scenario else None,
        "equity": equity_chart(scenario) if scenario else None,
    }


def _failure(row: PlanProposal) -> Problem:
    problem = row.job.problem or {"code": "trail.job_lost"}
    return Problem(problem["code"], values=problem.get("values", {}))


@page(EDIT, methods=["POST"])
def adopt_proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the proposal replace the lines it was made for."""
    reason = str(request.POST.get("reason", ""))
    row = actions.adopt_proposal(
        proposal=proposal_in_hand(request, public_id), reason=reason, by=request.user, key=key_of(request)
    )
    messages.success(request, say("Đã áp dụng phương án vào kế hoạch.", "The proposal is adopted."))
    return redirect("planning:plan", row.plan.public_id)
