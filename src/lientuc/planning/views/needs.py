"""Needs: list, one need with where it comes from and how far it is, request, acceptance, coverage."""

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
from ..coverage_map import beside_map, coverage_map
from ..enums import NeedState
from ..forms.fields import topic_of
from ..forms.needs import AcceptForm, DeclineForm, NeedFilter, NeedForm
from ..models import Need
from ..policy import policy
from ..queries import calls as queries_of_calls
from ..queries import journey, learning
from ..queries import needs as queries
from ..rules.needs import IN_HAND
from ..tables import factors_of, needs_table, origin_of
from .doing import done, key_of, workbook

VIEW, RAISE, ACCEPT = "planning.view_needs", "planning.raise_need", "planning.accept_need"
ORDER = ("-priority", "id")
STEPS = (NeedState.RAISED, NeedState.ACCEPTED, NeedState.PLANNED, NeedState.OPENED, NeedState.TRAINED, NeedState.MET)


@page(VIEW)
def needs(request: HttpRequest) -> HttpResponse:
    """Needs, the most urgent first."""
    form = NeedFilter(request.GET or None)
    shown = page_of(request, queries.needs_for(request.user, form.filters()), order=ORDER)
    may = {"raise": request.user.why_not(RAISE) is None, "accept": request.user.why_not(ACCEPT) is None}
    with_programme = journey.programmes_on({row.topic_id for row in shown.rows if row.topic_id})
    # An office reaches the calls of all its units; only the unit itself is waited for.
    waiting = 0 if may["accept"] or not may["raise"] else queries_of_calls.waiting(request.user)
    context = {"form": form, "page": shown, "may": may, "with_programme": with_programme, "waiting": waiting}
    return render(request, "planning/needs.html", context)


@page(VIEW)
def export_needs(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    rows = queries.needs_for(request.user, NeedFilter(request.GET or None).filters()).order_by(*ORDER)
    return workbook(needs_table(rows, current_language()), "nhu-cau-dao-tao")


@page(VIEW)
def need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One need: its grounds, its priority and what it is the product of, and everything that serves it."""
    rows = Need.objects.visible_to(request.user, VIEW).select_related(
        "organisation", "topic", "call", "merged_into__organisation"
    )
    row = found_or_404(rows, public_id=public_id)
    context = {
        "need": row,
        "grounds": [(ground, origin_of(ground), ground.detail.get("own")) for ground in queries.grounds_of(row)],
        "factors": factors_of(row),
        "product": row.priority / 100,
        "weights": policy().priority,
        "steps": _steps(row),
        "lines": queries.lines_serving(row),
        "classes": journey.classes_of(row),
        "certificates": journey.certificates_of(row, request.user),
        "conditions": queries.conditions_of(row),
        "persons": journey.named_persons(row, request.user),
        "use": learning.use_of(row),
        "has_programme": row.topic_id in journey.programmes_on({row.topic_id} - {None}),
        **_choices(request, row),
    }
    return render(request, "planning/need.html", context)


def _steps(row: Need) -> list[tuple[NeedState, bool]]:
    """The states a need passes with whether it has reached them; none for one that was declined or merged."""
    if row.state not in STEPS:
        return []
    reached = STEPS.index(NeedState(row.state))
    return [(state, place <= reached) for place, state in enumerate(STEPS)]


def _choices(request: HttpRequest, row: Need) -> dict[str, object]:
    may_accept = request.user.why_not(ACCEPT, row.organisation) is None
    return {
        "may_accept": may_accept,
        "may_state": request.user.why_not(RAISE, row.organisation) is None,
        "may_name": request.user.why_not("registry.view_workers", row.organisation) is None,
        "open": row.state in {NeedState.RAISED, NeedState.ACCEPTED},
        "carriable": row.state in IN_HAND,
        "others": queries.same_unit_and_topic(row) if may_accept else [],
    }


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


def in_hand(request: HttpRequest, permission: str, public_id: UUID) -> Need:
    """A need the person may touch with `permission`, or 404."""
    rows = Need.objects.visible_to(request.user, permission).select_related("organisation", "topic")
    found: Need = found_or_404(rows, public_id=public_id)
    return found


@page(ACCEPT, methods=["GET", "POST"])
def accept_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept a need with its topic and persons."""
    row = in_hand(request, ACCEPT, public_id)
    form = AcceptForm(request.POST or None, need=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = {"topic": topic_of(data["topic"]), "persons": data["persons"], "reason": data["reason"]}
        taken = done(form, lambda: actions.accept_need(need=row, by=request.user, key=key_of(request), **said))
        if taken:
            messages.success(request, say("Đã tiếp nhận nhu cầu.", "The need is accepted."))
            return redirect("planning:need", public_id)
    return render(request, "planning/accept_need.html", {"form": form, "need": row})


@page(ACCEPT, methods=["GET", "POST"])
def decline_need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decline a need with the reason."""
    row = in_hand(request, ACCEPT, public_id)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: actions.decline_need(need=row, reason=reason, by=request.user, key=key_of(request))):
            messages.success(request, say("Đã ghi lý do không tiếp nhận.", "The need is declined."))
            return redirect("planning:need", public_id)
    return render(request, "planning/decline_need.html", {"form": form, "need": row})


def office_of(request: HttpRequest, permission: str) -> Organisation:
    """The organisation in whose name the person acts with `permission`."""
    for _, organisation in roles_of(request.user):
        if organisation is not None and request.user.why_not(permission, organisation) is None:
            found: Organisation = organisation
            return found
    raise NotAllowed(Problem("web.forbidden"))


@page(ACCEPT, methods=["POST"])
def pull_needs(request: HttpRequest) -> HttpResponse:
    """Draw needs from what the working rooms found."""
    actions.pull_needs(organisation=office_of(request, ACCEPT), on=today(), by=request.user, key=key_of(request))
    messages.success(request, say("Đã tổng hợp nhu cầu từ các căn cứ.", "Needs were drawn from their grounds."))
    return redirect("planning:needs")


@page(ACCEPT, methods=["POST"])
def settle_needs(request: HttpRequest) -> HttpResponse:
    """Move needs along with their classes: opened, trained, met."""
    actions.settle_needs(organisation=office_of(request, ACCEPT), on=today(), by=request.user, key=key_of(request))
    messages.success(request, say("Đã cập nhật theo lớp và chứng nhận.", "Needs follow classes and certificates now."))
    return redirect("planning:needs")


@page(VIEW)
def coverage(request: HttpRequest) -> HttpResponse:
    """Needed against planned and met by commune and difficulty area."""
    communes, areas = queries.coverage(request.user, today())
    found, language = queries.coverage_by_province(request.user), current_language()
    beside = beside_map(found, language)
    names = queries.province_names(beside, today()) if beside else {}
    context = {
        "communes": communes,
        "areas": areas,
        "map": coverage_map(found, language) if communes else None,
        "beside": [(names.get(code, code), share) for code, share in beside.items()],
    }
    return render(request, "planning/coverage.html", context)
