"""Needs: list, one need with where it comes from, request, acceptance, coverage."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.accounts.permissions import roles_of
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem
from lientuc.places.models import Organisation
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say

from .. import actions
from ..enums import NeedState
from ..forms.fields import topic_of
from ..forms.needs import AcceptForm, DeclineForm, NeedFilter, NeedForm
from ..models import Need
from ..policy import policy
from ..queries import needs as queries
from ..tables import needs_table, origin_of, points_of
from .doing import done, key_of, workbook

VIEW, RAISE, ACCEPT = "planning.view_needs", "planning.raise_need", "planning.accept_need"
ORDER = ("-priority", "id")


@page(VIEW)
def needs(request: HttpRequest) -> HttpResponse:
    """Needs, the most urgent first."""
    form = NeedFilter(request.GET or None)
    shown = page_of(request, queries.needs_for(request.user, form.filters()), order=ORDER)
    may = {"raise": request.user.why_not(RAISE) is None, "accept": request.user.why_not(ACCEPT) is None}
    return render(request, "planning/needs.html", {"form": form, "page": shown, "may": may})


@page(VIEW)
def export_needs(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    rows = queries.needs_for(request.user, NeedFilter(request.GET or None).filters()).order_by(*ORDER)
    return workbook(needs_table(rows, current_language()), "nhu-cau-dao-tao")


@page(VIEW)
def need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One need: origin, priority and what it is the sum of, lines that serve it."""
    row = found_or_404(
        Need.objects.visible_to(request.user, VIEW).select_related("organisation", "topic"), public_id=public_id
    )
    context = {
        "need": row,
        "origin": origin_of(row),
        "points": points_of(row),
        "weights": policy().priority,
        "lines": queries.lines_serving(row),
        "may_accept": request.user.why_not(ACCEPT, row.organisation) is None,
        "open": row.state in {NeedState.RAISED, NeedState.ACCEPTED},
    }
    return render(request, "planning/need.html", context)


@page(RAISE, methods=["GET", "POST"])
def raise_need(request: HttpRequest) -> HttpResponse:
    """A unit asks for training."""
    form = NeedForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        row = done(form, lambda: actions.raise_need(draft=form.draft(), by=request.user, key=key_of(request)))
        if row:
            messages.success(request, say("Đã gửi nhu cầu đào tạo.", "The need is raised."))
            return redirect("planning:need", row.public_id)
    return render(request, "planning/raise_need.html", {"form": form})


def _in_hand(request: HttpRequest, public_id: UUID) -> Need:
    rows = Need.objects.visible_to(request.user, ACCEPT).select_related("organisation", "topic")
    found: Need = found_or_404(rows, public_id=public_id)
    return found


@page(ACCEPT, methods=["GET", "POST"])
def accept_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept a need with its topic and persons."""
    row = _in_hand(request, public_id)
    form = AcceptForm(request.POST or None, need=row)
    if request.method == "POST" and form.is_valid():
        topic, persons = topic_of(form.cleaned_data["topic"]), form.cleaned_data["persons"]
        if done(
            form,
            lambda: actions.accept_need(need=row, topic=topic, persons=persons, by=request.user, key=key_of(request)),
        ):
            messages.success(request, say("Đã tiếp nhận nhu cầu.", "The need is accepted."))
            return redirect("planning:need", public_id)
    return render(request, "planning/accept_need.html", {"form": form, "need": row})


@page(ACCEPT, methods=["GET", "POST"])
def decline_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decline a need with the reason."""
    row = _in_hand(request, public_id)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.decline_need(need=row, reason=reason, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã ghi lý do không tiếp nhận.", "The need is declined."))
            return redirect("planning:need", public_id)
    return render(request, "planning/decline_need.html", {"form": form, "need": row})


def _office(request: HttpRequest) -> Organisation:
    """The organisation where the person accepts needs."""
    for _, organisation in roles_of(request.user):
        if organisation is not None and request.user.why_not(ACCEPT, organisation) is None:
            found: Organisation = organisation
            return found
    raise NotAllowed(Problem("web.forbidden"))


@page(ACCEPT, methods=["POST"])
def pull_needs(request: HttpRequest) -> HttpResponse:
    """Draw needs from what the working rooms found."""
    actions.pull_needs(organisation=_office(request), on=today(), by=request.user, key=key_of(request))
    messages.success(request, say("Đã tổng hợp nhu cầu từ các căn cứ.", "Needs were drawn from their grounds."))
    return redirect("planning:needs")


@page(ACCEPT, methods=["POST"])
def settle_needs(request: HttpRequest) -> HttpResponse:
    """Mark needs as met where classes have trained the people."""
    actions.settle_needs(organisation=_office(request), on=today(), by=request.user, key=key_of(request))
    messages.success(request, say("Đã cập nhật nhu cầu đã đáp ứng.", "Needs that were met are marked."))
    return redirect("planning:needs")


@page(VIEW)
def coverage(request: HttpRequest) -> HttpResponse:
    """Needed against planned and met by commune and difficulty area."""
    communes, areas = queries.coverage(request.user, today())
    return render(request, "planning/coverage.html", {"communes": communes, "areas": areas})
