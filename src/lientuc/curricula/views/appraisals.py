"""Councils, appraisals, opinion sheets and decisions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.law import parameter
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from .. import actions, queries
from ..enums import AppraisalState
from ..forms import CouncilForm, DecisionForm, OpinionForm, ReceiveForm
from ..models import Appraisal, AppraisalCouncil, CouncilMember, CurriculumVersion, Opinion

VIEW = "curricula.view_curricula"
CONVENE = "curricula.convene_council"


@page(VIEW)
def councils(request: HttpRequest) -> HttpResponse:
    """Councils one may see, the newest first."""
    rows = AppraisalCouncil.objects.visible_to(request.user, VIEW).select_related("organisation")
    rows = rows.annotate(seats=Count("members", distinct=True), cases=Count("appraisals", distinct=True))
    may_convene = request.user.why_not(CONVENE) is None
    context = {"page": page_of(request, rows, order=("-convened_on", "-id")), "may_convene": may_convene}
    return render(request, "curricula/councils.html", context)


@page(VIEW)
def council(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One council: seats and cases."""
    rows = AppraisalCouncil.objects.visible_to(request.user, VIEW).select_related("organisation")
    row = found_or_404(rows, public_id=public_id)
    members = CouncilMember.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(council=row).select_related("user")
    cases = queries.appraisals_for(request.user).filter(council=row)
    context = {"council": row, "members": members.order_by("role", "pk"), "cases": cases}
    return render(request, "curricula/council.html", context)


@page(CONVENE, methods=["GET", "POST"])
def new_council(request: HttpRequest) -> HttpResponse:
    """Convene a council by decision."""
    form = CouncilForm(request.POST or None, by=request.user, initial={"convened_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.convene_council(
                draft=form.draft(),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã lập hội đồng thẩm định.", "The council is convened."))
            return redirect("curricula:council", row.public_id)
    return render(request, "curricula/new_council.html", {"form": form})


@page(VIEW)
def appraisals(request: HttpRequest) -> HttpResponse:
    """Appraisals one may see: open ones first, by the day they are due."""
    waiting = CurriculumVersion.objects.visible_to(request.user, CONVENE).filter(state="submitted")
    given = Appraisal.objects.unscoped(WhyUnscoped.RULE).filter(state=AppraisalState.OPEN)
    waiting = waiting.exclude(pk__in=given.values("version")).select_related("curriculum__organisation")
    context = {
        "page": page_of(request, queries.appraisals_for(request.user), order=("closed", "due_on", "id")),
        "waiting": waiting.order_by("submitted_at"),
        "today": today(),
        "may_convene": request.user.why_not(CONVENE) is None,
    }
    return render(request, "curricula/appraisals.html", context)


@page(CONVENE, methods=["GET", "POST"])
def receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a submitted version before a council."""
    rows = CurriculumVersion.objects.visible_to(request.user, CONVENE).select_related("curriculum__organisation")
    row = found_or_404(rows, public_id=public_id)
    form = ReceiveForm(request.POST or None, by=request.user, initial={"received_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_version(
                version=row,
                council=form.cleaned_data["council"],
                received_on=form.cleaned_data["received_on"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã giao hội đồng thẩm định.", "The council has the file."))
            return redirect("curricula:appraisal", made.public_id)
    clock = parameter("programme.appraisal_days", on=today())
    return render(request, "curricula/receive.html", {"form": form, "programme": row, "clock": clock})


def _appraisal(request: HttpRequest, permission: str, public_id: UUID) -> Appraisal:
    rows = Appraisal.objects.visible_to(request.user, permission)
    found: Appraisal = found_or_404(
        rows.select_related("version__curriculum__organisation", "council__organisation"), public_id=public_id
    )
    return found


@page(VIEW)
def appraisal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One appraisal: clock, opinion sheets, the count, and what may be done next."""
    row = _appraisal(request, VIEW, public_id)
    opinions = Opinion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(appraisal=row).select_related("member__user")
    mine = opinions.filter(member__user=request.user).exists()
    seats = CouncilMember.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(council=row.council_id)
    is_open = row.state == AppraisalState.OPEN
    context = {
        "appraisal": row,
        "opinions": opinions.order_by("pk"),
        "votes": queries.votes_on(row),
        "today": today(),
        "clock": parameter("programme.appraisal_days", on=row.received_on),
        "may_opine": is_open and not mine and seats.filter(user=request.user).exists(),
        "may_decide": is_open and request.user.why_not("curricula.decide_appraisal", row.council.organisation) is None,
    }
    return render(request, "curricula/appraisal.html", context)


@page("curricula.give_opinion", methods=["GET", "POST"])
def opinion(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The opinion sheet of the member who is signed in."""
    row = _appraisal(request, "curricula.give_opinion", public_id)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_opinion(appraisal=row, draft=form.draft(), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã ghi phiếu nhận xét.", "The opinion is recorded."))
            return redirect("curricula:appraisal", row.public_id)
    return render(request, "curricula/opinion.html", {"form": form, "appraisal": row})


@page("curricula.decide_appraisal", methods=["GET", "POST"])
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve, return or refuse."""
    row = _appraisal(request, "curricula.decide_appraisal", public_id)
    form = DecisionForm(request.POST or None, initial={"decided_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_appraisal(
                appraisal=row, draft=form.draft(), by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã ghi kết quả thẩm định.", "The decision is recorded."))
            return redirect("curricula:appraisal", row.public_id)
    context = {"form": form, "appraisal": row, "votes": queries.votes_on(row)}
    return render(request, "curricula/decide.html", context)
