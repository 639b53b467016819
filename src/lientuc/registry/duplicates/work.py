"""The finder as background work: after an import, at night, or when somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import Job

from ..models import HealthWorker
from .candidates import find_pairs

FIND = "lientuc.registry.duplicates.work.find"


def queue_search(*, organisations: list[str], made_by: str) -> Job:
    """Queue a look at everybody kept at or below `organisations` (public ids; none: the nation); equal waiting jobs are one."""
    payload = {"organisations": sorted(organisations)}
    waiting = Job.objects.filter(kind=FIND, state=JobState.QUEUED, payload=payload).first()
    return waiting or enqueue(work=FIND, payload=payload, made_by=made_by)


def find(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job: compare the people asked for with everybody; says how many pairs wait."""
    progress(1)
    keys = _keys(payload.get("organisations", []))
    found = find_pairs(keys)
    progress(100)
    return {"pairs": found}


def _keys(organisations: list[str]) -> list[int] | None:
    if not organisations:
        return None
    units = Organisation.objects.unscoped(WhyUnscoped.REBUILD).filter(public_id__in=organisations)
    rows = list(units.values_list("pk", "employer_path", "professional_path"))
    scope = Scope(
        employer=frozenset(employer for _, employer, _ in rows),
        professional=frozenset(professional for *_, professional in rows),
        organisations=frozenset(pk for pk, *_ in rows),
    )
    return list(HealthWorker.objects.within(scope).filter(canonical__isnull=True).values_list("pk", flat=True))


def searching() -> bool:
    """Whether a search waits or runs, so that a page can say so."""
    return Job.objects.filter(kind=FIND, state__in=[str(JobState.QUEUED), str(JobState.RUNNING)]).exists()
