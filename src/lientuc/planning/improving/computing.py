"""The child process of a scenario: preview, bound and budget curve, search, fairness, weeks; each told as soon as it is there.

`python -m lientuc.planning.improving.computing <memory MB> <CPU seconds>` reads a `Job` as JSON on its input and writes one
`Told` as JSON a line. Solver code is loaded here and nowhere else; no Django, no database. It dies with its parent.
"""

from __future__ import annotations

import ctypes
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from lientuc.core.errors import Refused

from ..optimiser.child import MEBIBYTE, FailedBecause, Failure, Fault
from ..optimiser.codec import Unreadable, from_json, to_json
from ..optimiser.model import Effort, Plan, PlanningProblem

_DIE_WITH_PARENT = 1


@dataclass(frozen=True, slots=True)
class Suit:
    """How well a programme suits a person, 0 to 10."""

    programme: str
    worth: float


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who could be sent, field for field `optimiser.people.Person`, whose module would load the solver."""

    id: str
    organisation: str
    suits: tuple[Suit, ...]
    most_courses: int
    away_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """The unit's decision: this person goes, or does not go, to a programme in a quarter."""

    person: str
    programme: str
    quarter: int
    goes: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """A person in a seat."""

    person: str
    organisation: str
    offering: str


@dataclass(frozen=True, slots=True)
class Job:
    """What the child reads; the factors and shares are the points of the two curves.

    With `seats` it is asked for persons instead: who of `people` goes where.
    """

    problem: PlanningProblem
    effort: Effort
    start: Plan | None = None
    factors: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    people: tuple[Somebody, ...] = ()
    decided: tuple[Decided, ...] = ()
    seats: Plan | None = None


@dataclass(frozen=True, slots=True)
class BudgetAt:
    """All money times `factor`: the best there can be as a part of what there can be now; None: locks cost more than that."""

    factor: float
    share: float | None


@dataclass(frozen=True, slots=True)
class EquityAt:
    """Every protected organisation gets `share`: what that costs of the best there can be; None: not all can get it."""

    share: float
    cost: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """One step that is over: a preview, a bound with its curve, a plan, a curve of fairness, or why there is nothing."""

    phase: str
    plan: Plan | None = None
    bound: float | None = None
    budget: tuple[BudgetAt, ...] = ()
    equity: tuple[EquityAt, ...] = ()
    failure: Failure | None = None
    people: tuple[Seated, ...] = ()


def main(memory_mb: int, cpu_seconds: int) -> None:
    """Do the job on standard input under the limits given."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEBIBYTE, memory_mb * MEBIBYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for told in _told(sys.stdin.buffer.read().decode()):
        sys.stdout.buffer.write(to_json(told).encode() + b"\n")
        sys.stdout.buffer.flush()


def _told(text: str) -> Iterator[Told]:
    try:
        yield from _steps(from_json(Job, text))
    except Unreadable as wrong:
        yield Told("failed", failure=Failure(FailedBecause.UNREADABLE, str(wrong)))
    except Refused as wrong:
        faults = tuple(Fault(each.code, each.field, dict(each.values)) for each in wrong.problems)
        yield Told("failed", failure=Failure(FailedBecause.REFUSED, faults=faults))
    except MemoryError:
        yield Told("failed", failure=Failure(FailedBecause.MEMORY))


def _steps(job: Job) -> Iterator[Told]:
    if job.seats is not None:
        yield Told("people", people=_seated(job, job.seats))
        return
    yield from _search(job)


def _seated(job: Job, seats: Plan) -> tuple[Seated, ...]:
    from ..optimiser.people import Person, PersonLock, assign_people

    people = [
        Person(
            each.id,
            each.organisation,
            tuple((suit.programme, suit.worth) for suit in each.suits),
            each.most_courses,
            None,
            each.away_in,
        )
        for each in job.people
    ]
    locks = [PersonLock(each.person, each.programme, each.quarter, each.goes) for each in job.decided]
    named = assign_people(job.problem, seats, people, locks)
    return tuple(Seated(each.person, each.organisation, each.offering) for each in named.people)


def _search(job: Job) -> Iterator[Told]:
    from ..optimiser.curves import equity_curve
    from ..optimiser.solve import plan, preview

    yield Told("preview", plan=preview(job.problem))
    if job.factors:
        yield _bound(job)
    yield Told("search", plan=plan(job.problem, effort=job.effort, start=job.start))
    if job.shares:
        equity = equity_curve(job.problem, job.shares)
        yield Told("fairness", equity=tuple(EquityAt(each.share, each.cost) for each in equity))


def _bound(job: Job) -> Told:
    """The bound with its curve; where locks cost more than the smaller amounts, the curve begins at what there is."""
    from ..optimiser.curves import budget_curve
    from ..optimiser.sifting import Impossible

    for factors in (job.factors, tuple(factor for factor in job.factors if factor >= 1)):
        try:
            points = budget_curve(job.problem, (1.0, *factors))
        except Impossible:
            continue
        shares = {each.factor: each.share for each in points}
        return Told("bound", bound=points[0].value, budget=tuple(BudgetAt(f, shares.get(f)) for f in job.factors))
    # The search will say which lock cannot be kept.
    return Told("bound")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
