"""Draw up a year's plan: the best one found within the effort, or the instant preview."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from lientuc.core.errors import Refused, refuse_if

from . import greedy
from .codec import digest
from .draft import Draft, drafted
from .ground import Ground
from .locks import lock_not_kept
from .lp import solver_version
from .model import Certificate, Effort, Plan, PlanningProblem, Price, Stopped
from .money import split
from .problems import problems_of
from .search import Found, search
from .sifting import Impossible
from .unmet import unmet_needs
from .worth import DECIMALS, value_of
from .writing import cost_items, lines_of

METHOD = "year-then-quarters/2"
DEFAULT_EFFORT = Effort()
WORK_A_SECOND = 4_000.0
"""Simplex iterations that count as one second of work."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a plan says of its search."""

    stopped: Stopped
    since: float
    bound: float | None = None
    certificate: Certificate | None = None
    prices: tuple[Price, ...] = ()
    searched_bound: float | None = None
    work: float = 0.0


def plan(problem: PlanningProblem, *, effort: Effort = DEFAULT_EFFORT, start: Plan | None = None) -> Plan:
    """The best plan found, its bound and gap, and one reason for every person left out.

    `start`: a plan in hand (mid-year: with finished classes locked); its classes stay where another choice is worth no more
    than `Policy.change_penalty` a class. The same problem gives the same bytes unless the clock ended the search
    (`stopped` says so). Raises Refused with every problem of the data or of the locks. A need that cannot be met is never
    an error, always an `Unmet`.
    """
    since = perf_counter()
    refuse_if(problems_of(problem))
    ground = Ground(problem, start)
    refuse_if(lock_not_kept(lock) for lock in ground.lost_locks)
    if not len(ground.p_need):
        return _plan(greedy.draw(ground), _Head(Stopped.GAP, since))
    try:
        found = search(ground, effort, since)
    except Impossible as wrong:
        raise Refused([lock_not_kept(lock) for lock in wrong.locks]) from wrong
    return _plan(_best(found, ground), _head(found, since))


def preview(problem: PlanningProblem) -> Plan:
    """A plan by best value per million, without a bound: an answer at once, usually some per cent below the best."""
    since = perf_counter()
    refuse_if(problems_of(problem))
    return _plan(greedy.draw(Ground(problem)), _Head(Stopped.PREVIEW, since))


def _best(found: Found, ground: Ground) -> Draft:
    """What was found with its last free seats filled; the preview where nothing was found or the clock cut in."""
    draft = None
    if found.classes is not None and found.seats is not None:
        draft = drafted(ground, found.classes, found.seats)
    if draft is not None:
        greedy.grow(draft)
        if found.stopped is Stopped.GAP:
            return draft
    try:
        drawn = greedy.draw(ground)
    except Refused:
        if draft is None:
            raise
        return draft
    return drawn if draft is None else max(draft, drawn, key=_value)


def _value(draft: Draft) -> float:
    return value_of(draft.ground.problem, *lines_of(draft))


def _head(found: Found, since: float) -> _Head:
    searched = None if found.searched_bound is None or not np.isfinite(found.searched_bound) else found.searched_bound
    return _Head(
        found.stopped,
        since,
        bound=found.certificate.bound,
        certificate=found.certificate,
        prices=found.prices,
        searched_bound=None if searched is None else round(searched, DECIMALS),
        work=round(found.work / WORK_A_SECOND, 3),
    )


def _plan(draft: Draft, head: _Head) -> Plan:
    problem = draft.ground.problem
    classes, seats = lines_of(draft)
    payments = split(cost_items(draft), problem.sources)
    if payments is None:
        raise AssertionError("a draft pays for everything it adds")
    value = value_of(problem, classes, seats)
    worth = {place: price.value_per_million for place, price in enumerate(head.prices)}
    return Plan(
        classes=classes,
        seats=seats,
        payments=payments,
        unmet=unmet_needs(draft, worth),
        value=value,
        bound=head.bound,
        gap=_gap(value, head.bound),
        stopped=head.stopped,
        problem_digest=digest(problem),
        versions={"highs": solver_version(), "method": METHOD},
        prices=head.prices,
        certificate=head.certificate,
        searched_bound=head.searched_bound,
        work=head.work,
        seconds=round(perf_counter() - head.since, 3),
    )


def _gap(value: float, bound: float | None) -> float | None:
    if bound is None:
        return None
    return 0.0 if bound <= 0 else round(max(0.0, (bound - value) / bound), DECIMALS)
