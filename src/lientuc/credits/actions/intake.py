"""A file of entries: kept as a preview, then taken whole, taken in part with the rest parked, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.book import Cell
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import SentFile, kept_problem
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import EntrySource
from ..intake.preview import BATCH, KIND, Judge, Judged, preview_rows, stored_values
from ..ledger import lock_people, new_entry
from ..models import CreditEntry
from ..queries.people import RECORD, persons_of
from ..refresh import refresh_standings


@action("credits.preview_entries")
def preview_entries(*, sent: SentFile, by: Any, key: str = "") -> ImportBatch:
    """Keep a read file with every row judged; nothing enters the ledger yet."""
    require(by, RECORD)
    batch = ImportBatch.objects.create(
        kind=KIND,
        file_name=sent.name,
        sha256=sent.sha256,
        sender=str(by.public_id),
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
    require(by, RECORD)
    batch = _own(batch, by)
    if batch.state != ImportState.PREVIEWED:
        return batch
    rows = list(ImportRow.objects.filter(batch=batch).order_by("sheet", "number"))
    judged = _judged_again(rows, batch.mapping, by)
    bad = sum(1 for row in judged if row.state is RowState.BAD)
    if bad and not park:
        raise Refused(Problem("credits.rows_have_problems", values={"count": bad}))
    _record(rows, judged, source, by)
    batch.counts = {state: sum(1 for row in rows if row.state == state) for state in {row.state for row in rows}}
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["counts", "state"])
    return batch


@action("credits.refuse_file")
def refuse_file(*, batch: ImportBatch, by: Any, key: str = "") -> ImportBatch:
    """Send a previewed file back: none of it enters the ledger."""
    require(by, RECORD)
    batch = _own(batch, by)
    if batch.state == ImportState.PREVIEWED:
        batch.state = ImportState.REFUSED
        batch.save(update_fields=["state"])
    return batch


def _own(batch: ImportBatch, by: Any) -> ImportBatch:
    """The batch as it is now, held; Refused where somebody else sent it."""
    found = ImportBatch.objects.select_for_update().filter(pk=batch.pk, kind=KIND, sender=str(by.public_id)).first()
    if found is None:
        raise Refused(Problem("credits.file_of_another"))
    return found


def _judged_again(rows: list[ImportRow], mapping: Mapping[str, Any], by: Any) -> list[Judged]:
    values: list[tuple[int, Mapping[str, Cell]]] = [(row.number, stored_values(row, mapping)) for row in rows]
    lock_people(persons_of(by=by, values=[row for _, row in values]))
    return list(Judge(by).judge(values))


def _record(rows: list[ImportRow], judged: list[Judged], source: EntrySource, by: Any) -> None:
    """Write the entries of the good rows and say on every row what became of it."""
    good = [found.draft.worker for found in judged if found.state is RowState.GOOD and found.draft.worker]
    people = {row.public_id: row for row in lock_people(persons_of(by=by, public_ids=good)).values()}
    entries = []
    for row, found in zip(rows, judged, strict=True):
        row.state = {RowState.GOOD: RowState.TAKEN, RowState.BAD: RowState.PARKED}.get(found.state, found.state)
        columns = {name: None for name in ()}
        row.problems = [kept_problem(problem, columns.get(problem.field)) for problem in found.problems or found.remarks]
        if found.state is RowState.GOOD and found.draft.worker:
            entry = new_entry(found.draft, people[found.draft.worker], source=source, by=by)
            entries.append(entry)
            row.subject = str(entry.ref)
    CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=BATCH)
    ImportRow.objects.bulk_update(rows, ["state", "problems", "subject"], batch_size=BATCH)
    refresh_standings(people.values(), today())
