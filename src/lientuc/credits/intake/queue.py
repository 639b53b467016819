"""When a file becomes a job: the job is noted with the file, so that its page can show how far it is."""

from __future__ import annotations

from typing import Any

from lientuc.trail.jobs import enqueue
from lientuc.trail.models import ImportBatch

# Up to this many rows a file is judged and taken while the person waits; above, a job does it.
AT_ONCE = 2_000


def queued(batch: ImportBatch, work: str, by: Any, **more: Any) -> ImportBatch:
    """Queue `work` of `credits.intake.work` for a file, acting as `by`."""
    payload = {"batch": str(batch.public_id), "by": str(by.public_id), **more}
    job = enqueue(work=f"lientuc.credits.intake.work.{work}", payload=payload, made_by=str(by.public_id))
    batch.counts = {**batch.counts, "job": str(job.public_id)}
    batch.save(update_fields=["counts"])
    return batch
