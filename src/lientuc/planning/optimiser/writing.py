"""A draft as the lines of a plan, in order."""

from __future__ import annotations

import numpy as np

from .draft import Draft
from .model import PlannedClass, SeatBlock
from .money import CostItem


def lines_of(draft: Draft) -> tuple[tuple[PlannedClass, ...], tuple[SeatBlock, ...]]:
    """Classes and seats, by name and quarter."""
    problem, ground = draft.ground.problem, draft.ground
    classes = [
        PlannedClass(problem.offerings[o].id, int(t), int(draft.classes[o, t]))
        for o, t in zip(*np.nonzero(draft.classes), strict=True)
    ]
    seats = []
    for pair, quarter in zip(*np.nonzero(draft.seats), strict=True):
        need, offering = problem.needs[ground.p_need[pair]], problem.offerings[ground.p_offering[pair]]
        block = SeatBlock(need.organisation, need.programme, offering.id, int(quarter), int(draft.seats[pair, quarter]))
        seats.append(block)
    return (
        tuple(sorted(classes, key=lambda each: (each.offering, each.quarter))),
        tuple(sorted(seats, key=lambda each: (each.organisation, each.programme, each.offering, each.quarter))),
    )


def cost_items(draft: Draft) -> list[CostItem]:
    """Everything that must be paid, in order."""
    ground, problem = draft.ground, draft.ground.problem
    items = []
    for offering, quarter in zip(*np.nonzero(draft.classes), strict=True):
        vnd = int(ground.o_vnd[offering] * draft.classes[offering, quarter])
        if vnd:
            signature = ground.signatures[ground.o_signature[offering]]
            items.append(CostItem(problem.offerings[offering].id, int(quarter), None, signature, vnd))
    for pair, quarter in zip(*np.nonzero(draft.seats), strict=True):
        vnd = int(ground.p_vnd[pair] * draft.seats[pair, quarter])
        if vnd:
            need, offering = problem.needs[ground.p_need[pair]], problem.offerings[ground.p_offering[pair]]
            signature = ground.signatures[ground.p_signature[pair]]
            items.append(CostItem(offering.id, int(quarter), need.organisation, signature, vnd))
    return sorted(items, key=lambda item: (item.offering, item.quarter, item.organisation or ""))
