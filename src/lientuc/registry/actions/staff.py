"""Writes of staff lists: received, mapped, repaired, taken, cleaned row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.documents.readers import LIMITS
from lientuc.documents.readers.guard import examine
from lientuc.places.models import Organisation
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ColumnMapping, ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import PostKind, TakeChoice
from ..intake.batches import judge_batch, keep_states, keep_waiting, kept_rows, next_step, sender_of, store
from ..intake.columns import KIND
from ..intake.columns import LABELS as COLUMNS
from ..intake.file import SentFile
from ..intake.forgetting import is_forgotten
from ..intake.judging import Judged, judge
from ..intake.models import WaitingFile
from ..intake.places import Places
from ..intake.reading import RowRead
from ..intake.staging import chunks, clear, stage, write_staged
from ..intake.swapping import enter, hold_entrance, overtaken
from ..intake.undoing import take_back
from ..models import HealthWorker
from ..rules import StaffDraft, mapping_problems, why_not_take, why_not_undo

EDIT = "registry.edit_workers"
# The register may change while a list is judged anew; it does not do so for ever.
_MOST_JUDGEMENTS = 3


@action("registry.receive_staff")
def receive_staff(
    *, file: SentFile, organisation: Organisation, by: Any, corrects: ImportBatch | None = None, key: str = ""
) -> ImportBatch:
    """Keep a staff list for preview; the register is not touched. `corrects`: the list whose parked rows it stands for."""
    require(by, EDIT, organisation)
    return _correcting(store(file, organisation, by), corrects)


@action("registry.receive_upload")
def receive_upload(
    *,
    content: bytes,
    name: str,
    organisation: Organisation,
    by: Any,
    corrects: ImportBatch | None = None,
    key: str = "",
) -> ImportBatch:
    """Keep a staff list unread: a job reads it in its limited child process."""
    require(by, EDIT, organisation)
    examine(content, LIMITS)
    return _correcting(keep_waiting(content, name, organisation, by), corrects)


@action("registry.judge_staff")
def judge_staff(*, batch: ImportBatch, by: Any, staged: bool = False) -> ImportBatch:
    """Judge every row of a list that waits, and keep the problems with the cells; `staged`: a job has done so part by part."""
    require(by, EDIT, sender_of(batch))
    refuse_if(why_not_take(ImportState(batch.state)))
    if not staged:
        judge_batch(batch, by)
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

    A list that the register has overtaken since it was judged is judged again first.
    """
    require(by, EDIT, sender_of(batch))
    hold_entrance()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_take(ImportState(batch.state)))
    if choice is TakeChoice.REFUSE:
        return _refuse(batch)
    _bring_up_to_date(batch, by)
    bad = batch.counts["bad"]
    if bad and choice is TakeChoice.ALL_OR_NOTHING:
        raise Refused(Problem("registry.rows_bad", values={"count": bad}))
    if bad == batch.counts["rows"]:
        raise Refused(Problem("registry.nothing_to_take"))
    enter(batch, 0)
    batch.rows.filter(state=RowState.GOOD).update(state=RowState.TAKEN)
    batch.rows.filter(state=RowState.BAD).update(state=RowState.PARKED)
    batch.state = ImportState.TAKEN_IN_PART if bad else ImportState.TAKEN
    batch.save(update_fields=["state"])
    _replace(batch)
    return batch


@action("registry.clean_row")
def clean_row(*, row: ImportRow, draft: StaffDraft, organisation: Organisation, by: Any, key: str = "") -> ImportRow:
    """Take one parked row as a person has cleaned it; the same rules as for a file."""
    require(by, EDIT, organisation)
    require(by, EDIT, sender_of(row.batch))
    hold_entrance()
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row.pk)
    if row.state != RowState.PARKED:
        raise Refused(Problem("registry.row_not_parked"))
    one = Judged(row.pk, RowRead(draft, ""), organisation.pk, row.number)
    judge([one], places=Places(by), on=today())
    refuse_if(one.problems)
    step = next_step(row.batch)
    write_staged(row.batch, step, [one])
    enter(row.batch, step)
    if one.plan is not None:
        row.subject = f"{HealthWorker._meta.label_lower}:{one.plan.person.public_id}"
    row.state, row.problems = RowState.CLEANED, []
    row.save(update_fields=["state", "problems", "subject"])
    return row


@action("registry.retry_rows")
def retry_rows(*, batch: ImportBatch, by: Any, key: str = "") -> ImportBatch:
    """Judge the parked rows of a list once more as they stand, and take those that are good by now."""
    require(by, EDIT, sender_of(batch))
    hold_entrance()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    parked = batch.rows.filter(state=RowState.PARKED)
    step = next_step(batch)
    good: list[int] = []

    def keep(_: Any, judged: Sequence[Judged]) -> None:
        keep_states(batch, judged, RowState.PARKED)
        good.extend(row.key for row in judged if row.plan is not None)

    stage(batch, by, sender_of(batch).pk, list(kept_rows(parked)), keep=keep, step=step)
    enter(batch, step)
    for part in chunks(good):
        batch.rows.filter(pk__in=part).update(state=RowState.CLEANED, problems=[])
    batch.counts = {**batch.counts, "retried": len(good)}
    batch.save(update_fields=["counts"])
    return batch


@action("registry.drop_row")
def drop_row(*, row: ImportRow, reason: str, by: Any, key: str = "") -> ImportRow:
    """Give a parked row up: it will not be taken."""
    require(by, EDIT, sender_of(row.batch))
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row.pk)
    if row.state != RowState.PARKED:
        raise Refused(Problem("registry.row_not_parked"))
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    row.state = RowState.DROPPED
    row.save(update_fields=["state"])
    return row


@action("registry.undo_staff")
def undo_staff(*, batch: ImportBatch, reason: str, by: Any, key: str = "") -> ImportBatch:
    """Take a list back: whatever nobody refers to is deleted, changed values return; the rest stays, each with its reason."""
    require(by, EDIT, sender_of(batch))
    hold_entrance()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(why_not_undo(ImportState(batch.state), forgotten=is_forgotten(batch)))
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    batch.counts = {**batch.counts, "undone": take_back(batch)}
    batch.state = ImportState.UNDONE
    batch.save(update_fields=["counts", "state"])
    return batch


def _bring_up_to_date(batch: ImportBatch, by: Any) -> None:
    """Judge a list that was not judged yet, or that the register has overtaken; a list that is not kept here cannot be."""
    for _ in range(_MOST_JUDGEMENTS):
        if batch.counts.get("judged") and not overtaken(batch, 0, by):
            return
        if batch.counts.get("from_file"):
            break
        judge_batch(batch, by)
    raise Refused(Problem("registry.overtaken"))


def _correcting(batch: ImportBatch, corrects: ImportBatch | None) -> ImportBatch:
    if corrects is not None and corrects.sender == batch.sender:
        batch.mapping = {**batch.mapping, "corrects": str(corrects.public_id)}
        batch.save(update_fields=["mapping"])
    return batch


def _replace(batch: ImportBatch) -> None:
    """A corrected file stands for the rows that were parked when its errors were downloaded."""
    earlier = batch.mapping.get("corrects")
    if earlier:
        parked = ImportRow.objects.filter(batch__public_id=earlier, batch__sender=batch.sender, state=RowState.PARKED)
        parked.update(state=RowState.CLEANED)


def _refuse(batch: ImportBatch) -> ImportBatch:
    """The rows of a refused file are personal data that nobody needs."""
    batch.rows.all().delete()
    clear(batch)
    WaitingFile.objects.filter(batch=batch).delete()
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
