"""Whether a call for needs may be opened, answered, closed, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem

from ..enums import AnswerState, CallState

if TYPE_CHECKING:
    from lientuc.places.models import Organisation


@dataclass(frozen=True)
class CallDraft:
    """What an office asks of which units, to be answered by `due_on`."""

    organisation: Organisation
    title: str
    due_on: date
    units: Sequence[Organisation]
    text: str = ""


def call_problems(draft: CallDraft, on: date) -> Iterator[Problem]:
    """What stands in the way of opening a call on the day `on`."""
    if not draft.title.strip():
        yield Problem("planning.title_missing", "title")
    if draft.due_on < on:
        yield Problem("planning.deadline_past", "due_on")
    if not draft.units:
        yield Problem("planning.no_units", "kinds")


def call_state(due_on: date, closed_at: datetime | None, on: date) -> CallState:
    """How a call stands: it can be answered late, until somebody closes it."""
    if closed_at is not None:
        return CallState.CLOSED
    return CallState.OVERDUE if on > due_on else CallState.OPEN


def answer_state(answered_at: datetime | None, nothing: bool) -> AnswerState:
    """What a unit answered."""
    if answered_at is None:
        return AnswerState.WAITING
    return AnswerState.NOTHING if nothing else AnswerState.NEEDS


def why_not_answer(closed_at: datetime | None) -> Iterator[Problem]:
    """Why a call cannot be answered any more."""
    if closed_at is not None:
        yield Problem("planning.call_closed")
