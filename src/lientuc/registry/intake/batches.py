"""Batches as kept: their rows, their judgement stored, who may open them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from django.db.models import Max, QuerySet

from lientuc.core.errors import Problem
from lientuc.places.models import Organisation
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow

from .columns import KIND
from .file import SentFile, Table, kept, kept_problem
from .inserting import insert_rows
from .judging import Judged, KeptRow
from .models import WaitingFile
from .people import SHAPES
from .places import EDIT
from .staging import CHUNK, chunks, stage

# Up to this many rows a list is judged and taken while the person waits; above, a job does it.
AT_ONCE = 2_000
_ROW = ("batch_id", "public_id", "sheet", "number", "cells", "problems", "state", "subject")


def batches_visible_to(by: Any) -> QuerySet[ImportBatch]:
    """The staff lists sent by units that `by` may write for, the latest first."""
    senders = [str(pk) for pk in Organisation.objects.visible_to(by, EDIT).values_list("public_id", flat=True)]
    return ImportBatch.objects.filter(kind=KIND, sender__in=senders).order_by("-made_at", "-pk")


def parked_rows(by: Any) -> QuerySet[ImportRow]:
    """Rows that wait to be cleaned, in the order they came."""
    rows = ImportRow.objects.filter(batch__in=batches_visible_to(by).order_by().values("pk"), state=RowState.PARKED)
    return rows.select_related("batch").order_by("-batch_id", "pk")


def earlier_batches(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """The same file, sent by the same unit before, the latest first."""
    same = ImportBatch.objects.filter(kind=batch.kind, sender=batch.sender, sha256=batch.sha256, pk__lt=batch.pk)
    return same.order_by("-pk")


def new_batch(name: str, sha256: str, organisation: Organisation, by: Any) -> ImportBatch:
    """A batch without rows yet."""
    return ImportBatch.objects.create(
        kind=KIND,
        file_name=name[-200:],
        sha256=sha256,
        sender=str(organisation.public_id),
        mapping={"tables": [], "default_kind": "permanent"},
        counts={"rows": 0},
        made_by=str(by.public_id),
    )


def store(file: SentFile, organisation: Organisation, by: Any) -> ImportBatch:
    """Keep a file's rows as read, with a proposed or remembered mapping; nothing is judged yet."""
    batch = new_batch(file.name, file.sha256, organisation, by)
    keep_rows(batch, file)
    return batch


def keep_waiting(content: bytes, name: str, organisation: Organisation, by: Any) -> ImportBatch:
    """Keep a file unread, for a job."""
    batch = new_batch(name, hashlib.sha256(content).hexdigest(), organisation, by)
    WaitingFile.objects.create(batch=batch, content=content)
    return batch


def keep_rows(batch: ImportBatch, file: SentFile) -> None:
    """Keep the rows of a file that was read for a batch."""
    batch.rows.all().delete()
    use_tables(batch, file.tables)
    batch.counts = {**batch.counts, "rows": file.count}
    batch.save(update_fields=["mapping", "counts"])
    insert_rows(ImportRow._meta.db_table, _ROW, _rows(batch, file.tables))


def use_tables(batch: ImportBatch, tables: Iterable[Table]) -> None:
    """Say what the tables of a batch are: as proposed, or as its sender chose for the same headings before."""
    batch.mapping = {**batch.mapping, "tables": [_mapped(table, batch.sender) for table in tables]}


def _mapped(table: Table, sender: str) -> dict[str, Any]:
    remembered = ColumnMapping.objects.filter(kind=KIND, sender=sender, fingerprint=table.fingerprint).first()
    return {
        "sheet": table.sheet,
        "headings": list(table.headings),
        "fingerprint": table.fingerprint,
        "columns": remembered.mapping["columns"] if remembered else table.proposal,
        "sexes": table.sexes,
        "remembered": remembered is not None,
    }


def _rows(batch: ImportBatch, tables: Iterable[Table]) -> Iterator[list[Any]]:
    for table in tables:
        for row in table.rows:
            yield row_values(batch, table.sheet, row.number, row.cells, row.section)


def row_values(
    batch: ImportBatch,
    sheet: str,
    number: int,
    cells: Sequence[Any],
    section: str,
    *,
    state: RowState = RowState.GOOD,
    problems: Sequence[Any] = (),
) -> list[Any]:
    """One row of a batch as `insert_rows` writes it."""
    text = json.dumps({"cells": [kept(cell) for cell in cells], "section": section[:200]}, ensure_ascii=False)
    said = json.dumps(list(problems), ensure_ascii=False) if problems else "[]"
    return [batch.pk, uuid4(), sheet, number, text, said, str(state), ""]


