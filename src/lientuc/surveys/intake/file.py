"""A file of records judged against a version: header, remembered codes, every cell; nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.documents.readers.delimited import rows_of

from ..models import InstrumentVersion, RecordCodes
from ..queries import form_of
from ..rules import MOST_LABELS
from ..specs import Questionnaire
from .codes import CodeMap, problems_of_map, read_map
from .columns import Columns, columns_of
from .interviews import Interviews, judge_interviews
from .records import Batch, Choices, digest, judge


@dataclass(frozen=True)
class Files:
    """The bytes of what was given."""

    records: bytes
    interviews: bytes = b""
    codes: bytes = b""


class Judged:
    """A study read: its form with the switches the file needs, the records, the interviews, and the codes in use.

    Not a dataclass on purpose: the audit trail writes arguments of actions out, and answers must never stand there.
    """

    def __init__(
        self,
        *,
        form: Questionnaire,
        sets: tuple[str, ...],
        batch: Batch,
        interviews: Interviews,
        chosen: Choices,
        digest: str,
    ) -> None:
        self.form, self.sets, self.batch = form, sets, batch
        self.interviews, self.chosen, self.digest = interviews, chosen, digest

    def __str__(self) -> str:
        return f"{len(self.batch.kept)} of {self.batch.read} records, {len(self.interviews.rows)} interviews"


def judge_files(files: Files, version: InstrumentVersion, chosen: Choices) -> Judged:
    """Read everything; Refused where a file cannot be read at all."""
    given = read_map(rows_of(files.codes)) if files.codes else CodeMap()
    whole = _with_everything(form_of(version), ("",) * MOST_LABELS)
    refuse_if(problems_of_map(given, whole.by_name))
    header, *rows = _rows(files.records)
    codes = given if files.codes else remembered(version, header)
    columns = columns_of(header, whole, codes.columns)
    if not columns.targets:
        raise Refused(Problem("surveys.no_column_known", values={"instrument": version.instrument.code}))
    sets = tuple(
        sorted({item.item_set for item in whole.by_name.values() if item.item_set and item.name in columns.items})
    )
    labels = tuple(f"{n}" for n in range(1, columns.labels + 1))
    form = form_of(version).with_switches(sets, labels)
    chosen = replace(chosen, codes=codes)
    batch = judge(rows, columns, form, chosen)
    header_i, *rows_i = _rows(files.interviews) if files.interviews else [[]]
    interviews = judge_interviews(header_i, rows_i, codes) if files.interviews else Interviews()
    options = f"{version.pk} {chosen.complete_cases} {chosen.good_rows} {codes.rows()}".encode()
    return Judged(
        form=form,
        sets=sets,
        batch=batch,
        interviews=interviews,
        chosen=chosen,
        digest=digest(files.records, files.interviews, options),
    )


def problems_of_judged(judged: Judged) -> list[Problem]:
    """What stands in the way of taking it."""
    batch, found = judged.batch, list[Problem]()
    if batch.bad and not judged.chosen.good_rows:
        found.append(Problem("surveys.records_bad_cells", values={"count": len(batch.bad)}))
    if any(cell.line == 1 for cell in batch.bad) and judged.chosen.good_rows:
        found.append(Problem("surveys.records_bad_cells", values={"count": len(batch.bad)}))
    if judged.interviews.bad:
        found.append(Problem("surveys.interviews_bad_cells", values={"count": len(judged.interviews.bad)}))
    if batch.proposed and not judged.chosen.accept_codes:
        found.append(Problem("surveys.codes_not_confirmed", values={"count": len(batch.proposed)}))
    if batch.columns.clashes:
        found.append(Problem("surveys.columns_clash", values={"columns": ", ".join(batch.columns.clashes)}))
    if not batch.kept:
        found.append(Problem("surveys.no_records_kept", values={"read": batch.read}))
    return found


def codes_in_use(judged: Judged) -> CodeMap:
    """What the map said and what was proposed besides."""
    return judged.chosen.codes.plus(judged.batch.proposed)


def remembered(version: InstrumentVersion, header: Sequence[str]) -> CodeMap:
    """The codes confirmed earlier for files of this header, empty where there are none."""
    row = RecordCodes.objects.filter(instrument=version.instrument, header=header_hash(header)).first()
    if row is None:
        return CodeMap()
    values = {(item, value): code for item, value, code in row.rows if value}
    return CodeMap(values, {code: item for item, value, code in row.rows if not value})


def header_hash(header: Sequence[str]) -> str:
    """What files of one header share."""
    return hashlib.sha256("\x1f".join(name.strip().casefold() for name in header).encode()).hexdigest()


def _rows(content: bytes) -> list[list[str]]:
    rows = list(rows_of(content))
    if not rows:
        raise Refused(Problem("documents.empty"))
    return rows


def _with_everything(form: Questionnaire, labels: tuple[str, ...]) -> Questionnaire:
    sets = {item.item_set for _, item in form.items if item.item_set}
    return form.with_switches(sets, labels)


def columns_missing(judged: Judged) -> tuple[str, ...]:
    """Items of the form that the file has no column for."""
    columns: Columns = judged.batch.columns
    return tuple(name for name in judged.form.by_name if name not in columns.items)
