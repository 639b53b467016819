"""What can go wrong, as values: a code, a field and the numbers of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing a person must mend; its sentence lives once, in the room's `phrases.py`.

    `code` is `<room>.<what>`, `field` the draft's field it belongs to (None: the whole draft).
    """

    code: str
    field: str | None = None
    values: Mapping[str, Any] = made_by(default_factory=dict)


class Refused(Exception):
    """A write that did not happen, with every problem that stood in its way."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))


class NotAllowed(Refused):
    """Refused because this person may not do this here."""


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `Refused` with all `problems`, or return when there are none."""
    found = tuple(problems)
    if found:
        raise Refused(found)
