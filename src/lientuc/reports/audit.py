"""The audit trail as its readers see it: scoped by organisation, sentences made when shown, the state of the chain."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from lientuc.core.clock import HANOI
from lientuc.core.ids import Ref
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry, AuditSeal
from lientuc.web.say import phrase

from .deeds import DEEDS, KINDS

VIEW = "trail.view_audit"


@dataclass(frozen=True)
class Deed:
    """One row of the trail as a sentence: who did what, to a thing of which kind, where."""

    entry: AuditEntry
    text: str
    kind: str
    organisation: str

    @property
    def values(self) -> str:
        """What was written, as the trail keeps it."""
        return json.dumps(self.entry.values, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class ChainState:
    """How far the trail is sealed: rows in the chain, the head of the chain, rows after the last seal."""

    position: int
    head: str
    waiting: int


def entries_for(
    by: Any,
    *,
    action: str = "",
    person: str = "",
    subject: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[AuditEntry]:
    """The trail of the organisations `by` audits; one query, and one for the organisations unless it is everything."""
    rows = AuditEntry.objects.all()
    scope = by.scope(VIEW)
    if not scope.everything:
        seen = Organisation.objects.within(scope).values_list("public_id", flat=True)
        rows = rows.filter(organisation__in=[str(public_id) for public_id in seen])
    if action:
        rows = rows.filter(action__startswith=action)
    if person:
        rows = rows.filter(Q(actor_name__icontains=person) | Q(actor=person))
    if subject:
        rows = rows.filter(Q(subject=subject) | Q(subject__endswith=f":{subject}"))
    if first:
        rows = rows.filter(at__gte=_start_of(first))
    return rows.filter(at__lt=_start_of(date.fromordinal(last.toordinal() + 1))) if last else rows


def _start_of(day: date) -> datetime:
    """Midnight in Hà Nội."""
    return datetime.combine(day, time(), tzinfo=HANOI)


def deeds(entries: Iterable[AuditEntry]) -> list[Deed]:
    """Rows as sentences in the active language; one query for the names of organisations."""
    rows = list(entries)
    named = {row.organisation for row in rows if row.organisation}
    found = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=named)
    names = {str(public_id): name for public_id, name in found.values_list("public_id", "name")}
    return [_deed(row, names.get(row.organisation, "")) for row in rows]


def _deed(entry: AuditEntry, organisation: str) -> Deed:
    """A code nobody has put into words is shown as it is, rather than hidden."""
    words = DEEDS.get(entry.action)
    kind = KINDS.get(Ref.parse(entry.subject).kind)
    return Deed(
        entry=entry,
        text=phrase(words) if words else entry.action,
        kind=phrase(kind) if kind else Ref.parse(entry.subject).kind,
        organisation=organisation,
    )


def chain_state() -> ChainState:
    """What is sealed and what waits; two queries."""
    last = AuditSeal.objects.order_by("-position").first()
    waiting = AuditEntry.objects.filter(pk__gt=last.entry_id if last else 0).count()
    return ChainState(last.position if last else 0, last.hash if last else "", waiting)
