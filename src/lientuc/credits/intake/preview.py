"""A file of entries looked at before it is taken: every row a draft, every cell's problem beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.documents.readers.book import Cell
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import SentFile, cell_of, kept, kept_problem, read_file
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow

from ..queries.people import facts_to_record, workers_named
from ..rules import EntryDraft, RecordFacts, problems, remarks, tidied
from .basis import basis_of
from .cells import FIELDS, KEYS, draft_of, number_of

# What a file must say of an entry before its rows can be judged one by one.
NEEDED = frozenset({"worker", "activity_on", "title"})
BATCH = 2_000
# Already in the ledger: a file sent twice adds nothing and is no mistake.
ALREADY = frozenset({"credits.certificate_taken", "credits.activity_taken"})


@dataclass(frozen=True)
class Judged:
    """One row's draft with its problems and remarks.

    `known`: the ledger holds it already; `unread`: some value could not be read, so the draft alone does not tell the problems.
    """

    number: int
    draft: EntryDraft
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    known: bool = False
    unread: bool = False

    @property
    def state(self) -> RowState:
        """What becomes of the row."""
        if self.known:
            return RowState.UNCHANGED
        return RowState.BAD if self.problems else RowState.GOOD


def read_entries(content: bytes, name: str) -> SentFile:
    """Read an uploaded file of entries; Refused where it may not be opened or its header says too little."""
    sent = read_file(content, name, FIELDS)
    if not any(set(table.proposal.values()) >= NEEDED for table in sent.tables):
        raise Refused(Problem("credits.file_without_columns", "file"))
    return sent


def read_unknown(content: bytes, name: str) -> SentFile:
    """Read an uploaded file whose columns a person may still have to name; Refused where it may not be opened."""
    return read_file(content, name, FIELDS)


def missing_columns(mapping: Mapping[str, Any]) -> bool:
    """Whether no table of a kept file has the columns without which rows cannot be judged."""
    return not any(set(table["columns"].values()) >= NEEDED for table in mapping.values())


def values_of(cells: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    """The cells of a row by field key; `columns` names the place of each."""
    return {key: cells[place] for key, place in columns.items() if key in KEYS and place < len(cells)}


class Judge:
    """Judges rows of raw values in order, each also against the rows before it."""

    def __init__(self, by: Any) -> None:
        self.by, self.rules = by, RuleSet.default()
        self._ledger: dict[UUID, RecordFacts] = {}
        self._seen: dict[UUID, RecordFacts] = {}
        self._named: dict[str, UUID] = {}

    @property
    def basis(self) -> str:
        """What the rows so far were judged on."""
        return basis_of(self._named, self._ledger.items())

    def judge(self, rows: Iterable[tuple[int, Mapping[str, Cell]]]) -> Iterator[Judged]:
        """The rows judged; seven queries for each 2,000 of them."""
        listed = list(rows)
        for start in range(0, len(listed), BATCH):
            part = listed[start : start + BATCH]
            found = workers_named(by=self.by, texts={number_of(values.get("worker")) for _, values in part})
            self._named |= found
            self._learn(set(found.values()))
            for number, values in part:
                draft, unread = draft_of(values, find=found.get)
                yield self._one(number, tidied(draft), unread)

    def _learn(self, persons: set[UUID]) -> None:
        unknown = persons - self._ledger.keys()
        people = list(HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(public_id__in=unknown))
        facts = facts_to_record(people)
        learnt = {person.public_id: facts[person.pk] for person in people}
        self._ledger |= learnt
        self._seen |= learnt

    def _one(self, number: int, draft: EntryDraft, unread: list[Problem]) -> Judged:
        """What could not be read hides what the rules would say of the same field."""
        if draft.worker is None:
            return Judged(number, draft, self._found(draft, unread, RecordFacts(on=today())), unread=bool(unread))
        facts = self._seen[draft.worker]
        found = self._found(draft, unread, facts)
        if found:
            in_ledger = self._found(draft, unread, self._ledger[draft.worker])
            known = bool(in_ledger) and {problem.code for problem in in_ledger} <= ALREADY
            return Judged(number, draft, found, known=known, unread=bool(unread))
        self._seen[draft.worker] = facts.with_entry(draft)
        return Judged(number, draft, (), tuple(remarks(draft, facts, self.rules)))

    def _found(self, draft: EntryDraft, unread: list[Problem], facts: RecordFacts) -> tuple[Problem, ...]:
        unreadable = {problem.field for problem in unread}
        return (*unread, *(p for p in problems(draft, facts, self.rules) if p.field not in unreadable))


def readable_draft(values: Mapping[str, Cell], *, by: Any) -> EntryDraft:
    """The draft of one set of raw values; Refused with all problems where some value could not be read."""
    row = next(Judge(by).judge([(1, values)]))
    if row.unread:
        raise Refused(row.problems)
    return row.draft


def keep_rows(batch: ImportBatch, sent: SentFile) -> None:
    """Keep the rows of a read file as they were sent; a job judges them."""
    for table in sent.tables:
        rows = [
            ImportRow(batch=batch, sheet=table.sheet, number=row.number, cells=[kept(cell) for cell in row.cells])
            for row in table.rows
        ]
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)


@dataclass(frozen=True)
class Judgement:
    """How many rows of each state a list has, and what it was judged on."""

    counts: dict[str, int]
    basis: str


def rejudge_rows(batch: ImportBatch, *, by: Any, told: Callable[[int], None] = lambda _: None) -> Judgement:
    """Judge the kept rows of a batch by its mapping, as register and ledger are now. `told` hears the percent done.

    Each part is written in a transaction of its own where none is open, and only while the batch waits for a decision: rows
    of a list that somebody took meanwhile stay as they are.
    """
    counts: Counter[str] = Counter()
    judge, places = Judge(by), {sheet: columns_of(table["columns"]) for sheet, table in batch.mapping.items()}
    total, done = ImportRow.objects.filter(batch=batch).count(), 0
    for rows in parts_of(batch):
        judged = judge.judge((row.number, stored_values(row, batch.mapping)) for row in rows)
        changed = []
        for row, found in zip(rows, judged, strict=True):
            problems = kept_problems(found, places[row.sheet])
            if (row.state, row.problems) != (found.state, problems):
                row.state, row.problems = found.state, problems
                changed.append(row)
        counts.update(str(row.state) for row in rows)
        _write(batch, changed)
        done += len(rows)
        told(100 * done // total)
    return Judgement(dict(counts), judge.basis)


def _write(batch: ImportBatch, rows: list[ImportRow]) -> None:
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if rows and held.state == ImportState.PREVIEWED:
            ImportRow.objects.bulk_update(rows, ["state", "problems"], batch_size=500)


def parts_of(batch: ImportBatch, *states: RowState) -> Iterator[list[ImportRow]]:
    """The kept rows of a batch (of `states` where said) in the order they came, part by part."""
    rows, last = ImportRow.objects.filter(batch=batch).order_by("pk"), 0
    if states:
        rows = rows.filter(state__in=list(map(str, states)))
    while part := list(rows.filter(pk__gt=last)[:BATCH]):
        last = part[-1].pk
        yield part


def preview_rows(batch: ImportBatch, sent: SentFile, *, by: Any) -> dict[str, int]:
    """Keep the rows of a read file under `batch` as they were sent, each with its problems by cell; how many of each state."""
    counts: Counter[str] = Counter()
    judge = Judge(by)
    for table in sent.tables:
        columns = columns_of(batch.mapping[table.sheet]["columns"])
        cells = {row.number: row.cells for row in table.rows}
        judged = list(judge.judge((row.number, values_of(row.cells, columns)) for row in table.rows))
        counts.update(str(row.state) for row in judged)
        rows = [_kept(batch, table.sheet, row, cells[row.number], columns) for row in judged]
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return dict(counts)


def _kept(
    batch: ImportBatch, sheet: str, row: Judged, cells: tuple[Cell, ...], columns: Mapping[str, int]
) -> ImportRow:
    return ImportRow(
        batch=batch,
        sheet=sheet,
        number=row.number,
        cells=[kept(cell) for cell in cells],
        problems=kept_problems(row, columns),
        state=row.state,
    )


def columns_of(proposal: Mapping[str, str]) -> dict[str, int]:
    """`{field key: column}` of `{column: field key}`."""
    return {key: int(column) for column, key in proposal.items()}


def kept_problems(row: Judged, columns: Mapping[str, int]) -> list[dict[str, Any]]:
    """A row's problems, or else its remarks, as JSON by column."""
    return [kept_problem(problem, columns.get(problem.field or "")) for problem in row.problems or row.remarks]


def stored_values(row: ImportRow, mapping: Mapping[str, Any]) -> dict[str, Cell]:
    """The raw values of a kept row by field key."""
    return values_of([cell_of(cell) for cell in row.cells], columns_of(mapping[row.sheet]["columns"]))
