"""Background work: a queue in the database, a lease on each job, a reaper for workers that died (ADR 0007)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from lientuc.core.clock import now, today
from lientuc.core.errors import Refused

from .enums import JobState
from .models import Job

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 2

Work = Callable[[dict[str, Any], Callable[[int], None]], dict[str, Any]]


def enqueue(*, work: str, payload: dict[str, Any], made_by: str) -> Job:
    """Queue `work` (a dotted path to `function(payload, progress) -> result`), inside the caller's transaction."""
    return Job.objects.create(kind=work, payload=payload, made_by=made_by)


def reap() -> int:
    """Return jobs of dead workers to the queue, or fail them when they were tried enough; how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now())
    failed = lost.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED, problem={"code": "trail.job_lost"}, ended_on=today()
    )
    return failed + lost.update(state=JobState.QUEUED)


def run_next() -> Job | None:
    """Lease the oldest queued job, run it and store its result or its problem; None when nothing waits."""
    reap()
    job = _lease()
    if job is None:
        return None
    try:
        result = import_string(job.kind)(job.payload, _progress(job))
    except Refused as refused:
        _end(
            job, JobState.FAILED, problem={"code": refused.problems[0].code, "values": dict(refused.problems[0].values)}
        )
    except Exception as error:
        _end(job, JobState.FAILED, problem={"code": "trail.job_crashed", "values": {"detail": type(error).__name__}})
    else:
        _end(job, JobState.DONE, result=result, done_share=100)
    job.refresh_from_db()
    return job


def _lease() -> Job | None:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=_can_skip())
            .filter(state=JobState.QUEUED)
            .order_by("made_at")
            .first()
        )
        if job:
            job.state, job.attempts = JobState.RUNNING, job.attempts + 1
            job.lease_until, job.worker = now() + LEASE, f"{socket.gethostname()}:{os.getpid()}"
            job.save(update_fields=["state", "attempts", "lease_until", "worker"])
        return job


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _progress(job: Job) -> Callable[[int], None]:
    """Tell how much is done (0–100) and renew the lease."""

    def told(share: int) -> None:
        Job.objects.filter(pk=job.pk, worker=job.worker).update(done_share=share, lease_until=now() + LEASE)

    return told


def _end(job: Job, state: JobState, **values: Any) -> None:
    Job.objects.filter(pk=job.pk, worker=job.worker, state=JobState.RUNNING).update(
        state=state, lease_until=None, ended_on=today(), **values
    )
