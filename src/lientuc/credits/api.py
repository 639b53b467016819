"""Entries from other systems: the same draft, the same problems and the same action as every other door."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict

from lientuc.core.errors import NotAllowed
from lientuc.core.hours import hours
from lientuc.registry.models import HealthWorker
from lientuc.web.pages import found_or_404

from .actions.entries import record_entry
from .enums import EntrySource
from .intake.preview import readable_draft
from .models import CreditEntry
from .queries.entries import entries_of
from .queries.standings import VIEW

router = Router(tags=["credits"])
MOST_ROWS = 500


class EntryIn(Schema):
    """One activity; `worker` is a public id, a national number or a licence number, days are ISO dates."""

    model_config = ConfigDict(extra="forbid")

    worker: str = ""
    worker_name: str = ""
    activity_on: str = ""
    form: str = ""
    role: str = ""
    level: str = ""
    units: str | float | int | None = None
    decided_hours: str | float | int | None = None
    basis: str = ""
    title: str = ""
    issuer: str = ""
    certificate_number: str = ""


class EntryOut(Schema):
    """One entry of the ledger."""

    id: UUID
    worker: UUID
    activity_on: str
    form: str
    role: str
    level: str
    units: str
    decided_hours: str | None
    basis: str
    title: str
    issuer: str
    certificate_number: str
    source: str
    recorded_on: str
    reversed_on: str | None


@router.post("/credit-entries", response={201: EntryOut}, summary="Record an activity")
def post_entry(
    request: HttpRequest, payload: EntryIn, idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = ""
) -> Status[dict[str, Any]]:
    """Record one activity. The same `Idempotency-Key` sent again answers with the same entry; with other content it is refused."""
    draft = readable_draft(payload.dict(), by=request.user)
    row = record_entry(draft=draft, by=request.user, source=EntrySource.API, key=idempotency_key)
    return Status(201, _out(row))


@router.get("/credit-entries", response=list[EntryOut], summary="A person's entries")
def list_entries(request: HttpRequest, worker: UUID) -> list[dict[str, Any]]:
    """The entries of one person in scope, the latest activity first, those taken back too."""
    problem = request.user.why_not(VIEW)  # type: ignore[union-attr]
    if problem:
        raise NotAllowed(problem)
    person = found_or_404(HealthWorker.objects.visible_to(request.user, VIEW), public_id=worker)
    rows = entries_of(by=request.user, worker=person).order_by("-activity_on", "-pk")[:MOST_ROWS]
    return [_out(row) for row in rows]


def _out(row: CreditEntry) -> dict[str, Any]:
    decided = row.decided_quarters
    return {
        "id": row.public_id,
        "worker": row.worker.public_id,
        "activity_on": row.activity_on.isoformat(),
        "form": row.form,
        "role": row.role,
        "level": row.level,
        "units": format(row.units.normalize(), "f"),
        "decided_hours": None if decided is None else format(hours(decided).normalize(), "f"),
        "basis": row.basis,
        "title": row.title,
        "issuer": row.issuer,
        "certificate_number": row.certificate_number,
        "source": row.source,
        "recorded_on": row.recorded_on.isoformat(),
        "reversed_on": row.reversal.reversed_on.isoformat() if hasattr(row, "reversal") else None,
    }
