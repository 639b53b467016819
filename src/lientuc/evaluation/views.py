"""Pages of studies, of the tables of their waves, and of findings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.analytics.disclosure import Audience
from lientuc.core.clock import today
from lientuc.core.errors import Refused
from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.forms import organisations_for
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say_now

from . import queries
from .actions import decide_finding, note_findings, open_study, open_study_wave, write_report
from .enums import FindingState, Source
from .files import MEDIA_TYPES, content
from .forms import DecisionForm, FindingFilter, ReportTextForm, StudyFilter, StudyForm, StudyWaveForm
from .models import Finding, Study, StudyWave
from .publishing import FILTERS
from .rules import denominator_shown, main_shown

VIEW = "evaluation.view_studies"
RUN = "evaluation.run_study"


@page(VIEW)
def studies(request: HttpRequest) -> HttpResponse:
    """Studies of one's organisations, newest first."""
    bar = StudyFilter(request.GET)
    rows = (
        Study.objects.visible_to(request.user, VIEW).select_related("organisation").annotate(wave_count=Count("waves"))
    )
    if bar.is_valid() and bar.cleaned_data["q"]:
        rows = rows.filter(title_fold__contains=fold(bar.cleaned_data["q"]))
    found = page_of(request, rows, order=("-begun_on", "-id"))
    return render(request, "evaluation/studies.html", {"bar": bar, "page": found, "may_run": not _lacks(request)})


