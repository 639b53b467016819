"""Whom a unit may send: conflicts of the persons named for its seats, said at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.errors import Problem
from lientuc.law.release import OnCallMinimum, release_decision
from lientuc.law.workers import Title


@dataclass(frozen=True)
class Colleague:
    """A person of the unit: on leave in the quarters of the line, already named for another seat at that time."""

    key: str
    name: str
    title: Title
    on_leave: bool = False
    elsewhere: str = ""


@dataclass(frozen=True)
class SeatsFacts:
    """The unit's people by key, its seats, into how many classes they are dealt, the on-call minimum (None: no rule)."""

    people: Mapping[str, Colleague]
    seats: int
    classes: int
    minimum: OnCallMinimum | None


def nomination_problems(chosen: Sequence[str], facts: SeatsFacts) -> Iterator[Problem]:
    """Why these persons cannot be sent together."""
    if len(chosen) > facts.seats:
        yield Problem("planning.more_than_seats", "people", {"named": len(chosen), "seats": facts.seats})
    for key in chosen:
        person = facts.people.get(key)
        if person is None:
            yield Problem("planning.person_not_here", "people")
        elif person.on_leave:
            yield Problem("planning.person_on_leave", "people", {"name": person.name})
        elif person.elsewhere:
            yield Problem("planning.person_named_elsewhere", "people", {"name": person.name, "line": person.elsewhere})
    yield from shift_problems([key for key in chosen if key in facts.people], facts)


def shift_problems(chosen: Sequence[str], facts: SeatsFacts) -> Iterator[Problem]:
    """Whether those who stay can man one shift while a class is held (Decree 192/2026 Art. 3(2)(b)); dealt over its classes."""
    if facts.minimum is None:
        return
    for company in dealt(chosen, facts.classes):
        gone = {*company, *(key for key, person in facts.people.items() if person.on_leave)}
        staying = [person.title for key, person in facts.people.items() if key not in gone]
        decision = release_decision(staying, facts.minimum)
        if company and not decision.enough:
            values = {"missing": decision.missing_people or decision.missing_lead, "going": len(company)}
            yield Problem(f"planning.shift_{decision.reason}", "people", values)
            return


def dealt(chosen: Sequence[str], classes: int) -> list[list[str]]:
    """Persons dealt round the classes, so that as few as can be are away at one time."""
    return [list(chosen[place :: max(1, classes)]) for place in range(max(1, classes))]
