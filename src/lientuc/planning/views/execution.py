"""A plan as it is carried out: planned, opened, trained, granted, spent; what is left goes to the next plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.web.pages import page
from lientuc.web.say import current_language, say

from .. import actions
from ..carrying import left_of
from ..enums import PlanKind, PlanState
from ..execution_tables import execution_tables
from ..queries import plans as queries
from ..queries.execution import by_level, carried, execution
from .doing import key_of, plan_of, workbook

VIEW, EDIT = "planning.view_plans", "planning.edit_plan"


@page(VIEW)
def execute(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Planned against carried out and spent, by line, source, level of care and field."""
    row = plan_of(request, VIEW, public_id)
    lines = queries.lines_of(row)
    done = carried(row)
    edits = request.user.why_not(EDIT, row.organisation) is None
    standing = row.state == PlanState.APPROVED and row.kind == PlanKind.ANNUAL
    context = {
        "plan": row,
        "lines": lines,
        "totals": queries.totals_of(lines),
        "done": done.values(),
        "opened": sum(each.opened for each in done.values()),
        "trained": sum(each.trained for each in done.values()),
        "granted": sum(each.granted for each in done.values()),
        "by_line": execution(lines, done, "line"),
        "by_source": execution(lines, done, "source"),
        "by_family": execution(lines, done, "family"),
        "by_level": by_level(row, lines),
        "left": left_of(row, None, {}) if edits and standing else [],
        "may_carry": edits and standing,
    }
    return render(request, "planning/execution.html", context)


@page(VIEW)
def export_execution(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same tables as a workbook."""
    row = plan_of(request, VIEW, public_id)
    return workbook(execution_tables(row, current_language()), f"thuc-hien-ke-hoach-{row.year}-{row.number}")


@page(EDIT, methods=["POST"])
def carry_forward(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put what is left unmet into the draft of the next year."""
    row = actions.carry_forward(plan=plan_of(request, EDIT, public_id), by=request.user, key=key_of(request))
    messages.success(
        request,
        say(
            "Đã chuyển nhu cầu chưa đáp ứng sang kế hoạch này. Kiểm tra số lớp, kinh phí và nguồn.",
            "The unmet needs are in this plan now. Check classes, money and sources.",
        ),
    )
    return redirect("planning:plan", row.public_id)
