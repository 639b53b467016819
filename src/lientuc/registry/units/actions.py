"""Writes of lists of units: received with every row judged, entered in one go, undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import ProtectedError

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.documents.readers.book import Cell
from lientuc.places.actions import found_many
from lientuc.places.lines import rebuild_paths
from lientuc.places.models import Organisation, OrganisationLine
from lientuc.places.rules import Founding
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.trail.record import action

from ..intake.batches import row_values, sender_of
from ..intake.file import SentFile, cell_of, kept_problem
from ..intake.inserting import insert_rows
from ..rules import why_not_take, why_not_undo
from .reading import EDIT, KIND, UnitRow, judge_units

_ROW = ("batch_id", "public_id", "sheet", "number", "cells", "problems", "state", "subject")


@action("registry.receive_units")
def receive_units(*, file: SentFile, organisation: Organisation, by: Any, key: str = "") -> ImportBatch:
    """Keep a list of units with every row judged; no unit is entered yet."""
    require(by, EDIT, organisation)
    batch = ImportBatch.objects.create(
        kind=KIND,
        file_name=file.name,
        sha256=file.sha256,
        sender=str(organisation.public_id),
        mapping={"tables": [_table(table) for table in file.tables]},
        made_by=str(by.public_id),
    )
    for table in file.tables:
        rows = (row_values(batch, table.sheet, row.number, row.cells, row.section) for row in table.rows)
        insert_rows(ImportRow._meta.db_table, _ROW, rows)
    _judge(batch, organisation, by)
    return batch


@action("registry.take_units")
def take_units(*, batch: ImportBatch, good_rows: bool, by: Any, key: str = "") -> ImportBatch:
    """Enter the new units of a list, judged again as the register is now; `good_rows`: park the others instead of refusing."""
    sender = sender_of(batch)
    require(by, EDIT, sender)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_take(ImportState(batch.state)))
    judged = _judge(batch, sender, by)
    bad = [row for row in judged if row.problems]
    if bad and not good_rows:
        raise Refused(Problem("registry.rows_bad", values={"count": len(bad)}))
    if len(bad) == len(judged):
        raise Refused(Problem("registry.nothing_to_take"))
    founded = _found([row for row in judged if not row.problems and row.known is None], by)
    batch.counts = {**batch.counts, "founded": founded}
    batch.rows.filter(state=RowState.GOOD).update(state=RowState.TAKEN)
    batch.rows.filter(state=RowState.BAD).update(state=RowState.PARKED)
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["counts", "state"])
    return batch


@action("registry.refuse_units")
def refuse_units(*, batch: ImportBatch, by: Any, key: str = "") -> ImportBatch:
    """Put a list of units aside; its rows are not kept."""
    require(by, EDIT, sender_of(batch))
    refuse_if(why_not_take(ImportState(batch.state)))
    batch.rows.all().delete()
    batch.state = ImportState.REFUSED
    batch.save(update_fields=["state"])
    return batch


@action("registry.undo_units")
def undo_units(*, batch: ImportBatch, reason: str, by: Any, key: str = "") -> ImportBatch:
    """Take back the units that a list entered, as far as nobody refers to them; the others are named."""
    require(by, EDIT, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_undo(ImportState(batch.state)))
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    keys = set(batch.counts.get("founded", []))
    removed = _remove(keys)
    rebuild_paths()
    batch.counts = {**batch.counts, "removed": removed, "kept": sorted(keys - set(removed))}
    batch.state = ImportState.UNDONE
    batch.save(update_fields=["counts", "state"])
    return batch


def _table(table: Any) -> dict[str, Any]:
    return {"sheet": table.sheet, "headings": list(table.headings), "columns": table.proposal}


def _judge(batch: ImportBatch, sender: Organisation, by: Any) -> list[UnitRow]:
    rows = list(batch.rows.order_by("pk"))
    columns = {table["sheet"]: table["columns"] for table in batch.mapping["tables"]}
    judged = judge_units([(row.pk, _values(row, columns[row.sheet])) for row in rows], by=by, sender=sender, on=today())
    for row, one in zip(rows, judged, strict=True):
        places = {key: int(place) for place, key in columns[row.sheet].items()}
        row.state = RowState.BAD if one.problems else RowState.UNCHANGED if one.known else RowState.GOOD
        row.problems = [kept_problem(problem, places.get(problem.field or "")) for problem in one.problems]
    ImportRow.objects.bulk_update(rows, ["state", "problems"], batch_size=500)
    states = Counter(str(row.state) for row in rows)
    batch.counts = {
        "rows": len(rows),
        "good": states[RowState.GOOD],
        "new": states[RowState.GOOD],
        "unchanged": states[RowState.UNCHANGED],
        "bad": states[RowState.BAD],
    }
    batch.save(update_fields=["counts"])
    return judged


def _values(row: ImportRow, columns: Mapping[str, str]) -> dict[str, Cell]:
    cells = row.cells["cells"]
    return {key: cell_of(cells[int(place)]) for place, key in columns.items() if int(place) < len(cells)}


def _found(rows: Sequence[UnitRow], by: Any) -> list[str]:
    """Parents that were judged bad leave their children without one in the list: those are refused by the room below."""
    if not rows:
        return []
    existing = {
        str(parent.public_id): parent
        for row in rows
        for parent in (row.employer, row.professional)
        if isinstance(parent, Organisation)
    }
    foundings = [
        Founding(row.draft, row.key, _key(row.employer), _key(row.professional))
        for row in rows
        if row.draft is not None
    ]
    made = found_many(drafts=foundings, by=by, existing=existing)
    return [str(row.public_id) for row in made.values()]


def _key(parent: str | Organisation | None) -> str:
    return str(parent.public_id) if isinstance(parent, Organisation) else parent or ""


def _remove(keys: set[str]) -> list[str]:
    """Delete the units nobody refers to, children before parents; the database itself says who refers."""
    from django.db import transaction

    table = Organisation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    rows = {row.pk: row for row in table.filter(public_id__in=keys)}
    removed: list[str] = []
    for row in sorted(rows.values(), key=lambda one: -len(one.employer_path + one.professional_path)):
        try:
            with transaction.atomic():
                OrganisationLine.objects.filter(organisation=row).delete()
                table.filter(pk=row.pk).delete()
        except ProtectedError:
            continue
        removed.append(str(row.public_id))
    return removed
