"""`lientuc import organisations FILE.csv`: the same rows and rules as on the page."""

from __future__ import annotations

from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.headers import find_header, rows_under
from lientuc.documents.readers.streaming import LongTable
from lientuc.trail.enums import RowState
from lientuc.trail.imports import Asked, Outcome

from ..intake.file import SentFile, Table, problem_of
from .actions import receive_units, take_units
from .reading import FIELDS


def import_units(asked: Asked) -> Outcome:
    """Preview or enter a list of units; the country has some 15,000, which fit into memory."""
    long = LongTable(asked.path)
    top = long.top
    header = find_header(top, FIELDS)
    if header is None or not header.columns_of("name"):
        raise Refused(Problem("registry.no_unit_table", "file"))
    below = ((place, row) for place, row in long.rows() if place >= header.data_from)
    rows = list(rows_under(header, top.rows[header.last], below))
    asked.told(long.size, len(rows))
    file = SentFile(asked.path.name, long.sha256(), [Table.of("", header, rows)])
    if not rows:
        raise Refused(Problem("registry.no_unit_table", "file"))
    batch = receive_units(file=file, organisation=asked.organisation, by=asked.by)
    if not asked.preview:
        batch = take_units(batch=batch, good_rows=asked.good_rows, by=asked.by)
    bad = batch.rows.filter(state__in=[str(RowState.BAD), str(RowState.PARKED)]).order_by("pk")[:20]
    problems = [(row.number, problem_of(stored)) for row in bad for stored in row.problems]
    return Outcome(batch.state, batch.counts, str(batch.public_id), problems)
