"""Standings: the list of the units in scope, their summary, one person explained."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.places.enums import UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import is_simulated, units
from lientuc.trail.jobs import enqueue
from lientuc.web.pages import page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, label, say_now

from ..closing import planned_classes
from ..files import table_file
from ..following import refreshing
from ..forms import DayForm, StandingFilter, SummaryFilter
from ..models import StandingRow
from ..queries.people import RECORD
from ..queries.standings import VIEW, GroupBy, not_reckoned, standing_of, standings_of, summary_by
from ..refresh import payload_of, refresh_due
from ..statement import standings_table, summary_table
from .statements import worker_of

# Up to here a refresh is done while the person waits; a province is a job.
AT_ONCE = 2_000


@page(VIEW)
def standings(request: HttpRequest) -> HttpResponse:
    """The people in scope with what they have and what is missing."""
    scope = request.user.scope(VIEW)
    form, rows = _filtered(request)
    totals = summary_by(scope=scope)
    context = {
        "filter": form,
        "page": page_of(request, rows, order=("worker__name_sort", "pk")),
        "total": totals[0] if totals else None,
        "waiting": not_reckoned(scope=scope, on=today()).count(),
        "refreshing": refreshing(),
    }
    return render(request, "credits/standings.html", context)


@page(VIEW)
def standings_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a workbook or CSV."""
    _, rows = _filtered(request)
    listed = rows.order_by("worker__name_sort", "pk").iterator(chunk_size=2_000)
    table = standings_table(listed, on=today(), language=current_language(), simulated=is_simulated())
    return table_file(table, "ket-qua-tich-luy", request.GET.get("kind", "xlsx"))


def _filtered(request: HttpRequest) -> tuple[StandingFilter, QuerySet[StandingRow]]:
    listed = Organisation.objects.visible_to(request.user, VIEW).order_by("name_fold", "pk")
    form = StandingFilter(request.GET or None, units=list(listed.only("public_id", "name")))
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    unit = listed.filter(public_id=chosen["unit"]).first() if chosen.get("unit") else None
    rows = standings_of(by=request.user, text=chosen.get("q", ""), status=chosen.get("status", ""), organisation=unit)
    return form, rows


@page(VIEW, methods=["POST"])
def refresh(request: HttpRequest) -> HttpResponse:
    """Reckon anew who is not of today; a large scope becomes a job."""
    scope = request.user.scope(VIEW)
    waiting = not_reckoned(scope=scope, on=today()).count()
    if waiting > AT_ONCE:
        enqueue(
            work="lientuc.credits.refresh.refresh_all", payload=payload_of(scope), made_by=str(request.user.public_id)
        )
        text = say_now(
            "Đang tính lại cho {n} người. Tải lại trang sau ít phút.", "Reckoning {n} people; reload in a few minutes."
        )
    else:
        refresh_due(scope, today())
        text = say_now("Đã tính lại kết quả của {n} người.", "{n} standings were reckoned.")
    messages.success(request, text.format(n=waiting))
    return redirect("credits:standings")


@page(VIEW)
def summary(request: HttpRequest) -> HttpResponse:
    """People by unit, care level, commune or title and by status, with denominators."""
    form = SummaryFilter(request.GET or None)
    chosen = form.cleaned_data.get("group") if form.is_valid() else ""
    group = GroupBy[(chosen or "organisation").upper()]
    rows = summary_by(scope=request.user.scope(VIEW), group_by=group)
    table = summary_table(
        rows,
        _names(group, [row.group for row in rows]),
        heading=_heading(group),
        on=today(),
        language=current_language(),
        simulated=is_simulated(),
    )
    if request.GET.get("kind"):
        return table_file(table, "tong-hop-tich-luy", request.GET["kind"])
    context = {"filter": form, "table": table, "group": group.name.lower(), "any": bool(rows)}
    return render(request, "credits/summary.html", context)


def _heading(group: GroupBy) -> str:
    return {
        GroupBy.ORGANISATION: say_now("Đơn vị", "Unit"),
        GroupBy.CARE_LEVEL: say_now("Cấp chuyên môn", "Care level"),
        GroupBy.COMMUNE: say_now("Xã, phường, đặc khu", "Commune"),
        GroupBy.TITLE: say_now("Chức danh", "Title"),
    }[group]


def _names(group: GroupBy, codes: list[Any]) -> dict[str | int, str]:
    if group is GroupBy.ORGANISATION:
        named = Organisation._base_manager.filter(pk__in=codes)
        return dict(named.values_list("pk", "name"))
    if group is GroupBy.COMMUNE:
        return dict(units(level=UnitLevel.COMMUNE, on=today()).filter(code__in=codes).values_list("code", "name"))
    enum = "places.CareLevel" if group is GroupBy.CARE_LEVEL else "registry.Title"
    return {code: label(enum, code) for code in codes}


@page(VIEW)
def standing(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's standing explained line by line."""
    worker = worker_of(request, public_id)
    form = DayForm(request.GET or None)
    on = (form.cleaned_data.get("on") if form.is_valid() else None) or today()
    explained = standing_of(worker, on)
    context = {
        "explained": explained,
        "planned": planned_classes(worker, explained.standing),
        "worker": worker,
        "day_form": form,
        "on": on,
        "can_record": request.user.why_not(RECORD, worker.keeper) is None,
    }
    return render(request, "credits/standing.html", context)
