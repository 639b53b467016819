"""The audit trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.web.pages import page
from lientuc.web.paging import page_of

from .. import audit as trail
from ..forms import AuditForm


@page(trail.VIEW)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, the latest first, and how far the chain is sealed."""
    form = AuditForm(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = trail.entries_for(request.user, **{name: value for name, value in chosen.items() if value})
    shown = page_of(request, rows, order=("-id",))
    context = {"filter": form, "page": shown, "deeds": trail.deeds(shown.rows), "chain": trail.chain_state()}
    return render(request, "reports/audit.html", context)
