"""What follow-ups teach: priors of the study, posteriors by hand, what the plan makes of them, equipment first."""

from __future__ import annotations

from datetime import date
from math import isclose
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed
from lientuc.curricula.enums import GroundKind
from lientuc.directives.enums import Remover
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import learn_use
from lientuc.planning.enums import NeedState
from lientuc.planning.improving.problem import problem_of
from lientuc.planning.improving.reading import problem_facts
from lientuc.planning.learning.priors import priors
from lientuc.planning.models import Scenario, UseEstimate
from lientuc.planning.policy import policy
from lientuc.planning.queries.learning import equipment_first, prior_use, short_of_staff, uses_of
from lientuc.planning.rules.learning import (
    Beta,
    Cell,
    Observation,
    Share,
    chance_with_equipment,
    estimate_of,
    posterior_of,
    staff_is_the_bottleneck,
)
from lientuc.planning.rules.scenarios import ScenarioDraft
from tests.factories.curricula import make_topic
from tests.factories.planning import make_line, make_need, make_need_without_equipment, make_plan, make_source
from tests.factories.transfer import make_barrier, make_follow_up, make_handed_over
from tests.world import World

ON = date(2026, 11, 22)
CELL = Cell("emergency", "initial", "present")


def estimates() -> list[tuple[Any, ...]]:
    rows = UseEstimate.objects.unscoped(WhyUnscoped.SETUP).order_by("pk")
    return list(rows.values_list("family", "level", "equipment", "applied", "seen"))


def followed(world: World, unit: Any, *, used: bool, barrier: Any = None, **fields: Any) -> Any:
    """A technique of the topic handed over to a unit and looked at after three months."""
    topic = make_topic()
    agreement = make_handed_over(world.hospital, f"{unit.code}", receiver=unit, topic_code=topic.code)
    seen: dict[str, Any] = {"used": True, "cases": 3} if used else {"barrier": barrier or make_barrier()}
    make_follow_up(agreement, **(seen | fields))
    return agreement


# --- rules --------------------------------------------------------------------------------------------------------


def test_prior_is_the_share_of_the_study_with_equipment() -> None:
    assert chance_with_equipment(Share(101, 145), Share(65, 144)) == 1 - (1 - 101 / 145) * (1 - 65 / 144)
    assert round(priors().means["present"], 2) == 0.83
    assert priors().means["planned"] == priors().means["present"] * 0.8
    assert priors().means["absent"] == 0.0


def test_prior_weighs_kappa_units() -> None:
    prior = priors().prior("present")
    assert isclose(prior.alpha + prior.beta, priors().kappa)
    with pytest.raises(ValueError, match="nothing to estimate"):
        priors().prior("absent")


def test_posterior_is_prior_plus_counts() -> None:
    assert posterior_of(Beta(12, 3), 2, 10) == Beta(14, 11)
    assert Beta(14, 11).mean == 14 / 25


def test_interval_of_a_uniform_share_is_known() -> None:
    low, high = Beta(1, 1).interval(0.8)
    assert (round(low, 9), round(high, 9)) == (0.1, 0.9)


@given(alpha=st.floats(0.1, 50), beta=st.floats(0.1, 50), applied=st.integers(0, 40), failed=st.integers(0, 40))
def test_estimate_lies_in_its_interval_between_prior_and_data(
    alpha: float, beta: float, applied: int, failed: int
) -> None:
    prior = Beta(alpha, beta)
    seen = [Observation(CELL, True)] * applied + [Observation(CELL, False, "skill")] * failed
    found = estimate_of(CELL, prior, seen, 0.8)
    assert 0 <= found.low <= found.posterior.mean <= found.high <= 1
    assert (found.applied, found.seen) == (applied, applied + failed)
    if applied + failed:
        data = applied / (applied + failed)
        assert min(prior.mean, data) - 1e-9 <= found.posterior.mean <= max(prior.mean, data) + 1e-9


