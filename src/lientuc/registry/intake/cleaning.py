"""What pages show of a list's rows: problems with their cells, first rows, a parked row as a form's values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lientuc.core.errors import Problem
from lientuc.trail.models import ImportBatch, ImportRow

from ..rules import StaffDraft
from .batches import sender_of
from .file import address, cell_of, problem_of
from .places import Places
from .reading import RowRead, mapping_of, read_row, text_of


@dataclass(frozen=True)
class ShownProblem:
    """One problem of one row: sheet, cell (or the row's number), what stands there, what is wrong."""

    sheet: str
    place: str
    text: str
    problem: Problem


def shown_problems(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[ShownProblem]:
    """The problems of rows, cell by cell."""
    return [_shown(row, stored) for row in rows for stored in row.problems]


def _shown(row: ImportRow, stored: dict[str, Any]) -> ShownProblem:
    column, cells = stored["column"], row.cells["cells"]
    if column is None:
        return ShownProblem(row.sheet, str(row.number), "", problem_of(stored))
    text = text_of(cell_of(cells[column])) if column < len(cells) else ""
    return ShownProblem(row.sheet, address(column, row.number), text, problem_of(stored))


def first_texts(batch: ImportBatch, count: int) -> dict[str, list[list[str]]]:
    """The first rows of each sheet as texts."""
    found = {}
    for table in batch.mapping["tables"][:20]:
        rows = batch.rows.filter(sheet=table["sheet"]).order_by("number").values_list("cells", flat=True)[:count]
        found[table["sheet"]] = [[text_of(cell_of(cell)) for cell in cells["cells"]] for cells in rows]
    return found


def initial_of(row: ImportRow, by: Any) -> dict[str, Any]:
    """A parked row as the values of the form that cleans it: what could be read is filled in."""
    read = _read(row)
    places = Places(by)
    meant = places.meant(read.organisation) if read.organisation else places.hinted(row.cells["section"], row.sheet)
    place = places.by_id.get(meant) if isinstance(meant, int) else None if read.organisation else sender_of(row.batch)
    return {**_values(read.draft), "organisation": place.public_id if place else None}


def name_of(row: ImportRow) -> str:
    """Whom a row is about, as far as it says."""
    return _read(row).draft.worker.full_name


def _read(row: ImportRow) -> RowRead:
    table = next(table for table in row.batch.mapping["tables"] if table["sheet"] == row.sheet)
    return read_row([cell_of(cell) for cell in row.cells["cells"]], mapping_of(table, row.batch.mapping))


def _values(draft: StaffDraft) -> dict[str, Any]:
    """The drafts by the names of the form's fields."""
    worker = {key: value for key, value in vars(draft.worker).items() if value is not None}
    if draft.worker.born_on:
        worker.pop("birth_year", None)
    post = vars(draft.post)
    values = {**worker, **post, "post_kind": post["kind"]}
    if draft.licence is not None:
        values |= {f"licence_{key}": value for key, value in vars(draft.licence).items()}
    return values
