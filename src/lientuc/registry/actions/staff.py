"""Writes of staff lists: received, mapped, repaired, taken, cleaned row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import PostKind, TakeChoice
from ..intake.batches import judged_rows, keep_judgement, sender_of, set_states, store
from ..intake.columns import KIND
from ..intake.columns import LABELS as COLUMNS
from ..intake.file import SentFile
from ..intake.inserting import insert_many
from ..intake.judging import Judged, judge
from ..intake.places import Places
from ..intake.plan import Plan
from ..intake.reading import RowRead
from ..models import HealthWorker, Licence, Post
from ..rules import StaffDraft, mapping_problems, why_not_take

EDIT = "registry.edit_workers"
_BATCH = 2_000


@action("registry.receive_staff")
def receive_staff(*, file: SentFile, organisation: Organisation, by: Any, key: str = "") -> ImportBatch:
    """Keep a staff list for preview; the register is not touched."""
    require(by, EDIT, organisation)
    return store(file, organisation, by)


@action("registry.judge_staff")
def judge_staff(*, batch: ImportBatch, by: Any) -> ImportBatch:
    """Judge every row of a list that waits, and keep the problems with the cells."""
    require(by, EDIT, sender_of(batch))
    refuse_if(why_not_take(ImportState(batch.state)))
    keep_judgement(batch, judged_rows(batch, by))
    return batch


@action("registry.map_columns")
def map_columns(
    *, batch: ImportBatch, columns: Mapping[str, Mapping[str, str]], default_kind: PostKind, by: Any
) -> ImportBatch:
    """Say what the columns of each table are (`{fingerprint: {column: field}}`); remembered for the sender's next file."""
    sender = sender_of(batch)
    require(by, EDIT, sender)
    refuse_if(why_not_take(ImportState(batch.state)))
    refuse_if(mapping_problems(columns, frozenset(COLUMNS)))
    for table in batch.mapping["tables"]:
        chosen = columns.get(table["fingerprint"])
        if chosen is not None:
            table["columns"] = {column: field for column, field in chosen.items() if field}
            _remember(sender, table)
    batch.mapping["default_kind"] = str(default_kind)
    batch.save(update_fields=["mapping"])
    return batch


@action("registry.repair_zeros")
def repair_zeros(*, batch: ImportBatch, by: Any) -> ImportBatch:
    """Consent to give numbers of 11 or 10 digits back the zeros that Excel took from their beginning."""
    require(by, EDIT, sender_of(batch))
    refuse_if(why_not_take(ImportState(batch.state)))
    batch.mapping["repair_zeros"] = True
    batch.save(update_fields=["mapping"])
    return batch


@action("registry.take_staff")
def take_staff(*, batch: ImportBatch, choice: TakeChoice, by: Any, key: str = "") -> ImportBatch:
    """Decide about a list: refuse it, take it whole, or take the good rows and park the others; one transaction.

    Rows are judged again, because the register may have changed since the preview.
    """
    require(by, EDIT, sender_of(batch))
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_take(ImportState(batch.state)))
    if choice is TakeChoice.REFUSE:
        return _refuse(batch)
    judged = judged_rows(batch, by)
    bad = [row for row in judged if row.plan is None]
    if bad and choice is TakeChoice.ALL_OR_NOTHING:
        raise Refused(Problem("registry.rows_bad", values={"count": len(bad)}))
    if len(bad) == len(judged):
        raise Refused(Problem("registry.nothing_to_take"))
    keep_judgement(batch, judged)
    _write([row.plan for row in judged if row.plan is not None])
    batch.rows.filter(state=RowState.GOOD).update(state=RowState.TAKEN)
    set_states(batch, bad, RowState.PARKED)
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["state"])
    return batch


@action("registry.clean_row")
def clean_row(*, row: ImportRow, draft: StaffDraft, organisation: Organisation, by: Any, key: str = "") -> ImportRow:
    """Take one parked row as a person has cleaned it; the same rules as for a file."""
    require(by, EDIT, organisation)
    require(by, EDIT, sender_of(row.batch))
    if row.state != RowState.PARKED:
        raise Refused(Problem("registry.row_not_parked"))
    one = Judged(row.pk, RowRead(draft, ""), organisation.pk)
    judge([one], by=by, places=Places(by), on=today())
    refuse_if(one.problems)
    plan = one.plan
    if plan is not None:
        _write([plan])
        row.subject = str(plan.worker.ref)
    row.state, row.problems = RowState.CLEANED, []
    row.save(update_fields=["state", "problems", "subject"])
    return row


def _refuse(batch: ImportBatch) -> ImportBatch:
    """The rows of a refused file are personal data that nobody needs."""
    batch.rows.all().delete()
    batch.state = ImportState.REFUSED
    batch.save(update_fields=["state"])
    return batch


def _remember(sender: Organisation, table: Mapping[str, Any]) -> None:
    ColumnMapping.objects.update_or_create(
        kind=KIND,
        sender=str(sender.public_id),
        fingerprint=table["fingerprint"],
        defaults={"mapping": {"columns": table["columns"]}},
    )


def _write(plans: Sequence[Plan]) -> None:
    """All rows of all plans, set-based; a person met in several rows is written once."""
    people = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    made = _once(plan.worker for plan in plans if plan.is_new)
    for worker in made:
        worker.set_keys()
    insert_many(made)
    fresh = {worker.public_id for worker in made}
    mended = _once(plan.worker for plan in plans if plan.changed and plan.worker.public_id not in fresh)
    columns = {column for plan in plans for column in plan.changed}
    if mended:
        people.bulk_update(mended, sorted(columns), batch_size=_BATCH)
    _write_parts(Post, [plan.post for plan in plans if plan.post is not None], ("position", "kind", "from_on"))
    _write_parts(
        Licence, [plan.licence for plan in plans if plan.licence is not None], ("issuer", "issued_on", "valid_to")
    )


def _write_parts(model: Any, rows: Sequence[Any], columns: Sequence[str]) -> None:
    rows = _once(rows)
    table = model.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    known = [row for row in rows if row.pk is not None]
    fresh = [row for row in rows if row.pk is None]
    for row in fresh:
        row.worker_id = row.worker.pk
    insert_many(fresh)
    if known:
        table.bulk_update(known, columns, batch_size=_BATCH)


def _once(rows: Iterable[Any]) -> list[Any]:
    return list({row.public_id: row for row in rows}.values())
