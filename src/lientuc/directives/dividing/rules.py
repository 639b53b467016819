"""Gaps and clashes of a division of tasks; whether it may be edited, signed, confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem

from ..enums import DecisionState, FaultKind, Part

TRANSITIONS = {
    DecisionState.DRAFT: {DecisionState.SIGNED},
    DecisionState.SIGNED: {DecisionState.REPLACED},
    DecisionState.REPLACED: set[DecisionState](),
}


@dataclass(frozen=True)
class Cell:
    """One organisation's part in a function of an area, by keys."""

    function: int
    area: int
    organisation: int
    part: Part


@dataclass(frozen=True)
class Fault:
    """A function of an area that nobody, or more than one, is responsible for."""

    kind: FaultKind
    function: int
    area: int
    organisations: tuple[int, ...] = ()


@dataclass(frozen=True)
class SignDraft:
    """What the clerk writes when a decision is signed; the number may follow later."""

    decided_on: date
    from_on: date
    decision_number: str = ""


def faults(cells: Iterable[Cell], wanted: Iterable[tuple[int, int]]) -> list[Fault]:
    """The gaps and clashes among the functions and areas `wanted`, in their order."""
    responsible: dict[tuple[int, int], list[int]] = defaultdict(list)
    for cell in cells:
        if cell.part is Part.RESPONSIBLE:
            responsible[cell.function, cell.area].append(cell.organisation)
    found = []
    for pair in wanted:
        who = sorted(responsible.get(pair, ()))
        if len(who) != 1:
            found.append(Fault(FaultKind.CLASH if who else FaultKind.GAP, *pair, tuple(who)))
    return found


def why_not_edit(state: str) -> Iterator[Problem]:
    """Why the cells of a decision cannot be changed."""
    if state != DecisionState.DRAFT:
        yield Problem("directives.decision_signed")


def why_not_sign(state: str, draft: SignDraft, found: Iterable[Fault], previous_from: date | None) -> Iterator[Problem]:
    """Why a draft cannot be signed: it has errors, or its dates do not follow."""
    yield from why_not_edit(state)
    if draft.from_on < draft.decided_on:
        yield Problem("directives.in_force_before_signed", "from_on")
    if previous_from is not None and draft.from_on <= previous_from:
        yield Problem("directives.not_after_previous", "from_on", {"day": previous_from})
    count = len(list(found))
    if count:
        yield Problem("directives.matrix_has_faults", None, {"count": count})


def why_not_number(state: str, present: str, number: str) -> Iterator[Problem]:
    """Why a decision cannot get this number."""
    if state == DecisionState.DRAFT:
        yield Problem("directives.decision_not_signed")
    if present:
        yield Problem("directives.already_numbered", "decision_number", {"number": present})
    if not number.strip():
        yield Problem("directives.text_missing", "decision_number")


def why_not_confirm(state: str, *, named: bool, confirmed: bool) -> Iterator[Problem]:
    """Why an organisation cannot confirm a decision."""
    if state == DecisionState.DRAFT:
        yield Problem("directives.decision_not_signed")
    elif not named:
        yield Problem("directives.not_named")
    if confirmed:
        yield Problem("directives.already_confirmed")
