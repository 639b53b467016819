"""Who sits in which class: seats dealt over the classes of an offering and quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .model import Plan


@dataclass(frozen=True, slots=True)
class ClassList:
    """One class and the persons each organisation sends; `number` counts from 1 within offering and quarter."""

    offering: str
    quarter: int
    number: int
    persons: tuple[tuple[str, int], ...]


def deal(plan: Plan) -> list[ClassList]:
    """Every class with its company, in order.

    Seats are dealt round and round, organisation by organisation: classes differ by one person at most, and no class takes
    more of one organisation than the plan's limit for each class allows.
    """
    blocks = defaultdict(list)
    for block in plan.seats:
        blocks[block.offering, block.quarter].append(block)
    found = []
    for line in plan.classes:
        persons: list[dict[str, int]] = [defaultdict(int) for _ in range(line.count)]
        turn = 0
        for block in sorted(blocks[line.offering, line.quarter], key=lambda each: each.organisation):
            for _ in range(block.seats):
                persons[turn % line.count][block.organisation] += 1
                turn += 1
        found += [
            ClassList(line.offering, line.quarter, number, tuple(sorted(company.items())))
            for number, company in enumerate(persons, 1)
        ]
    return found
