"""Files of entries by the unit that sent them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lientuc.accounts.permissions import roles_of
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import ImportBatch

from .people import RECORD

KIND = "credits.entries"


def home_of(by: Any) -> Organisation | None:
    """The unit for which `by` sends files: the first of their posts that may record."""
    homes = (organisation for _, organisation in roles_of(by) if organisation is not None)
    return next((home for home in homes if by.why_not(RECORD, home) is None), None)


def batches_of(by: Any) -> QuerySet[ImportBatch]:
    """The files of entries of the units `by` may record for, the latest first."""
    senders = [str(pk) for pk in Organisation.objects.visible_to(by, RECORD).values_list("public_id", flat=True)]
    return ImportBatch.objects.filter(kind=KIND, sender__in=senders).order_by("-made_at", "-pk")


def sender_of(batch: ImportBatch) -> Organisation:
    """The unit that sent a file."""
    sender: Organisation = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).get(public_id=batch.sender)
    return sender
