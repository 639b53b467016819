"""Writes about where a person works: moved between units, gone for good, come back, a mistaken end taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import EndReason
from ..leaving_rules import departure_problems, why_not_reopen
from ..models import HealthWorker, Leave, Post
from ..posting import end_posts, keep_at, open_at, open_posts, rows_of
from ..rules import LeaveDraft, PostDraft, leave_problems, why_not_end

EDIT = "registry.edit_workers"


@action("registry.transfer_worker")
def transfer_worker(
    *, post: Post, organisation: Organisation, draft: PostDraft, by: Any, decision: str = "", key: str = ""
) -> Post:
    """End a post the day before `draft.from_on` and open one elsewhere, with the training where the old post had it."""
    require(by, EDIT, post.organisation)
    require(by, EDIT, organisation)
    if draft.from_on is None:
        raise Refused(Problem("registry.transfer_day_missing", "from_on"))
    last = draft.from_on - timedelta(days=1)
    refuse_if(why_not_end(from_on=post.from_on, to_on=post.to_on, on=last))
    if post.organisation_id == organisation.pk:
        raise Refused(Problem("registry.post_open_here", "organisation"))
    end_posts([post], last, EndReason.MOVED)
    worker = post.worker.canonical or post.worker
    return open_at(worker, organisation, replace(draft, responsible_for_training=post.responsible_for_training))


@action("registry.record_departure")
def record_departure(
    *, worker: HealthWorker, on: date, reason: EndReason, by: Any, decision: str = "", key: str = ""
) -> HealthWorker:
    """Note that somebody retired, died or moved abroad: every open post ends after its last day `on`."""
    require(by, EDIT, worker.keeper)
    worker = worker.canonical or worker
    posts = open_posts(worker)
    refuse_if(departure_problems(reason, on=on, today=today(), left_on=worker.left_on, has_posts=bool(posts)))
    for post in posts:
        refuse_if(why_not_end(from_on=post.from_on, to_on=post.to_on, on=on))
    end_posts(posts, on, reason)
    worker.left_on, worker.left_reason = on, reason
    worker.save(update_fields=["left_on", "left_reason"])
    return worker


@action("registry.undo_departure")
def undo_departure(*, worker: HealthWorker, reason: str, by: Any, key: str = "") -> HealthWorker:
    """Take back a departure noted by mistake: the posts that ended with it are open again."""
    require(by, EDIT, worker.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    if worker.left_on is None:
        raise Refused(Problem("registry.not_left"))
    ended = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        worker__in=rows_of(worker), to_on=worker.left_on, end_reason=worker.left_reason
    )
    ended.update(to_on=None, end_reason="")
    worker.left_on, worker.left_reason = None, ""
    worker.save(update_fields=["left_on", "left_reason"])
    return worker


@action("registry.return_worker")
def return_worker(
    *, worker: HealthWorker, organisation: Organisation, draft: PostDraft, by: Any, key: str = ""
) -> Post:
    """Take back somebody who had left; posts, licences and hours of before are those of the same record."""
    require(by, EDIT, organisation)
    require_row(by, EDIT, worker)
    if worker.left_on is None:
        raise Refused(Problem("registry.not_left"))
    if draft.from_on is not None and draft.from_on <= worker.left_on:
        raise Refused(Problem("registry.return_before_leaving", "from_on", {"day": worker.left_on}))
    return open_at(worker, organisation, draft)


@action("registry.reopen_post")
def reopen_post(*, post: Post, reason: str, by: Any, key: str = "") -> Post:
    """Take back the end of a post that was ended by mistake."""
    require(by, EDIT, post.organisation)
    worker = post.worker.canonical or post.worker
    held = open_posts(worker)
    refuse_if(why_not_reopen(to_on=post.to_on, open_here=post.organisation_id in {p.organisation_id for p in held}))
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    answered = any(other.responsible_for_training for other in held)
    post.to_on, post.end_reason, post.responsible_for_training = None, "", not answered
    post.save(update_fields=["to_on", "end_reason", "responsible_for_training"])
    worker.left_on, worker.left_reason = None, ""
    worker.save(update_fields=["left_on", "left_reason"])
    if post.responsible_for_training:
        keep_at(worker, post.organisation)
    return post


@action("registry.answer_for_training")
def answer_for_training(*, post: Post, by: Any, key: str = "") -> Post:
    """Make the unit of an open post the one that answers for the person's training, instead of the present one."""
    worker = post.worker.canonical or post.worker
    require(by, EDIT, post.organisation)
    require(by, EDIT, worker.keeper)
    if post.to_on is not None:
        raise Refused(Problem("registry.post_ended", values={"day": post.to_on}))
    others = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker__in=rows_of(worker), to_on__isnull=True)
    others.exclude(pk=post.pk).update(responsible_for_training=False)
    post.responsible_for_training = True
    post.save(update_fields=["responsible_for_training"])
    keep_at(worker, post.organisation)
    return post


@action("registry.correct_leave")
def correct_leave(*, leave: Leave, draft: LeaveDraft, by: Any, key: str = "") -> Leave:
    """Replace what is written about a leave (an earlier return, another basis)."""
    require(by, EDIT, leave.worker.keeper)
    others = Leave.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=rows_of(leave.worker)).exclude(pk=leave.pk)
    refuse_if(leave_problems(draft, list(others.values_list("from_on", "to_on"))))
    for field, value in vars(draft).items():
        setattr(leave, field, value)
    leave.save()
    return leave


@action("registry.strike_leave")
def strike_leave(*, worker: HealthWorker, was: LeaveDraft, reason: str, by: Any, key: str = "") -> HealthWorker:
    """Strike out a leave that was never taken; the trail keeps what it was."""
    require(by, EDIT, worker.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    rows = Leave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker__in=rows_of(worker))
    struck = rows.filter(basis=was.basis, from_on=was.from_on, to_on=was.to_on)
    if not struck.exists():
        raise Refused(Problem("registry.no_such_leave"))
    struck.delete()
    return worker


__all__ = [
    "answer_for_training",
    "correct_leave",
    "record_departure",
    "reopen_post",
    "return_worker",
    "strike_leave",
    "transfer_worker",
    "undo_departure",
]
