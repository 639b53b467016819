"""Files of entries by the unit that sent them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lientuc.accounts.permissions import roles_of
from lientuc.core.ids import Ref
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch

from ..models import CreditEntry
from .people import RECORD

KIND = "credits.entries"
# A list of names pasted for one activity.
NAMES = "credits.names"
_CHUNK = 5_000


def home_of(by: Any) -> Organisation | None:
    """The unit for which `by` sends files: the first of their posts that may record."""
    homes = (organisation for _, organisation in roles_of(by) if organisation is not None)
    return next((home for home in homes if by.why_not(RECORD, home) is None), None)


def batches_of(by: Any, permission: str = RECORD) -> QuerySet[ImportBatch]:
    """The files and pasted lists of the units `by` may record for (or holds `permission` for), the latest first."""
    senders = [str(pk) for pk in Organisation.objects.visible_to(by, permission).values_list("public_id", flat=True)]
    return ImportBatch.objects.filter(kind__in=[KIND, NAMES], sender__in=senders).order_by("-made_at", "-pk")


def sender_of(batch: ImportBatch) -> Organisation:
    """The unit that sent a file."""
    sender: Organisation = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).get(public_id=batch.sender)
    return sender


def entries_of_batch(batch: ImportBatch) -> list[CreditEntry]:
    """The entries a list made that were not taken back."""
    refs = batch.rows.exclude(subject="").values_list("subject", flat=True)
    keys = [Ref.parse(ref).public_id for ref in refs]
    found: list[CreditEntry] = []
    for start in range(0, len(keys), _CHUNK):
        rows = CreditEntry.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=keys[start : start + _CHUNK])
        found += rows.filter(reversal__isnull=True).select_related("worker")
    return found
