"""The optimiser's button: asked, running with visible progress, compared, adopted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem
from lientuc.curricula.models import Topic
from lientuc.web.pages import found_or_404, page
from lientuc.web.say import current_language, say

from .. import actions
from ..enums import ProposalState
from ..models import PlanProposal
from ..policy import policy
from ..queries import plans as queries
from ..wording import Vnd
from .doing import key_of, plan_of

EDIT = "planning.edit_plan"


@page(EDIT, methods=["POST"])
def improve_plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a better plan; the search runs in the background."""
    plan, cautious = plan_of(request, EDIT, public_id), bool(request.POST.get("cautious"))
    row = actions.improve_plan(plan=plan, cautious=cautious, by=request.user, key=key_of(request))
    return redirect("planning:proposal", row.public_id)


def _in_hand(request: HttpRequest, public_id: UUID) -> PlanProposal:
    rows = PlanProposal.objects.visible_to(request.user, EDIT).select_related("plan__organisation", "job")
    found: PlanProposal = found_or_404(rows, public_id=public_id)
    return found


@page(EDIT)
def proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One proposal: how far the search is, then lines before and after and who is left out and why."""
    row = _in_hand(request, public_id)
    state = queries.state_of(row)
    ready = state in {ProposalState.READY, ProposalState.ADOPTED}
    gain = row.after_value - row.before_value if row.after_value is not None and row.before_value is not None else None
    context = {
        "proposal": row,
        "state": state,
        "running": state in {ProposalState.WAITING, ProposalState.RUNNING},
        "ready": ready,
        "notices": [Problem("planning.plan_worse_than_before")] if ready and gain is not None and gain <= 0 else [],
        "may_adopt": state == ProposalState.READY,
        "worse": gain is not None and gain < 0,
        "problems": [_failure(row)] if state == ProposalState.FAILED else [],
        "changes": queries.changes_of(row) if ready else [],
        "unmet": _left_out(row) if ready else [],
        "before_vnd": sum(line.requested_vnd for line in queries.lines_of(row.plan)) if ready else 0,
        "after_vnd": sum(line["requested_vnd"] for line in row.lines),
        "gap_percent": None if row.gap is None else row.gap * 100,
        "policy": policy(),
    }
    return render(request, "planning/proposal.html", context)


def _failure(row: PlanProposal) -> Problem:
    problem = row.job.problem or {"code": "trail.job_lost"}
    return Problem(problem["code"], values=problem.get("values", {}))


def _left_out(row: PlanProposal) -> list[dict[str, Any]]:
    """Persons left out with the one reason of each, in words."""
    topics = Topic.objects.in_bulk({each["topic"] for each in row.unmet})
    english = current_language() == "en"
    found = []
    for each in row.unmet:
        topic = topics[each["topic"]]
        values = {"vnd": Vnd(each["vnd"]), "sources": each["sources"]}
        found.append(
            {
                "organisation": each["organisation"],
                "topic": topic.name_en if english else topic.name_vi,
                "persons": each["persons"],
                "reason": Problem(f"planning.unmet_{each['reason']}", values=values),
            }
        )
    return found


@page(EDIT, methods=["POST"])
def adopt_proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the proposal replace the lines it was made for."""
    reason = str(request.POST.get("reason", ""))
    row = actions.adopt_proposal(
        proposal=_in_hand(request, public_id), reason=reason, by=request.user, key=key_of(request)
    )
    messages.success(request, say("Đã áp dụng phương án vào kế hoạch.", "The proposal is adopted."))
    return redirect("planning:plan", row.plan.public_id)
