"""The workforce review and the audit trail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.places.queries import is_simulated
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import say_now

from .. import audit as trail
from .. import review as reviewing
from ..files import KINDS, download
from ..forms import AuditForm, ReviewForm
from ..review_tables import based_on, chart, chart_title, named_lines, shown_tables, tables


@page(reviewing.VIEW)
def review(request: HttpRequest) -> HttpResponse:
    """Heads, posts, licences, standings and ages of the scope, group by group; with `kind` the same as a file."""
    form = ReviewForm(request.GET, by=request.user, narrowing=reviewing.sees_people(request.user))
    found = reviewing.review(request.user, form.asked(), today())
    kept = {name: str(value) for name, value in request.GET.items() if value and name not in {"kind", "by"}}
    lines = named_lines(found, kept)
    made = tables(found, lines, simulated=is_simulated())
    title = say_now("Rà soát nhân lực y tế", "Workforce review")
    if request.GET.get("kind") in KINDS:
        return download(made, title, "ra-soat-nhan-luc", request.GET["kind"])
    context = {
        "filter": form,
        "review": found,
        "based_on": based_on(found),
        "tables": shown_tables(made, lines),
        "chart": chart(found, lines) if lines else "",
        "chart_title": chart_title(found),
        "query": urlencode({**kept, "by": found.asked.by}),
    }
    return render(request, "reports/review.html", context)


@page(trail.VIEW)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, the latest first, and how far the chain is sealed."""
    form = AuditForm(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = trail.entries_for(request.user, **{name: value for name, value in chosen.items() if value})
    shown = page_of(request, rows, order=("-id",))
    context = {"filter": form, "page": shown, "deeds": trail.deeds(shown.rows), "chain": trail.chain_state()}
    return render(request, "reports/audit.html", context)
