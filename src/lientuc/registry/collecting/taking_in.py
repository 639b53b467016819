"""A file that came by link goes the way of every staff list: received, read, judged, and then it waits for an officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from lientuc.core.errors import NotAllowed, Refused
from lientuc.documents.readers.limits import LIMITS
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import ImportBatch

from ..actions import judge_staff, receive_staff, receive_upload
from ..intake.batches import AT_ONCE
from ..intake.columns import STAFF_FIELDS
from ..intake.file import read_file
from ..intake.work import SMALL, read_for
from .actions import note_file
from .models import CampaignFile, CampaignUnit
from .sender import LinkSender, sender_for

MOST_BYTES = LIMITS.file


def take_in(asked: CampaignUnit, *, name: str, content: bytes) -> CampaignFile:
    """Park a file as the unit's batch; one that cannot be read is noted with its reason, and `Refused` is raised again."""
    by = sender_for(asked)
    try:
        with transaction.atomic():
            batch = _parked(asked, name, content, by)
            return note_file(asked=asked, name=name, size=len(content), batch=batch, problem=None, by=by)
    except NotAllowed:
        raise
    except Refused as refused:
        note_file(asked=asked, name=name, size=len(content), batch=None, problem=refused.problems[0], by=by)
        raise


def _parked(asked: CampaignUnit, name: str, content: bytes, by: LinkSender) -> ImportBatch:
    """A small file is read and judged while the sender waits, a large one by a job."""
    if len(content) > SMALL:
        batch = receive_upload(content=content, name=name, organisation=asked.unit, by=by)
    else:
        batch = receive_staff(file=read_file(content, name, STAFF_FIELDS), organisation=asked.unit, by=by)
        if batch.counts.get("rows", 0) <= AT_ONCE:
            return judge_staff(batch=batch, by=by)
    payload = {"batch": str(batch.public_id), "asked": str(asked.public_id)}
    job = enqueue(work=f"{__name__}.read", payload=payload, made_by=str(asked.public_id))
    batch.counts = {**batch.counts, "job": str(job.public_id)}
    batch.save(update_fields=["counts"])
    return batch


def read(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job behind a long list that came by link; it acts for the unit's link, for nobody else."""
    asked = CampaignUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("unit")
    by = sender_for(asked.get(public_id=payload["asked"]))
    return read_for(ImportBatch.objects.get(public_id=payload["batch"]), by, progress)
