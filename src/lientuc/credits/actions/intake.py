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
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import SentFile, Table
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import EntrySource
from ..following import queue_refresh
from ..intake.cells import KEYS, number_of
from ..intake.preview import (
    BATCH,
    Judge,
    Judged,
    columns_of,
    keep_rows,
    kept_problems,
    missing_columns,
    preview_rows,
    rejudge_rows,
    stored_values,
)
from ..intake.queue import AT_ONCE, queued
from ..ledger import new_entry
from ..locking import locked_people
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
    batch = _new_batch(sent, home, by)
    if sent.count > AT_ONCE:
        keep_rows(batch, sent)
        return queued(batch, "judge", by)
    batch.counts = preview_rows(batch, sent, by=by)
    batch.save(update_fields=["counts"])
    return batch


@action("credits.receive_entries")
def receive_entries(*, sent: SentFile, organisation: Organisation, by: Any) -> ImportBatch:
    """Open the preview of a long file whose rows come later, part by part."""
    require(by, RECORD, organisation)
    return _new_batch(sent, organisation, by)


@action("credits.judge_entries")
def judge_entries(*, batch: ImportBatch, counts: Mapping[str, int], by: Any) -> ImportBatch:
    """Note what a job found of the kept rows of a long file: how many of each state."""
    require(by, RECORD, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.PREVIEWED:
        batch.counts = {**_job_of(batch), **counts}
        batch.save(update_fields=["counts"])
    return batch


@action("credits.map_entry_columns")
def map_entry_columns(*, batch: ImportBatch, columns: Mapping[str, Mapping[str, str]], by: Any) -> ImportBatch:
    """Say what the columns of each sheet are (`{sheet: {column: field}}`), remember it for the sender, and judge anew."""
    sender = sender_of(batch)
    require(by, RECORD, sender)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.PREVIEWED:
        raise Refused(Problem("credits.file_decided"))
    for sheet, chosen in columns.items():
        named = {column: field for column, field in chosen.items() if field}
        if set(named.values()) - set(KEYS) or len(set(named.values())) < len(named):
            raise Refused(Problem("credits.column_twice"))
        batch.mapping[sheet]["columns"] = named
        ColumnMapping.objects.update_or_create(
            kind=KIND,
            sender=str(sender.public_id),
            fingerprint=batch.mapping[sheet]["fingerprint"],
            defaults={"mapping": {"columns": named}},
        )
    if missing_columns(batch.mapping):
        raise Refused(Problem("credits.columns_missing"))
    batch.save(update_fields=["mapping"])
    if ImportRow.objects.filter(batch=batch).count() > AT_ONCE:
        return queued(batch, "judge", by)
    batch.counts = rejudge_rows(batch, by=by)
    batch.save(update_fields=["counts"])
    return batch


def _new_batch(sent: SentFile, organisation: Organisation, by: Any) -> ImportBatch:
    sender = str(organisation.public_id)
    return ImportBatch.objects.create(
        kind=KIND,
        file_name=sent.name,
        sha256=sent.sha256,
        sender=sender,
        mapping={table.sheet: _mapped(table, sender) for table in sent.tables},
        made_by=str(by.public_id),
    )


def _job_of(batch: ImportBatch) -> dict[str, Any]:
    return {name: batch.counts[name] for name in ("job",) if name in batch.counts}


def _mapped(table: Table, sender: str) -> dict[str, Any]:
    """The proposal for a sheet, or what this sender chose for the same headings before."""
    known = ColumnMapping.objects.filter(kind=KIND, sender=sender, fingerprint=table.fingerprint).first()
    return {
        "headings": list(table.headings),
        "columns": known.mapping["columns"] if known else table.proposal,
        "fingerprint": table.fingerprint,
        "remembered": known is not None,
    }


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
    batch.counts = {**_job_of(batch), **Counter(str(row.state) for row in rows)}
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
    return {row.public_id: row for row in locked_people(rows.values_list("pk", flat=True)).values()}


def _record(rows: list[ImportRow], judged: list[Judged], named: Mapping[UUID, HealthWorker], new: NewEntry) -> None:
    """Write the entries of the good rows and say on every row what became of it."""
    entries = []
    for row, found in zip(rows, judged, strict=True):
        row.state = _BECOMES.get(found.state, found.state)
        if found.state is RowState.GOOD and found.draft.worker:
            entries.append(new(found.draft, named[found.draft.worker]))
            row.subject = str(entries[-1].ref)
    CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=BATCH)
    people = {entry.worker_id: entry.worker for entry in entries}
    if len(people) > AT_ONCE:
        queue_refresh({"persons": sorted(people)}, made_by=entries[0].recorded_by)
    else:
        refresh_standings(people.values(), today())


_BECOMES = {RowState.GOOD: RowState.TAKEN, RowState.BAD: RowState.PARKED}
