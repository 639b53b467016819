"""May these lines of a catalogue of functions or techniques be loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem
from lientuc.core.names import tidy
from lientuc.places.enums import CareLevel, OrganisationKind


@dataclass(frozen=True)
class FunctionDraft:
    """One line of a list of functions of a kind of unit."""

    code: str
    name_vi: str
    name_en: str
    organisation_kind: OrganisationKind | None
    from_on: date


@dataclass(frozen=True)
class TechniqueDraft:
    """One line of a list of techniques; `function_code` empty where no function of the catalogue fits."""

    code: str
    name_vi: str
    name_en: str
    care_level: CareLevel | None
    from_on: date
    function_code: str = ""
    needs_equipment: str = ""


def function_problems(drafts: Sequence[FunctionDraft]) -> list[Problem]:
    """What is wrong with a list of functions, line by line."""
    found = _line_problems(drafts)
    for number, draft in enumerate(drafts, start=1):
        if draft.organisation_kind is None:
            found.append(Problem("registry.kind_missing", values={"line": number}))
    return found


def technique_problems(drafts: Sequence[TechniqueDraft], functions: frozenset[str]) -> list[Problem]:
    """What is wrong with a list of techniques, line by line; `functions` are the codes the catalogue holds."""
    found = _line_problems(drafts)
    for number, draft in enumerate(drafts, start=1):
        if draft.care_level is None:
            found.append(Problem("registry.care_level_missing", values={"line": number}))
        if draft.function_code and draft.function_code not in functions:
            found.append(Problem("registry.function_unknown", values={"line": number, "code": draft.function_code}))
    return found


def _line_problems(drafts: Sequence[FunctionDraft | TechniqueDraft]) -> list[Problem]:
    if not drafts:
        return [Problem("registry.list_empty")]
    found, seen = [], set()
    for number, draft in enumerate(drafts, start=1):
        if not draft.code or not tidy(draft.name_vi):
            found.append(Problem("registry.line_incomplete", values={"line": number}))
        elif draft.code in seen:
            found.append(Problem("registry.code_twice", values={"line": number, "code": draft.code}))
        seen.add(draft.code)
    return found
