"""Posts opened and ended, and what follows for the person: who answers for training, who keeps the record, who has left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.core.errors import refuse_if
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from .enums import EndReason
from .models import HealthWorker, Post
from .rules import PostDraft, PostFacts, post_problems


def rows_of(worker: HealthWorker) -> Any:
    """The rows of one person: the canonical one and its duplicates."""
    rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    return rows.filter(Q(pk=worker.person) | Q(canonical=worker.person)).values("pk")


def open_posts(worker: HealthWorker) -> list[Post]:
    """The posts of a person without a last day, the one that answers for training first."""
    posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=rows_of(worker), to_on__isnull=True)
    return list(posts.select_related("organisation").order_by("-responsible_for_training", "-share", "from_on", "pk"))


def open_at(worker: HealthWorker, organisation: Organisation, draft: PostDraft) -> Post:
    """Open a post; the only post answers for training whatever was ticked, so that somebody always does."""
    held = open_posts(worker)
    answered = any(post.responsible_for_training for post in held)
    facts = PostFacts(
        open_here=organisation.pk in {post.organisation_id for post in held},
        other_responsible=answered,
        died=worker.left_reason == EndReason.DIED,
    )
    refuse_if(post_problems(draft, facts))
    values = {**vars(draft), "responsible_for_training": draft.responsible_for_training or not answered}
    post = Post.objects.create(worker=worker.canonical or worker, organisation=organisation, **values)
    person = post.worker
    person.left_on, person.left_reason = None, ""
    person.save(update_fields=["left_on", "left_reason"])
    if post.responsible_for_training:
        keep_at(person, organisation)
    return post


def pass_on(ended: Post) -> None:
    """Training goes to the person's largest remaining post; without one the person has left."""
    worker = ended.worker.canonical or ended.worker
    remaining: Sequence[Post] = open_posts(worker)
    if not remaining:
        worker.left_on, worker.left_reason = ended.to_on, ended.end_reason
        worker.save(update_fields=["left_on", "left_reason"])
    elif ended.responsible_for_training and not any(post.responsible_for_training for post in remaining):
        heir = remaining[0]
        heir.responsible_for_training = True
        heir.save(update_fields=["responsible_for_training"])
        keep_at(worker, heir.organisation)


def end_posts(posts: Iterable[Post], on: date, reason: EndReason) -> None:
    """Give posts their last day; the caller has asked the rules."""
    for post in posts:
        post.to_on, post.end_reason = on, reason
        post.save(update_fields=["to_on", "end_reason"])


def keep_at(worker: HealthWorker, organisation: Organisation) -> None:
    """Let `organisation` answer for a person's record: the canonical row and its duplicates."""
    worker.keeper = organisation
    worker.save(update_fields=["keeper"])
    merged = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(canonical=worker)
    merged.update(keeper=organisation)
