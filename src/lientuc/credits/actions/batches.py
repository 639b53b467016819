"""A file or a pasted list taken back as a whole."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch
from lientuc.trail.record import action

from ..locking import locked_people
from ..models import Reversal
from ..queries.imports import entries_of_batch, sender_of
from ..refresh import refresh_standings
from ..rules import why_not_reverse
from .entries import REVERSE


@action("credits.reverse_batch")
def reverse_batch(*, batch: ImportBatch, reason: str, by: Any, key: str = "") -> ImportBatch:
    """Take back every entry of a taken list that still counts: the undo of an import; the entries stay to be seen."""
    require(by, REVERSE, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_reverse(reason=reason, reversed_on=None))
    entries = entries_of_batch(batch)
    workers = locked_people({entry.worker.person for entry in entries})
    if not entries:
        raise Refused(Problem("credits.nothing_to_reverse"))
    made = dict(reason=tidy(reason), reversed_on=today(), reversed_at=now(), reversed_by=str(by.public_id))
    Reversal.objects.unscoped(WhyUnscoped.RULE).bulk_create(
        [Reversal(entry=entry, **made) for entry in entries], batch_size=1_000
    )
    batch.counts = {**batch.counts, "reversed": batch.counts.get("reversed", 0) + len(entries)}
    batch.save(update_fields=["counts"])
    refresh_standings(workers.values(), today())
    return batch
