"""The figures asked for, on generated provinces: minutes, so `long`."""

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from lientuc.planning.optimiser.bound import prove_bound
from lientuc.planning.optimiser.check import check
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.ground import Ground
from lientuc.planning.optimiser.lp import Solver
from lientuc.planning.optimiser.people import assign_people
from lientuc.planning.optimiser.placing import search_all
from lientuc.planning.optimiser.plan_files import plan_file
from lientuc.planning.optimiser.quarterly import QuarterModel
from lientuc.planning.optimiser.sifting import Sifted
from lientuc.planning.optimiser.solve import plan, preview
from lientuc.planning.optimiser.weeks import check_weeks, place_in_weeks
from lientuc.planning.optimiser.year import YearModel
from tests.planning.optimiser.data import check_plan, generate_instances
from tests.planning.optimiser.test_people import staff

pytestmark = pytest.mark.long


def sound(instance):
    """The plan of an instance, after both checks and the proof of its bound."""
    asked = read_instance(instance)
    made = plan(asked)
    violations, value = check_plan.check(instance, json.loads(json.dumps(plan_file(made))))
    assert (violations, check(asked, made)) == ([], [])
    assert made.value == pytest.approx(value, abs=1e-4)
    assert prove_bound(asked, made.certificate) == pytest.approx(made.bound, rel=1e-6)
    assert sum(price.kink for price in made.prices) <= 0.2 * len(made.prices)
    return made


@pytest.mark.parametrize("seed", range(1, 21))
def test_small_plan_is_as_good_as_twenty_seconds_of_the_whole_model(seed):
    instance = generate_instances.generate("small", seed)
    ground = Ground(read_instance(instance))
    model = QuarterModel(ground, np.arange(len(ground.p_need)))
    best, _ = search_all(model, None, {"time_limit": 20.0, "mip_rel_gap": 0.0001})
    assert sound(instance).value >= 0.98 * best.value


@pytest.mark.parametrize(("seed", "least"), [(1, 13_400), (2, 9_000), (3, 15_500), (4, 0), (5, 0)])
def test_plan_of_a_province(seed, least):
    made = sound(generate_instances.generate("province", seed))
    assert (made.value >= least, made.value >= 0.975 * made.bound) == (True, True)


@pytest.mark.parametrize(("seed", "least"), [(1, 85_500), (2, 75_500)])
def test_plan_of_a_big_province(seed, least):
    made = sound(generate_instances.generate("big", seed))
    assert (made.value >= least, made.value >= 0.98 * made.bound) == (True, True)


def test_preview_of_a_province_beats_both_simple_rules():
    made = preview(read_instance(generate_instances.generate("province", 1)))
    assert made.value >= 12_581


def test_bound_takes_an_eighth_of_the_plain_quarter_model():
    ground = Ground(read_instance(generate_instances.generate("big", 1)))
    began = time.process_time()
    Sifted(YearModel(ground)).solve()
    ours = time.process_time() - began
    model = QuarterModel(ground, np.arange(len(ground.p_need)))
    began = time.process_time()
    solver: Solver = model.solver(model.lower, model.upper, time_limit=12 * ours)
    solver.run()
    assert time.process_time() - began >= 8 * ours


def test_calendar_and_persons_of_a_big_province():
    instance = generate_instances.generate("big", 1)
    asked = read_instance(instance)
    made = preview(asked)
    calendar = place_in_weeks(asked, made)
    assert check_weeks(asked, made, calendar) == []
    assert sum(each.persons for each in calendar.unplaced) <= 0.01 * sum(each.seats for each in made.seats)
    people = staff(instance)
    began = time.process_time()
    found = assign_people(asked, made, people)
    assert (len(people) > 10_000, time.process_time() - began <= 5) == (True, True)
    assert len(found.people) + sum(each.seats for each in found.unfilled) == sum(each.seats for each in made.seats)


def test_same_province_twice_gives_the_same_plan():
    asked = read_instance(generate_instances.generate("province", 2))
    assert replace(plan(asked), seconds=0.0) == replace(plan(asked), seconds=0.0)
