"""Plans that were tampered with are found out; JSON gives back what it was given."""

from dataclasses import replace

import pytest

from lientuc.planning.optimiser.check import Violation, check
from lientuc.planning.optimiser.codec import Unreadable, digest, from_json, to_json
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import (
    ClassLock,
    Eligibility,
    Equipment,
    Payment,
    Plan,
    PlannedClass,
    PlanningProblem,
    Reason,
    SeatBlock,
    SeatLock,
    Source,
    Unmet,
)
from lientuc.planning.optimiser.money import CostItem, Purse, split
from lientuc.planning.optimiser.solve import plan
from tests.planning.optimiser.by_hand import EXACT, MILLION, problem, with_budget, with_need, with_offering

PROBLEM = replace(problem(), locks=(ClassLock("O", 0, at_least=1),))
GOOD = plan(PROBLEM, effort=EXACT)
SEAT = GOOD.seats[0]


def with_seat(**changes):
    return replace(GOOD, seats=(replace(SEAT, **changes), *GOOD.seats[1:]))


def test_untouched_plan_breaks_nothing():
    assert check(PROBLEM, GOOD) == []


@pytest.mark.parametrize(
    ("tampered", "code"),
    [
        (replace(GOOD, classes=()), "class_too_large"),
        (replace(GOOD, classes=(PlannedClass("O", 0, 3),)), "class_too_small"),
        (replace(GOOD, classes=(PlannedClass("O", 5, 1),)), "class_line_wrong"),
        (replace(GOOD, classes=(PlannedClass("O", 1, 1),)), "lock_broken"),
        (replace(GOOD, classes=(PlannedClass("O", 0, 11),)), "provider_overbooked"),
        (replace(GOOD, classes=GOOD.classes * 2), "line_twice"),
        (with_seat(seats=52), "away_too_long"),
        (with_seat(seats=3), "more_seats_than_need"),
        (with_seat(seats=3), "too_many_of_one_organisation"),
        (with_seat(quarter=1), "class_too_large"),
        (with_seat(organisation="?"), "seat_line_wrong"),
        (replace(GOOD, seats=GOOD.seats[1:]), "cost_not_paid"),
        (replace(GOOD, payments=GOOD.payments[1:]), "cost_not_paid"),
        (replace(GOOD, payments=(*GOOD.payments, Payment("province", "O", 0, "B", 1))), "budget_exceeded"),
        (replace(GOOD, payments=(Payment("?", "O", 0, "B", 1),)), "payment_line_wrong"),
        (replace(GOOD, unmet=(Unmet("C", "P", 1, Reason.MONEY),)), "unmet_wrong"),
        (replace(GOOD, value=GOOD.value + 1), "value_wrong"),
        (replace(GOOD, bound=1.0), "value_above_bound"),
        (replace(GOOD, problem_digest=""), "other_problem"),
    ],
)
def test_tampered_plan_is_found_out(tampered, code):
    assert code in {violation.code for violation in check(PROBLEM, tampered)}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (with_need(0, equipment=Equipment.ABSENT), "seat_without_use"),
        (with_need(0, equipment=Equipment.PLANNED, equipment_quarter=1), "seat_outside_window_or_area"),
        (with_offering(area="Y"), "seat_outside_window_or_area"),
        (with_offering(most_classes=0), "too_many_classes"),
        (with_budget(14), "budget_exceeded"),
        (problem(sources=(Source("province", 99 * MILLION, Eligibility(topics=("hiv",))),)), "source_not_eligible"),
        (problem(locks=(SeatLock("C", "P", "O", 0, at_most=0),)), "lock_broken"),
    ],
)
def test_plan_of_another_problem_is_found_out(changed, code):
    assert code in {violation.code for violation in check(changed, GOOD)}


def test_seat_before_its_prerequisite_is_found_out():
    programmes = (replace(problem().programmes[0], prerequisite="P0"), replace(problem().programmes[0], id="P0"))
    needs = tuple(replace(need, qualified=0 if need.organisation == "A" else None) for need in problem().needs)
    asked = replace(PROBLEM, programmes=programmes, needs=needs)
    tampered = replace(GOOD, problem_digest=digest(asked))
    assert check(asked, tampered) == [Violation("prerequisite_missing", {"organisation": "A", "programme": "P"})]


@pytest.mark.parametrize(("kind", "value"), [(PlanningProblem, PROBLEM), (Plan, GOOD)])
def test_json_gives_back_what_it_was_given(kind, value):
    assert from_json(kind, to_json(value)) == value


@pytest.mark.parametrize(
    "text", ["", "[]", '{"x": 1}', "{}", to_json(PROBLEM).replace('"persons":2', '"persons":"2"'), to_json(SEAT)]
)
def test_json_of_something_else_is_unreadable(text):
    with pytest.raises(Unreadable):
        from_json(PlanningProblem, text)


def test_digest_changes_with_the_problem():
    assert digest(problem()) == digest(problem())
    assert digest(problem()) != digest(with_budget(14))


def test_instance_of_another_format_is_unreadable():
    with pytest.raises(Unreadable, match="format"):
        read_instance({"format": "other/1"})
    with pytest.raises(Unreadable, match="params: missing"):
        read_instance({"format": "cme-plan-instance/1"})


def test_purse_moves_earlier_payments_to_make_room():
    purse = Purse([5, 5])
    assert purse.pay((0, 1), 5)
    assert purse.pay((1,), 5)
    assert purse.flow == [{(0, 1): 5}, {(0, 1): 0, (1,): 5}]
    assert not purse.pay((1,), 1)
    assert purse.left == [0, 0]


def test_purse_that_cannot_pay_all_pays_nothing():
    purse = Purse([5, 5])
    assert not purse.pay((0,), 6)
    assert (purse.left, purse.pay((), 1), purse.pay((), 0)) == ([5, 5], False, True)


@pytest.mark.parametrize(("due", "paid"), [(9, True), (10, True), (11, False)])
def test_split_below_at_and_above_the_budget(due, paid):
    items = [CostItem("O", 0, "A", (0,), due)]
    found = split(items, [Source("s", 10)])
    assert found == ((Payment("s", "O", 0, "A", due),) if paid else None)


def test_seat_block_survives_json():
    assert from_json(SeatBlock, to_json(SEAT)) == SEAT
