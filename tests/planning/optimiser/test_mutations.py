"""Plans of a generated province that were tampered with at random are found out."""

import random
from collections import Counter
from dataclasses import replace

from lientuc.planning.optimiser.check import check
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import Equipment, SeatBlock
from lientuc.planning.optimiser.solve import preview
from tests.planning.optimiser.data import generate_instances


def dropped(found, chance):
    line = chance.choice(found.classes)
    fewer = (replace(line, count=line.count - 1),) if line.count > 1 else ()
    return replace(found, classes=(*(each for each in found.classes if each is not line), *fewer))


def crowded(found, chance):
    block = chance.choice(found.seats)
    return replace(
        found, seats=tuple(replace(each, seats=each.seats + 50) if each is block else each for each in found.seats)
    )


def moved(found, chance):
    block = chance.choice(found.seats)
    other = replace(block, quarter=(block.quarter + chance.randrange(1, 4)) % 4)
    return replace(found, seats=tuple(other if each is block else each for each in found.seats))


def unpaid(found, chance):
    payment = chance.choice(found.payments)
    less = replace(payment, vnd=payment.vnd - 1000)
    return replace(found, payments=tuple(less if each is payment else each for each in found.payments))


def test_mutated_plans_are_found_out():
    asked = read_instance(generate_instances.generate("small", 2))
    found, chance = preview(asked), random.Random(5)
    assert check(asked, found) == []
    absent = [need for need in asked.needs if need.equipment is Equipment.ABSENT]
    offering_of = {each.programme: each.id for each in asked.offerings}
    caught: Counter[str] = Counter()
    for number in range(100):
        mutate = (dropped, crowded, moved, unpaid)[number % 4]
        caught[mutate.__name__] += bool(check(asked, mutate(found, chance)))
    for need in absent[:20]:
        extra = SeatBlock(need.organisation, need.programme, offering_of[need.programme], 0, 1)
        assert check(asked, replace(found, seats=(*found.seats, extra)))
    assert sum(caught.values()) >= 95
