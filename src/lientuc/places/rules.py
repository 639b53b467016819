"""Whether an organisation may be entered, renamed or moved as drafted, and an area class recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lientuc.core.errors import Problem
from lientuc.core.names import tidy

from .enums import AreaKind, CareLevel, OrganisationKind, UnitLevel, UnitType

LONGEST_NAME = 200


@dataclass(frozen=True)
class OrganisationDraft:
    """What is written down to enter an organisation; parents are organisations on the two lines."""

    name: str
    kind: OrganisationKind
    from_on: date
    short_name: str = ""
    code: str = ""
    care_level: CareLevel = CareLevel.NONE
    province_code: str = ""
    commune_code: str = ""
    address: str = ""
    public: bool = True
    simulated: bool = False


class Founding(NamedTuple):
    """One of many organisations entered at once: its key in the list, and its parents' keys (empty: none)."""

    draft: OrganisationDraft
    key: str
    employer_key: str = ""
    professional_key: str = ""


@dataclass(frozen=True)
class AreaDraft:
    """A commune's area class from a day on; `value` is I, II, III for difficulty and yes for border and island."""

    unit_code: str
    kind: AreaKind
    value: str
    from_on: date
    source: str


@dataclass(frozen=True)
class UnitDraft:
    """An invented province or commune of a simulated province; real units come from the register only."""

    code: str
    level: UnitLevel
    type: UnitType
    name: str
    from_on: date
    parent_code: str = ""


@dataclass(frozen=True)
class OrganisationFacts:
    """What the house already holds: unit codes of the register, codes in use, names open in the same place."""

    unit_codes: frozenset[str]
    taken_codes: frozenset[str] = frozenset()
    same_name: bool = False


def problems(draft: OrganisationDraft, facts: OrganisationFacts) -> list[Problem]:
    """What stands in the way of this organisation."""
    found = name_problems(draft.name)
    if draft.code and draft.code in facts.taken_codes:
        found.append(Problem("places.code_taken", "code", {"code": draft.code}))
    if facts.same_name:
        found.append(Problem("places.name_taken", "name", {"name": tidy(draft.name)}))
    for field, code in (("province_code", draft.province_code), ("commune_code", draft.commune_code)):
        if code and code not in facts.unit_codes:
            found.append(Problem("places.unit_unknown", field, {"code": code}))
    return found


def name_problems(name: str) -> list[Problem]:
    """What is wrong with an organisation's name."""
    if not tidy(name):
        return [Problem("places.name_missing", "name")]
    if len(tidy(name)) > LONGEST_NAME:
        return [Problem("places.name_too_long", "name", {"limit": LONGEST_NAME})]
    return []


def batch_problems(foundings: Iterable[Founding], existing: frozenset[str]) -> list[Problem]:
    """What is wrong with the keys of a list: one used twice, or a parent that is nowhere."""
    found: list[Problem] = []
    seen: set[str] = set()
    listed = list(foundings)
    keys = {founding.key for founding in listed} | existing
    for founding in listed:
        if founding.key in seen or founding.key in existing:
            found.append(Problem("places.key_twice", values={"key": founding.key}))
        seen.add(founding.key)
        for parent in (founding.employer_key, founding.professional_key):
            if parent and parent not in keys:
                found.append(Problem("places.parent_unknown", values={"key": founding.key, "parent": parent}))
    return found


def move_problems(*, last_from: date | None, on: date, is_below: bool) -> list[Problem]:
    """What stands in the way of a new parent from `on`; `last_from` is the first day of the present one."""
    found = [Problem("places.line_loops", "parent")] if is_below else []
    if last_from is not None and on <= last_from:
        found.append(Problem("places.move_too_early", "on", {"day": last_from}))
    return found


def area_problems(drafts: Iterable[AreaDraft], unit_codes: frozenset[str]) -> list[Problem]:
    """Area classes of communes the register does not hold."""
    return [
        Problem("places.unit_unknown", "unit_code", {"code": draft.unit_code})
        for draft in drafts
        if draft.unit_code not in unit_codes
    ]
