"""May units be merged, split or renamed as written down, carried out, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem
from lientuc.core.names import tidy
from lientuc.places.enums import SuccessionKind
from lientuc.places.rules import name_problems

from ..enums import ReorganisationState


@dataclass(frozen=True)
class ReorganisationDraft:
    """A reorganisation as decided: what kind, from which day, by which decision; a new unit by its name."""

    kind: SuccessionKind | None
    on: date
    decision: str
    name: str = ""
    short_name: str = ""
    code: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """What is asked of one unit: its first day, whether it has ended, its key and both paths."""

    key: int
    name: str
    from_on: date
    ended: bool
    paths: tuple[str, str]


# What may become of a reorganisation.
TRANSITIONS: Mapping[ReorganisationState, frozenset[ReorganisationState]] = {
    ReorganisationState.PREPARED: frozenset({ReorganisationState.DONE, ReorganisationState.DROPPED}),
    ReorganisationState.DONE: frozenset({ReorganisationState.UNDONE}),
    ReorganisationState.UNDONE: frozenset(),
    ReorganisationState.DROPPED: frozenset(),
}


def why_not_become(state: ReorganisationState, wanted: ReorganisationState) -> list[Problem]:
    """Why a reorganisation cannot be carried out, dropped or taken back as it stands."""
    return [] if wanted in TRANSITIONS[state] else [Problem("registry.reorganisation_state")]


def reorganisation_problems(
    draft: ReorganisationDraft, units: Sequence[UnitFacts], heir: UnitFacts | None
) -> list[Problem]:
    """What stands in the way of a reorganisation of `units`, into `heir` where it exists already."""
    found = [] if draft.kind is not None else [Problem("registry.reorganisation_kind_missing", "kind")]
    if not tidy(draft.decision):
        found.append(Problem("registry.decision_missing", "decision"))
    found += _unit_problems(draft, units)
    if heir is None:
        found += name_problems(draft.name)
    elif draft.kind is SuccessionKind.MERGE:
        found += _heir_problems(units, heir)
    if draft.kind is SuccessionKind.RENAME and len(units) == 1 and tidy(draft.name) == units[0].name:
        found.append(Problem("registry.same_name", "name"))
    return found


def _unit_problems(draft: ReorganisationDraft, units: Sequence[UnitFacts]) -> list[Problem]:
    found = [] if units else [Problem("registry.units_missing", "units")]
    if draft.kind is not SuccessionKind.MERGE and len(units) > 1:
        found.append(Problem("registry.one_unit_only", "units"))
    for unit in units:
        if unit.ended:
            found.append(Problem("registry.unit_ended", "units", {"name": unit.name}))
        if draft.on <= unit.from_on:
            found.append(Problem("registry.reorganised_too_early", "on", {"name": unit.name, "day": unit.from_on}))
    return found


def _heir_problems(units: Sequence[UnitFacts], heir: UnitFacts) -> list[Problem]:
    found = []
    if heir.ended:
        found.append(Problem("registry.unit_ended", "heir", {"name": heir.name}))
    for unit in units:
        if unit.key == heir.key:
            found.append(Problem("registry.heir_among_units", "heir"))
        elif any(f"/{unit.key}/" in path for path in heir.paths):
            found.append(Problem("registry.heir_below", "heir", {"name": unit.name}))
    return found


def carrying_problems(*, on: date, today: date, kind: SuccessionKind, people: int) -> list[Problem]:
    """Why a prepared reorganisation cannot be carried out today."""
    found = [] if on <= today else [Problem("registry.reorganisation_not_yet", values={"day": on})]
    if kind is SuccessionKind.SPLIT and not people:
        found.append(Problem("registry.nobody_chosen"))
    return found


def undoing_problems(*, changed: int, added: Mapping[str, int], reason: str) -> list[Problem]:
    """Why a reorganisation can no longer be taken back: rows changed since, or new ones at the new unit."""
    found = [] if tidy(reason) else [Problem("registry.reason_missing", "reason")]
    if changed:
        found.append(Problem("registry.reorganisation_changed", values={"count": changed}))
    if added:
        found.append(Problem("registry.reorganisation_used", values={"count": sum(added.values())}))
    return found
