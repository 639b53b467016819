"""How long a taken list can be undone, and what is forgotten afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.trail.enums import ImportState
from lientuc.trail.models import ImportBatch
from lientuc.trail.record import action

from .batches import sender_of
from .columns import KIND
from .staging import clear

# A preview waits for a decision however old it is.
_DECIDED = [str(state) for state in ImportState if state is not ImportState.PREVIEWED]


def undo_until(batch: ImportBatch) -> date:
    """The last day on which a list can be undone: `UNDO_DAYS` after it was sent."""
    return timezone.localtime(batch.made_at).date() + timedelta(days=settings.UNDO_DAYS)


def is_forgotten(batch: ImportBatch) -> bool:
    """Whether what an undo would need is gone, or may go any time."""
    return "forgotten_on" in batch.counts or today() > undo_until(batch)


def forgettable() -> QuerySet[ImportBatch]:
    """Decided lists whose time to be undone is over and whose staged rows are still kept."""
    latest = timezone.localtime() - timedelta(days=settings.UNDO_DAYS)
    rows = ImportBatch.objects.filter(kind=KIND, state__in=_DECIDED, made_at__lt=latest).order_by("pk")
    return rows.exclude(counts__has_key="forgotten_on")


@action("registry.forget_staged")
def forget_staged(*, batch: ImportBatch, by: Any) -> ImportBatch:
    """Delete what was staged for a list that can no longer be undone; the register itself stays as it is."""
    require(by, "registry.edit_workers", sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state in _DECIDED and today() > undo_until(batch):
        clear(batch)
        batch.counts = {**batch.counts, "forgotten_on": today().isoformat()}
        batch.save(update_fields=["counts"])
    return batch
