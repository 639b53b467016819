"""Lists too long for a page: a CSV of a province or of the country, read row by row and staged part by part.

Guaranteed: memory does not grow with the file beyond a few hashes for each row; nobody waits for the reading and judging; what is
taken becomes visible at once, in one transaction. A process that is killed leaves the register as it was; the same command
given again completes it, and given once more changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.headers import Header, find_header, rows_under
from lientuc.documents.readers.streaming import LongTable
from lientuc.trail.enums import RowState
from lientuc.trail.imports import Asked, Outcome
from lientuc.trail.models import ImportBatch

from ..actions import judge_staff, receive_staff, take_staff
from ..enums import TakeChoice
from .batches import insert_bad_rows, sender_of
from .columns import STAFF_FIELDS
from .file import SentFile, Table, problem_of
from .judging import KeptRow
from .staging import chunks, stage

_MOST_TRIES = 3
_SHOWN = 20


def import_staff(asked: Asked) -> Outcome:
    """Preview or take a staff list; a batch is left behind that pages show, with the parked rows to clean."""
    table = LongTable(asked.path)
    top = table.top
    header = find_header(top, STAFF_FIELDS)
    if header is None:
        raise Refused(Problem("registry.no_table", "file"))
    sheet = Table.of("", header, ())
    file = SentFile(asked.path.name, table.sha256(), [sheet])
    batch = receive_staff(file=file, organisation=asked.organisation, by=asked.by)
    source = _Source(table, header, tuple(top.rows[header.last]))
    _stage(batch, source, asked)
    if not asked.preview:
        batch = _take(batch, source, asked)
    return Outcome(batch.state, batch.counts, str(batch.public_id), _first_problems(batch))


class _Source:
    """The rows of people in a long table; may be read again."""

    def __init__(self, table: LongTable, header: Header, last: tuple[object, ...]) -> None:
        self.table, self._header, self._last = table, header, last

    def parts(self) -> Iterator[list[KeptRow]]:
        below = ((place, row) for place, row in self.table.rows() if place >= self._header.data_from)
        rows = rows_under(self._header, self._last, below)  # type: ignore[arg-type]
        yield from chunks(KeptRow(None, "", row.number, row.cells, row.section, is_raw=True) for row in rows)


def _stage(batch: ImportBatch, source: _Source, asked: Asked) -> None:
    batch.rows.all().delete()
    batch.counts = {**batch.counts, "from_file": True}
    tally = stage(
        batch,
        asked.by,
        sender_of(batch).pk,
        source.parts(),
        keep=lambda rows, judged: insert_bad_rows(batch, rows, judged),
        told=lambda rows: asked.told(source.table.read_to, rows),
    )
    if not tally.rows:
        raise Refused(Problem("registry.no_table", "file"))
    batch.counts = {**tally.counts(), "judged": True, "from_file": True}
    batch.save(update_fields=["counts"])
    judge_staff(batch=batch, by=asked.by, staged=True)


def _take(batch: ImportBatch, source: _Source, asked: Asked) -> ImportBatch:
    choice = TakeChoice.GOOD_ROWS if asked.good_rows else TakeChoice.ALL_OR_NOTHING
    for remaining in reversed(range(_MOST_TRIES)):
        try:
            return take_staff(batch=batch, choice=choice, by=asked.by)
        except Refused as refused:
            if not remaining or refused.problems[0].code != "registry.overtaken":
                raise
        _stage(batch, source, asked)
    raise AssertionError("unreachable")


def _first_problems(batch: ImportBatch) -> Iterator[tuple[int, Problem]]:
    bad = batch.rows.filter(state__in=[str(RowState.BAD), str(RowState.PARKED)]).order_by("pk")[:_SHOWN]
    for row in bad:
        for stored in row.problems:
            yield row.number, problem_of(stored)
