"""The workforce review: the page and its files, saved views, norms of stations, the summary's refresh."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.accounts.permissions import roles_of
from lientuc.core.clock import today
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated
from lientuc.trail.jobs import enqueue
from lientuc.web.pages import page, tried
from lientuc.web.say import say, say_now

from ..actions import drop_view, save_view
from ..files import KINDS, download
from ..forms import DropViewForm, ReviewForm, SaveViewForm
from ..models import SavedView
from ..review.answer import review as answer
from ..review.answer import shortfall_of
from ..review.asking import VIEW
from ..review.norms import vacancies
from ..review.norms_table import norms_table, shown_norms
from ..review.numbers import numbers
from ..review.saved import views_for
from ..review.tables import based_on, chart, chart_title, named_lines, shown_tables, tables, tabs

_NOT_KEPT = {"kind", "by", "view", "part"}


def kept_filters(data: Any) -> dict[str, str]:
    """The filters of a request, to be carried along in links; without what only this page needs."""
    return {name: str(value) for name, value in data.items() if value and name not in _NOT_KEPT}


@page(VIEW)
def review(request: HttpRequest) -> HttpResponse:
    """Heads, posts, licences, standings and ages of the scope, group by group; with `kind` the same as a file."""
    form = ReviewForm(request.GET, by=request.user)
    asked = form.asked()
    found = answer(request.user, asked, today())
    kept = kept_filters(request.GET)
    lines = named_lines(found, kept)
    simulated = is_simulated()
    if request.GET.get("kind") in KINDS:
        title = say_now("Rà soát nhân lực y tế", "Workforce review")
        return download(tables(found, lines, simulated=simulated), title, "ra-soat-nhan-luc", request.GET["kind"])
    short = shortfall_of(request.user, found)
    query = urlencode({**kept, "by": found.asked.by})
    part = request.GET.get("part", "")
    context = {
        "filter": form,
        "review": found,
        "based_on": based_on(found),
        "numbers": numbers(found, short),
        "norms_url": f"{reverse('reports:norms')}?{urlencode(kept)}",
        "tables": shown_tables(found, lines, part, simulated=simulated),
        "tabs": tabs(lines, part, query),
        "chart": chart(found, lines) if lines else "",
        "chart_title": chart_title(found),
        "query": query,
        "views": views_for(request.user),
        "save": SaveViewForm(initial={"query": query}),
        "may_freeze": request.user.why_not("reports.freeze_review") is None,
    }
    return render(request, "reports/review.html", context)


@page(VIEW)
def norms(request: HttpRequest) -> HttpResponse:
    """Every commune's station against the staffing norm; with `kind` as a file."""
    form = ReviewForm(request.GET, by=request.user)
    for name in ("by", "title", "unit", "care_level"):
        form.fields.pop(name, None)
    asked = form.asked()
    found = vacancies(request.user, asked, today())
    table = norms_table(found, simulated=is_simulated())
    title = say_now("Nhân lực trạm y tế so với định mức", "Stations against the staffing norm")
    if request.GET.get("kind") in KINDS:
        return download([table], title, "dinh-muc-tram-y-te", request.GET["kind"])
    context = {
        "filter": form,
        "found": found,
        "table": shown_norms(found, simulated=is_simulated()),
        "norm": next((line.norm for line in found.with_norm), None),
        "without": len(found.lines) - len(found.with_norm),
        "query": urlencode(kept_filters(request.GET)),
        "may_state": request.user.why_not("registry.edit_catalogues") is None,
    }
    return render(request, "reports/norms.html", context)


@page(VIEW, methods=["POST"])
def refresh(request: HttpRequest) -> HttpResponse:
    """Reckon the summary anew, in the background."""
    job = enqueue(work="lientuc.reports.review.summary.refresh", payload={}, made_by=str(request.user.public_id))
    return redirect("reports:job", job.public_id)


@page(VIEW, methods=["POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question under a name."""
    form = SaveViewForm(request.POST)
    query = QueryDict(request.POST.get("query", "")[:400])
    if form.is_valid():
        office = _office(request.user) if form.cleaned_data["shared"] else None
        key = request.POST.get("key", "")
        if tried(request, lambda: save_view(draft=form.draft(), office=office, by=request.user, key=key)):
            messages.success(request, say("Đã lưu cách xem.", "The view is saved."))
    else:
        messages.error(request, say("Nhập tên cách xem.", "Name the view."))
    return redirect(f"{reverse('reports:review')}?{query.urlencode()}")


def _office(by: Any) -> Organisation | None:
    """The first office in which the person may review."""
    offices = [organisation for _, organisation in roles_of(by) if organisation is not None]
    return next((office for office in offices if by.why_not(VIEW, office) is None), None)


@page(VIEW, methods=["POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """Forget one of one's own views."""
    form = DropViewForm(request.POST)
    mine = SavedView.objects.filter(owner_id=request.user.pk)
    view = mine.filter(public_id=form.cleaned_data["view"]).first() if form.is_valid() else None
    if view is None:
        messages.error(request, say("Cách xem này không còn.", "The view is no longer there."))
    else:
        drop_view(view=view, by=request.user)
        messages.success(request, say("Đã xóa cách xem.", "The view is gone."))
    return redirect("reports:review")