@pytest.mark.parametrize(
    ("barriers", "found"),
    [({}, False), ({"skill": 1}, False), ({"staffing": 1, "skill": 2}, False), ({"staffing": 2, "skill": 2}, True)],
)
def test_staff_is_the_bottleneck_from_half_of_the_barriers_on(barriers: dict[str, int], found: bool) -> None:
    assert staff_is_the_bottleneck(barriers, frozenset({"staffing"})) is found


# --- learning -----------------------------------------------------------------------------------------------------


def test_estimates_are_learnt_from_the_last_follow_up_of_each_unit_below(world: World) -> None:
    first = followed(world, world.station, used=False)
    make_follow_up(first, month=6, observed_on=date(2026, 11, 22), used=True, cases=2)
    followed(world, world.station_b, used=False, barrier=make_barrier("staffing", Remover.STAFFING))
    followed(world, world.organisation("station2"), used=True)
    by = world.user(Role.HEALTH_DEPARTMENT)
    learn_use(organisation=world.department, on=ON, by=by)
    learn_use(organisation=world.department, on=ON, by=by)
    assert estimates() == [("emergency", "initial", "present", 1, 2)]
    row = UseEstimate.objects.unscoped(WhyUnscoped.SETUP).get()
    prior = priors().prior("present")
    assert (row.prior_alpha, row.prior_beta, row.barriers) == (prior.alpha, prior.beta, {"staffing": 1})
    assert isclose(row.mean_rate, (prior.alpha + 1) / (priors().kappa + 2))
    assert short_of_staff(world.department, ON) == {(world.station_b.pk, "emergency.basic")}


@pytest.mark.parametrize(
    ("observed_on", "seen"), [(date(2026, 11, 21), 1), (date(2026, 11, 22), 1), (date(2026, 11, 23), 0)]
)
def test_follow_up_counts_from_its_day_on(world: World, observed_on: date, seen: int) -> None:
    followed(world, world.station, used=True, observed_on=observed_on)
    learn_use(organisation=world.department, on=ON, by=world.user(Role.HEALTH_DEPARTMENT))
    assert sum(row[4] for row in estimates()) == seen


def test_only_who_plans_learns(world: World) -> None:
    with pytest.raises(NotAllowed):
        learn_use(organisation=world.department, on=ON, by=world.user(Role.STATION))


# --- what the plan makes of it ------------------------------------------------------------------------------------


def test_expected_use_is_law_nothing_prior_or_learnt(world: World) -> None:
    topic = make_topic()
    needs = [
        make_need(world.station, kind=GroundKind.HOURS_DUE, topic=topic, equipment="absent"),
        make_need(world.station, topic=topic, equipment="absent"),
        make_need(world.station, topic=topic, equipment="planned"),
        make_need(world.station, topic=topic),
    ]
    followed(world, world.station, used=False)
    learn_use(organisation=world.department, on=ON, by=world.user(Role.HEALTH_DEPARTMENT))
    uses = uses_of(world.department, needs)
    prior = priors().prior("present")
    assert [uses[need.pk].mean for need in needs] == [
        1.0,
        0.0,
        prior_use("planned").mean,
        prior.alpha / (priors().kappa + 1),
    ]
    assert [uses[need.pk].seen for need in needs] == [0, 0, 0, 1]


def test_cautious_plan_counts_with_the_lower_end(world: World) -> None:
    topic = make_topic()
    plan = make_plan(world.department)
    make_line(world.department, plan=plan, topic=topic, source=make_source(world.department))
    need = make_need(world.station, state=NeedState.ACCEPTED, topic=topic, priority=150)
    use = prior_use("present")
    found = [
        problem_of(problem_facts(plan, ScenarioDraft(cautious=cautious)), policy()).needs[0]
        for cautious in (False, True)
    ]
    assert [one.rest_weight for one in found] == [round(1.5 * use.mean, 6), round(1.5 * use.low, 6)]
    assert need.priority == 150


