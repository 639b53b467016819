"""Writes about one person: the record, posts, licences, leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import EndReason
from ..models import HealthWorker, Leave, Licence, Post
from ..posting import end_posts, open_at, pass_on, rows_of
from ..rules import (
    LeaveDraft,
    LicenceDraft,
    PostDraft,
    WorkerDraft,
    WorkerFacts,
    columns_of,
    is_same_person,
    leave_problems,
    licence_problems,
    staff_problems,
    tidied,
    why_not_end,
    worker_problems,
)

EDIT = "registry.edit_workers"


@action("registry.register_worker")
def register_worker(
    *,
    draft: WorkerDraft,
    organisation: Organisation,
    by: Any,
    post: PostDraft | None = None,
    licence: LicenceDraft | None = None,
    key: str = "",
) -> HealthWorker:
    """Enter a person kept by `organisation`, with a first post there and a licence where given."""
    require(by, EDIT, organisation)
    draft = tidied(draft)
    taken = licence is not None and _licence_taken(licence, None)
    refuse_if(staff_problems(draft, post, licence, facts=_facts(draft, None), licence_taken=taken))
    worker = HealthWorker(keeper=organisation)
    _write(worker, draft)
    if post:
        Post.objects.create(worker=worker, organisation=organisation, **vars(post))
    if licence:
        _write_licence(worker, licence)
    return worker


@action("registry.correct_worker")
def correct_worker(*, worker: HealthWorker, draft: WorkerDraft, by: Any, key: str = "") -> HealthWorker:
    """Replace what is written about a person; only the unit that answers for the record (or one above) may."""
    require(by, EDIT, worker.keeper)
    draft = tidied(draft)
    refuse_if(worker_problems(draft, _facts(draft, worker)))
    _write(worker, draft)
    return worker


@action("registry.take_on_worker")
def take_on_worker(
    *, national_number: str, full_name: str, organisation: Organisation, draft: PostDraft, by: Any, key: str = ""
) -> Post:
    """Open a post for a person another unit registered, found by number and name together."""
    require(by, EDIT, organisation)
    worker = (
        HealthWorker.objects.unscoped(WhyUnscoped.RULE)
        .filter(national_number=national_number.strip(), canonical__isnull=True)
        .select_related("keeper")
        .first()
    )
    if worker is None or not is_same_person(worker.full_name, full_name):
        raise Refused(Problem("registry.no_such_person", "national_number"))
    return open_at(worker, organisation, draft)


@action("registry.open_post")
def open_post(*, worker: HealthWorker, organisation: Organisation, draft: PostDraft, by: Any, key: str = "") -> Post:
    """Give a person a place at an organisation; a person who had left is counted again."""
    require(by, EDIT, organisation)
    require_row(by, EDIT, worker)
    return open_at(worker, organisation, draft)


@action("registry.end_post")
def end_post(*, post: Post, on: date, reason: EndReason, by: Any, key: str = "") -> Post:
    """End a post after its last day `on`; without another post the person leaves the headcount."""
    require(by, EDIT, post.organisation)
    refuse_if(why_not_end(from_on=post.from_on, to_on=post.to_on, on=on))
    end_posts([post], on, reason)
    pass_on(post)
    return post


@action("registry.record_licence")
def record_licence(*, worker: HealthWorker, draft: LicenceDraft, by: Any, key: str = "") -> Licence:
    """Enter a person's licence; the same kind and number again corrects what is written about it."""
    require(by, EDIT, worker.keeper)
    refuse_if(licence_problems(draft, taken=_licence_taken(draft, worker), on=today()))
    return _write_licence(worker, draft)


@action("registry.withdraw_licence")
def withdraw_licence(*, licence: Licence, on: date, reason: str, by: Any) -> Licence:
    """Note that a licence was withdrawn on a day."""
    require(by, EDIT, licence.worker.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    licence.withdrawn_on = on
    licence.save(update_fields=["withdrawn_on"])
    return licence


@action("registry.record_leave")
def record_leave(*, worker: HealthWorker, draft: LeaveDraft, by: Any, key: str = "") -> Leave:
    """Enter a time in which part of the duty is not asked."""
    require(by, EDIT, worker.keeper)
    leaves = Leave.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=rows_of(worker))
    refuse_if(leave_problems(draft, list(leaves.values_list("from_on", "to_on"))))
    return Leave.objects.create(worker=worker, **vars(draft))


@action("registry.link_account")
def link_account(*, worker: HealthWorker, user: User, by: Any) -> HealthWorker:
    """Let a user see the record as their own."""
    require(by, EDIT, worker.keeper)
    other = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(user=user).exclude(pk=worker.pk)
    if other.exists():
        raise Refused(Problem("registry.account_linked", "user"))
    worker.user = user
    worker.save(update_fields=["user"])
    return worker


@action("registry.unlink_account")
def unlink_account(*, worker: HealthWorker, reason: str, by: Any) -> HealthWorker:
    """The linked user no longer sees the record as their own."""
    require(by, EDIT, worker.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    worker.user = None
    worker.save(update_fields=["user"])
    return worker


@action("registry.reveal_national_number")
def reveal_national_number(*, worker: HealthWorker, by: Any) -> HealthWorker:
    """Leave a trace that somebody looked at the full national number."""
    require_row(by, "registry.see_national_number", worker)
    return worker


def _facts(draft: WorkerDraft, worker: HealthWorker | None) -> WorkerFacts:
    taken = False
    if draft.national_number:
        rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE)
        rows = rows.filter(national_number=draft.national_number, canonical__isnull=True)
        taken = rows.exclude(pk=worker.person if worker else None).exclude(pk=worker.pk if worker else None).exists()
    return WorkerFacts(on=today(), number_taken=taken)


def _write(worker: HealthWorker, draft: WorkerDraft) -> None:
    for field, value in columns_of(draft).items():
        setattr(worker, field, value)
    worker.save()


def _licence_taken(draft: LicenceDraft, worker: HealthWorker | None) -> bool:
    others = Licence.objects.unscoped(WhyUnscoped.RULE).filter(kind=draft.kind, number=tidy(draft.number))
    if worker is not None:
        others = others.exclude(worker__in=rows_of(worker))
    return bool(others.exists())


def _write_licence(worker: HealthWorker, draft: LicenceDraft) -> Licence:
    values = {**vars(draft), "number": tidy(draft.number), "issuer": tidy(draft.issuer)}
    mine = Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    licence = mine.filter(worker=worker, kind=draft.kind, number=values["number"]).first() or Licence(worker=worker)
    for field, value in values.items():
        setattr(licence, field, value)
    licence.save()
    return licence
