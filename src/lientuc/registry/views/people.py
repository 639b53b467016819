"""Pages about people: the list, the record, and its forms."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lientuc.core.clock import today
from lientuc.documents.paper import paper_of
from lientuc.documents.writers import csv_chunks, write_pdf, write_xlsx
from lientuc.places.queries import is_simulated
from lientuc.places.scope import WhyUnscoped
from lientuc.web.pages import found_or_404, page
from lientuc.web.paging import page_of
from lientuc.web.say import current_language, say, say_now

from .. import actions, queries
from ..duplicates.queries import MERGE, merges_of, pairs
from ..forms import EndPostForm, LeaveForm, LicenceForm, PersonForm, PostForm, StaffForm, TakeOnForm, WorkersFilter
from ..intake.papers import XLSX
from ..models import HealthWorker, Leave, Licence, Post
from ..queries.people import licence_of
from ..queries.timeline import deeds_about, timeline
from ..tables import roll_table, workers_table
from .writing import key_of, written

VIEW, EDIT = "registry.view_workers", "registry.edit_workers"
ROLL = 500


@page(VIEW)
def workers(request: HttpRequest) -> HttpResponse:
    """The people one may see, by name."""
    form, rows = _filtered(request)
    shown = page_of(request, rows, order=("name_sort", "pk"))
    for row in shown.rows:
        row.licence = licence_of(row, today())
        row.licence_state = queries.licence_state(row.held_licences, today())
    values = {
        "page": shown,
        "form": form,
        "may_edit": request.user.why_not(EDIT) is None,
        "may_merge": request.user.why_not(MERGE) is None,
    }
    return render(request, "registry/workers.html", values)


@page(VIEW)
def workers_export(request: HttpRequest) -> HttpResponse:
    """The same list as a file: xlsx, or csv when asked."""
    _, rows = _filtered(request)
    table = workers_table(rows.order_by("name_sort", "pk"), on=today(), simulated=is_simulated())
    if request.GET.get("format") == "csv":
        content = b"".join(csv_chunks(table, current_language()))
        return file_answer(content, "text/csv; charset=utf-8", "nhan-vien-y-te.csv")
    made = io.BytesIO()
    write_xlsx(table, made, current_language())
    return file_answer(made.getvalue(), XLSX, "nhan-vien-y-te.xlsx")


@page(VIEW)
def roll(request: HttpRequest) -> HttpResponse:
    """The same list to print and sign, as PDF; long lists are cut at what one prints."""
    _, rows = _filtered(request)
    rows = rows.order_by("name_sort", "pk")
    last = rows.values_list("pk", flat=True)[:ROLL]
    table = roll_table(rows.filter(pk__in=list(last)), on=today(), simulated=is_simulated())
    made = io.BytesIO()
    write_pdf(paper_of(table, drafted_on=today()), made, current_language())
    return file_answer(made.getvalue(), "application/pdf", "danh-sach-ky-ten.pdf")


def _filtered(request: HttpRequest) -> tuple[WorkersFilter, Any]:
    form = WorkersFilter(request.GET, by=request.user, permission=VIEW)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.people(
        by=request.user,
        on=today(),
        text=chosen.get("q", ""),
        province_code=chosen.get("province", ""),
        organisation=chosen.get("unit"),
        title=chosen.get("title", ""),
        licence=chosen.get("licence", ""),
        with_left=chosen.get("left", False),
    )
    return form, rows


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def found_worker(request: HttpRequest, public_id: UUID, permission: str) -> HealthWorker:
    """A record inside the reader's scope, or 404."""
    rows = HealthWorker.objects.visible_to(request.user, permission).select_related("keeper", "canonical")
    worker: HealthWorker = found_or_404(rows, public_id=public_id)
    return worker


def to_worker(worker: HealthWorker) -> str:
    """The address of a record."""
    return reverse("registry:worker", args=[worker.public_id])


