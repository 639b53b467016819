"""Writes about one entry: it is recorded once, and taken back by a reversal."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.hours import quarters
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.record import action

from ..enums import EntrySource
from ..models import CreditEntry, Reversal
from ..queries.people import RECORD, facts_to_record
from ..refresh import refresh_standings
from ..rules import EntryDraft, RecordFacts, key_of_certificate, problems, tidied, why_not_reverse

REVERSE = "credits.reverse_entry"


@action("credits.record_entry")
def record_entry(*, draft: EntryDraft, by: Any, source: EntrySource = EntrySource.FORM, key: str = "") -> CreditEntry:
    """Write one activity into the ledger of a person `by` may record for, and reckon that person's standing anew."""
    require(by, RECORD)
    worker = _locked(draft, by)
    facts = facts_to_record([worker])[worker.pk] if worker else RecordFacts(on=today())
    draft = tidied(draft)
    refuse_if(problems(draft, facts, RuleSet.default()))
    if worker is None:
        raise Refused(Problem("credits.no_worker", "worker"))
    entry = new_entry(draft, worker, source=source, by=by)
    entry.save(force_insert=True)
    refresh_standings([worker], today())
    return entry


@action("credits.reverse_entry")
def reverse_entry(*, entry: CreditEntry, reason: str, by: Any, key: str = "") -> Reversal:
    """Take an entry out of the reckoning for a reason; it stays in the ledger to be seen."""
    require_row(by, REVERSE, entry)
    person = entry.worker.person
    worker = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update().get(pk=person)
    earlier = Reversal.objects.unscoped(WhyUnscoped.RULE).filter(entry=entry).first()
    refuse_if(why_not_reverse(reason=reason, reversed_on=earlier.reversed_on if earlier else None))
    reversal = Reversal.objects.create(
        entry=entry, reason=tidy(reason), reversed_on=today(), reversed_at=now(), reversed_by=str(by.public_id)
    )
    refresh_standings([worker], today())
    return reversal


def new_entry(draft: EntryDraft, worker: HealthWorker, *, source: EntrySource, by: Any) -> CreditEntry:
    """The unsaved row of a tidied draft without problems, kept by the organisation that answers for the person now."""
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


def _locked(draft: EntryDraft, by: Any) -> HealthWorker | None:
    """The canonical person of the draft, locked: two equal entries at once must not both find the ledger empty."""
    rows = HealthWorker.objects.visible_to(by, RECORD).filter(public_id=draft.worker)
    person = next((row.person for row in rows), None)
    if person is None:
        return None
    mine = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("keeper")
    return mine.select_for_update(of=("self",)).get(pk=person)
