"""Standings follow the register: whoever's record changes is reckoned anew, in the same transaction or by a job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q

from lientuc.core.clock import today
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.models import HealthWorker, WorkerMerge
from lientuc.trail.enums import JobState
from lientuc.trail.following import follow
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import ImportBatch, ImportRow, Job

from .refresh import BATCH, refresh_standings

WORK = "lientuc.credits.following.refresh_people"

# Actions about one person, by what they may change of a standing: title, licence, leave, post, which rows are one person.
ABOUT_A_PERSON = (
    "registry.register_worker",
    "registry.take_on_worker",
    "registry.correct_worker",
    "registry.open_post",
    "registry.end_post",
    "registry.transfer_worker",
    "registry.record_departure",
    "registry.return_worker",
    "registry.record_licence",
    "registry.withdraw_licence",
    "registry.record_leave",
    "registry.merge_workers",
    "registry.unmerge_worker",
    "registry.undo_departure",
    "registry.reopen_post",
    "registry.answer_for_training",
    "registry.correct_leave",
    "registry.strike_leave",
)
ABOUT_A_FILE = ("registry.take_staff", "registry.clean_row", "registry.retry_rows", "registry.undo_staff")


def follow_the_register() -> None:
    """Follow what the register does; called once when the room is ready."""
    follow(ABOUT_A_PERSON, reckon_person)
    follow(ABOUT_A_FILE, queue_people)


def reckon_person(result: Any, given: Mapping[str, Any]) -> None:
    """The people an action was about are reckoned in its own transaction."""
    named = {person.pk: person for value in (result, *given.values()) for person in _people_in(value)}
    keys = {key for person in named.values() for key in (person.pk, person.person)}
    parted = WorkerMerge.objects.unscoped(WhyUnscoped.REBUILD).filter(duplicate__in=named)
    keys |= set(parted.values_list("canonical", flat=True))
    if keys:
        refresh_standings(HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__in=keys), today())


def _people_in(value: Any) -> Iterable[HealthWorker]:
    """The person a value is, or is about (a post, a licence, a leave)."""
    if isinstance(value, HealthWorker):
        return (value,)
    about = getattr(value, "worker", None) if hasattr(value, "_meta") else None
    return (about,) if isinstance(about, HealthWorker) else ()


def queue_people(result: Any, given: Mapping[str, Any]) -> None:
    """After a file: one job for everybody kept by its sender and below; equal jobs that still wait are not doubled."""
    batch = result.batch if isinstance(result, ImportRow) else result
    if isinstance(batch, ImportBatch):
        queue_refresh({"organisations": [batch.sender]}, made_by=str(given["by"].public_id))


def queue_refresh(payload: dict[str, Any], *, made_by: str) -> Job:
    """Queue `refresh_people`, or give the equal job that still waits: it will see what was just written too."""
    waiting = Job.objects.filter(kind=WORK, state=JobState.QUEUED, payload=payload).first()
    return waiting or enqueue(work=WORK, payload=payload, made_by=made_by)


def refresh_people(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job: reckon `persons` (keys) and everybody kept at or below `organisations` (public ids), whatever day they are of."""
    keys = sorted(_asked(payload))
    for start in range(0, len(keys), BATCH):
        part = HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__in=keys[start : start + BATCH])
        refresh_standings(part, today())
        progress(min(100, (start + BATCH) * 100 // len(keys)))
    return {"persons": len(keys)}


def _asked(payload: dict[str, Any]) -> set[int]:
    asked = set(payload.get("persons", ()))
    units = Organisation.objects.unscoped(WhyUnscoped.REBUILD).filter(public_id__in=payload.get("organisations", ()))
    paths = list(units.values_list("pk", "employer_path", "professional_path"))
    if paths:
        scope = Scope(
            employer=frozenset(employer for _, employer, _ in paths if employer),
            professional=frozenset(professional for *_, professional in paths if professional),
            organisations=frozenset(pk for pk, *_ in paths),
        )
        rows = HealthWorker.objects.within(scope).filter(Q(left_on__isnull=True) | Q(left_on__gte=today()))
        asked |= set(rows.values_list("pk", flat=True))
    return asked


def refreshing() -> bool:
    """Whether a refresh waits or runs, so that a page can say its figures are of before."""
    return Job.objects.filter(kind=WORK, state__in=[str(JobState.QUEUED), str(JobState.RUNNING)]).exists()
