"""Background work: a queue in the database, a lease on each job, a reaper for workers that died (ADR 0007)."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused

from .enums import JobState
from .models import Job

_LOG = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 2

Work = Callable[[dict[str, Any], Callable[[int], None]], dict[str, Any]]


def enqueue(*, work: str, payload: dict[str, Any], made_by: str) -> Job:
    """Queue `work` (a dotted path to `function(payload, progress) -> result`), inside the caller's transaction."""
    return Job.objects.create(kind=work, payload=payload, made_by=made_by)


def cancel(*, job: Job, problem: Problem) -> int:
    """Fail a job that nobody has begun yet; 0 where somebody has, who must then hear of it otherwise."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    return waiting.update(
        state=JobState.FAILED, problem={"code": problem.code, "values": dict(problem.values)}, ended_on=today()
    )


def reap() -> int:
    """Return jobs of dead workers to the queue, or fail them when they were tried enough; how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now())
    failed = lost.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED, problem={"code": "trail.job_lost"}, ended_on=today()
    )
    return failed + lost.update(state=JobState.QUEUED)


def is_lost(job: Job) -> bool:
    """Whether its worker died: it counts as running but nobody has renewed its lease; the next worker reaps it."""
    return job.state == JobState.RUNNING and (job.lease_until is None or job.lease_until < now())


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
        _LOG.exception("job %s (%s) crashed", job.public_id, job.kind)
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
