"""Every row of a list judged by the rules that forms meet too, and against the other rows and the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lientuc.core.errors import Problem
from lientuc.trail.enums import RowState

from ..rules import WorkerFacts, is_same_person, staff_problems
from .file import cell_of
from .places import Places
from .plan import Plan, plan_of
from .reading import RowRead, mapping_of, read_row
from .register import Passed, Register, Wanted, name_key, note


@dataclass(slots=True)
class Judged:
    """A row with its problems or its plan; `place` is the unit it is written for."""

    key: Any
    read: RowRead
    place: int | None
    number: int = 0
    problems: list[Problem] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def state(self) -> RowState:
        """Good, unchanged, or bad."""
        if self.plan is None:
            return RowState.BAD
        return RowState.UNCHANGED if self.plan.is_empty else RowState.GOOD


@dataclass(slots=True)
class KeptRow:
    """A row of a batch as it was kept: where it stood, its cells (as JSON, or `is_raw`), the title of its section."""

    key: Any
    sheet: str
    number: int
    cells: Sequence[Any]
    section: str
    is_raw: bool = False


class RowReader:
    """Reads rows by the mapping of their table and finds the unit: its own cell, else section, else sheet, else the sender."""

    def __init__(self, mapping: Mapping[str, Any], places: Places, sender: int) -> None:
        self._tables = {table["sheet"]: mapping_of(table, mapping) for table in mapping["tables"]}
        self._places, self._sender = places, sender
        self._hints: dict[tuple[str, str], int] = {}
        self._meant: dict[str, int | Problem] = {}

    def read(self, rows: Sequence[KeptRow]) -> list[Judged]:
        """Every row with what its cells alone say is wrong."""
        return [self._read(row) for row in rows]

    def _read(self, row: KeptRow) -> Judged:
        cells = row.cells if row.is_raw else [cell_of(cell) for cell in row.cells]
        read = read_row(cells, self._tables[row.sheet])
        place = self._meant_by(read.organisation) if read.organisation else self._hinted(row)
        if isinstance(place, Problem):
            return Judged(row.key, read, None, row.number, [*read.problems, place])
        return Judged(row.key, read, place, row.number, list(read.problems))

    def _meant_by(self, text: str) -> int | Problem:
        if text not in self._meant:
            self._meant[text] = self._places.meant(text)
        return self._meant[text]

    def _hinted(self, row: KeptRow) -> int:
        hint = (row.section, row.sheet)
        if hint not in self._hints:
            self._hints[hint] = self._places.hinted(row.section, row.sheet) or self._sender
        return self._hints[hint]


def judge(rows: list[Judged], *, places: Places, on: date, passed: Passed | None = None) -> list[Judged]:
    """Judge and plan each row in the order of the file; nothing is written. `passed` holds the parts of the list before."""
    passed = passed or Passed()
    wanted = [
        Wanted(row.read.draft.worker, row.read.draft.licence, row.place or 0, row.read.draft.record) for row in rows
    ]
    register = Register(wanted, places.by_id, passed)
    for row in rows:
        _judge_one(row, register, passed.rows, on)
        if row.problems or row.place is None:
            continue
        row.plan = plan_of(row.read.draft, row.place, register, places, kind_given=row.read.kind_given)
    for row, want in zip(rows, wanted, strict=True):
        if row.plan is not None:
            note(passed, want, row.plan.person)
    return rows


def _judge_one(row: Judged, register: Register, seen: set[int], on: date) -> None:
    draft, place = row.read.draft, row.place or 0
    wrong = {problem.field for problem in row.problems}
    for problem in _by_the_rules(row, register, on):
        # A cell that could not be read is not also said to be missing.
        if problem.field not in wrong:
            row.problems.append(problem)
    if row.place is None:
        return
    identity = draft.record or draft.worker.national_number or f"{name_key(draft.worker.full_name)}|{_birth(row)}"
    line = hash((identity, place))
    if line in seen:
        row.problems.append(Problem("registry.twice_in_list", "full_name"))
    seen.add(line)
    if not row.problems:
        row.problems += _doubts(row, register, place)


def _by_the_rules(row: Judged, register: Register, on: date) -> list[Problem]:
    """The problems a form would show; a number or licence is taken where its holder is somebody else."""
    draft, place = row.read.draft, row.place or 0
    if draft.record and draft.record not in register.by_record:
        return [Problem("registry.record_unknown", "record")]
    holder = register.by_number.get(draft.worker.national_number)
    taken = holder is not None and not _is_meant(holder, row, register)
    licence_taken = False
    if draft.licence is not None:
        other = register.by_licence.get((str(draft.licence.kind), draft.licence.number))
        if other is not None:
            person = None if taken else register.match(draft.worker, draft.licence, place, draft.record)
            licence_taken = person is None or other.public_id != person.public_id
    facts = WorkerFacts(on=on, number_taken=taken)
    return staff_problems(draft.worker, draft.post, draft.licence, facts=facts, licence_taken=licence_taken)


def _is_meant(holder: Any, row: Judged, register: Register) -> bool:
    """Whether the holder of a number is the person of the row: the record it names, else somebody of that name."""
    draft = row.read.draft
    if draft.record:
        return bool(register.by_record[draft.record].public_id == holder.public_id)
    return is_same_person(holder.full_name, draft.worker.full_name)


def _doubts(row: Judged, register: Register, place: int) -> list[Problem]:
    """People of the register who may be meant; a number would say."""
    draft = row.read.draft
    if draft.worker.national_number or register.match(draft.worker, draft.licence, place, draft.record) is not None:
        return []
    if register.several_here(draft.worker, place):
        return [Problem("registry.several_namesakes", "full_name")]
    other = register.namesake_elsewhere(draft.worker, place)
    if other is not None and draft.licence is None:
        return [Problem("registry.maybe_known", "full_name", {"organisation": other.keeper})]
    return []


def _birth(row: Judged) -> str:
    worker = row.read.draft.worker
    return str(worker.born_on or worker.birth_year or "")
