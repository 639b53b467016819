"""A planning problem small enough to solve by hand, and small changes to it."""

from dataclasses import replace

from lientuc.planning.optimiser.model import (
    Effort,
    Mode,
    Need,
    Offering,
    Organisation,
    PlanningProblem,
    Policy,
    Programme,
    Provider,
    Quarter,
    Source,
)

EXACT = Effort(gap=0.0, seconds=30.0)
MILLION = 1_000_000


def problem(**changes) -> PlanningProblem:
    """Two stations, one hospital; a class costs 10 million and takes 2 to 4 persons, a seat costs 1 million.

    Needs: A 2 persons at 5 and 3, B 2 at 4 and 2, C 1 at 1. All three together: 10 + 5 = 15 million, value 15.
    Without cost in the value and without a floor, so that sums are whole numbers.
    """
    plain = PlanningProblem(
        quarters=(Quarter("Q1", 60), Quarter("Q2", 60)),
        organisations=tuple(
            Organisation(name, "commune", "X", zone, True, 2) for name, zone in (("A", 2), ("B", 1), ("C", 0))
        ),
        programmes=(Programme("P", "ncd", 3),),
        providers=(Provider("V", (30, 30), (30, 30)),),
        offerings=(
            Offering("O", "P", "V", Mode.CENTRALISED, 2, 5, 10 * MILLION, MILLION, quarters=(0, 1), away_days=3.0),
        ),
        needs=(Need("A", "P", 2, 5.0, 3.0), Need("B", "P", 2, 4.0, 2.0), Need("C", "P", 1, 1.0, 1.0)),
        sources=(Source("province", 15 * MILLION),),
        policy=Policy(floor_penalty=0.0, million_weight=0.0, class_million_weight=0.0),
    )
    return replace(plain, **changes)


def with_need(place: int, **changes) -> PlanningProblem:
    """The problem with one need changed."""
    needs = list(problem().needs)
    needs[place] = replace(needs[place], **changes)
    return problem(needs=tuple(needs))


def with_offering(**changes) -> PlanningProblem:
    """The problem with its offering changed."""
    return problem(offerings=(replace(problem().offerings[0], **changes),))


def with_budget(million: int) -> PlanningProblem:
    """The problem with another budget."""
    return problem(sources=(Source("province", million * MILLION),))
