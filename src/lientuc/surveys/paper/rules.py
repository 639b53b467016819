"""May this sheet be typed, where do two typings differ, what is left after they are settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lientuc.core.errors import Problem

from ..enums import SheetState, WaveMode
from ..flow import Answers, Place

HIGHEST_NUMBER = 100_000


@dataclass(frozen=True)
class Difference:
    """One place where two typings of a sheet differ; an answer missing in one of them is empty there."""

    place: Place
    first: str
    second: str


def differences(first: Answers, second: Answers) -> tuple[Difference, ...]:
    """Where two typings differ, by place."""
    pairs = ((place, first.get(place, ""), second.get(place, "")) for place in sorted({*first, *second}))
    return tuple(Difference(place, one, two) for place, one, two in pairs if one != two)


def settled(first: Answers, second: Answers, chosen: Mapping[Place, int]) -> Answers:
    """The first typing with the second's answer wherever `chosen` says 2."""
    answers = dict(first)
    for place, number in chosen.items():
        source = second if number == 2 else first
        answers[place] = source.get(place, "")
    return answers


def why_not_type(mode: WaveMode, number: int) -> Problem | None:
    """Why a sheet of this number cannot be typed into a wave, or None."""
    if mode != WaveMode.OPEN:
        return Problem("surveys.paper_only_open")
    if not 1 <= number <= HIGHEST_NUMBER:
        return Problem("surveys.sheet_number_out_of_bounds", "number", {"most": HIGHEST_NUMBER})
    return None


def why_not_type_again(state: SheetState, first_by: str, by: str) -> Problem | None:
    """Why a sheet cannot be typed a second time by this person, or None: the second pair of eyes is another person's."""
    if state != SheetState.ONCE:
        return Problem("surveys.sheet_typed_twice", "number")
    if first_by == by:
        return Problem("surveys.sheet_same_typist", "number")
    return None


def why_not_settle(state: SheetState, differing: Iterable[Place], chosen: Mapping[Place, int]) -> list[Problem]:
    """Why differences cannot be settled so: each needs a choice between the first and the second typing."""
    if state != SheetState.DIFFERS:
        return [Problem("surveys.sheet_not_open")]
    open_ = [place for place in differing if chosen.get(place) not in {1, 2}]
    return [Problem("surveys.difference_open", f"{name}-{index}") for name, index in open_]
