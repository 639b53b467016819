"""A person's working life in order, and who wrote it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lientuc.trail.models import AuditEntry
from lientuc.web.say import label, phrase

from ..enums import Event
from ..models import HealthWorker, Leave, Licence, Post
from ..people_phrases import DEEDS

# Enough for a page; the whole trail has its own.
DEEDS_SHOWN = 30


@dataclass(frozen=True)
class Happened:
    """One event of a working life: the day (None: not known), what, where or which, and why."""

    on: date | None
    what: Event
    detail: str
    code: str = ""


@dataclass(frozen=True)
class Deed:
    """One recorded write about a person."""

    at: datetime
    by: str
    name: str
    reason: str


def timeline(
    worker: HealthWorker, posts: Iterable[Post], licences: Iterable[Licence], leaves: Iterable[Leave]
) -> list[Happened]:
    """What posts, licences and leaves say, the latest first; no query."""
    events = [*_of_posts(posts), *_of_licences(licences), *_of_leaves(leaves)]
    if worker.left_on:
        events.append(Happened(worker.left_on, Event.LEFT, "", label("registry.EndReason", worker.left_reason)))
    return sorted(events, key=lambda event: event.on or date.min, reverse=True)


def _of_posts(posts: Iterable[Post]) -> Iterator[Happened]:
    for post in posts:
        yield Happened(post.from_on, Event.POST_BEGAN, post.organisation.name, label("registry.PostKind", post.kind))
        if post.to_on:
            reason = label("registry.EndReason", post.end_reason)
            yield Happened(post.to_on, Event.POST_ENDED, post.organisation.name, reason)


def _of_licences(licences: Iterable[Licence]) -> Iterator[Happened]:
    for licence in licences:
        days = (
            (Event.LICENCE_ISSUED, licence.issued_on),
            (Event.LICENCE_CONVERTED, licence.converted_on),
            (Event.LICENCE_WITHDRAWN, licence.withdrawn_on),
        )
        yield from (Happened(day, event, licence.number) for event, day in days if day)


def _of_leaves(leaves: Iterable[Leave]) -> Iterator[Happened]:
    for leave in leaves:
        basis = label("registry.LeaveBasis", leave.basis)
        yield Happened(leave.from_on, Event.LEAVE_BEGAN, basis, leave.decision)
        yield Happened(leave.to_on, Event.LEAVE_ENDED, basis)


def deeds_about(worker: HealthWorker, rows: Iterable[Any]) -> list[Deed]:
    """Who wrote what about a person and `rows` (posts, licences, leaves), the latest first; one query."""
    subjects = [str(worker.ref), *(str(row.ref) for row in rows)]
    entries = AuditEntry.objects.filter(subject__in=subjects, action__in=DEEDS).order_by("-at", "-pk")[:DEEDS_SHOWN]
    return [Deed(entry.at, entry.actor_name, phrase(DEEDS[entry.action]), entry.reason) for entry in entries]
