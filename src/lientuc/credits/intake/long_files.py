"""Files of entries too long for a page: a CSV read row by row, judged part by part, taken at once.

Guaranteed: reading and judging delay nobody; what is taken becomes visible in one transaction, so a process that is killed leaves
the ledger as it was, and the same command given again completes it. Memory grows with the rows kept (about 1 KB for each).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.headers import BodyRow, Header, find_header, rows_under
from lientuc.documents.readers.streaming import LongTable
from lientuc.registry.intake.file import SentFile, Table, kept, problem_of
from lientuc.trail.enums import RowState
from lientuc.trail.imports import Asked, Outcome
from lientuc.trail.models import ImportBatch, ImportRow

from ..actions.intake import judge_entries, receive_entries, take_entries
from ..enums import EntrySource
from .cells import FIELDS
from .preview import BATCH, Judge, Judgement, columns_of, kept_problems, missing_columns, values_of

_SHOWN = 20


def import_entries(asked: Asked) -> Outcome:
    """Preview or take a file of entries; a batch is left behind that pages show, with the parked rows to mend."""
    table = LongTable(asked.path)
    header = find_header(table.top, FIELDS)
    if header is None:
        raise Refused(Problem("credits.file_without_columns", "file"))
    sent = SentFile(asked.path.name, table.sha256(), [Table.of("", header, ())])
    batch = receive_entries(sent=sent, organisation=asked.organisation, by=asked.by)
    if missing_columns(batch.mapping):
        raise Refused(Problem("credits.columns_missing", "file"))
    judged = _staged(batch, _rows(table, header), table, asked)
    if not judged.counts:
        raise Refused(Problem("credits.file_without_columns", "file"))
    batch = judge_entries(batch=batch, counts=judged.counts, by=asked.by)
    if not asked.preview:
        batch = take_entries(
            batch=batch, park=asked.good_rows, source=EntrySource.COMMAND, judged_on=judged.basis, by=asked.by
        )
    return Outcome(batch.state, _said(batch), str(batch.public_id), _first_problems(batch))


def _rows(table: LongTable, header: Header) -> Iterator[BodyRow]:
    last = tuple(table.top.rows[header.last])
    return rows_under(header, last, ((place, row) for place, row in table.rows() if place >= header.data_from))


def _staged(batch: ImportBatch, rows: Iterator[BodyRow], table: LongTable, asked: Asked) -> Judgement:
    """Keep every row with its judgement, part by part."""
    counts: Counter[str] = Counter()
    judge, columns = Judge(asked.by), columns_of(batch.mapping[""]["columns"])
    for part in _parts(rows):
        made = []
        for row, found in zip(part, judge.judge((r.number, values_of(r.cells, columns)) for r in part), strict=True):
            cells, problems = [kept(cell) for cell in row.cells], kept_problems(found, columns)
            made.append(
                ImportRow(batch=batch, sheet="", number=row.number, cells=cells, problems=problems, state=found.state)
            )
        ImportRow.objects.bulk_create(made, batch_size=BATCH)
        counts.update(str(row.state) for row in made)
        asked.told(table.read_to, counts.total())
    return Judgement(dict(counts), judge.basis)


def _parts(rows: Iterator[BodyRow]) -> Iterator[list[BodyRow]]:
    part: list[BodyRow] = []
    for row in rows:
        part.append(row)
        if len(part) == BATCH:
            yield part
            part = []
    if part:
        yield part


def _said(batch: ImportBatch) -> dict[str, int]:
    """The counts in the words of the command's report."""
    counts = {name: int(batch.counts.get(name, 0)) for name in map(str, RowState)}
    good = counts[RowState.GOOD] + counts[RowState.TAKEN]
    bad = counts[RowState.BAD] + counts[RowState.PARKED]
    unchanged = counts[RowState.UNCHANGED]
    return {"rows": good + bad + unchanged, "good": good, "new": good, "unchanged": unchanged, "bad": bad}


def _first_problems(batch: ImportBatch) -> Iterator[tuple[int, Problem]]:
    for row in batch.rows.filter(state__in=[str(RowState.BAD), str(RowState.PARKED)]).order_by("pk")[:_SHOWN]:
        for stored in row.problems:
            yield row.number, problem_of(stored)
