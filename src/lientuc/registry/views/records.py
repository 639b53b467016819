"""Pages that change a person's record beyond the plain forms: moves, departures, returns, withdrawals, accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lientuc.core.errors import Problem, Refused
from lientuc.web.pages import found_or_404, page, tried
from lientuc.web.say import say, say_now

from .. import actions
from ..enums import LeaveBasis
from ..forms.duplicates import ReasonForm
from ..forms.posts import (
    AccountForm,
    DepartureForm,
    FreeForm,
    LeaveAgainForm,
    ReturnForm,
    TransferForm,
    WithdrawForm,
)
from ..models import HealthWorker, Leave, Licence, Post
from ..rules import LeaveDraft
from .people import found_worker, show_form, to_worker
from .writing import key_of, written

EDIT = "registry.edit_workers"


def _post(request: HttpRequest, public_id: UUID) -> Post:
    rows = Post.objects.visible_to(request.user, EDIT)
    rows = rows.select_related("organisation", "worker__keeper", "worker__canonical")
    post: Post = found_or_404(rows, public_id=public_id)
    return post


def _change(
    request: HttpRequest, form: Any, write: Callable[[], Any], *, title: Any, said: Any, worker: HealthWorker
) -> HttpResponse:
    """The form of a change, or the record after it."""
    done = written(request, form, write, said=said, to=lambda _: to_worker(worker))
    return done or show_form(request, form, title, to_worker(worker), subject=worker)


def _with_reason(request: HttpRequest, write: Callable[[str], Any], **about: Any) -> HttpResponse:
    """A change that asks for nothing but its reason."""
    form = ReasonForm(request.POST or None)
    return _change(request, form, lambda: write(form.cleaned_data["reason"]), **about)


@page(EDIT, methods=["GET", "POST"])
def transfer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move somebody to another unit: the old post ends the day before."""
    post = _post(request, public_id)
    form = TransferForm(request.POST or None, by=request.user)
    return _change(
        request,
        form,
        lambda: actions.transfer_worker(
            post=post,
            organisation=form.cleaned_data["organisation"],
            draft=form.post(),
            decision=form.cleaned_data["decision"],
            by=request.user,
            key=key_of(request),
        ),
        title=say_now(f"Chuyển công tác từ {post.organisation}", f"Transfer from {post.organisation}"),
        said=say("Đã chuyển công tác.", "The transfer is recorded."),
        worker=post.worker,
    )


@page(EDIT, methods=["GET", "POST"])
def reopen_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back the end of a post."""
    post = _post(request, public_id)
    form = ReasonForm(request.POST or None)
    return _change(
        request,
        form,
        lambda: actions.reopen_post(
            post=post, reason=form.cleaned_data["reason"], by=request.user, key=key_of(request)
        ),
        title=say_now(f"Bỏ kết thúc vị trí tại {post.organisation}", f"Reopen the post at {post.organisation}"),
        said=say("Vị trí công tác được mở lại.", "The post is open again."),
        worker=post.worker,
    )


@page(EDIT, methods=["POST"])
def answer_for_training(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the unit of this post answer for the person's training."""
    post = _post(request, public_id)
    done = tried(request, lambda: actions.answer_for_training(post=post, by=request.user, key=key_of(request)))
    if done:
        messages.success(request, say("Đã đổi đơn vị chịu trách nhiệm đào tạo.", "The responsible unit is changed."))
    return redirect(to_worker(post.worker))


