"""The value of a plan, from its lines alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .model import Need, PlannedClass, PlanningProblem, SeatBlock

DECIMALS = 6


def value_of(problem: PlanningProblem, classes: Sequence[PlannedClass], seats: Sequence[SeatBlock]) -> float:
    """Weighted need covered, less weaker modes, less missing persons under the floor, less a little for cost."""
    got: dict[tuple[str, str], int] = defaultdict(int)
    for block in seats:
        got[block.organisation, block.programme] += block.seats
    covered = sum(_covered(need, got[need.organisation, need.programme]) for need in problem.needs)
    cost = _cost(problem, classes, seats)
    worth = covered + _mode_effect(problem, seats) - _floor_penalty(problem, got) - cost
    return round(worth, DECIMALS)


def _covered(need: Need, persons: int) -> float:
    return need.first_weight * min(persons, 1) + need.rest_weight * max(persons - 1, 0)


def _mode_effect(problem: PlanningProblem, seats: Sequence[SeatBlock]) -> float:
    effect = {offering.id: offering.effect for offering in problem.offerings}
    weight = {(need.organisation, need.programme): need.rest_weight for need in problem.needs}
    return sum(
        block.seats * (effect[block.offering] - 1) * weight[block.organisation, block.programme] for block in seats
    )


def _cost(problem: PlanningProblem, classes: Sequence[PlannedClass], seats: Sequence[SeatBlock]) -> float:
    offering = {each.id: each for each in problem.offerings}
    travel = {(each.organisation, each.offering): each.vnd for each in problem.travel}
    for_seats = sum(
        block.seats * (offering[block.offering].seat_vnd + travel.get((block.organisation, block.offering), 0))
        for block in seats
    )
    for_classes = sum(each.count * offering[each.offering].class_vnd for each in classes)
    policy = problem.policy
    return (policy.million_weight * for_seats + policy.class_million_weight * for_classes) / 1e6


def _floor_penalty(problem: PlanningProblem, got: dict[tuple[str, str], int]) -> float:
    policy = problem.policy
    floored = {
        each.id for each in problem.organisations if each.level == policy.floor_level and each.zone >= policy.floor_zone
    }
    asked: dict[str, int] = defaultdict(int)
    given: dict[str, int] = defaultdict(int)
    for need in problem.needs:
        if need.organisation in floored and need.first_weight > 0:
            asked[need.organisation] += need.persons
            given[need.organisation] += got[need.organisation, need.programme]
    return sum(
        penalty * max(0.0, share * persons - given[name])
        for share, penalty in ((policy.floor_share, policy.floor_penalty), (policy.equity_share, policy.equity_penalty))
        if share > 0
        for name, persons in asked.items()
    )
