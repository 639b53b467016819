"""The calendar of a scenario by quarter and week, to filter and to print."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lientuc.web.pages import page

from ..forms.calendar import CalendarFilter
from ..queries.calendar import WEEKS_SHOWN, calendar_of, choices_of
from .scenarios import EDIT, proposal_in_hand


@page(EDIT)
def calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Classes in their quarters and weeks; in no week a unit misses more persons than it may."""
    row = proposal_in_hand(request, public_id)
    scenario = getattr(row, "scenario", None)
    if scenario is None:
        raise Http404
    units, performers = choices_of(scenario)
    form = CalendarFilter(request.GET or None, units=units, performers=performers)
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = calendar_of(scenario, row.plan.year, unit=chosen.get("unit", ""), performer=chosen.get("performer", ""))
    context = {"proposal": row, "scenario": scenario, "form": form, "shown": shown, "weeks": WEEKS_SHOWN}
    return render(request, "planning/calendar.html", context)
