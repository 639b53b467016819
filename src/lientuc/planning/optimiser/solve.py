"""Draw up a year's plan: the best one found within the effort, or the instant preview."""

from __future__ import annotations

from time import perf_counter

from lientuc.core.errors import Refused, refuse_if

from . import greedy
from .codec import digest
from .formulation import Formulation
from .lp import solver_version
from .model import Effort, Plan, PlanningProblem, Stopped
from .money import split
from .options import Field, Option, Slot
from .problems import problems_of
from .sketch import Sketch
from .unmet import unmet_needs
from .worth import DECIMALS, value_of

METHOD = "quarter-mip/1"
DEFAULT_EFFORT = Effort()


def plan(problem: PlanningProblem, *, effort: Effort = DEFAULT_EFFORT) -> Plan:
    """The best plan found, its bound and gap, and one reason for every person left out.

    The same problem gives the same bytes unless the clock ended the search (`stopped` says so). Raises Refused with
    every problem of the data or of the locks. A need that cannot be met is never an error, always an `Unmet`.
    """
    started = perf_counter()
    refuse_if(problems_of(problem))
    field = Field(problem)
    if not any(field.options_of):
        return _plan(greedy.draw(field), bound=None, stopped=Stopped.GAP, since=started)
    formulation = Formulation(field)
    solution = formulation.solve(effort)
    if solution.values is None:
        return _plan(greedy.draw(field), bound=solution.bound, stopped=solution.stopped, since=started)
    refuse_if(greedy.lock_not_kept(lock) for lock in formulation.locks_lacking(solution.values))
    sketch = _sketched(field, *formulation.read(solution.values))
    if solution.stopped is not Stopped.GAP:
        sketch = _better_of(sketch, field)
    return _plan(sketch, bound=solution.bound, stopped=solution.stopped, since=started)


def preview(problem: PlanningProblem) -> Plan:
    """A plan by best value per million, without a bound: an answer at once, usually some per cent below the best."""
    started = perf_counter()
    refuse_if(problems_of(problem))
    return _plan(greedy.draw(Field(problem)), bound=None, stopped=Stopped.PREVIEW, since=started)


def _sketched(field: Field, classes: dict[Slot, int], seats: list[tuple[Option, int]]) -> Sketch:
    """The solver's answer, counted again in whole persons and đồng; what rounding broke falls back on the preview."""
    sketch = Sketch(field)
    paid = all(sketch.open_class(slot) for slot, count in classes.items() for _ in range(count))
    paid = paid and all(sketch.add_seats(option, count) for option, count in seats)
    if not paid:
        return greedy.draw(field)
    greedy.grow(sketch)
    return sketch


def _better_of(found: Sketch, field: Field) -> Sketch:
    """A search that was cut short may be beaten by the preview; a preview that breaks a lock does not count."""
    try:
        drawn = greedy.draw(field)
    except Refused:
        return found
    return max(found, drawn, key=lambda each: value_of(field.problem, *each.lines()))


def _plan(sketch: Sketch, *, bound: float | None, stopped: Stopped, since: float) -> Plan:
    problem = sketch.field.problem
    classes, seats = sketch.lines()
    payments = split(sketch.cost_items(), problem.sources)
    if payments is None:
        raise AssertionError("a sketch pays for everything it adds")
    value = value_of(problem, classes, seats)
    return Plan(
        classes=classes,
        seats=seats,
        payments=payments,
        unmet=unmet_needs(sketch),
        value=value,
        bound=None if bound is None else round(bound, DECIMALS),
        gap=_gap(value, bound),
        stopped=stopped,
        problem_digest=digest(problem),
        versions={"highs": solver_version(), "method": METHOD},
        seconds=round(perf_counter() - since, 3),
    )


def _gap(value: float, bound: float | None) -> float | None:
    if bound is None:
        return None
    return 0.0 if bound <= 0 else round(max(0.0, (bound - value) / bound), DECIMALS)
