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
from .register import Register, name_key


@dataclass
class Judged:
    """A row with its problems or its plan; `place` is the unit it is written for."""

    key: Any
    read: RowRead
    place: int | None
    problems: list[Problem] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def state(self) -> RowState:
        """Good, unchanged, or bad."""
        if self.plan is None:
            return RowState.BAD
        return RowState.UNCHANGED if self.plan.is_empty else RowState.GOOD


@dataclass(frozen=True)
class KeptRow:
    """A row of a batch as it was kept: where it stood, its cells, the title of its section."""

    key: Any
    sheet: str
    number: int
    cells: Sequence[Any]
    section: str


def read_rows(rows: Sequence[KeptRow], mapping: Mapping[str, Any], places: Places, sender: int) -> list[Judged]:
    """Read every row and find its unit: its own cell, else the section, else the sheet, else the sender."""
    tables = {table["sheet"]: mapping_of(table, mapping) for table in mapping["tables"]}
    hints: dict[tuple[str, str], int] = {}
    judged = []
    for row in rows:
        read = read_row([cell_of(cell) for cell in row.cells], tables[row.sheet])
        place: int | Problem | None
        if read.organisation:
            place = places.meant(read.organisation)
        else:
            hint = (row.section, row.sheet)
            if hint not in hints:
                hints[hint] = places.hinted(row.section, row.sheet) or sender
            place = hints[hint]
        one = Judged(row.key, read, place if isinstance(place, int) else None)
        one.problems = [*read.problems, *([place] if isinstance(place, Problem) else [])]
        judged.append(one)
    return judged


def judge(rows: list[Judged], *, by: Any, places: Places, on: date) -> list[Judged]:
    """Judge and plan each row in the order of the file; nothing is written."""
    drafts = [(row.read.draft.worker, row.read.draft.licence) for row in rows]
    register = Register(by, drafts, {row.place for row in rows if row.place is not None})
    seen: set[tuple[str, int]] = set()
    for row in rows:
        _judge_one(row, register, seen, on)
        if row.problems or row.place is None:
            continue
        row.plan = plan_of(row.read.draft, row.place, register, places, kind_given=row.read.kind_given)
    return rows


def _judge_one(row: Judged, register: Register, seen: set[tuple[str, int]], on: date) -> None:
    draft, place = row.read.draft, row.place or 0
    wrong = {problem.field for problem in row.problems}
    for problem in _by_the_rules(row, register, on):
        # A cell that could not be read is not also said to be missing.
        if problem.field not in wrong:
            row.problems.append(problem)
    if row.place is None:
        return
    identity = draft.worker.national_number or f"{name_key(draft.worker.full_name)}|{_birth(row)}"
    if (identity, place) in seen:
        row.problems.append(Problem("registry.twice_in_list", "full_name"))
    seen.add((identity, place))
    if not row.problems:
        row.problems += _doubts(row, register, place)


def _by_the_rules(row: Judged, register: Register, on: date) -> list[Problem]:
    """The problems a form would show; a number or licence is taken where its holder is somebody else."""
    draft, place = row.read.draft, row.place or 0
    holder = register.by_number.get(draft.worker.national_number)
    taken = holder is not None and not is_same_person(holder.full_name, draft.worker.full_name)
    licence_taken = False
    if draft.licence is not None:
        other = register.by_licence.get((str(draft.licence.kind), draft.licence.number))
        person = None if taken else register.match(draft.worker, draft.licence, place)
        licence_taken = other is not None and (person is None or other.public_id != person.public_id)
    facts = WorkerFacts(on=on, number_taken=taken)
    return staff_problems(draft.worker, draft.post, draft.licence, facts=facts, licence_taken=licence_taken)


def _doubts(row: Judged, register: Register, place: int) -> list[Problem]:
    """People of the register who may be meant; a number would say."""
    draft = row.read.draft
    if draft.worker.national_number or register.match(draft.worker, draft.licence, place) is not None:
        return []
    if register.several_here(draft.worker, place):
        return [Problem("registry.several_namesakes", "full_name")]
    other = register.namesake_elsewhere(draft.worker, place)
    if other is not None and draft.licence is None:
        return [Problem("registry.maybe_known", "full_name", {"organisation": str(other.keeper)})]
    return []


def _birth(row: Judged) -> str:
    worker = row.read.draft.worker
    return str(worker.born_on or worker.birth_year or "")
