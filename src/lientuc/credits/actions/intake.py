"""A file of entries: kept as a preview, then taken whole, taken in part with the rest parked, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast, Concat, Substr

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.core.ids import Ref
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import SentFile, Table
from lientuc.registry.intake.inserting import among
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import EntrySource
from ..following import queue_refresh
from ..intake.basis import basis_of
from ..intake.cells import KEYS, draft_of, number_of
from ..intake.preview import (
    BATCH,
    keep_rows,
    missing_columns,
    parts_of,
    preview_rows,
    rejudge_rows,
    stored_values,
)
from ..intake.queue import AT_ONCE, queued
from ..ledger import new_entry
from ..locking import locked_people
from ..models import CreditEntry
from ..queries.imports import KIND, home_of, sender_of
from ..queries.people import RECORD, facts_to_record, workers_named
from ..refresh import refresh_standings
from ..rules import EntryDraft, RecordFacts, tidied

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
    batch.counts = rejudge_rows(batch, by=by).counts
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
    *,
    batch: ImportBatch,
    by: Any,
    park: bool = False,
    source: EntrySource = EntrySource.EXCEL,
    judged_on: str = "",
    key: str = "",
) -> ImportBatch:
    """Record the good rows of a previewed file in one go, as the ledger is now.

    Rows that were judged on what still holds (`judged_on`, the basis of a `Judgement`) are not judged again: their entries are
    written before anybody is made to wait, and the people are locked only for the last look. With bad rows among them the
    file is refused, unless they are to be parked. A file taken before is returned as it is.
    """
    require(by, RECORD, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.PREVIEWED:
        return batch
    named, new = _named_in(batch, by), partial(new_entry, source=source, by=by)
    if not judged_on or not _taken_as_judged(batch, named, new, judged_on, park=park):
        people = _locked(named.values())
        rejudge_rows(batch, by=by)
        _refuse_bad(batch, park=park)
        _write(batch, named, people, new)
    _reckon(batch, by)
    bad = batch.rows.filter(state=RowState.BAD).update(state=RowState.PARKED)
    batch.rows.filter(state=RowState.GOOD).update(state=RowState.TAKEN, subject=_subject())
    counted = batch.rows.order_by().values_list("state").annotate(n=Count("pk"))
    batch.counts = {**_job_of(batch), **dict(counted)}
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["counts", "state"])
    return batch


class _Overtaken(Exception):
    """Somebody wrote about the people of a file after it was judged."""


def _taken_as_judged(
    batch: ImportBatch, named: Mapping[str, UUID], new: NewEntry, judged_on: str, *, park: bool
) -> bool:
    """Write the good rows without judging them again; nothing is written where what they were judged on holds no longer."""
    _refuse_bad(batch, park=park)
    before = _people(named.values())
    try:
        with transaction.atomic():
            _write(batch, named, before, new)
            people = _locked(named.values())
            moved = any(before[ref].keeper_id != person.keeper_id for ref, person in people.items())
            if moved or basis_of(named, _facts_now(batch, list(people.values()))) != judged_on:
                raise _Overtaken
    except _Overtaken:
        return False
    return True


def _refuse_bad(batch: ImportBatch, *, park: bool) -> None:
    bad = batch.rows.filter(state=RowState.BAD).count()
    if bad and not park:
        raise Refused(Problem("credits.rows_have_problems", values={"count": bad}))


@action("credits.refuse_file")
def refuse_file(*, batch: ImportBatch, by: Any, key: str = "") -> ImportBatch:
    """Send a previewed file back: none of it enters the ledger."""
    require(by, RECORD, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.PREVIEWED:
        batch.state = ImportState.REFUSED
        batch.save(update_fields=["state"])
    return batch


def _named_in(batch: ImportBatch, by: Any) -> dict[str, UUID]:
    """The person that each text of a file names."""
    named: dict[str, UUID] = {}
    for rows in parts_of(batch):
        texts = {number_of(stored_values(row, batch.mapping).get("worker")) for row in rows}
        named |= workers_named(by=by, texts=texts - named.keys())
    return named


def _people(persons: Iterable[UUID]) -> dict[UUID, HealthWorker]:
    rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(public_id__in=among(set(persons), "uuid"))
    return {row.public_id: row for row in rows.select_related("keeper")}


def _locked(persons: Iterable[UUID]) -> dict[UUID, HealthWorker]:
    keys = sorted(row.pk for row in _people(persons).values())
    found: dict[UUID, HealthWorker] = {}
    for start in range(0, len(keys), BATCH):
        found |= {row.public_id: row for row in locked_people(keys[start : start + BATCH]).values()}
    return found


def _facts_now(batch: ImportBatch, people: list[HealthWorker]) -> Iterator[tuple[UUID, RecordFacts]]:
    """What register and ledger hold of people beside what this very file just wrote."""
    for start in range(0, len(people), BATCH):
        part = people[start : start + BATCH]
        facts = facts_to_record(part, without=batch.rows.values("public_id"))
        yield from ((person.public_id, facts[person.pk]) for person in part)


def _write(batch: ImportBatch, named: Mapping[str, UUID], people: Mapping[UUID, HealthWorker], new: NewEntry) -> None:
    """Write the entries of the good rows, part by part; an entry has the public id of its row, so that both find each other."""
    for rows in parts_of(batch, RowState.GOOD):
        entries = []
        for row in rows:
            values = stored_values(row, batch.mapping)
            draft, _ = draft_of(values, find=named.get)
            entry = new(tidied(draft), people[named[number_of(values.get("worker"))]])
            entry.public_id = row.public_id
            entries.append(entry)
        CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=BATCH)


def _reckon(batch: ImportBatch, by: Any) -> None:
    """Reckon the people of the good rows; many of them by a job."""
    mine = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(
        public_id__in=batch.rows.filter(state=RowState.GOOD).values("public_id")
    )
    concerned = sorted(set(mine.order_by().values_list("worker", flat=True)))
    if len(concerned) > AT_ONCE:
        queue_refresh({"persons": concerned}, made_by=str(by.public_id))
    else:
        refresh_standings(HealthWorker.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__in=concerned), today())


def _subject() -> Concat:
    """The reference of the entry with the row's own public id, as text; SQLite keeps the id without its dashes."""
    kind = Value(str(Ref(CreditEntry._meta.label_lower, "")))
    if connection.vendor != "sqlite":
        return Concat(kind, Cast("public_id", CharField()), output_field=CharField())
    parts = [Substr("public_id", start, length, output_field=CharField()) for start, length in _UUID_PARTS]
    dashed = [piece for part in parts[1:] for piece in (Value("-"), part)]
    return Concat(kind, parts[0], *dashed, output_field=CharField())


_UUID_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
