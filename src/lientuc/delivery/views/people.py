"""People in runs: sending, withdrawing, attendance, the sheet they sign."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.documents.writers import write_pdf
from lientuc.registry.models import HealthWorker
from lientuc.registry.queries import people as people_of
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import choices, current_language, say, say_now, sentence

from .. import actions, queries
from ..actions import Mark
from ..enums import AttendanceState, ParticipationRole, ParticipationState
from ..forms import EnrolForm, PeopleFilter, ReasonForm
from ..models import CourseRun, Participation, Session
from ..tables import sign_in_paper
from .files import pdf

ENROL = "delivery.enrol"
ATTEND = "delivery.record_attendance"
FOUND = 30


@page("delivery.view_participations")
def participations(request: HttpRequest) -> HttpResponse:
    """People in training one may see, the newest first."""
    form = PeopleFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.participations_for(request.user, text=chosen.get("q", ""), state=chosen.get("state", ""))
    shown = page_of(request, rows, order=("-id",))
    may_enrol = request.user.why_not(ENROL) is None
    return render(request, "delivery/participations.html", {"form": form, "page": shown, "may_enrol": may_enrol})


@page(ENROL, methods=["GET", "POST"])
def enrol(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find one's own people and send them to a run."""
    run = found_or_404(queries.enrollable_runs(request.user, today()), public_id=public_id)
    form = EnrolForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        _send(request, run, form)
        return redirect(request.get_full_path())
    text = request.GET.get("q", "").strip()
    rows = people_of(by=request.user, on=today(), text=text, permission=ENROL).order_by("name_sort", "pk")
    workers = list(rows[:FOUND]) if text else []
    warnings = _warnings(workers, run)
    context = {
        "run": run,
        "form": form,
        "text": text,
        "found": [(worker, warnings.get(worker.pk)) for worker in workers],
        "here": _already(request, run),
        "limit": FOUND,
    }
    return render(request, "delivery/enrol.html", context)


def _send(request: HttpRequest, run: CourseRun, form: EnrolForm) -> None:
    """Enrol each person that was ticked and say what became of it."""
    chosen = HealthWorker.objects.visible_to(request.user, ENROL).select_related("keeper", "canonical__keeper")
    workers = chosen.filter(public_id__in=_uuids(request.POST.getlist("worker")))
    if not workers:
        messages.warning(request, say("Chưa chọn người nào.", "Nobody was chosen."))
    for worker in workers:
        key = request.POST.get("key", "")
        try:
            row = actions.enrol(
                run=run,
                worker=worker,
                role=ParticipationRole(form.cleaned_data["role"]),
                reports=form.cleaned_data["reports"] or 0,
                by=request.user,
                key=f"{key}:{worker.pk}" if key else "",
            )
        except Refused as refused:
            for problem in refused.problems:
                messages.error(request, f"{worker.full_name}: {sentence(problem)}")
        else:
            _say_enrolled(request, worker, run, row)


def _say_enrolled(request: HttpRequest, worker: HealthWorker, run: CourseRun, row: Participation) -> None:
    if row.state == ParticipationState.WAITLISTED:
        text = say_now("{name} vào danh sách chờ vì khóa đã đủ chỗ.", "{name} is on the waiting list: no seat is free.")
        messages.warning(request, text.format(name=worker.full_name))
        return
    messages.success(request, say_now("Đã ghi danh {name}.", "{name} is enrolled.").format(name=worker.full_name))
    warning = queries.release_warning(worker, run)
    if warning is not None and warning.citation is not None:
        text = say_now(
            "{unit} có thể không đủ người trực khi {name} đi học ({article}).",
            "{unit} may be left without its on-call minimum while {name} is away ({article}).",
        )
        article = say_now(warning.citation.vi, warning.citation.en)
        messages.warning(request, text.format(unit=worker.keeper.name, name=worker.full_name, article=article))


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:200]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _warnings(found: list[Any], run: CourseRun) -> dict[int, Any]:
    """`{worker id: Releasable}` where all people found are of one unit: those the unit cannot spare."""
    keepers = {worker.keeper_id for worker in found}
    if len(keepers) != 1:
        return {}
    rows = queries.releasable(found[0].keeper, max(run.starts_on, today()))
    return {row.worker.pk: row for row in rows if not row.allowed}


def _already(request: HttpRequest, run: CourseRun) -> Any:
    rows = Participation.objects.visible_to(request.user, ENROL).filter(run=run)
    rows = rows.exclude(state=ParticipationState.WITHDRAWN).select_related("worker__keeper")
    return rows.order_by("role", "worker__name_sort", "pk")


@page(ENROL, methods=["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a person out of a run."""
    rows = Participation.objects.visible_to(request.user, ENROL).select_related("worker", "run__organisation")
    row = found_or_404(rows, public_id=public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                participation=row,
                reason=form.cleaned_data["reason"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã rút tên.", "The person is withdrawn."))
            return redirect("delivery:participations")
    return render(request, "delivery/withdraw.html", {"form": form, "participation": row})


def _session(request: HttpRequest, public_id: UUID) -> Session:
    rows = Session.objects.visible_to(request.user, ATTEND).select_related("run__organisation", "lecturer")
    found: Session = found_or_404(rows, public_id=public_id)
    return found


@page(ATTEND, methods=["GET", "POST"])
def attendance(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The grid of one session: one choice a person; works without a script."""
    session = _session(request, public_id)
    grid = queries.attendance_grid(session)
    problems: tuple[Any, ...] = ()
    if request.method == "POST":
        marks = _marks(request, grid)
        try:
            actions.record_attendance(session=session, marks=marks, by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, say("Đã ghi điểm danh.", "Attendance is recorded."))
            return redirect("delivery:attendance", session.public_id)
    states = choices("delivery", AttendanceState)
    context = {"session": session, "run": session.run, "grid": grid, "states": states, "problems": problems}
    return render(request, "delivery/attendance.html", context)


def _marks(request: HttpRequest, grid: list[Any]) -> list[Mark]:
    """What was chosen for the people of the grid; an unknown code or nobody's row is left out."""
    known = {str(state) for state in AttendanceState}
    chosen = {row.participation.pk: request.POST.get(f"mark-{row.participation.public_id}", "") for row in grid}
    everybody = request.POST.get("everybody", "")
    if everybody in known:
        chosen = {pk: state or everybody for pk, state in chosen.items()}
    return [Mark(pk, AttendanceState(state)) for pk, state in chosen.items() if state in known]


@page(ATTEND)
def sign_in_sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sheet people sign, as PDF."""
    session = _session(request, public_id)
    target = io.BytesIO()
    place = queries.province_of(session.run.organisation, session.on_date)
    write_pdf(sign_in_paper(session, queries.attendance_grid(session), place=place), target, current_language())
    return pdf(target.getvalue(), f"ky-ten-{session.on_date:%Y%m%d}-{session.starts:%H%M}")
