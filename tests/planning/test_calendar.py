"""The calendar of a scenario: quarters and weeks, by unit and performer; every week within what each unit may miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import improve_plan
from lientuc.planning.improving import work
from lientuc.planning.models import PlanProposal, Scenario
from lientuc.planning.optimiser import weeks
from lientuc.planning.queries.calendar import calendar_of, choices_of, first_day_of_week
from lientuc.planning.rules.scenarios import ScenarioDraft
from lientuc.trail.jobs import run_next
from tests.factories.planning import make_proposal
from tests.planning.scenes import two_topics
from tests.world import World


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


@pytest.fixture
def scenario(world: World) -> Scenario:
    """Both classes of two topics, one station each."""
    draft = ScenarioDraft(budget_percent=200)
    improve_plan(plan=two_topics(world), draft=draft, by=world.user(Role.HEALTH_DEPARTMENT))
    run_next()
    found: Scenario = rows(Scenario).select_related("proposal__plan").get()
    return found


@pytest.mark.parametrize(
    ("quarter", "week", "day"),
    [(1, 1, date(2027, 1, 4)), (1, 2, date(2027, 1, 11)), (2, 1, date(2027, 4, 5)), (4, 12, date(2027, 12, 20))],
)
def test_weeks_begin_on_the_first_monday_of_the_quarter(quarter: int, week: int, day: date) -> None:
    assert first_day_of_week(2027, quarter, week) == day


def test_quarter_that_begins_on_a_monday_begins_its_first_week() -> None:
    assert first_day_of_week(2029, 1, 1) == date(2029, 1, 1)


def test_every_class_has_its_weeks_and_company(scenario: Scenario) -> None:
    shown = calendar_of(scenario, 2027)
    assert [(row.title, sum(row.counts)) for row in shown.grid] == [("Cấp cứu", 1), ("Điều dưỡng", 1)]
    assert sorted((each.title, each.company) for each in shown.classes) == [
        ("Cấp cứu", (("Trạm Y tế xã An", 8),)),
        ("Điều dưỡng", (("Trạm Y tế xã Bình", 8),)),
    ]
    assert {(each.unit, each.away <= each.most) for each in shown.busiest} == {
        ("Trạm Y tế xã An", True),
        ("Trạm Y tế xã Bình", True),
    }
    assert all(each.last_on.weekday() == 4 for each in shown.classes)


def test_calendar_narrows_to_a_unit(scenario: Scenario) -> None:
    units, _ = choices_of(scenario)
    assert units == ["Trạm Y tế xã An", "Trạm Y tế xã Bình"]
    shown = calendar_of(scenario, 2027, unit="Trạm Y tế xã Bình")
    assert [each.title for each in shown.classes] == ["Điều dưỡng"]


def test_twin_with_two_more_persons_in_a_week_is_not_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar in which a station would miss more than it may is found out in that very week, and nothing is stored."""
    placed = weeks.place_in_weeks

    def spoilt(problem: Any, plan: Any) -> weeks.Calendar:
        found = placed(problem, plan)
        crowded = replace(found.classes[0], persons=tuple((name, n + 40) for name, n in found.classes[0].persons))
        return replace(found, classes=(crowded, *found.classes[1:]))

    monkeypatch.setattr(work, "place_in_weeks", spoilt)
    improve_plan(plan=two_topics(world), by=world.user(Role.HEALTH_DEPARTMENT))
    job = run_next()
    assert job is not None
    assert (job.state, job.problem["code"]) == ("failed", "planning.check_failed")
    assert rows(PlanProposal).get().after_value is None


@pytest.mark.parametrize(("language", "text"), [("vi", "Số lớp theo quý"), ("en", "Classes by quarter")])
def test_calendar_page_shows_and_filters(
    scenario: Scenario, world: World, client: Client, language: str, text: str
) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.cookies["ngon-ngu"] = language
    at = f"/ke-hoach/phuong-an/{scenario.proposal.public_id}/lich/"
    page = client.get(at).content.decode()
    assert [each in page for each in (text, "Cấp cứu", "Điều dưỡng", "<rect")] == [True] * 4
    narrow = client.get(at, {"unit": "Trạm Y tế xã Bình"}).content.decode()
    assert ("Cấp cứu (1)" in narrow, "Điều dưỡng (1)" in narrow) == (False, True)


def test_scenario_without_calendar_says_so(world: World, client: Client) -> None:
    made = make_proposal(world.department)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert "chưa có lịch" in client.get(f"/ke-hoach/phuong-an/{made.public_id}/lich/").content.decode()
