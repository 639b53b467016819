"""Batches as kept: their rows, their judgement stored, who may open them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from lientuc.core.clock import today
from lientuc.places.models import Organisation
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow

from .columns import KIND
from .file import SentFile, Table, kept, kept_problem
from .inserting import insert_many
from .judging import Judged, KeptRow, judge, read_rows
from .places import EDIT, Places

# Up to this many rows a list is judged and taken while the person waits; above, a job does it.
AT_ONCE = 2_000
_CHUNK = 5_000


def batches_visible_to(by: Any) -> QuerySet[ImportBatch]:
    """The staff lists sent by units that `by` may write for, the latest first."""
    senders = [str(pk) for pk in Organisation.objects.visible_to(by, EDIT).values_list("public_id", flat=True)]
    return ImportBatch.objects.filter(kind=KIND, sender__in=senders).order_by("-made_at", "-pk")


def parked_rows(by: Any) -> QuerySet[ImportRow]:
    """Rows that wait to be cleaned, in the order they came."""
    rows = ImportRow.objects.filter(batch__in=batches_visible_to(by).order_by().values("pk"), state=RowState.PARKED)
    return rows.select_related("batch").order_by("-batch_id", "pk")


def store(file: SentFile, organisation: Organisation, by: Any) -> ImportBatch:
    """Keep a file's rows as read, with a proposed or remembered mapping; nothing is judged yet."""
    batch = ImportBatch.objects.create(
        kind=KIND,
        file_name=file.name,
        sha256=file.sha256,
        sender=str(organisation.public_id),
        mapping={"tables": [_mapped(table, organisation) for table in file.tables], "default_kind": "permanent"},
        counts={"rows": file.count},
        made_by=str(by.public_id),
    )
    insert_many(list(_rows(batch, file.tables)))
    return batch


def _mapped(table: Table, organisation: Organisation) -> dict[str, Any]:
    """The proposal, or what this sender chose for the same headings before."""
    remembered = ColumnMapping.objects.filter(
        kind=KIND, sender=str(organisation.public_id), fingerprint=table.fingerprint
    ).first()
    return {
        "sheet": table.sheet,
        "headings": list(table.headings),
        "fingerprint": table.fingerprint,
        "columns": remembered.mapping["columns"] if remembered else table.proposal,
        "sexes": table.sexes,
        "remembered": remembered is not None,
    }


def _rows(batch: ImportBatch, tables: Iterable[Table]) -> Iterator[ImportRow]:
    for table in tables:
        for row in table.rows:
            cells = {"cells": [kept(cell) for cell in row.cells], "section": row.section[:200]}
            yield ImportRow(batch=batch, sheet=table.sheet, number=row.number, cells=cells)


def judged_rows(batch: ImportBatch, by: Any) -> list[Judged]:
    """Every row of a batch judged now, against the register as it is."""
    kept_rows = [
        KeptRow(pk, sheet, number, cells["cells"], cells["section"])
        for pk, sheet, number, cells in batch.rows.order_by("pk").values_list("pk", "sheet", "number", "cells")
    ]
    places = Places(by)
    return judge(read_rows(kept_rows, batch.mapping, places, sender_of(batch).pk), by=by, places=places, on=today())


def sender_of(batch: ImportBatch) -> Organisation:
    """The unit that sent a batch."""
    return Organisation._base_manager.get(public_id=batch.sender)


def keep_judgement(batch: ImportBatch, judged: Sequence[Judged]) -> None:
    """Store each row's state and problems, and the batch's counts."""
    columns = {table["sheet"]: _column_of(table) for table in batch.mapping["tables"]}
    batch.rows.update(state=RowState.GOOD, problems=[])
    set_states(batch, [row for row in judged if row.state is RowState.UNCHANGED], RowState.UNCHANGED)
    _keep_problems(batch, [row for row in judged if row.problems], columns)
    states = Counter(str(row.state) for row in judged)
    codes = Counter(problem.code for row in judged for problem in row.problems)
    batch.counts = {
        "rows": len(judged),
        "good": states[RowState.GOOD],
        "bad": states[RowState.BAD],
        "unchanged": states[RowState.UNCHANGED],
        "new": sum(row.plan is not None and row.plan.is_new for row in judged),
        "lost_zeros": codes["registry.number_lost_zeros"],
        "codes": dict(codes.most_common()),
    }
    batch.save(update_fields=["counts"])


def _keep_problems(batch: ImportBatch, bad: Sequence[Judged], columns: dict[str, dict[str, int]]) -> None:
    sheets = dict(batch.rows.filter(pk__in=[row.key for row in bad[:_CHUNK]]).values_list("pk", "sheet"))
    for start in range(_CHUNK, len(bad), _CHUNK):
        keys = [row.key for row in bad[start : start + _CHUNK]]
        sheets |= dict(batch.rows.filter(pk__in=keys).values_list("pk", "sheet"))
    rows = []
    for row in bad:
        places = columns[sheets[row.key]]
        problems = [kept_problem(problem, places.get(problem.field or "")) for problem in row.problems]
        rows.append(ImportRow(pk=row.key, state=RowState.BAD, problems=problems))
    ImportRow.objects.bulk_update(rows, ["state", "problems"], batch_size=200)


# Fields of a draft that have no column of their own name, and where they stand.
_STANDS_IN = {"born_on": "born", "birth_year": "born", "old_number": "national_number", "full_name": "given_name"}


def _column_of(table: dict[str, Any]) -> dict[str, int]:
    """The column of each field of a draft."""
    found: dict[str, int] = {}
    for column, key in sorted(table["columns"].items(), key=lambda pair: int(pair[0])):
        found.setdefault(key, int(column))
    for field, key in _STANDS_IN.items():
        if key in found:
            found.setdefault(field, found[key])
    return found


def set_states(batch: ImportBatch, judged: Sequence[Judged], state: RowState) -> None:
    """Give rows a state, in chunks."""
    keys = [row.key for row in judged]
    for start in range(0, len(keys), _CHUNK):
        batch.rows.filter(pk__in=keys[start : start + _CHUNK]).update(state=state)


def is_open(batch: ImportBatch) -> bool:
    """Whether a batch still waits for a decision."""
    return batch.state == ImportState.PREVIEWED
