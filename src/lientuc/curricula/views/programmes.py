"""Curricula and their versions: list, page, drafting, submission, topics."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.documents.writers import write_xlsx
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import Attachment
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, phrase, say

from .. import actions, queries
from ..enums import VersionState
from ..files import survey_files
from ..forms import CurriculumFilter, CurriculumForm, ReasonForm, TopicForm, VersionForm, initial_of
from ..models import Curriculum, CurriculumVersion, Topic
from ..phrases import FIELDS
from ..tables import curricula_table

VIEW = "curricula.view_curricula"
EDIT = "curricula.edit_curriculum"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _may(request: HttpRequest, permission: str, row: Any) -> bool:
    return type(row).objects.visible_to(request.user, permission).filter(pk=row.pk).exists()


def _filtered(request: HttpRequest) -> tuple[CurriculumFilter, Any]:
    form = CurriculumFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.curricula_for(
        request.user, text=chosen.get("q", ""), state=chosen.get("state", ""), topic=chosen.get("topic", "")
    )
    return form, rows


@page(VIEW)
def curricula(request: HttpRequest) -> HttpResponse:
    """All curricula one may see, by title."""
    form, rows = _filtered(request)
    shown = page_of(request, rows, order=("title_fold", "id"))
    may_edit = request.user.why_not(EDIT) is None
    return render(request, "curricula/curricula.html", {"form": form, "page": shown, "may_edit": may_edit})


@page(VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    _, rows = _filtered(request)
    target = io.BytesIO()
    write_xlsx(curricula_table(rows.order_by("title_fold", "id")), target, current_language())
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="chuong-trinh.xlsx"'
    return response


@page(EDIT, methods=["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a curriculum with its first version."""
    form = CurriculumForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draft_curriculum(
                draft=form.draft(),
                version=form.version_draft(),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                key=request.POST.get("key", ""),
            )
            _attach(request, form, _newest(row))
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã lưu bản soạn của chương trình.", "The draft of the programme is kept."))
            return redirect("curricula:curriculum", row.public_id)
    return render(request, "curricula/new.html", {"form": form})


def _newest(curriculum: Curriculum) -> CurriculumVersion:
    rows = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(curriculum=curriculum)
    found: CurriculumVersion = rows.order_by("-number")[0]
    return found


def _attach(request: HttpRequest, form: VersionForm, version: CurriculumVersion) -> None:
    file = form.cleaned_data.get("survey_file")
    if file:
        actions.attach_needs_survey(
            version=version,
            file_name=file.name,
            media_type=file.content_type or "application/octet-stream",
            content=file.read(),
            by=request.user,
        )


@page(VIEW)
def curriculum(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One curriculum with all its versions."""
    rows = Curriculum.objects.visible_to(request.user, VIEW).select_related("organisation", "topic")
    row = found_or_404(rows, public_id=public_id)
    versions = list(
        CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(curriculum=row).order_by("-number")
    )
    is_busy = any(version.state in {VersionState.DRAFT, VersionState.SUBMITTED} for version in versions)
    may_revise = bool(versions) and not is_busy and _may(request, EDIT, row)
    return render(
        request, "curricula/curriculum.html", {"curriculum": row, "versions": versions, "may_revise": may_revise}
    )


def _version(request: HttpRequest, permission: str, public_id: UUID) -> CurriculumVersion:
    rows = CurriculumVersion.objects.visible_to(request.user, permission)
    found: CurriculumVersion = found_or_404(
        rows.select_related("curriculum__organisation", "curriculum__topic"), public_id=public_id
    )
    return found


@page(VIEW)
def version(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version: its text, what it changed, its appraisal, and the next step for whoever looks."""
    row = _version(request, VIEW, public_id)
    others = CurriculumVersion.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(curriculum=row.curriculum_id)
    earlier = others.filter(number__lt=row.number).order_by("-number").first()
    changes = [
        {"field": phrase(FIELDS[change.field]), "name": change.field, "before": change.before, "after": change.after}
        for change in queries.differences(earlier, row)
    ]
    appraisal = row.appraisals.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("council").order_by("-pk").first()
    may_edit = _may(request, EDIT, row)
    return render(
        request,
        "curricula/version.html",
        {
            "programme": row,
            "earlier": earlier,
            "changes": changes,
            "appraisal": appraisal,
            "files": survey_files(row),
            "may_edit": may_edit and row.state == VersionState.DRAFT,
            "may_withdraw": may_edit and row.state in {"draft", "submitted", "approved"},
            "may_receive": row.state == VersionState.SUBMITTED
            and (appraisal is None or appraisal.state == "withdrawn")
            and _may(request, "curricula.convene_council", row),
        },
    )


@page(VIEW)
def survey_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file of the needs survey that was attached last."""
    row = _version(request, VIEW, public_id)
    file = Attachment.objects.filter(owner=str(row.ref)).order_by("-pk").first()
    if file is None:
        return redirect("curricula:version", row.public_id)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="khao-sat-{row.number}{_suffix(file.file_name)}"'
    return response


def _suffix(name: str) -> str:
    known = {"pdf", "docx", "xlsx", "png", "jpg", "jpeg"}
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in known else ""


@page(EDIT, methods=["GET", "POST"])
def revise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a draft, or begin the next version from this one."""
    row = _version(request, EDIT, public_id)
    form = VersionForm(request.POST or None, request.FILES or None, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.revise_version(
                version=row, draft=form.version_draft(), by=request.user, key=request.POST.get("key", "")
            )
            _attach(request, form, changed)
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã lưu bản soạn.", "The draft is kept."))
            return redirect("curricula:version", changed.public_id)
    return render(request, "curricula/revise.html", {"form": form, "programme": row})


@page(EDIT, methods=["POST"])
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand a draft in for appraisal."""
    row = _version(request, EDIT, public_id)
    actions.submit_version(version=row, by=request.user, key=request.POST.get("key", ""))
    messages.success(request, say("Đã trình thẩm định.", "Submitted for appraisal."))
    return redirect("curricula:version", row.public_id)


@page(EDIT, methods=["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a version back or out of use."""
    row = _version(request, EDIT, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_version(
                version=row, reason=form.cleaned_data["reason"], by=request.user, key=request.POST.get("key", "")
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã rút phiên bản.", "The version is withdrawn."))
            return redirect("curricula:version", row.public_id)
    return render(request, "curricula/withdraw.html", {"form": form, "programme": row})


@page(VIEW)
def topics(request: HttpRequest) -> HttpResponse:
    """The list of topics."""
    may_edit = request.user.why_not("registry.edit_catalogues") is None
    rows = Topic.objects.order_by("family", "name_vi")
    return render(request, "curricula/topics.html", {"rows": rows, "may_edit": may_edit})


@page("registry.edit_catalogues", methods=["GET", "POST"])
def new_topic(request: HttpRequest) -> HttpResponse:
    """Add a topic, or put another name to a known code."""
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.load_topics(rows=[form.cleaned_data], by=request.user)
        messages.success(request, say("Đã lưu chủ đề.", "The topic is kept."))
        return redirect("curricula:topics")
    return render(request, "curricula/new_topic.html", {"form": form})
