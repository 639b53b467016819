"""Seats of units and the persons named for them: the unit's own page, made for a phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.core.names import fold
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import say

from .. import actions
from ..forms.nominations import SeatsFilter
from ..improving.persons import proposed
from ..models import UnitSeats
from ..queries import nominations as queries
from ..rules.nominations import shift_problems
from .doing import key_of, plan_of

NOMINATE, EDIT = "planning.nominate", "planning.edit_plan"
# The page of a big unit begins with this many persons, or with so many for each seat; the others on asking.
FEW, CHOICE = 12, 3
ORDER = ("organisation__name_fold", "id")


@page(NOMINATE)
def nominations(request: HttpRequest) -> HttpResponse:
    """Seats the person may fill, unit by unit."""
    form = SeatsFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.seats_for(request.user, state=chosen.get("state", ""), text=fold(chosen.get("q", "")))
    shown = page_of(request, rows, order=ORDER)
    context = {"form": form, "page": shown, "rows": [(row, queries.state_of_seats(row)) for row in shown.rows]}
    return render(request, "planning/nominations.html", context)


def _seats(request: HttpRequest, public_id: UUID) -> UnitSeats:
    rows = UnitSeats.objects.visible_to(request.user, NOMINATE).select_related(
        "line__plan", "line__topic", "organisation"
    )
    found: UnitSeats = found_or_404(rows, public_id=public_id)
    return found


@page(NOMINATE, methods=["GET", "POST"])
def nominate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who of the unit can go and the station still stands: choose, save or confirm; conflicts are said at once."""
    seats = _seats(request, public_id)
    people = queries.candidates(seats)
    asked = request.POST.getlist("people")
    problems = []
    if request.method == "POST":
        try:
            confirmed = "confirm" in request.POST
            actions.nominate(seats=seats, people=asked, confirmed=confirmed, by=request.user, key=key_of(request))
        except Refused as refused:
            problems = list(refused.problems)
        else:
            text = say("Đã xác nhận danh sách cử.", "The list is confirmed.") if confirmed else say("Đã lưu.", "Saved.")
            messages.success(request, text)
            return redirect("planning:nominate", public_id)
    going = set(asked) if request.method == "POST" else {str(each.worker.public_id) for each in people if each.goes}
    facts = queries.facts_of(seats, people)
    all_shown = "tat-ca" in request.GET or request.method == "POST"
    most = len(people) if all_shown else max(FEW, CHOICE * seats.seats, sum(each.goes for each in people))
    context = {
        "seats": seats,
        "people": [(each, str(each.worker.public_id) in going) for each in people[:most]],
        "hidden": max(0, len(people) - most),
        "problems": problems or list(shift_problems([key for key in facts.people if key in going], facts)),
        "minimum": facts.minimum,
        "going": len(going),
    }
    return render(request, "planning/nominate.html", context)


@page(NOMINATE, methods=["POST"])
def propose_persons(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the system propose persons for the seats of one unit; its own choices stay."""
    seats = _seats(request, public_id)
    try:
        found = proposed([seats])
        actions.propose_persons(seats=[seats], found=found, by=request.user, key=key_of(request))
    except Refused as refused:
        return render(request, "web/refused.html", {"problems": refused.problems}, status=409)
    messages.success(request, say("Đã đề xuất người.", "Persons are proposed."))
    return redirect("planning:nominate", public_id)


@page(EDIT, methods=["POST"])
def hand_out_seats(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the seats of an approved plan to the units, with persons proposed for them."""
    plan = plan_of(request, EDIT, public_id)
    actions.hand_out_seats(plan=plan, by=request.user, key=key_of(request))
    rows = UnitSeats.objects.visible_to(request.user, NOMINATE).filter(line__plan=plan, confirmed_at__isnull=True)
    seats = list(rows.select_related("line__plan", "line__topic", "organisation"))
    if seats:
        actions.propose_persons(seats=seats, found=proposed(seats), by=request.user)
    messages.success(request, say("Đã giao chỗ học cho các đơn vị.", "The seats are with the units."))
    return redirect("planning:nominations")
