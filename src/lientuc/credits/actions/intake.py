"""A file of entries: kept as a preview, then taken whole, taken in part with the rest parked, or refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.book import Cell
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import SentFile
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import EntrySource
from ..intake.cells import number_of
from ..intake.preview import BATCH, Judge, Judged, columns_of, kept_problems, preview_rows, stored_values
from ..ledger import lock_people, new_entry
from ..models import CreditEntry
from ..queries.imports import KIND, home_of, sender_of
from ..queries.people import RECORD, workers_named
from ..refresh import refresh_standings
from ..rules import EntryDraft

NewEntry = Callable[[EntryDraft, HealthWorker], CreditEntry]


@action("credits.preview_entries")
def preview_entries(*, sent: SentFile, by: Any, key: str = "") -> ImportBatch:
    """Keep a read file with every row judged; nothing enters the ledger yet."""
    require(by, RECORD)
    home = home_of(by)
    if home is None:
        raise Refused(Problem("credits.no_home"))
    batch = ImportBatch.objects.create(
        kind=KIND,
        file_name=sent.name,
        sha256=sent.sha256,
        sender=str(home.public_id),
        mapping={table.sheet: {"headings": table.headings, "columns": table.proposal} for table in sent.tables},
        made_by=str(by.public_id),
    )
    batch.counts = preview_rows(batch, sent, by=by)
    batch.save(update_fields=["counts"])
    return batch


@action("credits.take_entries")
def take_entries(
    *, batch: ImportBatch, by: Any, park: bool = False, source: EntrySource = EntrySource.EXCEL, key: str = ""
) -> ImportBatch:
    """Record the good rows of a previewed file in one go, judged again as the ledger is now.

    With bad rows among them the file is refused, unless they are to be parked. A file taken before is returned as it is.
    """
    require(by, RECORD, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.PREVIEWED:
        return batch
    rows = list(ImportRow.objects.filter(batch=batch).order_by("pk"))
    values: list[tuple[int, Mapping[str, Cell]]] = [(row.number, stored_values(row, batch.mapping)) for row in rows]
    people = _people_of(values, by)
    judged = list(Judge(by).judge(values))
    bad = sum(1 for found in judged if found.state is RowState.BAD)
    if bad and not park:
        raise Refused(Problem("credits.rows_have_problems", values={"count": bad}))
    _record(rows, judged, people, partial(new_entry, source=source, by=by))
    for row, found in zip(rows, judged, strict=True):
        row.problems = kept_problems(found, columns_of(batch.mapping[row.sheet]["columns"]))
    ImportRow.objects.bulk_update(rows, ["state", "problems", "subject"], batch_size=BATCH)
    batch.counts = dict(Counter(str(row.state) for row in rows))
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["counts", "state"])
    return batch


@action("credits.refuse_file")
def refuse_file(*, batch: ImportBatch, by: Any, key: str = "") -> ImportBatch:
    """Send a previewed file back: none of it enters the ledger."""
    require(by, RECORD, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.PREVIEWED:
        batch.state = ImportState.REFUSED
        batch.save(update_fields=["state"])
    return batch


def _people_of(values: list[tuple[int, Mapping[str, Cell]]], by: Any) -> dict[UUID, HealthWorker]:
    """The people the rows name, locked."""
    named = workers_named(by=by, texts={number_of(row.get("worker")) for _, row in values})
    rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(public_id__in=set(named.values()))
    return {row.public_id: row for row in lock_people(rows.values_list("pk", flat=True)).values()}


def _record(rows: list[ImportRow], judged: list[Judged], people: Mapping[UUID, HealthWorker], new: NewEntry) -> None:
    """Write the entries of the good rows and say on every row what became of it."""
    entries = []
    for row, found in zip(rows, judged, strict=True):
        row.state = _BECOMES.get(found.state, found.state)
        if found.state is RowState.GOOD and found.draft.worker:
            entries.append(new(found.draft, people[found.draft.worker]))
            row.subject = str(entries[-1].ref)
    CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=BATCH)
    refresh_standings({entry.worker_id: entry.worker for entry in entries}.values(), today())


_BECOMES = {RowState.GOOD: RowState.TAKEN, RowState.BAD: RowState.PARKED}
