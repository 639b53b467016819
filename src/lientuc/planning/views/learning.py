"""What follow-ups teach: expected use of training, and the equipment that is to be bought before anybody is trained."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.registry.enums import Equipment
from lientuc.web.pages import page
from lientuc.web.say import current_language, say

from .. import actions
from ..enums import PlanKind, PlanState
from ..learning.priors import priors
from ..models import Plan
from ..queries import learning as queries
from ..tables import buy_first_table
from .doing import key_of, workbook
from .needs import office_of

VIEW, VIEW_PLANS, EDIT = "planning.view_needs", "planning.view_plans", "planning.edit_plan"
_DRAFTS = [str(PlanState.DRAFT), str(PlanState.RETURNED)]


@page(VIEW_PLANS)
def expected_use(request: HttpRequest) -> HttpResponse:
    """Prior, follow-ups and posterior of each family × level × equipment, with the 80 % interval."""
    rows = queries.shown_estimates(request.user)
    may_learn = request.user.why_not(EDIT) is None
    drafts = Plan.objects.visible_to(request.user, EDIT).filter(state__in=_DRAFTS, kind=PlanKind.ANNUAL)
    context = {
        "rows": rows,
        "several": len({row.estimate.organisation_id for row in rows}) > 1,
        "priors": priors(),
        "kappa": round(priors().kappa),
        "prior_uses": [(code, queries.prior_use(code)) for code in (Equipment.PRESENT, Equipment.PLANNED)],
        "may_learn": may_learn,
        "drafts": drafts.order_by("-year", "-number")[:5] if may_learn else [],
    }
    return render(request, "planning/expected_use.html", context)


@page(EDIT, methods=["POST"])
def learn_use(request: HttpRequest) -> HttpResponse:
    """Make the estimates anew from the follow-ups."""
    actions.learn_use(organisation=office_of(request, EDIT), on=today(), by=request.user, key=key_of(request))
    messages.success(request, say("Đã cập nhật mức áp dụng dự kiến.", "The expected use is up to date."))
    return redirect("planning:expected_use")


@page(VIEW)
def equipment_first(request: HttpRequest) -> HttpResponse:
    """Needs whose equipment is neither there nor planned: who can buy it, and what training now would waste."""
    rows = queries.equipment_first(request.user)
    wasted = sum(row.wasted_vnd or 0 for row in rows)
    context = {
        "rows": rows,
        "wasted": wasted,
        "persons": sum(row.need.persons for row in rows),
        "may_plan": request.user.why_not(VIEW_PLANS) is None,
    }
    return render(request, "planning/equipment_first.html", context)


@page(VIEW)
def export_equipment_first(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    return workbook(buy_first_table(queries.equipment_first(request.user), current_language()), "mua-thiet-bi-truoc")
