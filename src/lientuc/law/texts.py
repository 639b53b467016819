"""The catalogue of legal texts: which one is in force on a day, and what replaced it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from lientuc.core.phrases import Phrase

from .certainty import Certainty
from .reading import read_yaml

CATALOGUE = Path(__file__).parent / "parameters" / "texts.yaml"


class TextKind(StrEnum):
    """What a text is called before its number."""

    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    DECISION = "decision"
    DISPATCH = "dispatch"
    RESOLUTION = "resolution"
    STANDARD = "standard"


class TextStatus(StrEnum):
    """How a text stands on a day; `unknown` where its dates were not readable."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LegalText:
    """One text: `short` is how parameters abbreviate it, dates are first and last day in force."""

    number: str
    short: str
    kind: TextKind
    title: Phrase
    issued_on: date | None
    in_force_from: date | None
    in_force_to: date | None
    replaced_by: str
    certainty: Certainty
    source: str
    checked_on: date
    note: str = ""


@dataclass(frozen=True)
class TextDecision:
    """How the text `number` stands on `on`; `replaced_by` is empty where nothing known replaced it."""

    number: str
    on: date
    status: TextStatus
    ended_on: date | None
    replaced_by: str
    certainty: Certainty


@cache
def catalogue() -> tuple[LegalText, ...]:
    """Every text the house knows, in the order of the file."""
    return tuple(_text(number, row) for number, row in read_yaml(CATALOGUE).items())


def text(number: str) -> LegalText:
    """The text with this number, for example `32/2023/TT-BYT`; KeyError where the catalogue has none."""
    return _by_number()[number]


def status_of(number: str, on: date) -> TextDecision:
    """Whether the text is in force on `on`, with the day it ended and what replaced it."""
    found = text(number)
    if found.in_force_to is not None and on > found.in_force_to:
        status = TextStatus.LAPSED
    elif found.in_force_from is None:
        status = TextStatus.UNKNOWN
    elif on < found.in_force_from:
        status = TextStatus.NOT_YET
    else:
        status = TextStatus.IN_FORCE
    ended_on = found.in_force_to if status is TextStatus.LAPSED else None
    replaced_by = found.replaced_by if status is TextStatus.LAPSED else ""
    return TextDecision(number, on, status, ended_on, replaced_by, found.certainty)


def doubtful_bases(numbers: Iterable[str], on: date) -> tuple[TextDecision, ...]:
    """The texts of a "Căn cứ" that are not in force on `on`: what a document must warn of before it is signed."""
    decisions = (status_of(number, on) for number in numbers)
    return tuple(decision for decision in decisions if decision.status is not TextStatus.IN_FORCE)


@cache
def _by_number() -> dict[str, LegalText]:
    return {found.number: found for found in catalogue()}


def _text(number: str, row: dict[str, object]) -> LegalText:
    def day(key: str) -> date | None:
        value = row.get(key)
        if value is not None and not isinstance(value, date):
            raise ValueError(f"{number}: {key} is not a date")
        return value

    checked_on = day("checked_on")
    if checked_on is None:
        raise ValueError(f"{number}: checked_on is missing")
    return LegalText(
        number=number,
        short=str(row["short"]),
        kind=TextKind(str(row["kind"])),
        title=Phrase(vi=str(row["title_vi"]), en=str(row["title_en"])),
        issued_on=day("issued_on"),
        in_force_from=day("in_force_from"),
        in_force_to=day("in_force_to"),
        replaced_by=str(row.get("replaced_by") or ""),
        certainty=Certainty(str(row["certainty"])),
        source=str(row["source"]),
        checked_on=checked_on,
        note=str(row.get("note", "")),
    )
