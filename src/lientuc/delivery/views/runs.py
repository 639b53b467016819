"""Runs: list, page with its tabs, opening, publishing, sessions, lecturers, the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.registry.queries import decisions_on
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import label, say

from .. import actions, queries
from ..enums import AttendanceState, RunState
from ..forms import LecturerForm, PublishForm, ReasonForm, RunFilter, RunForm, SessionForm
from ..models import Certificate, CourseRun, Participation, RunLecturer
from ..tables import runs_table
from .files import workbook

VIEW = "delivery.view_runs"
OPEN = "delivery.open_run"
TABS = ("people", "sessions", "attendance", "certificates")


def row_of(request: HttpRequest, permission: str, public_id: UUID) -> CourseRun:
    """One run inside the scope of a permission, or 404."""
    rows = CourseRun.objects.visible_to(request.user, permission)
    found: CourseRun = found_or_404(
        rows.select_related("organisation", "curriculum_version__curriculum"), public_id=public_id
    )
    return found


def _filtered(request: HttpRequest) -> tuple[RunFilter, Any]:
    form = RunFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.runs_for(
        request.user,
        text=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        state=chosen.get("state", ""),
        year=int(chosen.get("year") or 0) or None,
    )
    return form, rows


@page(VIEW)
def runs(request: HttpRequest) -> HttpResponse:
    """Runs one may see, the latest first."""
    form, rows = _filtered(request)
    shown = page_of(request, rows, order=("-starts_on", "-id"))
    may_open = request.user.why_not(OPEN) is None
    return render(request, "delivery/runs.html", {"form": form, "page": shown, "may_open": may_open})


@page(VIEW)
def export_runs(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    _, rows = _filtered(request)
    return workbook(runs_table(rows.order_by("-starts_on", "-id")), "khoa-dao-tao")


@page(OPEN, methods=["GET", "POST"])
def new_run(request: HttpRequest) -> HttpResponse:
    """Plan or open a run."""
    form = RunForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        write = actions.open_run if form.cleaned_data["opening"] == "open" else actions.plan_run
        try:
            row = write(draft=form.draft(), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã lưu khóa.", "The run is kept."))
            return redirect("delivery:run", row.public_id)
    providers = Provider.objects.visible_to(request.user, OPEN).select_related("organisation")[:3]
    authority = [(provider, decisions_on(provider, today())) for provider in providers]
    return render(request, "delivery/new_run.html", {"form": form, "authority": authority})


@page(VIEW)
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One run: its facts, and one tab of people, sessions, attendance or certificates."""
    row = row_of(request, VIEW, public_id)
    tab = request.GET.get("tab", "people")
    tab = tab if tab in TABS else "people"
    context = {"run": row, "tab": tab, "may": _may(request, row), "taken": queries.seats_taken(row)}
    return render(request, "delivery/run.html", context | _TAB_CONTENT[tab](request, row))


def _may(request: HttpRequest, row: CourseRun) -> dict[str, bool]:
    """Which next steps the person may take now: permission and state together."""

    def may(permission: str, *states: RunState) -> bool:
        return row.state in states and request.user.why_not(permission, row.organisation) is None

    live = (RunState.PLANNED, RunState.OPEN, RunState.RUNNING)
    return {
        "confirm": may(OPEN, RunState.PLANNED),
        "publish": may(OPEN, *live) and (row.plan_published_on is None or row.fee_published_on is None),
        "arrange": may(OPEN, *live),
        "cancel": may(OPEN, *live),
        "enrol": row.state in {RunState.OPEN, RunState.RUNNING}
        and queries.enrollable_runs(request.user, today()).filter(pk=row.pk).exists(),
        "attend": may("delivery.record_attendance", RunState.OPEN, RunState.RUNNING),
        "finish": may("delivery.finish_run", RunState.RUNNING),
        "issue": may("delivery.issue_certificates", RunState.FINISHED),
        "see_people": request.user.why_not("delivery.view_participations") is None,
        "withdraw": row.state in live and request.user.why_not("delivery.enrol") is None,
    }


def _people(request: HttpRequest, row: CourseRun) -> dict[str, Any]:
    rows = queries.participations_for(request.user).filter(run=row).order_by("role", "worker__name_sort", "pk")
    return {"people": rows}


