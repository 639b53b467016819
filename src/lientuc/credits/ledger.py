"""What every write of the ledger does alike: make the row."""

from __future__ import annotations

from typing import Any

from lientuc.core.clock import now, today
from lientuc.core.hours import quarters
from lientuc.registry.models import HealthWorker

from .enums import EntrySource
from .models import CreditEntry
from .rules import EntryDraft, key_of_certificate


def new_entry(draft: EntryDraft, worker: HealthWorker, *, source: EntrySource, by: Any) -> CreditEntry:
    """The unsaved row of a tidied draft without problems, kept by the organisation that answers for the person now."""
    # A draft without problems has both.
    assert draft.activity_on is not None
    assert draft.units is not None
    return CreditEntry(
        worker=worker,
        organisation=worker.keeper,
        activity_on=draft.activity_on,
        form=draft.form,
        role=draft.role,
        level=draft.level,
        units=draft.units,
        decided_quarters=None if draft.decided_hours is None else quarters(draft.decided_hours),
        basis=draft.basis,
        title=draft.title,
        issuer=draft.issuer,
        certificate_number=draft.certificate_number,
        certificate_key=key_of_certificate(draft.certificate_number),
        source=source,
        recorded_on=today(),
        recorded_at=now(),
        recorded_by=str(by.public_id),
    )
