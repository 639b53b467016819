"""Plans of problems small enough to solve by hand; monotone, repeatable, with one reason for everyone left out."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lientuc.core.errors import Problem, Refused
from lientuc.planning.optimiser.check import check
from lientuc.planning.optimiser.codec import plan_bytes
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import (
    ClassLock,
    Effort,
    Eligibility,
    Equipment,
    Need,
    PlannedClass,
    Policy,
    Programme,
    Provider,
    Reason,
    SeatBlock,
    SeatLock,
    Source,
    Stopped,
)
from lientuc.planning.optimiser.plan_files import plan_file
from lientuc.planning.optimiser.solve import plan, preview
from tests.planning.optimiser.by_hand import EXACT, MILLION, problem, with_budget, with_need, with_offering
from tests.planning.optimiser.data import check_plan, generate_instances


@pytest.mark.parametrize(
    ("million", "value", "classes"),
    # one class 10; then A first 5, B first 4, A second 3, B second 2, C 1, a million each; a class needs two persons
    [(11, 0, 0), (12, 9, 1), (13, 12, 1), (14, 14, 1), (15, 15, 1), (100, 15, 1)],
)
def test_plan_is_the_optimum_found_by_hand(million, value, classes):
    asked = with_budget(million)
    found = plan(asked, effort=EXACT)
    assert (found.value, found.searched_bound, sum(each.count for each in found.classes)) == (value, value, classes)
    assert check(asked, found) == []


def test_plan_has_classes_seats_payments_and_versions():
    found = plan(replace(problem(), locks=(ClassLock("O", 0, at_least=1),)), effort=EXACT)
    assert found.classes == (PlannedClass("O", 0, 1),)
    assert found.seats == tuple(SeatBlock(name, "P", "O", 0, seats) for name, seats in (("A", 2), ("B", 2), ("C", 1)))
    assert [(each.source, each.organisation, each.vnd) for each in found.payments] == [
        ("province", None, 10 * MILLION),
        ("province", "A", 2 * MILLION),
        ("province", "B", 2 * MILLION),
        ("province", "C", MILLION),
    ]
    assert (found.unmet, found.stopped, set(found.versions)) == ((), Stopped.GAP, {"highs", "method"})


def test_plan_is_better_than_the_preview_where_greed_errs():
    """A cheap small class first leaves too little for the large one."""
    small = replace(
        problem().offerings[0], id="S", smallest=1, largest=1, class_vnd=0, seat_vnd=2 * MILLION, most_classes=1
    )
    asked = problem(offerings=(*problem().offerings, small))
    assert preview(asked).value < plan(asked, effort=EXACT).value == 15.0


@pytest.mark.parametrize("effort", [Effort(seconds=0.0)])
def test_search_cut_short_is_never_below_the_preview(effort):
    asked = read_instance(generate_instances.generate("small", 2))
    found = plan(asked, effort=effort)
    assert found.value >= preview(asked).value
    assert found.stopped is Stopped.TIME
    assert check(asked, found) == []


def test_same_problem_twice_gives_the_same_bytes():
    asked = with_budget(13)
    assert plan_bytes(plan(asked, effort=EXACT)) == plan_bytes(plan(asked, effort=EXACT))
    assert plan_bytes(preview(asked)) == plan_bytes(preview(asked))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (with_need(2, equipment=Equipment.ABSENT), Reason.EQUIPMENT_ABSENT),
        (with_offering(area="Y"), Reason.NO_OFFERING),
        (with_need(2, equipment=Equipment.PLANNED, equipment_quarter=1, deadline=0), Reason.NO_OFFERING),
        (
            problem(sources=(Source("s", 99 * MILLION, Eligibility(organisations=("A", "B"))),)),
            Reason.NOT_ELIGIBLE_MONEY,
        ),
        (with_offering(away_days=97.0), Reason.STAFFING),
        (with_offering(smallest=6, largest=9), Reason.BELOW_MIN_CLASS),
        (with_budget(14), Reason.MONEY),
        (with_offering(largest=4, most_classes=1, quarters=(0,)), Reason.LOWER_PRIORITY),
        (problem(locks=(ClassLock("O", 0, at_most=0), ClassLock("O", 1, at_most=0))), Reason.LOCKED),
    ],
)
def test_reason_of_the_last_person_left_out(asked, reason):
    found = plan(asked, effort=EXACT)
    last = found.unmet[-1]
    assert (last.organisation, last.persons, last.reason) == ("C", 1, reason)
    assert check(asked, found) == []


def test_reason_money_names_the_sum_that_would_help():
    found = plan(with_budget(14), effort=EXACT)
    quarter = found.classes[0].quarter
    assert dict(found.unmet[0].values) == {"offering": "O", "quarter": quarter, "vnd": MILLION, "sources": "province"}


@pytest.mark.parametrize(
    ("asked", "lifted"),
    [
        (with_budget(14), with_budget(15)),
        (with_offering(smallest=6, largest=9), with_offering(smallest=5, largest=9)),
        (with_offering(away_days=97.0), with_offering(away_days=48.0)),
        (with_need(2, equipment=Equipment.ABSENT), with_need(2, equipment=Equipment.PRESENT)),
        (with_offering(area="Y"), with_offering(area="X")),
    ],
)
def test_lifting_the_named_limit_brings_the_person_into_the_plan(asked, lifted):
    assert plan(asked, effort=EXACT).unmet[-1].organisation == "C"
    assert plan(lifted, effort=EXACT).unmet == ()


def test_reason_below_minimum_names_the_missing_persons():
    found = plan(with_offering(smallest=6, largest=9), effort=EXACT)
    assert {each.values["missing"] for each in found.unmet} == {1}


def test_reason_provider_days_when_two_classes_do_not_fit():
    asked = problem(
        providers=(Provider("V", (3, 0), (0, 0)),),
        offerings=(replace(problem().offerings[0], smallest=1, largest=4),),
        sources=(Source("province", 99 * MILLION),),
    )
    assert [(each.organisation, each.reason) for each in plan(asked, effort=EXACT).unmet] == [
        ("C", Reason.PROVIDER_DAYS)
    ]


def test_prerequisite_comes_in_an_earlier_quarter():
    first, then = problem().offerings[0], replace(problem().offerings[0], id="O2", programme="P2")
    asked = problem(
        programmes=(Programme("P", "ncd", 3), Programme("P2", "ncd", 3, prerequisite="P")),
        offerings=(first, then),
        needs=(Need("A", "P", 2, 5.0, 3.0), Need("A", "P2", 2, 5.0, 3.0, qualified=0)),
        sources=(Source("province", 99 * MILLION),),
    )
    found = plan(asked, effort=EXACT)
    assert [(each.programme, each.quarter, each.seats) for each in found.seats] == [("P", 0, 2), ("P2", 1, 2)]
    assert check(asked, found) == []


def test_prerequisite_nobody_can_get_is_the_reason():
    asked = problem(
        programmes=(Programme("P", "ncd", 3, prerequisite="P0"), Programme("P0", "ncd", 3)),
        needs=tuple(replace(need, qualified=0) for need in problem().needs),
    )
    assert {each.reason for each in plan(asked, effort=EXACT).unmet} == {Reason.PREREQUISITE}


@pytest.mark.parametrize(("away", "persons"), [(95.9, 1), (96.0, 1), (96.1, 0)])
def test_station_stays_open_below_at_and_above_the_limit(away, persons):
    """2 persons may be away for 60 days packed to 0.8: 96 person-days a quarter."""
    asked = problem(
        offerings=(replace(problem().offerings[0], smallest=1, away_days=away, quarters=(0,)),),
        sources=(Source("province", 99 * MILLION),),
    )
    assert {block.seats for block in plan(asked, effort=EXACT).seats} == ({persons} if persons else set())


def test_money_goes_round_through_the_source_with_wider_rules():
    """The narrow source can pay seats of A only; the wide one must be left for what else nobody pays."""
    sources = (
        Source("wide", 13 * MILLION),
        Source("narrow", 2 * MILLION, Eligibility(organisations=("A",)), pays_classes=False),
    )
    found = plan(problem(sources=sources), effort=EXACT)
    assert found.value == 15.0
    assert {(each.source, each.organisation) for each in found.payments} >= {("narrow", "A"), ("wide", "C")}


def test_floor_prefers_the_difficult_commune():
    asked = problem(
        needs=(Need("A", "P", 2, 1.0, 1.0), Need("B", "P", 2, 1.5, 1.5), Need("C", "P", 1, 1.5, 1.5)),
        sources=(Source("province", 13 * MILLION),),
    )
    without = plan(asked, effort=EXACT)
    with_floor = plan(
        replace(asked, policy=Policy(floor_share=0.5, million_weight=0.0, class_million_weight=0.0)), effort=EXACT
    )
    assert {block.organisation for block in without.seats} == {"B", "C"}
    assert "A" in {block.organisation for block in with_floor.seats}


def test_seat_lock_is_kept_against_the_better_plan():
    asked = replace(
        with_budget(12), locks=(SeatLock("C", "P", "O", 1, at_least=1), SeatLock("A", "P", "O", 1, at_most=0))
    )
    found = plan(asked, effort=EXACT)
    assert [(each.organisation, each.quarter, each.seats) for each in found.seats] == [("B", 1, 1), ("C", 1, 1)]
    assert check(asked, found) == []


def test_lock_that_money_does_not_allow_is_refused_by_name():
    with pytest.raises(Refused) as refused:
        plan(replace(with_budget(14), locks=(ClassLock("O", 0, at_least=2),)), effort=EXACT)
    assert refused.value.problems == (
        Problem("planning.lock_not_kept", "locks", {"offering": "O", "quarter": 0, "at_least": 2}),
    )


def test_locks_that_contradict_are_refused_at_once_with_both():
    locks = (ClassLock("O", 0, at_least=2), ClassLock("O", 0, at_most=1))
    with pytest.raises(Refused) as refused:
        plan(problem(locks=locks))
    assert refused.value.problems == (
        Problem("planning.locks_contradict", "locks", {"offering": "O", "quarter": 0, "at_least": 2, "at_most": 1}),
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (problem(needs=problem().needs * 2), "planning.named_twice"),
        (with_need(0, organisation="?"), "planning.unknown_name"),
        (with_offering(smallest=6), "planning.impossible_offering"),
        (with_need(0, persons=-1), "planning.impossible_need"),
        (with_budget(-1), "planning.impossible_source"),
        (problem(providers=(Provider("V", (1,), (1,)),)), "planning.impossible_provider"),
        (problem(locks=(ClassLock("O", 7),)), "planning.lock_leads_nowhere"),
    ],
)
def test_problem_with_wrong_data_is_refused(asked, code):
    with pytest.raises(Refused) as refused:
        plan(asked)
    assert {each.code for each in refused.value.problems} == {code}


def test_problem_without_needs_has_an_empty_plan():
    found = plan(problem(needs=()))
    assert (found.classes, found.seats, found.unmet, found.value) == ((), (), (), 0.0)


NEEDS = st.tuples(
    *(
        st.builds(
            lambda name, persons, rest, more: Need(name, "P", persons, rest + more, rest),
            st.just(name),
            st.integers(1, 4),
            st.sampled_from([0.5, 1.0, 2.0]),
            st.sampled_from([0.0, 0.5, 1.0]),
        )
        for name in "ABC"
    )
)


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NEEDS, st.integers(0, 40), st.integers(1, 15))
def test_more_money_never_lowers_the_value(needs, million, more):
    poor = replace(with_budget(million), needs=needs)
    rich = replace(with_budget(million + more), needs=needs)
    poorer, richer = plan(poor, effort=EXACT), plan(rich, effort=EXACT)
    assert richer.value >= poorer.value - 1e-6
    assert preview(poor).value <= poorer.value + 1e-6
    assert check(poor, poorer) == check(rich, richer) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_preview_of_a_generated_province_passes_both_checks(seed):
    instance = generate_instances.generate("small", seed)
    asked = read_instance(instance)
    found = preview(asked)
    assert (check(asked, found), check_plan.check(instance, plan_file(found))[0]) == ([], [])


def test_plan_of_a_generated_province_passes_both_checks_with_the_same_value():
    instance = generate_instances.generate("small", 3)
    asked = read_instance(instance)
    found = plan(asked)
    violations, value = check_plan.check(instance, plan_file(found))
    assert (check(asked, found), violations) == ([], [])
    assert found.value == pytest.approx(value, abs=1e-5)
    assert found.value >= 0.94 * found.bound
    assert found.bound <= 293.75 * 1.002
