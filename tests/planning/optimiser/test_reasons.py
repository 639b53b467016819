"""A reason is true: with the named limit lifted and the plan held, it is no longer the reason."""

import random
from dataclasses import replace

import numpy as np
import pytest

from lientuc.planning.optimiser.draft import drafted
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.ground import Ground
from lientuc.planning.optimiser.model import Equipment, Reason
from lientuc.planning.optimiser.solve import preview
from lientuc.planning.optimiser.unmet import unmet_needs
from tests.planning.optimiser.data import generate_instances

SAMPLES = 20


def held(asked, made):
    """The same classes and seats in another problem, judged again, by organisation and programme."""
    ground = Ground(asked)
    pairs = {
        key: place for place, key in enumerate(zip(ground.p_need.tolist(), ground.p_offering.tolist(), strict=True))
    }
    classes, seats = np.zeros_like(ground.most), np.zeros(ground.open.shape, dtype=np.int64)
    for line in made.classes:
        classes[ground.offering_at[line.offering], line.quarter] = line.count
    for block in made.seats:
        need = ground.need_at[block.organisation, block.programme]
        seats[pairs[need, ground.offering_at[block.offering]], block.quarter] = block.seats
    draft = drafted(ground, classes, seats)
    assert draft is not None
    return {(each.organisation, each.programme): each for each in unmet_needs(draft, {})}


def lifted(asked, unmet):
    """The problem without the limit that the reason names."""
    offering = unmet.values.get("offering")
    match unmet.reason:
        case Reason.MONEY:
            first = str(unmet.values["sources"]).split(", ")[0]
            more = round(unmet.million_to_include * 1_000_000)
            return replace(
                asked, sources=_with(asked.sources, first, lambda row: {"budget_vnd": row.budget_vnd + more})
            )
        case Reason.STAFFING:
            units = _with(asked.organisations, unmet.organisation, lambda row: {"most_away": row.most_away + 20})
            return replace(asked, organisations=units)
        case Reason.PROVIDER_DAYS:
            name = unmet.values["provider"]
            longer = {"class_days": (999,) * 4, "offsite_days": (999,) * 4}
            return replace(asked, providers=_with(asked.providers, name, lambda row: longer))
        case Reason.BELOW_MIN_CLASS:
            fewer = unmet.values["missing"]
            offerings = _with(asked.offerings, offering, lambda row: {"smallest": row.smallest - fewer})
            return replace(asked, offerings=offerings)
        case Reason.EQUIPMENT_ABSENT:
            key = unmet.organisation, unmet.programme
            bought = {"equipment": Equipment.PRESENT, "first_weight": 1.0, "rest_weight": 0.5}
            needs = tuple(
                replace(need, **bought) if (need.organisation, need.programme) == key else need for need in asked.needs
            )
            return replace(asked, needs=needs)
        case _:
            return None


def _with(rows, name, change):
    return tuple(replace(row, **change(row)) if row.id == name else row for row in rows)


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_reason_goes_with_its_limit(seed):
    asked = read_instance(generate_instances.generate("small", seed))
    made = preview(asked)
    samples = [(each, lifted(asked, each)) for each in made.unmet]
    samples = random.Random(seed).sample([pair for pair in samples if pair[1] is not None], SAMPLES)
    gone = 0
    for each, without in samples:
        again = held(without, made).get((each.organisation, each.programme))
        still_there = again is not None and (again.reason, again.values.get("offering")) == (
            each.reason,
            each.values.get("offering"),
        )
        gone += not still_there
    assert gone >= 0.9 * SAMPLES


def test_every_person_left_out_has_one_reason_and_the_same_one_again():
    asked = read_instance(generate_instances.generate("small", 2))
    made = preview(asked)
    judged = held(asked, made)
    assert {key: each.reason for key, each in judged.items()} == {
        (each.organisation, each.programme): each.reason for each in made.unmet
    }
    assert len(judged) == len(made.unmet)
