"""The person who answers, as the audit trail may know them: a hash of a pseudonym, and the week."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from lientuc.core.clock import clock_at, today

from .rules import week_of

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Respondent:
    """Acts for one pseudonym; neither name nor address nor time."""

    public_id: UUID
    full_name: str = "Người trả lời"


def respondent(pseudonym: str) -> Respondent:
    """The actor behind a pseudonym; from the actor nobody reads the pseudonym."""
    return Respondent(UUID(hashlib.sha256(f"respondent:{pseudonym}".encode()).hexdigest()[:32]))


_day: ContextVar[date | None] = ContextVar("lientuc_respondent_day", default=None)


def by_the_week(acted: Callable[P, R]) -> Callable[P, R]:
    """Run an action as if on the Monday of this week, so that its audit row does not tell when somebody answered."""

    @wraps(acted)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        day = today()
        token = _day.set(day)
        try:
            with clock_at(week_of(day)):
                return acted(*args, **kwargs)
        finally:
            _day.reset(token)

    return call


def real_day() -> date:
    """The calendar day, for rules inside an action that runs by the week; nothing may store it."""
    return _day.get() or today()


class Secret:
    """A text that the audit trail must not write out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return "***"
