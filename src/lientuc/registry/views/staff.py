"""Pages of staff lists: send, see what is wrong, say what the columns are, decide, clean what was parked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lientuc.core.errors import NotAllowed, Problem, Refused
from lientuc.trail.enums import JobState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from .. import actions
from ..enums import PostKind
from ..forms import DecisionForm, SendForm, StaffForm
from ..forms.staff import chosen_columns, field_choices, post_kinds, tables_of
from ..intake.batches import batches_visible_to, is_open, parked_rows, sender_of
from ..intake.cleaning import first_texts, initial_of, shown_problems
from ..intake.columns import STAFF_FIELDS
from ..intake.file import read_file
from ..intake.papers import XLSX, corrected, template
from ..intake.work import job_of, judge_now_or_later, take_now_or_later
from .people import file_answer
from .writing import key_of, written

EDIT = "registry.edit_workers"
_SHOWN = 200
_NOTHING_YET = {"rows": 0, "good": 0, "bad": 0, "unchanged": 0, "new": 0, "lost_zeros": 0}


@page(EDIT)
def lists(request: HttpRequest) -> HttpResponse:
    """Staff lists sent so far, the latest first."""
    waiting = Count("rows", filter=Q(rows__state=RowState.PARKED))
    shown = page_of(request, batches_visible_to(request.user).annotate(parked=waiting), order=("-made_at", "-pk"))
    return render(request, "registry/lists.html", {"page": shown})


@page(EDIT, methods=["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a list; it is read and judged, nothing is taken yet."""
    form = SendForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("registry:list", _received(request, form).public_id)
        except NotAllowed:
            raise
        except Refused as refused:
            show_problems(form, refused)
    return render(request, "registry/send.html", {"form": form})


def _received(request: HttpRequest, form: SendForm) -> ImportBatch:
    upload = form.cleaned_data["file"]
    file = read_file(upload.read(), upload.name, STAFF_FIELDS)
    organisation = form.cleaned_data["organisation"]
    batch = actions.receive_staff(file=file, organisation=organisation, by=request.user)
    judge_now_or_later(batch, request.user)
    return batch


@page(EDIT)
def empty_template(request: HttpRequest) -> HttpResponse:
    """The template."""
    return file_answer(template(), XLSX, "mau-danh-sach-nhan-vien-y-te.xlsx")


def _batch(request: HttpRequest, public_id: UUID) -> ImportBatch:
    batch: ImportBatch = found_or_404(batches_visible_to(request.user), public_id=public_id)
    return batch


@page(EDIT)
def staff_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list: progress while a job works on it, then counts, problems and the decision, at last the result."""
    batch = _batch(request, public_id)
    job = job_of(batch)
    values: dict[str, Any] = {
        "batch": batch,
        "sender": sender_of(batch),
        "counts": {**_NOTHING_YET, **batch.counts},
        "job": job,
    }
    if job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}:
        return render(request, "registry/list_waits.html", values)
    if job is not None and job.state == JobState.FAILED:
        values["job_problem"] = Problem(
            job.problem.get("code", "trail.job_crashed"), None, job.problem.get("values", {})
        )
    if not is_open(batch):
        values["states"] = batch.rows.values("state").annotate(n=Count("pk")).order_by("state")
        return render(request, "registry/list_done.html", values)
    bad = batch.rows.filter(state=RowState.BAD).order_by("pk")[:_SHOWN]
    values |= {
        "problems": shown_problems(batch, bad),
        "more": max(0, batch.counts.get("bad", 0) - _SHOWN),
        "form": DecisionForm(),
        "sample": first_texts(batch, 5),
    }
    return render(request, "registry/list.html", values)


@page(EDIT, methods=["GET", "POST"])
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the columns are; remembered for the sender's next file."""
    batch = _batch(request, public_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            actions.map_columns(
                batch=batch,
                columns=chosen_columns(batch, request.POST),
                default_kind=_post_kind(request.POST.get("default_kind", "")),
                by=request.user,
            )
            judge_now_or_later(batch, request.user)
            return redirect("registry:list", batch.public_id)
        except NotAllowed:
            raise
        except Refused as refused:
            problems = refused.problems
    values = {
        "batch": batch,
        "problems": problems,
        "tables": list(tables_of(batch, first_texts(batch, 3))),
        "fields": field_choices(),
        "kinds": post_kinds(),
        "kind": batch.mapping.get("default_kind", ""),
    }
    return render(request, "registry/columns.html", values)


def _post_kind(text: str) -> PostKind:
    return PostKind(text) if text in set(PostKind) else PostKind.PERMANENT


@page(EDIT, methods=["POST"])
def repair(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give numbers back the zeros Excel took, with one consent."""
    batch = actions.repair_zeros(batch=_batch(request, public_id), by=request.user)
    judge_now_or_later(batch, request.user)
    messages.success(request, say("Đã khôi phục số 0 ở đầu.", "Leading zeros were restored."))
    return redirect("registry:list", batch.public_id)


@page(EDIT, methods=["POST"])
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the list, in whole or in part, or refuse it."""
    batch = _batch(request, public_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        take_now_or_later(batch, form.cleaned_data["choice"], request.user, key_of(request))
    else:
        messages.error(request, say("Chọn một quyết định.", "Choose a decision."))
    return redirect("registry:list", batch.public_id)


@page(EDIT)
def corrected_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows as sent with a column of problems."""
    batch = _batch(request, public_id)
    return file_answer(corrected(batch), XLSX, "can-sua.xlsx")


@page(EDIT)
def parked(request: HttpRequest) -> HttpResponse:
    """Rows that wait to be cleaned."""
    shown = page_of(request, parked_rows(request.user), order=("-batch_id", "pk"))
    values = {"page": shown, "rows": [(row, shown_problems(row.batch, [row])) for row in shown.rows]}
    return render(request, "registry/parked.html", values)


@page(EDIT, methods=["GET", "POST"])
def clean(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One parked row as a form."""
    rows = ImportRow.objects.filter(batch__in=batches_visible_to(request.user).order_by().values("pk"))
    row = found_or_404(rows.select_related("batch"), public_id=public_id)
    form = StaffForm(request.POST or None, by=request.user, initial=initial_of(row, request.user))
    done = written(
        request,
        form,
        lambda: actions.clean_row(
            row=row,
            draft=form.draft(),
            organisation=form.cleaned_data["organisation"],
            by=request.user,
            key=key_of(request),
        ),
        said=say("Đã làm sạch và nhận dòng này.", "The row is clean and taken."),
        to=lambda _: reverse("registry:parked"),
    )
    values = {"form": form, "row": row, "problems": shown_problems(row.batch, [row])}
    return done or render(request, "registry/clean.html", values)