@page(RUN, methods=["GET", "HEAD", "POST"])
def new_study(request: HttpRequest) -> HttpResponse:
    """Begin a study."""
    organisations = organisations_for(request.user, RUN)
    form = StudyForm(request.POST or None, organisations=organisations, initial={"begun_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            row = open_study(
                draft=form.draft(),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã mở đánh giá.", "The evaluation is open."))
            return redirect("evaluation:study", public_id=row.public_id)
    return render(request, "evaluation/new_study.html", {"form": form})


@page(VIEW)
def study(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One study: its waves with response, and its findings."""
    row = _study(request, public_id, VIEW)
    waves = (
        StudyWave.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
        .filter(study=row)
        .select_related("wave__version__instrument")
    )
    found = Finding.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(study=row)
    context = {
        "study": row,
        "waves": waves.order_by("wave__opens_on", "id"),
        "lines": _finding_lines(found.order_by("routed_to", "-persons", "id")),
        "may_run": not _lacks(request, row.organisation),
    }
    return render(request, "evaluation/study.html", context)


@page(RUN, methods=["GET", "HEAD", "POST"])
def new_wave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask the alumni of finished runs, or others about them."""
    row = _study(request, public_id, RUN)
    runs = queries.finished_runs(request.user, RUN)
    form = StudyWaveForm(
        request.POST or None,
        runs=runs,
        organisations=organisations_for(request.user, RUN),
        initial={"opens_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = open_study_wave(
                study=row,
                draft=form.draft(purpose=row.purpose),
                version=form.cleaned_data["version"],
                run_refs=[str(run.ref) for run in form.cleaned_data["runs"]],
                source=Source(form.cleaned_data["source"]),
                by=request.user,
                key=request.POST.get("key", ""),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã mở đợt khảo sát.", "The wave is open."))
            return redirect("surveys:wave", public_id=made.wave.public_id)
    return render(request, "evaluation/new_wave.html", {"form": form, "study": row, "has_runs": runs.exists()})


@page(VIEW)
def tables(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The tables of one wave for one audience, level by level."""
    row = _study_wave(request, public_id)
    audience = _audience(request, row)
    by = request.GET.get("by", "") if request.GET.get("by", "") in FILTERS else ""
    report = queries.wave_report(row.wave, audience, by)
    context = {
        "study_wave": row,
        "by": by,
        "may_run": not _lacks(request, row.study.organisation),
        "report": report,
        "audience": audience,
        "audiences": [
            one for one in Audience if one != Audience.EVALUATOR or not _lacks(request, row.study.organisation)
        ],
        "kinds": MEDIA_TYPES,
    }
    return render(request, "evaluation/tables.html", context)


@page(VIEW)
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same tables as a file, `?kind=` xlsx (unless said otherwise), docx or csv."""
    row, kind = _study_wave(request, public_id), request.GET.get("kind", "xlsx")
    if kind not in MEDIA_TYPES:
        raise Http404
    audience = _audience(request, row)
    by = request.GET.get("by", "") if request.GET.get("by", "") in FILTERS else ""
    made = content(queries.wave_report(row.wave, audience), row, kind, by)
    response = HttpResponse(made, content_type=MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="danh-gia-{audience}.{kind}"'
    return response


@page(RUN, methods=["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write the sections of a wave's report; numbers in them are references to cells."""
    row = _study_wave(request, public_id)
    if _lacks(request, row.study.organisation):
        raise Http404
    form = ReportTextForm(request.POST or None, initial=queries.report_texts(row.wave))
    if request.method == "POST" and form.is_valid():
        try:
            write_report(study_wave=row, texts=form.texts(), by=request.user, key=request.POST.get("key", ""))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say_now("Đã lưu phần viết của báo cáo.", "The text of the report is saved."))
            return redirect("evaluation:tables", public_id=row.public_id)
    return render(request, "evaluation/write.html", {"study_wave": row, "form": form})


@page(RUN, methods=["POST"])
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Turn reported barriers into findings."""
    row = note_findings(study=_study(request, public_id, RUN), by=request.user, key=request.POST.get("key", ""))
    messages.success(request, say_now("Đã cập nhật phát hiện.", "Findings are up to date."))
    return redirect("evaluation:study", public_id=row.public_id)


@page(VIEW)
def findings(request: HttpRequest) -> HttpResponse:
    """Findings of one's organisations with the level that can remove each."""
    bar = FindingFilter(request.GET)
    rows = Finding.objects.visible_to(request.user, VIEW)
    if bar.is_valid():
        route, state = bar.cleaned_data["route"], bar.cleaned_data["state"]
        rows = rows.filter(routed_to=route) if route else rows
        rows = rows.filter(state=state) if state else rows
    found = page_of(request, _with_wave(rows), order=("-noted_on", "-id"))
    return render(request, "evaluation/findings.html", {"bar": bar, "page": found, "lines": _lines(found.rows)})


@page(VIEW)
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One finding, with the decision for those who run the study."""
    return _finding_page(request, _finding(request, public_id, VIEW), DecisionForm())


@page(RUN, methods=["POST"])
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept or refuse a finding."""
    row, form = _finding(request, public_id, RUN), DecisionForm(request.POST)
    if not form.is_valid():
        return _finding_page(request, row, form)
    to, reason = FindingState(form.cleaned_data["to"]), form.cleaned_data["reason"]
    try:
        decide_finding(finding=row, to=to, reason=reason, by=request.user, key=request.POST.get("key", ""))
    except Refused as refused:
        show_problems(form, refused)
        return _finding_page(request, row, form)
    messages.success(request, say_now("Đã ghi quyết định.", "The decision is recorded."))
    return redirect("evaluation:study", public_id=row.study.public_id)


def _finding(request: HttpRequest, public_id: UUID, permission: str) -> Finding:
    found: Finding = found_or_404(_with_wave(Finding.objects.visible_to(request.user, permission)), public_id=public_id)
    return found


def _finding_page(request: HttpRequest, row: Finding, form: DecisionForm) -> HttpResponse:
    may_decide = row.state == FindingState.NOTED and not _lacks(request, row.organisation)
    context = {"line": _lines([row])[0], "form": form, "may_decide": may_decide}
    return render(request, "evaluation/finding.html", context)


def _with_wave(rows: Any) -> Any:
    return rows.select_related("organisation", "study", "wave__version__instrument")


def _finding_lines(rows: Any) -> list[dict[str, Any]]:
    return _lines(list(_with_wave(rows)))


def _lines(rows: Any) -> list[dict[str, Any]]:
    """Findings with the barrier in words and the denominator where it may be shown."""
    labels = queries.barrier_labels(rows)
    return [
        {
            "finding": row,
            "barrier": labels.get((row.wave_id, row.barrier), row.barrier),
            "of": denominator_shown(row.persons, row.of_persons),
            "main": main_shown(row.main_persons, row.persons),
            "url": reverse("evaluation:finding", args=[row.public_id]),
        }
        for row in rows
    ]


def _study(request: HttpRequest, public_id: UUID, permission: str) -> Study:
    rows = Study.objects.visible_to(request.user, permission).select_related("organisation")
    found: Study = found_or_404(rows, public_id=public_id)
    return found


def _study_wave(request: HttpRequest, public_id: UUID) -> StudyWave:
    rows = StudyWave.objects.visible_to(request.user, VIEW)
    rows = rows.select_related("study__organisation", "wave__organisation", "wave__version__instrument")
    found: StudyWave = found_or_404(rows, public_id=public_id)
    return found


def _audience(request: HttpRequest, row: StudyWave) -> Audience:
    """The audience asked for; exact figures are for those who run the study."""
    wanted = request.GET.get("audience", "")
    audience = Audience(wanted) if wanted in list(Audience) else Audience.ORGANISATION
    exact = audience == Audience.EVALUATOR
    return Audience.ORGANISATION if exact and _lacks(request, row.study.organisation) else audience


def _lacks(request: HttpRequest, organisation: Any = None) -> bool:
    user: Any = request.user
    return user.why_not(RUN, organisation) is not None
