"""The ledger as a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from lientuc.core.names import fold
from lientuc.registry.models import HealthWorker

from ..models import CreditEntry
from ..rules import key_of_certificate
from .people import of_persons
from .standings import VIEW


def entries_of(
    *, by: Any, worker: HealthWorker | None = None, text: str = "", form: str = "", source: str = "", state: str = ""
) -> QuerySet[CreditEntry]:
    """The entries `by` may see, filtered; `state` is `reversed`, `in_force` or empty for both. One query."""
    rows = CreditEntry.objects.visible_to(by, VIEW)
    if worker is not None:
        rows = rows.filter(of_persons([worker.person]))
    if text:
        named = Q(worker__name_fold__contains=fold(text)) | Q(title__icontains=text)
        rows = rows.filter(named | Q(certificate_key=key_of_certificate(text)))
    if form:
        rows = rows.filter(form=form)
    if source:
        rows = rows.filter(source=source)
    if state:
        rows = rows.filter(reversal__isnull=state == "in_force")
    return rows.select_related("worker", "organisation", "reversal")
