"""Named persons: the flow's optimum, limits of each person, locks."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from lientuc.core.errors import Refused
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import SeatBlock
from lientuc.planning.optimiser.people import SEAT, Person, PersonLock, Unfilled, assign_people
from lientuc.planning.optimiser.solve import plan, preview
from tests.planning.optimiser.by_hand import EXACT, problem, with_budget
from tests.planning.optimiser.data import generate_instances

ASKED = problem()
MADE = replace(
    plan(with_budget(100), effort=EXACT), seats=(SeatBlock("A", "P", "O", 0, 2), SeatBlock("A", "P", "O", 1, 1))
)


def person(name, suit=1.0, **limits):
    return Person(name, "A", (("P", suit),), **limits)


def goes(found):
    return sorted((each.person, each.quarter) for each in found.people)


def test_best_suited_persons_go_and_nobody_twice():
    people = [person("a", 3.0), person("b", 2.0), person("c", 1.0), person("d", 5.0)]
    found = assign_people(ASKED, MADE, people)
    assert {name for name, _ in goes(found)} == {"a", "b", "d"}
    assert (found.unfilled, found.value) == ((), 3 * SEAT + 10)


def test_seats_without_persons_are_named():
    found = assign_people(ASKED, MADE, [person("a")])
    assert sum(each.seats for each in found.unfilled) == 2
    assert Unfilled("A", "P", "O", 0, 1) in found.unfilled or Unfilled("A", "P", "O", 0, 2) in found.unfilled


@pytest.mark.parametrize(
    ("limits", "named"), [({"most_courses": 0}, 0), ({"most_days": 2.9}, 0), ({"most_days": 3.0}, 1)]
)
def test_limits_of_a_person_below_at_and_above(limits, named):
    assert len(assign_people(ASKED, MADE, [person("a", **limits)]).people) == named


def test_person_on_leave_goes_in_another_quarter():
    assert goes(assign_people(ASKED, MADE, [person("a", away_in=(0,))])) == [("a", 1)]


def test_locks_are_kept_both_ways():
    people = [person(name, 5.0) for name in "abc"] + [person("z", 0.0)]
    locks = [PersonLock("z", "P", 1, True), PersonLock("a", "P", 0, False), PersonLock("a", "P", 1, False)]
    found = goes(assign_people(ASKED, MADE, people, locks))
    assert found == [("b", 0), ("c", 0), ("z", 1)]


def test_locks_that_contradict_or_lead_nowhere_are_refused():
    locks = [PersonLock("a", "P", 0, True), PersonLock("a", "P", 0, False), PersonLock("x", "P", 0, True)]
    with pytest.raises(Refused) as refused:
        assign_people(ASKED, MADE, [person("a")], locks)
    assert [each.code for each in refused.value.problems] == [
        "planning.person_locks_contradict",
        "planning.lock_leads_nowhere",
    ]


def staff(instance, **limits):
    cadres = {each["id"]: set(each["cadres"]) for each in instance["programmes"]}
    return [
        Person(
            each["id"],
            each["unit"],
            tuple(
                (name, each["hours_missing"] / 48 * 5 + each["years_since_last"])
                for name in cadres
                if each["cadre"] in cadres[name]
            ),
            most_days=each["days_cap"] if limits else None,
        )
        for each in generate_instances.people(instance)
    ]


def flow_optimum(made, people):
    """The same by scipy, all at once."""
    blocks = {}
    for place, block in enumerate(made.seats):
        blocks.setdefault((block.organisation, block.programme), []).append(place)
    pairs = [
        (who, place, SEAT + suit, programme)
        for who, each in enumerate(people)
        for programme, suit in each.suits
        for place in blocks.get((each.organisation, programme), ())
    ]
    rows, limits = {}, []
    entries = []
    for column, (who, place, _, programme) in enumerate(pairs):
        keys = (
            (("seat", place), made.seats[place].seats),
            (("once", who, programme), 1),
            (("all", who), people[who].most_courses),
        )
        for key, limit in keys:
            if key not in rows:
                rows[key] = len(rows)
                limits.append(limit)
            entries.append((rows[key], column))
    from scipy.sparse import coo_array

    row, column = np.array(entries).T
    matrix = coo_array((np.ones(len(entries)), (row, column)), shape=(len(rows), len(pairs))).tocsr()
    solved = linprog([-worth for _, _, worth, _ in pairs], A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs")
    return -solved.fun


@pytest.mark.parametrize("seed", [1, 2])
def test_assignment_of_a_generated_province_is_the_flow_optimum(seed):
    instance = generate_instances.generate("small", seed)
    asked = read_instance(instance)
    made, people = preview(asked), staff(instance)
    found = assign_people(asked, made, people)
    assert found.value == pytest.approx(flow_optimum(made, people))


def test_assignment_keeps_every_limit():
    instance = generate_instances.generate("small", 1)
    asked = read_instance(instance)
    made, people = preview(asked), staff(instance, days=True)
    found = assign_people(asked, made, people)
    away = {each.id: each.away_days for each in asked.offerings}
    days = Counter()
    for each in found.people:
        days[each.person] += away[each.offering]
    limits = {each.id: each.most_days for each in people}
    assert max(Counter((each.person, each.programme) for each in found.people).values()) == 1
    assert all(days[name] <= limits[name] for name in days)
    seats = {(each.organisation, each.offering, each.quarter): each.seats for each in made.seats}
    filled = Counter((each.organisation, each.offering, each.quarter) for each in found.people)
    assert all(count <= seats[key] for key, count in filled.items())
