"""The page of one health worker, for the person and for officers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.core.clock import today
from lientuc.registry.models import HealthWorker
from lientuc.web.pages import found_or_404, page

from ..person import PEOPLE, own_worker, person


@page("reports.view_own")
def me(request: HttpRequest) -> HttpResponse:
    """The page of the signed-in health worker; an account without a record is told how to get one linked."""
    row = own_worker(request.user)
    if row is None:
        return render(request, "reports/no_record.html")
    return render(request, "reports/worker.html", {"person": person(request.user, row, today(), own=True), "own": True})


@page(PEOPLE)
def worker(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same page for officers, with the parts open to them."""
    rows = HealthWorker.objects.visible_to(request.user, PEOPLE).select_related("keeper", "canonical__keeper")
    row = found_or_404(rows, public_id=public_id)
    shown = person(request.user, row.canonical or row, today(), own=row.user_id == request.user.pk)
    context = {"person": shown, "own": False, "may_enrol": request.user.why_not("delivery.enrol") is None}
    return render(request, "reports/worker.html", context)
