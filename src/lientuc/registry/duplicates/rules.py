"""How alike two records are, with the reasons; what survives a merge; why two records may not be merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import tidy

from ..enums import Likeness, Side

# How much each reason weighs; below `SHOWN` a pair is not worth a person's time. Chosen here, not law.
WEIGHTS: Mapping[Likeness, int] = {
    Likeness.LICENCE: 80,
    Likeness.OLD_NUMBER: 80,
    Likeness.NAME: 25,
    Likeness.BIRTH_DATE: 35,
    Likeness.BIRTH_YEAR: 15,
    Likeness.PHONE: 20,
    Likeness.EMAIL: 20,
    Likeness.UNIT: 15,
    Likeness.NUMBER_SLIP: 25,
    Likeness.OTHER_NUMBER: -40,
    Likeness.OTHER_BIRTH: -25,
    Likeness.OTHER_NAME: -25,
    Likeness.OTHER_SEX: -25,
}
SHOWN = 50

# What a person chooses between when two records become one.
FIELDS = (
    "full_name", "national_number", "old_number", "born_on", "birth_year", "sex", "ethnicity", "title", "title_code",
    "specialty", "phone", "email",
)  # fmt: skip


@dataclass(frozen=True)
class RecordFacts:
    """What is compared of one record; `units` are its open posts' organisations, `licences` numbers as compared."""

    name: str
    national_number: str = ""
    old_number: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    units: frozenset[int] = frozenset()
    licences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MergeFacts:
    """How two records stand: the same row, already merged, main row of others, linked to two accounts."""

    same: bool = False
    duplicate_merged: bool = False
    canonical_merged: bool = False
    two_accounts: bool = False


def licence_key(number: str) -> str:
    """A licence number however it is written: no spaces, dots or leading zeros, capitals (the same as in SQL)."""
    return number.replace(" ", "").replace(".", "").upper().lstrip("0")


def likeness(one: RecordFacts, other: RecordFacts) -> tuple[Likeness, ...]:
    """Every reason that two records are, or are not, one person, in the order of `Likeness`."""
    found = {
        Likeness.LICENCE: bool(one.licences & other.licences),
        Likeness.OLD_NUMBER: _equal(one.old_number, other.old_number),
        Likeness.PHONE: _equal(one.phone, other.phone),
        Likeness.EMAIL: _equal(one.email, other.email),
        Likeness.UNIT: bool(one.units & other.units),
        Likeness.OTHER_SEX: _differ(one.sex, other.sex),
        (Likeness.NAME if one.name == other.name else Likeness.OTHER_NAME): True,
        **_births(one, other),
        **_numbers(one.national_number, other.national_number),
    }
    return tuple(reason for reason in Likeness if found.get(reason))


def score(reasons: Sequence[Likeness]) -> int:
    """0 to 100: how likely one person."""
    return max(0, min(100, sum(WEIGHTS[reason] for reason in reasons)))


def _births(one: RecordFacts, other: RecordFacts) -> dict[Likeness, bool]:
    if one.born_on and other.born_on:
        return {Likeness.BIRTH_DATE if one.born_on == other.born_on else Likeness.OTHER_BIRTH: True}
    if one.birth_year and other.birth_year:
        return {Likeness.BIRTH_YEAR if one.birth_year == other.birth_year else Likeness.OTHER_BIRTH: True}
    return {}


def _numbers(one: str, other: str) -> dict[Likeness, bool]:
    if not (one and other) or one == other:
        return {}
    return {Likeness.NUMBER_SLIP if is_slip(one, other) else Likeness.OTHER_NUMBER: True}


def is_slip(one: str, other: str) -> bool:
    """Whether two numbers differ as typing goes wrong: one digit, or two neighbours changed round."""
    if len(one) != len(other):
        return False
    places = [index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and (one[places[0]], one[places[1]]) == (other[places[1]], other[places[0]])
    )


def _equal(one: str, other: str) -> bool:
    return bool(one) and one == other


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def merge_problems(facts: MergeFacts, reason: str) -> list[Problem]:
    """Why two records may not become one."""
    found = [] if tidy(reason) else [Problem("registry.reason_missing", "reason")]
    if facts.same or facts.canonical_merged:
        found.append(Problem("registry.merge_into_itself", "canonical"))
    if facts.duplicate_merged:
        found.append(Problem("registry.already_merged", "duplicate"))
    if facts.two_accounts:
        found.append(Problem("registry.two_accounts", "duplicate"))
    return found


def survivors(main: Mapping[str, Any], other: Mapping[str, Any], chosen: Mapping[str, Side]) -> dict[str, Any]:
    """`{field: value}` that the main record takes from the other one: where it was chosen, or where it has none itself."""
    taken = {}
    for field in FIELDS:
        default = Side.MAIN if main[field] or not other[field] else Side.OTHER
        if chosen.get(field, default) is Side.OTHER and main[field] != other[field]:
            taken[field] = other[field]
    return taken