def _sessions(request: HttpRequest, row: CourseRun) -> dict[str, Any]:
    lecturers = RunLecturer.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(run=row).select_related("worker")
    return {"sessions": queries.sessions_with_marks(row), "lecturers": lecturers.order_by("name")}


def _attendance(request: HttpRequest, row: CourseRun) -> dict[str, Any]:
    sessions = list(queries.sessions_with_marks(row))
    marks = queries.last_attendance(row.sessions.unscoped(WhyUnscoped.ROW_IN_HAND))
    presence = queries.presence_of(row)
    texts = {"": "–"} | {str(state): label("delivery.AttendanceState", state) for state in AttendanceState}
    people = Participation.objects.visible_to(request.user, "delivery.view_participations").filter(run=row)
    people = people.exclude(state__in=["withdrawn", "waitlisted"]).select_related("worker")
    grid = [
        (person, [texts[marks.get((session.pk, person.pk), "")] for session in sessions], presence.get(person.pk))
        for person in people.order_by("worker__name_sort", "pk")
    ]
    return {"sessions": sessions, "grid": grid}


def _certificates(request: HttpRequest, row: CourseRun) -> dict[str, Any]:
    rows = queries.certificates_for(request.user) if _sees_certificates(request) else Certificate.objects.none()
    return {"certificates": rows.filter(participation__run=row).order_by("serial", "pk")}


def _sees_certificates(request: HttpRequest) -> bool:
    return request.user.why_not("delivery.view_certificates") is None


_TAB_CONTENT = {
    "people": _people,
    "sessions": _sessions,
    "attendance": _attendance,
    "certificates": _certificates,
}


@page(OPEN, methods=["POST"])
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a planned run."""
    row = row_of(request, OPEN, public_id)
    actions.confirm_run(run=row, by=request.user, key=request.POST.get("key", ""))
    messages.success(request, say("Khóa đã mở ghi danh.", "The run is open for enrolment."))
    return redirect("delivery:run", row.public_id)


@page(OPEN, methods=["GET", "POST"])
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Record the day plan and fee were made public."""
    row = row_of(request, OPEN, public_id)
    form = PublishForm(request.POST or None, initial={"published_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_run(
                run=row,
                published_on=form.cleaned_data["published_on"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã ghi ngày công khai.", "The day of publication is recorded."))
            return redirect("delivery:run", row.public_id)
    return render(request, "delivery/publish.html", {"form": form, "run": row})


@page(OPEN, methods=["GET", "POST"])
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give up a run."""
    row = row_of(request, OPEN, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_run(
                run=row, reason=form.cleaned_data["reason"], by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã hủy khóa.", "The run is cancelled."))
            return redirect("delivery:run", row.public_id)
    return render(request, "delivery/cancel.html", {"form": form, "run": row})


@page(OPEN, methods=["GET", "POST"])
def new_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a session."""
    row = row_of(request, OPEN, public_id)
    form = SessionForm(request.POST or None, run=row, initial={"on_date": row.starts_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_session(run=row, draft=form.draft(), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã thêm buổi học.", "The session is added."))
            return redirect(f"{_address(row)}?tab=sessions")
    return render(request, "delivery/new_session.html", {"form": form, "run": row})


@page(OPEN, methods=["GET", "POST"])
def new_lecturer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name a lecturer."""
    row = row_of(request, OPEN, public_id)
    form = LecturerForm(request.POST or None, run=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_lecturer(run=row, draft=form.draft(), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã thêm giảng viên.", "The lecturer is added."))
            return redirect(f"{_address(row)}?tab=sessions")
    return render(request, "delivery/new_lecturer.html", {"form": form, "run": row})


@page("delivery.finish_run", methods=["POST"])
def finish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide who completed and freeze hours."""
    row = row_of(request, "delivery.finish_run", public_id)
    actions.finish_run(run=row, by=request.user, key=request.POST.get("key", ""))
    messages.success(
        request, say("Đã kết thúc khóa và chốt giờ của từng người.", "The run is finished, hours are frozen.")
    )
    return redirect("delivery:run", row.public_id)


def _address(row: CourseRun) -> str:
    return reverse("delivery:run", args=[row.public_id])
