"""Long lists are read, judged and taken by background jobs: the same actions, acting as the person who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from lientuc.accounts.models import User
from lientuc.core.errors import Refused
from lientuc.places.models import Organisation
from lientuc.trail.enums import ImportState
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import ImportBatch, Job

from ..actions import judge_staff, receive_staff, receive_upload, take_staff
from ..enums import TakeChoice
from .batches import AT_ONCE, judge_batch, keep_rows
from .columns import STAFF_FIELDS
from .file import kept, read_file
from .models import WaitingFile
from .swapping import overtaken

Progress = Callable[[int], None]
# Files up to this size are read while the person waits; above, a job reads them.
SMALL = 200_000


def prepare_upload(
    *, content: bytes, name: str, organisation: Organisation, by: Any, corrects: ImportBatch | None = None
) -> ImportBatch:
    """Take a file in for preview: a small one is read and judged at once, a large one is queued for a job.

    A file that `corrects` another stands for the rows that were parked there. The register is not touched. Raises Refused where the file may not be opened, NotAllowed where `by` may not write for the
    unit. The batch's `counts` hold the judgement, or the `job` that will bring it.
    """
    if len(content) > SMALL:
        with transaction.atomic():
            batch = receive_upload(content=content, name=name, organisation=organisation, by=by, corrects=corrects)
            _queue("read", batch, by)
        return batch
    file = read_file(content, name, STAFF_FIELDS)
    with transaction.atomic():
        batch = receive_staff(file=file, organisation=organisation, by=by, corrects=corrects)
        judge_now_or_later(batch, by)
    return batch


def read_again(batch: ImportBatch, by: Any) -> Job | None:
    """Read (if that did not succeed yet) and judge a list once more."""
    if WaitingFile.objects.filter(batch=batch).exists():
        return _queue("read", batch, by)
    return judge_now_or_later(batch, by)


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


def read(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind a large file."""
    batch, by = _asked(payload)
    return read_for(batch, by, progress)


def read_for(batch: ImportBatch, by: Any, progress: Progress) -> dict[str, Any]:
    """Read a waiting file in the limited child process, keep its rows, judge them; only judge where it was read before."""
    waiting = WaitingFile.objects.filter(batch=batch).first()
    if waiting is not None:
        progress(5)
        try:
            file = read_file(bytes(waiting.content), batch.file_name, STAFF_FIELDS)
        except Refused as refused:
            _give_up(batch, refused)
            raise
        progress(20)
        with transaction.atomic():
            keep_rows(batch, file)
            waiting.delete()
    return _judge(batch, by, progress, first=30)


def _give_up(batch: ImportBatch, refused: Refused) -> None:
    """A file that may not be opened is not kept; the list says why."""
    problem = refused.problems[0]
    values = {name: kept(value) for name, value in problem.values.items()}
    with transaction.atomic():
        WaitingFile.objects.filter(batch=batch).delete()
        batch.counts = {**batch.counts, "unreadable": {"code": problem.code, "values": values}}
        batch.state = ImportState.REFUSED
        batch.save(update_fields=["counts", "state"])


def judge(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind a long preview."""
    batch, by = _asked(payload)
    return _judge(batch, by, progress, first=5)


def _judge(batch: ImportBatch, by: Any, progress: Progress, *, first: int) -> dict[str, Any]:
    """Part by part, each in a short transaction of its own; the action then says that it was done."""
    judge_batch(batch, by, lambda share: progress(first + share * (95 - first) // 100))
    judge_staff(batch=batch, by=by, staged=True)
    return {"batch": str(batch.public_id)}


def take(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind taking a long list; one that a killed worker had finished is not taken again.

    A list that the register has overtaken is judged anew here, part by part and telling how far it is; taking it is then one
    short transaction, well within the lease.
    """
    batch, by = _asked(payload)
    if batch.state == ImportState.PREVIEWED:
        progress(5)
        if is_overtaken(batch, by):
            judge_batch(batch, by, lambda share: progress(5 + share * 80 // 100))
        progress(90)
        take_staff(batch=batch, choice=TakeChoice(payload["choice"]), by=by)
    return {"batch": payload["batch"]}


def is_overtaken(batch: ImportBatch, by: Any) -> bool:
    """Whether the register has changed under a list, asked before it is taken."""
    if not batch.counts.get("judged"):
        return True
    with transaction.atomic():
        return overtaken(batch, 0, by)


def job_of(batch: ImportBatch) -> Job | None:
    """The job a batch waits for or last waited for."""
    public_id = batch.counts.get("job")
    return Job.objects.filter(public_id=public_id).first() if public_id else None


def _asked(payload: dict[str, Any]) -> tuple[ImportBatch, User]:
    return ImportBatch.objects.get(public_id=payload["batch"]), User.objects.get(public_id=payload["by"])
