"""Whether a duty may be reported done, a difficulty reported or answered."""

from __future__ import annotations

from dataclasses import dataclass

from lientuc.core.errors import Problem

from .enums import DifficultyState, DutyState

DUTY_TRANSITIONS = {DutyState.OPEN: {DutyState.FULFILLED}, DutyState.FULFILLED: set[DutyState]()}


@dataclass(frozen=True)
class DifficultyDraft:
    """What a unit writes about a difficulty; task and barrier are codes, empty where none."""

    text: str
    task_point: str = ""
    barrier: str = ""


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