@page(EDIT, methods=["GET", "POST"])
def depart(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Retired, died, moved abroad."""
    row = found_worker(request, public_id, EDIT)
    form = DepartureForm(request.POST or None)
    return _change(
        request,
        form,
        lambda: actions.record_departure(worker=row, **form.cleaned_data, by=request.user, key=key_of(request)),
        title=say("Ghi nghỉ hưu, đã mất hoặc ra nước ngoài", "Retired, died or moved abroad"),
        said=say("Đã ghi.", "It is recorded."),
        worker=row,
    )


@page(EDIT, methods=["GET", "POST"])
def undo_departure(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Noted by mistake: the posts are open again."""
    row = found_worker(request, public_id, EDIT)
    return _with_reason(
        request,
        lambda reason: actions.undo_departure(worker=row, reason=reason, by=request.user, key=key_of(request)),
        title=say("Hoàn tác việc ghi đã nghỉ", "Take the departure back"),
        said=say("Đã hoàn tác.", "It is taken back."),
        worker=row,
    )


@page(EDIT, methods=["GET", "POST"])
def come_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A post for somebody who had left."""
    row = found_worker(request, public_id, EDIT)
    form = ReturnForm(request.POST or None, by=request.user)
    return _change(
        request,
        form,
        lambda: actions.return_worker(
            worker=row,
            organisation=form.cleaned_data["organisation"],
            draft=form.post(),
            by=request.user,
            key=key_of(request),
        ),
        title=say("Nhận trở lại làm việc", "Take back into the staff"),
        said=say("Đã nhận trở lại.", "The person is back."),
        worker=row,
    )


@page(EDIT, methods=["GET", "POST"])
def register_free(request: HttpRequest) -> HttpResponse:
    """Enter a person without employer."""
    form = FreeForm(request.POST or None, by=request.user)
    done = written(
        request,
        form,
        lambda: actions.register_worker(
            draft=form.person(),
            organisation=form.cleaned_data["organisation"],
            licence=form.licence(),
            by=request.user,
            key=key_of(request),
        ),
        said=say("Đã lập hồ sơ.", "The person is registered."),
        to=to_worker,
    )
    title = say("Lập hồ sơ người không có đơn vị công tác", "Register a person without employer")
    return done or show_form(request, form, title, reverse("registry:workers"))


@page(EDIT, methods=["GET", "POST"])
def withdraw_licence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A licence withdrawn by decision."""
    rows = Licence.objects.visible_to(request.user, EDIT).select_related("worker__keeper")
    licence = found_or_404(rows, public_id=public_id)
    form = WithdrawForm(request.POST or None)
    return _change(
        request,
        form,
        lambda: actions.withdraw_licence(licence=licence, **form.cleaned_data, by=request.user),
        title=say_now(f"Ghi thu hồi giấy phép {licence}", f"Licence {licence} withdrawn"),
        said=say("Đã ghi thu hồi.", "The withdrawal is recorded."),
        worker=licence.worker,
    )


@page(EDIT, methods=["GET", "POST"])
def link_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the person's account show this record."""
    row = found_worker(request, public_id, EDIT)
    form = AccountForm(request.POST or None)

    def link() -> HealthWorker:
        user = form.user()
        if user is None:
            raise Refused(Problem("registry.no_such_account", "username"))
        return actions.link_account(worker=row, user=user, by=request.user)

    return _change(
        request,
        form,
        link,
        title=say("Gắn tài khoản của người này", "Link the person's account"),
        said=say("Đã gắn tài khoản.", "The account is linked."),
        worker=row,
    )


@page(EDIT, methods=["GET", "POST"])
def unlink_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The account no longer shows this record."""
    row = found_worker(request, public_id, EDIT)
    return _with_reason(
        request,
        lambda reason: actions.unlink_account(worker=row, reason=reason, by=request.user),
        title=say("Gỡ tài khoản khỏi hồ sơ", "Unlink the account"),
        said=say("Đã gỡ tài khoản.", "The account is unlinked."),
        worker=row,
    )


def _leave(request: HttpRequest, public_id: UUID) -> Leave:
    rows = Leave.objects.visible_to(request.user, EDIT).select_related("worker__keeper", "worker__canonical")
    leave: Leave = found_or_404(rows, public_id=public_id)
    return leave


@page(EDIT, methods=["GET", "POST"])
def correct_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a leave: an earlier return, another basis."""
    leave = _leave(request, public_id)
    form = LeaveAgainForm(request.POST or None, initial=LeaveAgainForm.values_of(leave))
    return _change(
        request,
        form,
        lambda: actions.correct_leave(leave=leave, draft=form.draft(), by=request.user, key=key_of(request)),
        title=say("Sửa thời gian nghỉ", "Correct a leave"),
        said=say("Đã sửa.", "It is corrected."),
        worker=leave.worker,
    )


@page(EDIT, methods=["GET", "POST"])
def strike_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Strike out a leave that was never taken."""
    leave = _leave(request, public_id)
    was = LeaveDraft(LeaveBasis(leave.basis), leave.from_on, leave.to_on, leave.decision)
    worker, by = leave.worker, request.user
    return _with_reason(
        request,
        lambda reason: actions.strike_leave(worker=worker, was=was, reason=reason, by=by, key=key_of(request)),
        title=say("Bỏ thời gian nghỉ ghi nhầm", "Strike out a leave"),
        said=say("Đã bỏ.", "It is struck out."),
        worker=leave.worker,
    )
