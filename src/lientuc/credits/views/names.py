"""A meeting recorded by one paste of names: who is meant is shown first, chosen where two people fit, then written."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import NotAllowed, Refused
from lientuc.trail.enums import RowState
from lientuc.web.pages import page, show_problems
from lientuc.web.say import say_now

from ..actions.names import record_names
from ..enums import LineState
from ..forms import NamesForm
from ..queries.names import found_people
from ..queries.people import RECORD
from ..rules.names import Found


@page(RECORD, methods=["GET", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """Paste, look, choose, record."""
    form = NamesForm(request.POST or None)
    found: list[Found] = []
    if request.method == "POST" and form.is_valid():
        found = found_people(by=request.user, lines=form.lines)
        if request.POST.get("what") == "record":
            answer = _recorded(request, form, found)
            if answer:
                return answer
    counts = {state: sum(1 for one in found if one.state is state) for state in LineState}
    rows = [(one, _chosen(request, one)) for one in found]
    return render(request, "credits/names.html", {"form": form, "rows": rows, "counts": counts})


def _recorded(request: HttpRequest, form: NamesForm, found: list[Found]) -> HttpResponse | None:
    lines = [(one.line.text, _chosen(request, one)) for one in found if not _left_out(request, one)]
    try:
        batch = record_names(draft=form.draft(), lines=lines, by=request.user, key=request.POST.get("key", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        show_problems(form, refused)
        return None
    text = say_now("Đã ghi nhận cho {n} người.", "{n} people were recorded.")
    messages.success(request, text.format(n=batch.counts.get(RowState.TAKEN, 0)))
    return redirect("credits:import", batch.public_id)


def _chosen(request: HttpRequest, one: Found) -> UUID | None:
    """The person found, or the one picked among those who fit."""
    picked = request.POST.get(f"who-{one.line.place}", "")
    return next((each.worker for each in one.candidates if str(each.worker) == picked), one.chosen)


def _left_out(request: HttpRequest, one: Found) -> bool:
    return request.POST.get(f"who-{one.line.place}") == "-"