def test_unit_that_lacks_trained_colleagues_gets_more_persons(world: World) -> None:
    topic = make_topic()
    plan = make_plan(world.department)
    make_line(world.department, plan=plan, topic=topic, source=make_source(world.department))
    make_need(world.station, state=NeedState.ACCEPTED, topic=topic)
    before = problem_of(problem_facts(plan), policy()).needs[0]
    followed(world, world.station, used=False, barrier=make_barrier("team_untrained"))
    after = problem_of(problem_facts(plan), policy()).needs[0]
    assert before.rest_weight < before.first_weight
    assert after.rest_weight == after.first_weight == before.first_weight


def test_need_without_equipment_is_worth_nothing_and_goes_to_the_employer(world: World) -> None:
    topic = make_topic()
    plan = make_plan(world.department)
    make_line(world.department, plan=plan, topic=topic, persons=40, requested_vnd=100_000_000)
    need = make_need_without_equipment(world.station, topic=topic, state=NeedState.ACCEPTED, persons=4)
    make_need_without_equipment(world.station, kind=GroundKind.HOURS_DUE)
    make_need_without_equipment(world.station, state=NeedState.DECLINED, reason="x")
    (row,) = equipment_first(world.user(Role.HEALTH_DEPARTMENT))
    assert (row.need, row.buyer, row.remover, row.wasted_vnd) == (need, world.commune, "budget", 10_000_000)
    assert problem_of(problem_facts(plan), policy()).needs[0].rest_weight == 0


def test_cost_is_not_invented_where_no_line_has_one(world: World) -> None:
    make_need_without_equipment(world.hospital)
    (row,) = equipment_first(world.user(Role.HEALTH_DEPARTMENT))
    assert (row.buyer, row.wasted_vnd) == (world.department, None)


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_of_expected_use_shows_prior_data_and_posterior(client: Client, world: World, language: str) -> None:
    followed(world, world.station, used=False, barrier=make_barrier("staffing", Remover.STAFFING))
    make_plan(world.department, "Kế hoạch 2027")
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.cookies["ngon-ngu"] = language
    empty = client.get("/ke-hoach/muc-ap-dung/").content.decode()
    assert client.post("/ke-hoach/muc-ap-dung/cap-nhat/").status_code == 302
    page = client.get("/ke-hoach/muc-ap-dung/").content.decode()
    more = {"vi": "Cử thêm người của cùng đơn vị", "en": "Send more persons of the same unit"}[language]
    assert ("empty-state" in empty, "0/1" in page, "83%" in page, more in page) == (True, True, True, True)
    assert "Kế hoạch 2027" in page


def test_cautious_button_asks_the_optimiser_to_be_cautious(client: Client, world: World) -> None:
    plan = make_plan(world.department)
    topic = make_topic()
    make_line(world.department, plan=plan, topic=topic, source=make_source(world.department))
    make_need(world.station, state=NeedState.ACCEPTED, topic=topic)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert client.post(f"/ke-hoach/{plan.public_id}/tinh-phuong-an/", {"cautious": "1"}).status_code == 302
    assert Scenario.objects.unscoped(WhyUnscoped.SETUP).get().choices["cautious"] is True


def test_commune_sees_only_its_own_needs_without_equipment(client: Client, world: World) -> None:
    make_need_without_equipment(world.station, "Máy siêu âm An")
    make_need_without_equipment(world.station_b, "Máy siêu âm Bình")
    client.force_login(world.user(Role.COMMUNE_COMMITTEE))
    page = client.get("/ke-hoach/nhu-cau/mua-thiet-bi-truoc/").content.decode()
    assert ("Máy siêu âm An" in page, "Máy siêu âm Bình" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_equipment_asks_the_same_queries_for_one_and_three_rows(
    client: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_need_without_equipment(world.station, f"Nhu cầu {number}")
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    with django_assert_num_queries(8):
        page = client.get("/ke-hoach/nhu-cau/mua-thiet-bi-truoc/").content.decode()
    assert page.count('<th scope="row">') == count
