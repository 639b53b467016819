"""What is wrong with a planning problem before anything is computed: names that lead nowhere, locks that contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lientuc.core.errors import Problem

from .ground import NO_LIMIT
from .model import ClassLock, PlanningProblem, SeatLock

Known = dict[str, set[str]]


def problems_of(problem: PlanningProblem) -> list[Problem]:
    """Everything a person must mend first; empty where a plan can be sought."""
    known = {
        "organisation": {each.id for each in problem.organisations},
        "programme": {each.id for each in problem.programmes},
        "provider": {each.id for each in problem.providers},
        "offering": {each.id for each in problem.offerings},
    }
    found = [*_twice(problem), *_unknown(problem, known), *_impossible(problem)]
    # Locks are compared only where the names hold.
    return found or [*_unusable_locks(problem), *_contradictions(problem)]


def _twice(problem: PlanningProblem) -> Iterator[Problem]:
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("quarters", (each.id for each in problem.quarters)),
        ("organisations", (each.id for each in problem.organisations)),
        ("programmes", (each.id for each in problem.programmes)),
        ("providers", (each.id for each in problem.providers)),
        ("offerings", (each.id for each in problem.offerings)),
        ("sources", (each.id for each in problem.sources)),
        ("needs", (f"{each.organisation} {each.programme}" for each in problem.needs)),
        ("travel", (f"{each.organisation} {each.offering}" for each in problem.travel)),
    )
    for field, names in named:
        for name, count in sorted(Counter(names).items()):
            if count > 1:
                yield Problem("planning.named_twice", field, {"name": name})


def _unknown(problem: PlanningProblem, known: Known) -> Iterator[Problem]:
    for field in ("needs", "offerings", "travel", "locks"):
        for each in getattr(problem, field):
            for kind, names in known.items():
                name = getattr(each, kind, None)
                if name is not None and name not in names:
                    yield Problem("planning.unknown_name", field, {"kind": kind, "name": name})
    for programme in problem.programmes:
        if programme.prerequisite is not None and programme.prerequisite not in known["programme"]:
            yield Problem("planning.unknown_name", "programmes", {"kind": "programme", "name": programme.prerequisite})


def _impossible(problem: PlanningProblem) -> Iterator[Problem]:
    quarters = range(len(problem.quarters))
    for offering in problem.offerings:
        cheap = offering.class_vnd < 0 or offering.seat_vnd < 0 or offering.away_days < 0
        if cheap or not 1 <= offering.smallest <= offering.largest or not set(offering.quarters) <= set(quarters):
            yield Problem("planning.impossible_offering", "offerings", {"name": offering.id})
    for need in problem.needs:
        if need.persons < 0 or need.first_weight < need.rest_weight or need.rest_weight < 0:
            yield Problem("planning.impossible_need", "needs", {"name": f"{need.organisation} {need.programme}"})
    for source in problem.sources:
        if source.budget_vnd < 0:
            yield Problem("planning.impossible_source", "sources", {"name": source.id})
    for provider in problem.providers:
        if not len(provider.class_days) == len(provider.offsite_days) == len(quarters):
            yield Problem("planning.impossible_provider", "providers", {"name": provider.id})
    for programme in problem.programmes:
        if programme.days < 1:
            yield Problem("planning.impossible_programme", "programmes", {"name": programme.id})
    for travel in problem.travel:
        if travel.vnd < 0:
            yield Problem("planning.impossible_travel", "travel", {"name": f"{travel.organisation} {travel.offering}"})


def _unusable_locks(problem: PlanningProblem) -> Iterator[Problem]:
    offerings = {each.id: each for each in problem.offerings}
    needs = {(each.organisation, each.programme) for each in problem.needs}
    for lock in problem.locks:
        offering = offerings[lock.offering]
        wrong = lock.quarter not in offering.quarters or lock.at_least < 0
        if isinstance(lock, SeatLock):
            wrong |= (lock.organisation, lock.programme) not in needs or offering.programme != lock.programme
        if wrong:
            yield Problem("planning.lock_leads_nowhere", "locks", _named(lock))


def _contradictions(problem: PlanningProblem) -> Iterator[Problem]:
    """Two locks on one line of which one asks for more than the other allows; both are named."""
    lines: dict[tuple[object, ...], list[ClassLock | SeatLock]] = {}
    for lock in problem.locks:
        lines.setdefault(tuple(_named(lock).values()), []).append(lock)
    for locks in lines.values():
        lowest = max(locks, key=lambda each: each.at_least)
        highest = min(locks, key=lambda each: NO_LIMIT if each.at_most is None else each.at_most)
        if highest.at_most is not None and lowest.at_least > highest.at_most:
            values = _named(lowest) | {"at_least": lowest.at_least, "at_most": highest.at_most}
            yield Problem("planning.locks_contradict", "locks", values)


def _named(lock: ClassLock | SeatLock) -> dict[str, int | str]:
    line: dict[str, int | str] = {"offering": lock.offering, "quarter": lock.quarter}
    if isinstance(lock, SeatLock):
        line |= {"organisation": lock.organisation, "programme": lock.programme}
    return line
