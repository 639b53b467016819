"""The optimiser behind the button: problem from the database, real child process, proposal, adoption."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.enums import GroundKind
from lientuc.places.enums import OrganisationKind
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import adopt_proposal, edit_line, improve_plan
from lientuc.planning.enums import NeedState, ProposalState
from lientuc.planning.improving import work
from lientuc.planning.improving.problem import present_plan, problem_of
from lientuc.planning.improving.reading import most_away, problem_facts
from lientuc.planning.learning.priors import priors
from lientuc.planning.models import Need, Plan, PlanLine, PlanLineNeed, PlanProposal
from lientuc.planning.optimiser.child import Limits
from lientuc.planning.optimiser.worth import value_of
from lientuc.planning.policy import policy
from lientuc.planning.queries.plans import changes_of, state_of
from lientuc.planning.writing import draft_of
from lientuc.registry.enums import Equipment
from lientuc.trail.jobs import run_next
from lientuc.trail.models import Job
from tests.factories.curricula import make_approved_version, make_topic
from tests.factories.planning import make_approved_plan, make_line, make_need, make_plan
from tests.factories.registry import make_provider
from tests.planning.scenes import MILLION, two_topics
from tests.world import World

OVER = "Kế hoạch đang vượt trần kinh phí"
"""Why a proposal worth less is taken: the lines as they stand cost more than there is."""


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(caught: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in caught.value.problems]


@pytest.fixture
def plan(world: World) -> Plan:
    """Two topics of which the money allows one."""
    return two_topics(world)


def improved(plan: Plan, world: World) -> PlanProposal:
    """A proposal whose job has ended."""
    proposal = improve_plan(plan=plan, by=world.user(Role.HEALTH_DEPARTMENT))
    run_next()
    found: PlanProposal = rows(PlanProposal).select_related("job", "plan__organisation").get(pk=proposal.pk)
    return found


def test_better_plan_takes_the_urgent_class_under_the_ceiling(plan: Plan, world: World) -> None:
    proposal = improved(plan, world)
    assert state_of(proposal) == ProposalState.READY
    assert [(row["title"], row["classes"], row["persons"], row["requested_vnd"]) for row in proposal.lines] == [
        ("Cấp cứu", 1, 8, 60 * MILLION)
    ]
    assert [(row["organisation"], row["persons"], row["reason"]) for row in proposal.unmet] == [
        ("Trạm Y tế xã Bình", 8, "money")
    ]
    assert [(change.title, change.before is None, change.after is None) for change in changes_of(proposal)] == [
        ("Điều dưỡng", False, True),
        ("Cấp cứu", False, False),
    ]


def test_asking_and_searching_change_no_line(plan: Plan, world: World) -> None:
    before = list(rows(PlanLine).values())
    improved(plan, world)
    assert list(rows(PlanLine).values()) == before


def test_adopted_proposal_replaces_the_lines_and_links_its_needs(plan: Plan, world: World) -> None:
    adopt_proposal(proposal=improved(plan, world), by=world.user(Role.HEALTH_DEPARTMENT), reason=OVER)
    line = rows(PlanLine).get()
    links = rows(PlanLineNeed).values_list("need__organisation__code", "persons")
    assert (line.title, line.persons, line.source.name) == ("Cấp cứu", 8, "Ngân sách tỉnh")
    assert list(links) == [("station", 8)]


def test_proposal_is_adopted_once_and_only_for_the_lines_it_was_made_for(plan: Plan, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    first, second = improved(plan, world), improved(plan, world)
    adopt_proposal(proposal=first, by=by, reason=OVER)
    with pytest.raises(Refused) as caught:
        adopt_proposal(proposal=rows(PlanProposal).get(pk=first.pk), by=by, reason=OVER)
    assert codes(caught) == ["proposal_adopted"]
    with pytest.raises(Refused) as caught:
        adopt_proposal(proposal=second, by=by, reason=OVER)
    assert codes(caught) == ["proposal_stale"]


def test_line_changed_while_searching_fails_the_job(plan: Plan, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    proposal = improve_plan(plan=plan, by=by)
    line = rows(PlanLine).select_related("plan", "topic", "source").first()
    edit_line(line=line, draft=replace(draft_of(line), note="đổi"), by=by)
    job = run_next()
    assert (job.state, job.problem["code"]) == ("failed", "planning.proposal_stale")
    assert state_of(rows(PlanProposal).select_related("job").get(pk=proposal.pk)) == ProposalState.FAILED


def test_locked_line_stays_and_its_money_is_taken(plan: Plan, world: World) -> None:
    rows(PlanLine).filter(title="Điều dưỡng").update(locked=True)
    proposal = improved(plan, world)
    assert [(row["title"], row["fixed"]) for row in proposal.lines] == [("Điều dưỡng", True)]
    assert [(row["organisation"], row["reason"]) for row in proposal.unmet] == [("Trạm Y tế xã An", "money")]


def test_equipment_comes_before_training(plan: Plan, world: World) -> None:
    rows(Need).filter(organisation=world.station).update(equipment=Equipment.ABSENT)
    proposal = improved(plan, world)
    assert [(row["organisation"], row["reason"]) for row in proposal.unmet] == [("Trạm Y tế xã An", "equipment_absent")]
    assert [row["title"] for row in proposal.lines] == ["Điều dưỡng"]


def test_programme_nobody_planned_before_is_offered_at_an_estimated_cost(plan: Plan, world: World) -> None:
    make_provider(world.school)
    topic = make_topic("management.basic", name_vi="Quản lý", name_en="Management", family="management")
    version = make_approved_version(world.school, "Quản lý trạm y tế")
    version.curriculum.topic = topic
    version.curriculum.save()
    make_need(world.station_b, state=NeedState.ACCEPTED, topic=topic, persons=2)
    offers = {offer.title: (offer.class_vnd, offer.estimated) for offer in problem_facts(plan).offers}
    assert offers["Quản lý trạm y tế"] == (50 * MILLION, True)


def test_earlier_plan_offers_what_this_one_lacks(plan: Plan, world: World) -> None:
    topic = make_topic("management.basic", name_vi="Quản lý", name_en="Management", family="management")
    make_need(world.station_b, state=NeedState.ACCEPTED, topic=topic, persons=2)
    earlier = make_approved_plan(world.department, year=2026)
    make_line(world.department, "Quản lý trạm", plan=earlier, topic=topic, year=2026)
    offers = {offer.title: offer.line for offer in problem_facts(plan).offers}
    assert offers["Quản lý trạm"] is None


def test_both_plans_are_valued_by_the_same_problem(plan: Plan) -> None:
    facts = problem_facts(plan)
    problem = problem_of(facts, policy())
    weights = [(need.persons, need.rest_weight) for need in problem.needs]
    use = priors().means["present"]
    assert weights == [(8, round(1.8 * use, 6)), (8, round(1.1 * use, 6))]
    classes, seats = present_plan(facts, problem)
    assert sorted((block.organisation, block.seats) for block in seats) == [
        (need.organisation, 8) for need in problem.needs
    ]
    assert value_of(problem, classes, seats) == pytest.approx((1.35 + 7) * (1.8 + 1.1) * use - 0.011, abs=1e-4)


def test_hours_the_law_asks_for_are_used_whatever_the_equipment(plan: Plan, world: World) -> None:
    rows(Need).filter(organisation=world.station).update(equipment=Equipment.ABSENT, kind=GroundKind.HOURS_DUE)
    need = next(each for each in problem_of(problem_facts(plan), policy()).needs if each.rest_weight > 1.7)
    assert (need.rest_weight, need.equipment) == (1.8, "present")


@pytest.mark.parametrize(
    ("kind", "staff", "on", "found"),
    [
        (OrganisationKind.STATION, 0, date(2027, 1, 1), 1),
        (OrganisationKind.STATION, 2, date(2027, 1, 1), 0),
        (OrganisationKind.STATION, 3, date(2027, 1, 1), 1),
        (OrganisationKind.STATION, 2, date(2026, 7, 14), 1),
        (OrganisationKind.STATION, 2, date(2026, 7, 15), 0),
        (OrganisationKind.STATION, 40, date(2027, 1, 1), 10),
        (OrganisationKind.HOSPITAL, 2, date(2027, 1, 1), 1),
    ],
)
def test_station_keeps_its_shift(kind: OrganisationKind, staff: int, on: date, found: int) -> None:
    assert most_away(kind, staff, on) == found


def test_killed_search_leaves_a_reason_and_the_plan_as_it_was(
    plan: Plan, world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "Limits", lambda *given: Limits(memory_mb=64, cpu_seconds=5, wall_seconds=10.0))
    before = list(rows(PlanLine).values())
    proposal = improved(plan, world)
    assert (proposal.job.state, proposal.after_value) == ("failed", None)
    assert list(rows(PlanLine).values()) == before
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    page = client.get(f"/ke-hoach/phuong-an/{proposal.public_id}/").content.decode()
    assert "Không tính được phương án" in page
    assert "Kế hoạch giữ nguyên" in page


def test_nothing_to_compute_is_refused_before_a_job_is_made(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    with pytest.raises(Refused) as caught:
        improve_plan(plan=make_plan(world.department), by=by)
    assert codes(caught) == ["no_open_needs", "nothing_to_offer"]
    with pytest.raises(NotAllowed):
        improve_plan(plan=make_plan(world.hospital), by=by)
    assert Job.objects.count() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_proposal_page_shows_progress_then_comparison(plan: Plan, world: World, client: Client, language: str) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.cookies["ngon-ngu"] = language
    asked = client.post(f"/ke-hoach/{plan.public_id}/tinh-phuong-an/")
    waiting = client.get(asked.headers["Location"]).content.decode()
    run_next()
    ready = client.get(asked.headers["Location"]).content.decode()
    assert ('http-equiv="refresh"' in waiting, "<progress" in waiting) == (True, True)
    assert ('http-equiv="refresh"' in ready, "10 → 8" in ready, "Trạm Y tế xã Bình" in ready) == (False, True, True)
    adopted = client.post(f"{asked.headers['Location']}ap-dung/", {"reason": OVER})
    assert adopted.headers["Location"] == f"/ke-hoach/{plan.public_id}/"
