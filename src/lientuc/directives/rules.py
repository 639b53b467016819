"""Whether a duty may be reported done, a difficulty reported or answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem

from .enums import DifficultyState, DutyState

DUTY_TRANSITIONS = {
    DutyState.OPEN: {DutyState.FULFILLED, DutyState.HANDED_OVER},
    DutyState.FULFILLED: set[DutyState](),
    DutyState.HANDED_OVER: set[DutyState](),
}


@dataclass(frozen=True)
class DifficultyDraft:
    """What a unit writes about a difficulty; task and barrier are codes, empty where none."""

    text: str
    task_point: str = ""
    barrier: str = ""


@dataclass(frozen=True)
class TaskDraft:
    """One task of a directive as typed: its point, what it asks for, in both languages."""

    point: str
    kind: str
    text_vi: str
    text_en: str = ""


@dataclass(frozen=True)
class DirectiveDraft:
    """A directive as it is entered: number, date, issuer, whom it addresses, what it asks in the system's own words."""

    number: str
    issued_on: date
    issuer: str
    addressee_vi: str
    title_vi: str
    tasks: tuple[TaskDraft, ...]
    addressee_en: str = ""
    title_en: str = ""
    source: str = ""
    due_on: date | None = None


def directive_problems(draft: DirectiveDraft, *, number_taken: bool) -> Iterator[Problem]:
    """What stands in the way of entering a directive."""
    if number_taken:
        yield Problem("directives.number_taken", "number", {"number": draft.number})
    if not draft.tasks:
        yield Problem("directives.tasks_missing", "task0_point")
    for row, task in enumerate(draft.tasks):
        if not (task.point.strip() and task.kind and task.text_vi.strip()):
            yield Problem("directives.task_incomplete", f"task{row}_point", {"row": row + 1})
    points = [task.point for task in draft.tasks]
    if len(set(points)) < len(points):
        yield Problem("directives.points_repeated", "task0_point")


def why_not_delegate(state: DutyState, *, units: int, outside: Sequence[str]) -> Iterator[Problem]:
    """Why a duty cannot be passed on to these units; `outside` are names of units that are not below."""
    if state != DutyState.OPEN:
        yield Problem("directives.already_fulfilled")
    if not units:
        yield Problem("directives.no_units", "organisations")
    if outside:
        yield Problem("directives.not_below", "organisations", {"names": ", ".join(outside)})


def why_not_fulfil(state: DutyState, evidence: str) -> list[Problem]:
    """What stands in the way of reporting a duty done with this evidence."""
    if DutyState.FULFILLED not in DUTY_TRANSITIONS[state]:
        return [Problem("directives.already_fulfilled")]
    return [] if evidence.strip() else [Problem("directives.evidence_missing", "evidence")]


def problems(draft: DifficultyDraft) -> list[Problem]:
    """What stands in the way of reporting this difficulty."""
    return [] if draft.text.strip() else [Problem("directives.text_missing", "text")]


def why_not_answer(state: DifficultyState, answer: str) -> list[Problem]:
    """What stands in the way of this answer."""
    if state == DifficultyState.ANSWERED:
        return [Problem("directives.already_answered")]
    return [] if answer.strip() else [Problem("directives.text_missing", "answer")]
