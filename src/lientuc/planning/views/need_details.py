"""What is done with needs beside accepting them one by one: several at once, merging, conditions, persons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Problem, Refused
from lientuc.web.pages import page
from lientuc.web.say import say

from .. import actions
from ..enums import BulkChoice, NeedState
from ..forms.fields import topic_of
from ..forms.needs import BulkForm, ConditionsForm, NeedFilter, PersonsForm
from ..models import Need
from ..queries import needs as queries
from ..queries.journey import named_persons
from ..rules.needs import IN_HAND
from .doing import done, key_of
from .needs import ACCEPT, ORDER, RAISE, in_hand

# A request carries at most a thousand fields; more needs are decided in a second go.
AT_ONCE = 500
_DECIDABLE = [str(state) for state in (NeedState.RAISED, NeedState.ACCEPTED, *IN_HAND)]


@page(ACCEPT, methods=["GET", "POST"])
def decide_needs(request: HttpRequest) -> HttpResponse:
    """One decision with its reason for the needs chosen in the list, or for all that the filter leaves."""
    rows = _chosen(request)
    form = BulkForm(request.POST or None)
    if request.method == "POST" and rows and form.is_valid() and done(form, lambda: _decide(request, form, rows)):
        count = len(rows)
        messages.success(request, say(f"Đã xử lý {count} nhu cầu.", f"{count} needs are decided."))
        return redirect("planning:needs")
    return render(request, "planning/decide_needs.html", {"form": form, "rows": rows, "most": AT_ONCE})


def _chosen(request: HttpRequest) -> list[Need]:
    rows = Need.objects.visible_to(request.user, ACCEPT).filter(state__in=_DECIDABLE)
    rows = rows.select_related("organisation", "topic").order_by(*ORDER)
    if request.method == "GET" and "tat-ca" in request.GET:
        narrowed = queries.needs_for(request.user, NeedFilter(request.GET).filters()).order_by()
        return list(rows.filter(pk__in=narrowed.values("pk"))[:AT_ONCE])
    sent = request.POST if request.method == "POST" else request.GET
    return list(rows.filter(public_id__in=_ids(sent.getlist("chon")))[:AT_ONCE])


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _decide(request: HttpRequest, form: BulkForm, rows: list[Need]) -> Any:
    data = form.cleaned_data
    return actions.decide_needs(
        needs=rows,
        choice=BulkChoice(data["choice"]),
        reason=data["reason"],
        topic=topic_of(data["topic"]),
        by=request.user,
        key=key_of(request),
    )


@page(ACCEPT, methods=["POST"])
def part_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Part a merged need from the one that speaks for it."""
    row = actions.part_need(need=in_hand(request, ACCEPT, public_id), by=request.user, key=key_of(request))
    messages.success(request, say("Đã tách nhu cầu.", "The need stands for itself again."))
    return redirect("planning:need", row.public_id)


@page(ACCEPT, methods=["POST"])
def merge_needs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Merge another need of the unit and topic into this one."""
    row = in_hand(request, ACCEPT, public_id)
    named = _ids([request.POST.get("other", "")])
    other = Need.objects.visible_to(request.user, ACCEPT).filter(public_id__in=named).first()
    if other is None:
        raise Refused(Problem("planning.merge_other_need"))
    actions.merge_needs(need=row, other=other, by=request.user, key=key_of(request))
    messages.success(request, say("Đã gộp hai nhu cầu.", "The two needs are one now."))
    return redirect("planning:need", public_id)


@page(RAISE, methods=["GET", "POST"])
def state_conditions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How equipment, staff and approval stand at the unit."""
    row = in_hand(request, RAISE, public_id)
    form = ConditionsForm(request.POST or None, need=row, stated=queries.conditions_of(row))
    if request.method == "POST" and form.is_valid():
        drafts = form.drafts()
        if done(form, lambda: actions.state_conditions(need=row, drafts=drafts, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã ghi điều kiện triển khai.", "The conditions are recorded."))
            return redirect("planning:need", public_id)
    return render(request, "planning/need_form.html", {"form": form, "need": row, "what": "conditions"})


@page(RAISE, methods=["GET", "POST"])
def name_persons(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whom of the unit a need means."""
    row = in_hand(request, RAISE, public_id)
    initial = {"workers": [worker.public_id for worker in named_persons(row, request.user)]}
    form = PersonsForm(request.POST or None, need=row, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        workers = list(form.cleaned_data["workers"])
        if done(form, lambda: actions.name_persons(need=row, workers=workers, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã ghi người cần đào tạo.", "The persons are named."))
            return redirect("planning:need", public_id)
    return render(request, "planning/need_form.html", {"form": form, "need": row, "what": "persons"})
