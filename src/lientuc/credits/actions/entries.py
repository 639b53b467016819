"""Writes about one entry: it is recorded once, and taken back by a reversal."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import evidence_problem, keep_evidence
from lientuc.trail.record import action

from ..enums import EntrySource
from ..ledger import new_entry
from ..locking import locked_people
from ..models import CreditEntry, Reversal
from ..queries.people import RECORD, facts_to_record
from ..refresh import refresh_standings
from ..rules import EntryDraft, RecordFacts, problems, tidied, why_not_reverse

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
    worker = locked_people([entry.worker.person])[entry.worker.person]
    earlier = Reversal.objects.unscoped(WhyUnscoped.RULE).filter(entry=entry).first()
    refuse_if(why_not_reverse(reason=reason, reversed_on=earlier.reversed_on if earlier else None))
    reversal = Reversal.objects.create(
        entry=entry, reason=tidy(reason), reversed_on=today(), reversed_at=now(), reversed_by=str(by.public_id)
    )
    refresh_standings([worker], today())
    return reversal


@action("credits.attach_evidence")
def attach_evidence(*, entry: CreditEntry, name: str, content: bytes, by: Any, key: str = "") -> CreditEntry:
    """Keep a scan or photo of what an entry rests on; nothing that was kept is ever taken away."""
    require_row(by, RECORD, entry)
    wrong = evidence_problem(content)
    refuse_if([wrong] if wrong else [])
    keep_evidence(entry.ref, name=name, content=content)
    return entry


def _locked(draft: EntryDraft, by: Any) -> HealthWorker | None:
    """The canonical person of the draft, locked; None where `by` may not record for anybody of that id."""
    rows = HealthWorker.objects.visible_to(by, RECORD).filter(public_id=draft.worker)
    return next((locked_people([row.person])[row.person] for row in rows), None)
