"""Long lists are judged and taken by background jobs: the same actions, acting as the person who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lientuc.accounts.models import User
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import ImportBatch, Job

from ..actions import judge_staff, take_staff
from ..enums import TakeChoice
from .batches import AT_ONCE

Progress = Callable[[int], None]


def judge_now_or_later(batch: ImportBatch, by: Any) -> Job | None:
    """Judge a short list at once; queue a long one and note its job with the batch."""
    if batch.counts.get("rows", 0) <= AT_ONCE:
        judge_staff(batch=batch, by=by)
        return None
    return _queue("judge", batch, by)


def take_now_or_later(batch: ImportBatch, choice: TakeChoice, by: Any, key: str) -> Job | None:
    """Take a short list at once; queue a long one."""
    if batch.counts.get("rows", 0) <= AT_ONCE or choice is TakeChoice.REFUSE:
        take_staff(batch=batch, choice=choice, by=by, key=key)
        return None
    return _queue("take", batch, by, choice=str(choice))


def _queue(work: str, batch: ImportBatch, by: Any, **more: str) -> Job:
    payload = {"batch": str(batch.public_id), "by": str(by.public_id), **more}
    job = enqueue(work=f"{__name__}.{work}", payload=payload, made_by=str(by.public_id))
    batch.counts = {**batch.counts, "job": str(job.public_id)}
    batch.save(update_fields=["counts"])
    return job


def judge(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind a long preview."""
    batch, by = _asked(payload)
    progress(10)
    judge_staff(batch=batch, by=by)
    return {"batch": payload["batch"]}


def take(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind taking a long list."""
    batch, by = _asked(payload)
    progress(10)
    take_staff(batch=batch, choice=TakeChoice(payload["choice"]), by=by)
    return {"batch": payload["batch"]}


def job_of(batch: ImportBatch) -> Job | None:
    """The job a batch waits for or last waited for."""
    public_id = batch.counts.get("job")
    return Job.objects.filter(public_id=public_id).first() if public_id else None


def _asked(payload: dict[str, Any]) -> tuple[ImportBatch, User]:
    return ImportBatch.objects.get(public_id=payload["batch"]), User.objects.get(public_id=payload["by"])