def insert_bad_rows(batch: ImportBatch, rows: Sequence[KeptRow], judged: Sequence[Judged]) -> None:
    """Keep only the rows with problems, as parked: what a list too long for the page leaves to be cleaned."""
    places = columns_by_sheet(batch)
    bad = [(row, one) for row, one in zip(rows, judged, strict=True) if one.plan is None]
    values = (
        row_values(
            batch, row.sheet, row.number, row.cells, row.section,
            state=RowState.BAD, problems=_kept_problems(one, places[row.sheet]),
        )
        for row, one in bad
    )  # fmt: skip
    insert_rows(ImportRow._meta.db_table, _ROW, values)


def judge_batch(batch: ImportBatch, by: Any, told: Callable[[int], None] = lambda _: None) -> None:
    """Judge every kept row of a batch against the register as it is, stage what taking it would write, keep problems and counts."""
    # Rows of a batch are ordered as they came; states of an earlier judgement are forgotten first.
    batch.rows.exclude(state=RowState.GOOD, problems=[]).update(state=RowState.GOOD, problems=[])
    total = batch.rows.count()
    tally = stage(
        batch,
        by,
        sender_of(batch).pk,
        kept_rows(batch.rows.all()),
        keep=lambda rows, judged: keep_states(batch, judged),
        told=lambda done: told(100 * done // max(total, 1)),
    )
    job = {"job": batch.counts["job"]} if "job" in batch.counts else {}
    batch.counts = {**tally.counts(), "judged": True, **job}
    batch.save(update_fields=["counts"])


def kept_rows(rows: QuerySet[ImportRow]) -> Iterator[list[KeptRow]]:
    """Kept rows in parts, in the order they came."""
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "sheet", "number", "cells")[:CHUNK]):
        last = part[-1][0]
        yield [KeptRow(pk, sheet, number, cells["cells"], cells["section"]) for pk, sheet, number, cells in part]


def keep_states(batch: ImportBatch, judged: Sequence[Judged], bad: RowState = RowState.BAD) -> None:
    """Store what becomes of each row that is not simply good."""
    unchanged = [row.key for row in judged if row.state is RowState.UNCHANGED]
    batch.rows.filter(pk__in=unchanged).update(state=RowState.UNCHANGED)
    wrong = {row.key: row for row in judged if row.problems}
    places = columns_by_sheet(batch)
    for part in chunks(wrong, 1_000):
        rows = [
            ImportRow(pk=pk, state=bad, problems=_kept_problems(wrong[pk], places[sheet]))
            for pk, sheet in batch.rows.filter(pk__in=part).values_list("pk", "sheet")
        ]
        ImportRow.objects.bulk_update(rows, ["state", "problems"], batch_size=500)


def sender_of(batch: ImportBatch) -> Organisation:
    """The unit that sent a batch."""
    return Organisation._base_manager.get(public_id=batch.sender)


def _kept_problems(row: Judged, places: dict[str, int]) -> list[dict[str, Any]]:
    return [kept_problem(problem, places.get(problem.field or "")) for problem in row.problems]


def columns_by_sheet(batch: ImportBatch) -> dict[str, dict[str, int]]:
    """For each sheet the column of each field of a draft."""
    return {table["sheet"]: _column_of(table) for table in batch.mapping["tables"]}


# Fields of a draft that have no column of their own name, and where they stand.
_STANDS_IN = {"born_on": "born", "birth_year": "born", "old_number": "national_number", "full_name": "given_name"}


def _column_of(table: dict[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, key in sorted(table["columns"].items(), key=lambda pair: int(pair[0])):
        found.setdefault(key, int(column))
    for field, key in _STANDS_IN.items():
        if key in found:
            found.setdefault(field, found[key])
    return found


def is_open(batch: ImportBatch) -> bool:
    """Whether a batch still waits for a decision."""
    return batch.state == ImportState.PREVIEWED


def problem_kept(batch: ImportBatch) -> Problem | None:
    """Why a file could not be read, where it could not."""
    stored = batch.counts.get("unreadable")
    return Problem(stored["code"], "file", stored["values"]) if stored else None


def next_step(batch: ImportBatch) -> int:
    """The number of the next taking of a batch: 0 is the file itself."""
    return 1 + max(
        shape.staged.objects.filter(batch=batch).aggregate(last=Max("step"))["last"] or 0 for shape in SHAPES
    )