@page(VIEW)
def worker(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's record: who, where, by what licence."""
    return _record(request, found_worker(request, public_id, VIEW), number="")


@page("registry.see_national_number", methods=["POST"])
def reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same page with the full number; who looked is kept."""
    row = found_worker(request, public_id, "registry.see_national_number")
    actions.reveal_national_number(worker=row, by=request.user)
    return _record(request, row, number=row.national_number or "")


def _record(request: HttpRequest, row: HealthWorker, *, number: str) -> HttpResponse:
    rows = {"worker__in": HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=row.person).values("pk")}
    licences = list(Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(**rows).order_by("-issued_on", "pk"))
    leaves = list(Leave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(**rows).order_by("-from_on"))
    posts = list(queries.posts_of(row))
    may_edit = request.user.why_not(EDIT, row.keeper) is None
    may_merge = request.user.why_not(MERGE, row.keeper) is None
    values = {
        "worker": row,
        "number": number,
        "masked": f"•••••••••{row.national_number[-3:]}" if row.national_number else "",
        "posts": posts,
        "several_open": sum(post.to_on is None for post in posts) > 1,
        "licences": [(one, queries.licence_state([one], today())) for one in licences],
        "leaves": leaves,
        "exempting": queries.exempting_bases(today()),
        "merges": merges_of(row),
        "pairs": pairs(by=request.user, worker=row.public_id).count() if may_merge else 0,
        "events": timeline(row, posts, licences, leaves),
        "deeds": deeds_about(row, [*posts, *licences, *leaves]) if may_edit else [],
        "may_edit": may_edit,
        "may_merge": may_merge,
        "may_reveal": bool(row.national_number) and request.user.why_not("registry.see_national_number") is None,
    }
    return render(request, "registry/worker.html", values)


def show_form(request: HttpRequest, form: Any, title: Any, back: str, **more: Any) -> HttpResponse:
    """A form of the registry on its page."""
    values = {"form": form, "title": title, "back": back, "columns": True, **more}
    return render(request, "registry/form.html", values)


@page(EDIT, methods=["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Enter a person with post and licence."""
    form = StaffForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: actions.register_worker(
            draft=form.person(),
            organisation=form.cleaned_data["organisation"],
            by=request.user,
            post=form.post(),
            licence=form.licence(),
            key=key_of(request),
        ),
        said=say("Đã lập hồ sơ.", "The person is registered."),
        to=to_worker,
    )
    title = say("Lập hồ sơ nhân viên y tế", "Register a health worker")
    return done or show_form(
        request,
        form,
        title,
        reverse("registry:workers"),
        take_on=reverse("registry:take_on"),
        free=reverse("registry:register_free"),
    )


@page(EDIT, methods=["GET", "POST"])
def take_on(request: HttpRequest) -> HttpResponse:
    """Open a post for somebody another unit registered."""
    form = TakeOnForm(request.POST or None, by=request.user, initial={"responsible_for_training": False})
    done = written(
        request,
        form,
        lambda: actions.take_on_worker(
            national_number=form.cleaned_data["national_number"],
            full_name=form.cleaned_data["full_name"],
            organisation=form.cleaned_data["organisation"],
            draft=form.post(),
            by=request.user,
            key=key_of(request),
        ),
        said=say("Đã tiếp nhận.", "The person was taken on."),
        to=lambda post: to_worker(post.worker),
    )
    title = say("Tiếp nhận người đã có hồ sơ", "Take on a registered person")
    return done or show_form(request, form, title, reverse("registry:workers"))


@page(EDIT, methods=["GET", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a person's record."""
    row = found_worker(request, public_id, EDIT)
    form = PersonForm(request.POST or None, initial=PersonForm.values_of(row))
    done = written(
        request,
        form,
        lambda: actions.correct_worker(worker=row, draft=form.person(), by=request.user, key=key_of(request)),
        said=say("Đã sửa hồ sơ.", "The record is corrected."),
        to=to_worker,
    )
    return done or show_form(request, form, say("Sửa hồ sơ", "Correct the record"), to_worker(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def open_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A further post."""
    row = found_worker(request, public_id, EDIT)
    form = PostForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: actions.open_post(
            worker=row,
            organisation=form.cleaned_data["organisation"],
            draft=form.post(),
            by=request.user,
            key=key_of(request),
        ),
        said=say("Đã ghi vị trí công tác.", "The post is recorded."),
        to=lambda _: to_worker(row),
    )
    return done or show_form(request, form, say("Thêm vị trí công tác", "Add a post"), to_worker(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def end_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The end of a post."""
    rows = Post.objects.visible_to(request.user, EDIT).select_related("organisation", "worker__keeper")
    post = found_or_404(rows, public_id=public_id)
    form = EndPostForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.end_post(post=post, **form.cleaned_data, by=request.user, key=key_of(request)),
        said=say("Đã kết thúc vị trí công tác.", "The post is ended."),
        to=lambda _: to_worker(post.worker),
    )
    title = say_now(f"Kết thúc vị trí tại {post.organisation}", f"End the post at {post.organisation}")
    return done or show_form(request, form, title, to_worker(post.worker), subject=post.worker)


@page(EDIT, methods=["GET", "POST"])
def record_licence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter or correct a licence."""
    row = found_worker(request, public_id, EDIT)
    form = LicenceForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.record_licence(worker=row, draft=form.draft(), by=request.user, key=key_of(request)),
        said=say("Đã ghi giấy phép.", "The licence is recorded."),
        to=lambda _: to_worker(row),
    )
    return done or show_form(request, form, say("Ghi giấy phép", "Record a licence"), to_worker(row), subject=row)


@page(EDIT, methods=["GET", "POST"])
def record_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter a leave."""
    row = found_worker(request, public_id, EDIT)
    form = LeaveForm(request.POST or None)
    done = written(
        request,
        form,
        lambda: actions.record_leave(worker=row, draft=form.draft(), by=request.user, key=key_of(request)),
        said=say("Đã ghi thời gian nghỉ.", "The leave is recorded."),
        to=lambda _: to_worker(row),
    )
    return done or show_form(request, form, say("Ghi thời gian nghỉ", "Record leave"), to_worker(row), subject=row)
