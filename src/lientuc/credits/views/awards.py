"""Finished runs whose hours wait for the ledger."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import say_now

from ..actions.awards import award_run
from ..queries.awards import AWARD, awards_of, counts_of, runs_to_award


@page(AWARD)
def awards(request: HttpRequest) -> HttpResponse:
    """Finished runs, the latest first, with how many completed and how many have their hours."""
    found = page_of(request, runs_to_award(by=request.user), order=("-ends_on", "-pk"))
    counts = counts_of(found.rows)
    rows = [(run, *counts.get(run.pk, (0, 0))) for run in found.rows]
    return render(request, "credits/awards.html", {"page": found, "rows": rows})


@page(AWARD, methods=["GET", "POST"])
def award(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who completed a run and what the ledger takes; POST awards it."""
    run = found_or_404(runs_to_award(by=request.user), public_id=public_id)
    if request.method == "POST":
        before = sum(1 for found in awards_of(run) if found.awarded)
        award_run(run=run, by=request.user, key=request.POST.get("key", ""))
        after = sum(1 for found in awards_of(run) if found.awarded)
        text = say_now("Đã ghi nhận giờ cho {n} người.", "The hours of {n} people were recorded.")
        messages.success(request, text.format(n=after - before))
        return redirect("credits:award", run.public_id)
    listed = awards_of(run)
    waiting = sum(1 for found in listed if not found.awarded and not found.problems)
    return render(request, "credits/award.html", {"run": run, "awards": listed, "waiting": waiting})
