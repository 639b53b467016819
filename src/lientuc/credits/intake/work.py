"""Long files are judged and taken by background jobs: the same actions, acting as the person who asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lientuc.accounts.models import User
from lientuc.accounts.permissions import require
from lientuc.trail.enums import ImportState
from lientuc.trail.models import ImportBatch

from ..actions.intake import judge_entries, take_entries
from ..enums import EntrySource
from ..queries.imports import sender_of
from ..queries.people import RECORD
from .preview import rejudge_rows
from .queue import AT_ONCE, queued

Progress = Callable[[int], None]


def judge(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind a long preview: part by part, so that its lease is renewed; the counts are noted at the end."""
    batch, by = _asked(payload)
    require(by, RECORD, sender_of(batch))
    judge_entries(batch=batch, counts=rejudge_rows(batch, by=by, told=progress).counts, by=by)
    return {"batch": payload["batch"]}


def take(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job behind taking a long file: judged as the ledger is now, delaying nobody; then taken in one transaction, or not at all."""
    batch, by = _asked(payload)
    require(by, RECORD, sender_of(batch))
    if batch.state == ImportState.PREVIEWED:
        judged = rejudge_rows(batch, by=by, told=lambda share: progress(share * 80 // 100))
        park, source = bool(payload["park"]), EntrySource(payload["source"])
        take_entries(batch=batch, by=by, park=park, source=source, judged_on=judged.basis)
    return {"batch": payload["batch"]}


def _asked(payload: dict[str, Any]) -> tuple[ImportBatch, User]:
    return ImportBatch.objects.get(public_id=payload["batch"]), User.objects.get(public_id=payload["by"])


def take_now_or_later(*, batch: ImportBatch, by: Any, park: bool, source: EntrySource, key: str = "") -> ImportBatch:
    """Take a short file at once; queue a long one as a job that calls the same action."""
    if batch.rows.count() <= AT_ONCE:
        return take_entries(batch=batch, by=by, park=park, source=source, key=key)
    require(by, RECORD, sender_of(batch))
    return queued(batch, "take", by, park=park, source=str(source))
