"""Names pasted in one go: what each line says of a person, and what the register makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lientuc.core.names import fold, tidy

from ..enums import LineState

MOST_LINES = 1_000
_PARTS = re.compile(r"[\t;,|]+")
_LEADING = re.compile(r"^\s*\d{1,4}\s*[.)]\s+")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_YEAR = re.compile(r"^(19|20)\d{2}$")
_NUMBER = re.compile(r"^\d{9,12}$")


@dataclass(frozen=True)
class NameLine:
    """One line: a name, and whatever helps to tell two people of that name apart."""

    place: int
    text: str
    name: str = ""
    number: str = ""
    year: int | None = None
    born_on: date | None = None


@dataclass(frozen=True)
class Candidate:
    """A person of the register who may be meant."""

    worker: UUID
    name: str
    number: str
    licences: tuple[str, ...]
    birth_year: int | None
    born_on: date | None
    said: str = ""


@dataclass(frozen=True)
class Found:
    """A line with what it was found to be; `chosen` is set where exactly one person fits."""

    line: NameLine
    state: LineState
    candidates: tuple[Candidate, ...] = ()

    @property
    def chosen(self) -> UUID | None:
        """The one person meant, or None."""
        return self.candidates[0].worker if self.state is LineState.MATCHED else None


def lines_of(text: str) -> list[NameLine]:
    """The lines of a paste, empty ones left out; places count from 1. Names, numbers and births stand in any order."""
    rows = [tidy(row) for row in text.splitlines()]
    return [_line(place, row) for place, row in enumerate((row for row in rows if row), start=1)]


def _line(place: int, row: str) -> NameLine:
    name, number, year, born = "", "", None, None
    for part in (tidy(part) for part in _PARTS.split(_LEADING.sub("", row))):
        digits = part.replace(" ", "").replace(".", "")
        if found := _DAY.match(part):
            born = _date(*(int(value) for value in found.groups()))
        elif _YEAR.match(part):
            year = int(part)
        elif _NUMBER.match(digits) or (any(c.isdigit() for c in part) and "/" in part):
            number = digits if _NUMBER.match(digits) else part
        elif not name and part and not part.isdigit():
            name = part
    if not name:
        return NameLine(place, row, "", number, year, born)
    words = name.split()
    if year is None and len(words) > 1 and _YEAR.match(words[-1].strip("()")):
        name, year = " ".join(words[:-1]), int(words[-1].strip("()"))
    return NameLine(place, row, name, number, year, born)


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def found_for(line: NameLine, people: Sequence[Candidate]) -> Found:
    """Who of `people` a line means: a number decides alone, else name and birth; nothing is guessed between two."""
    if line.number:
        fitting = [one for one in people if line.number == one.number or line.number in one.licences]
        fitting = [one for one in fitting if not line.name or fold(one.name) == fold(line.name)]
    else:
        fitting = [one for one in people if line.name and fold(one.name) == fold(line.name)]
    fitting = [one for one in fitting if _born_fits(line, one)]
    if not fitting:
        return Found(line, LineState.UNKNOWN)
    state = LineState.MATCHED if len(fitting) == 1 else LineState.AMBIGUOUS
    return Found(line, state, tuple(fitting))


def _born_fits(line: NameLine, one: Candidate) -> bool:
    """A birth that the register does not hold contradicts nothing."""
    if line.born_on and one.born_on:
        return line.born_on == one.born_on
    year = line.year or (line.born_on.year if line.born_on else None)
    return year is None or one.birth_year is None or year == one.birth_year
