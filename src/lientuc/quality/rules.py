"""Whether an inspection may be planned, judged and concluded, a finding recorded, corrected and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem

from .enums import FindingState, InspectionState, Remedy, Severity

INSPECTION_TRANSITIONS = {
    InspectionState.PLANNED: {InspectionState.RUNNING},
    InspectionState.RUNNING: {InspectionState.RUNNING, InspectionState.CONCLUDED},
    InspectionState.CONCLUDED: set[InspectionState](),
}
FINDING_TRANSITIONS = {
    FindingState.OPEN: {FindingState.CORRECTED},
    FindingState.CORRECTED: {FindingState.CLOSED, FindingState.OPEN},
    FindingState.CLOSED: set[FindingState](),
}


@dataclass(frozen=True)
class InspectionDraft:
    """What is written down to plan an inspection; `members` are user names, the first one leads."""

    subject: str
    planned_on: date
    members: tuple[str, ...]
    decision_number: str = ""


@dataclass(frozen=True)
class FindingDraft:
    """What the team writes of one finding; with remedy training, how many persons on which topic."""

    text: str
    severity: Severity
    remedy: Remedy
    due_on: date
    criterion: str = ""
    topic_code: str = ""
    persons: int = 0


def problems(draft: InspectionDraft, *, at_the_unit: tuple[str, ...]) -> list[Problem]:
    """What stands in the way of this inspection; `at_the_unit` are members who hold a role at the inspected unit."""
    found = [] if draft.members else [Problem("quality.team_missing", "members")]
    found += [Problem("quality.own_unit", "members", {"member": name}) for name in at_the_unit]
    return found if draft.subject.strip() else [*found, Problem("quality.text_missing", "subject")]


def why_not_judge(state: InspectionState) -> list[Problem]:
    """Why the team may not write in this inspection any more."""
    return [Problem("quality.concluded")] if state == InspectionState.CONCLUDED else []


def finding_problems(draft: FindingDraft, *, state: InspectionState, inspected_on: date) -> list[Problem]:
    """What stands in the way of recording this finding."""
    found = why_not_judge(state)
    if not draft.text.strip():
        found.append(Problem("quality.text_missing", "text"))
    if draft.due_on <= inspected_on:
        found.append(Problem("quality.due_before_inspection", "due_on"))
    return found


def why_not_conclude(state: InspectionState, *, unanswered: int, conclusion: str) -> list[Problem]:
    """What stands in the way of concluding."""
    found = why_not_judge(state)
    if unanswered:
        found.append(Problem("quality.unanswered", values={"count": unanswered}))
    return found if conclusion.strip() else [*found, Problem("quality.text_missing", "conclusion")]


def why_not_correct(state: FindingState, text: str) -> list[Problem]:
    """What stands in the way of reporting a correction."""
    if FindingState.CORRECTED not in FINDING_TRANSITIONS[state]:
        return [Problem("quality.not_open")]
    return [] if text.strip() else [Problem("quality.text_missing", "text")]


def why_not_close(state: FindingState) -> list[Problem]:
    """What stands in the way of confirming that a finding is mended."""
    return [] if FindingState.CLOSED in FINDING_TRANSITIONS[state] else [Problem("quality.not_corrected")]
