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
from lientuc.documents.readers import LIMITS
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import ImportState, JobState, RowState
from lientuc.trail.models import ImportBatch, ImportRow, Job
from lientuc.web.pages import found_or_404, page, show_problems, tried
from lientuc.web.paging import page_of
from lientuc.web.say import label, say, say_now

from .. import actions
from ..enums import PostKind
from ..forms import DecisionForm, SendForm, StaffForm
from ..forms.staff import CorrectedForm, EditForm, ReasonForm, chosen_columns, field_choices, post_kinds, tables_of
from ..intake.batches import batches_visible_to, earlier_batches, is_open, parked_rows, problem_kept, sender_of
from ..intake.cleaning import first_texts, initial_of, name_of, shown_problems
from ..intake.editing import MOST, changes_of, count_changes, posts_to_edit
from ..intake.forgetting import is_forgotten, undo_until
from ..intake.papers import XLSX, corrected, people_to_edit, template
from ..intake.undoing import kept_after_undo
from ..intake.work import job_of, judge_now_or_later, prepare_upload, read_again, take_now_or_later
from ..rules import why_not_undo
from .people import file_answer
from .writing import key_of, undo_page, written

EDIT = "registry.edit_workers"
_SHOWN = 200
_CHANGES = 50
_ALL_CHANGES = 2_000
_NOTHING_YET = {"rows": 0, "good": 0, "bad": 0, "unchanged": 0, "new": 0, "lost_zeros": 0}


@page(EDIT)
def lists(request: HttpRequest) -> HttpResponse:
    """Staff lists sent so far, the latest first."""
    waiting = Count("rows", filter=Q(rows__state=RowState.PARKED))
    shown = page_of(request, batches_visible_to(request.user).annotate(parked=waiting), order=("-made_at", "-pk"))
    senders = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        public_id__in={b.sender for b in shown.rows}
    )
    names = {str(public_id): name for public_id, name in senders.values_list("public_id", "name")}
    rows = [(batch, names.get(batch.sender, "")) for batch in shown.rows]
    return render(request, "registry/lists.html", {"page": shown, "rows": rows})


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
    return render(request, "registry/send.html", {"form": form, "edit": EditForm(by=request.user)})


def _received(request: HttpRequest, form: SendForm, corrects: ImportBatch | None = None) -> ImportBatch:
    upload = form.cleaned_data["file"]
    organisation = form.cleaned_data["organisation"] if corrects is None else sender_of(corrects)
    content = upload.read(LIMITS.file + 1)
    return prepare_upload(
        content=content, name=upload.name, organisation=organisation, by=request.user, corrects=corrects
    )


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
        "earlier": (earlier := earlier_batches(batch).exclude(state=ImportState.REFUSED).first()),
        "earlier_state": label("trail.ImportState", earlier.state) if earlier else "",
    }
    if job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}:
        return render(request, "registry/list_waits.html", values)
    if job is not None and job.state == JobState.FAILED:
        values["job_problem"] = _problem_of(job)
    if is_open(batch):
        return render(request, "registry/list.html", values | _preview(batch))
    return render(request, "registry/list_done.html", values | _result(batch))


def _problem_of(job: Job) -> Problem:
    return Problem(job.problem.get("code", "trail.job_crashed"), None, job.problem.get("values", {}))


def _preview(batch: ImportBatch) -> dict[str, Any]:
    bad = batch.rows.filter(state=RowState.BAD).order_by("pk")[:_SHOWN]
    return {
        "problems": shown_problems(batch, bad),
        "more": max(0, batch.counts.get("bad", 0) - _SHOWN),
        "form": DecisionForm(),
        "sample": first_texts(batch, 5),
        "changes": changes_of(batch, _CHANGES),
        "changed": count_changes(batch),
    }


def _result(batch: ImportBatch) -> dict[str, Any]:
    return {
        "states": batch.rows.values("state").annotate(n=Count("pk")).order_by("state"),
        "unreadable": problem_kept(batch),
        "may_undo": not why_not_undo(ImportState(batch.state), forgotten=is_forgotten(batch)),
        "undo_until": undo_until(batch),
        "too_late": is_forgotten(batch) and not why_not_undo(ImportState(batch.state)),
        "parked": batch.rows.filter(state=RowState.PARKED).count(),
        "undone": batch.counts.get("undone"),
        "kept": kept_after_undo(batch, _SHOWN),
    }


@page(EDIT)
def changes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything a list changes, old and new value beside each other."""
    batch = _batch(request, public_id)
    values = {"batch": batch, "changes": changes_of(batch, _ALL_CHANGES), "changed": count_changes(batch)}
    return render(request, "registry/list_changes.html", values)


@page(EDIT, methods=["POST"])
def judge_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read and judge a list once more, after a job that failed or when the register has changed."""
    batch = _batch(request, public_id)
    tried(request, lambda: read_again(batch, request.user))
    return redirect("registry:list", batch.public_id)


@page(EDIT, methods=["POST"])
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try the parked rows of a list once more as they stand."""
    batch = _batch(request, public_id)
    if tried(request, lambda: actions.retry_rows(batch=batch, by=request.user, key=key_of(request))):
        done = ImportBatch.objects.get(pk=batch.pk).counts["retried"]
        messages.success(request, say_now("Đã nhận thêm {n} dòng.", "{n} more rows were taken.").format(n=done))
    return redirect("registry:list", batch.public_id)


@page(EDIT, methods=["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a list back."""
    batch = _batch(request, public_id)
    return undo_page(request, batch, actions.undo_staff, to="registry:list", template="registry/list_undo.html")


@page(EDIT, methods=["GET", "POST"])
def send_corrected(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the corrected file: its rows stand for those that were parked."""
    batch = _batch(request, public_id)
    form = CorrectedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("registry:list", _received(request, form, batch).public_id)
        except NotAllowed:
            raise
        except Refused as refused:
            show_problems(form, refused)
    return render(request, "registry/send_corrected.html", {"form": form, "batch": batch})


@page(EDIT)
def staff_to_edit(request: HttpRequest) -> HttpResponse:
    """The people as they are, as a workbook to edit and send back."""
    form = EditForm(request.GET, by=request.user)
    posts = posts_to_edit(request.user, form.unit())
    if posts.count() > MOST:
        raise Refused(Problem("registry.too_many_to_edit", values={"limit": MOST}))
    return file_answer(people_to_edit(posts.iterator(chunk_size=2000)), XLSX, "nhan-luc-de-sua.xlsx")


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
        tried(request, lambda: take_now_or_later(batch, form.cleaned_data["choice"], request.user, key_of(request)))
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
    values = {"page": shown, "rows": [(row, name_of(row), shown_problems(row.batch, [row])) for row in shown.rows]}
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
    values = {"form": form, "row": row, "name": name_of(row), "problems": shown_problems(row.batch, [row])}
    return done or render(request, "registry/clean.html", values)


@page(EDIT, methods=["GET", "POST"])
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a parked row up."""
    rows = ImportRow.objects.filter(batch__in=batches_visible_to(request.user).order_by().values("pk"))
    row = found_or_404(rows.select_related("batch"), public_id=public_id)
    form = ReasonForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.drop_row(row=row, reason=form.cleaned_data["reason"], by=request.user, key=key_of(request)),
        said=say("Đã bỏ qua dòng này.", "The row was dropped."),
        to=lambda _: reverse("registry:parked"),
    )
    values = {"form": form, "row": row, "name": name_of(row), "problems": shown_problems(row.batch, [row])}
    return done or render(request, "registry/drop_row.html", values)
