"""Scenarios: what they try changes the problem, stored with name and choices, compared, stopped; locks, areas of sources."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.delivery.enums import RunState
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import adopt_proposal, amend_plan, improve_plan, lock_line, remove_lock, stop_scenario
from lientuc.planning.enums import PlanState, ProposalState, ScenarioPhase
from lientuc.planning.improving.problem import problem_of
from lientuc.planning.improving.reading import problem_facts
from lientuc.planning.models import LineLock, Plan, PlanLine, PlanLineRun, PlanProposal, Scenario
from lientuc.planning.optimiser import model
from lientuc.planning.policy import policy
from lientuc.planning.queries.plans import state_of
from lientuc.planning.queries.scenarios import compared, prices_of, scenario_rows
from lientuc.planning.rules.scenarios import LockDraft, LockFacts, ScenarioDraft, lock_problems, scenario_problems
from lientuc.trail.jobs import run_next
from lientuc.trail.models import AuditEntry
from tests.factories.delivery import make_run
from tests.factories.planning import make_line, make_lock, make_plan, make_proposal, make_source
from tests.planning.scenes import MILLION, two_topics
from tests.world import World


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(problems: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in problems]


@pytest.fixture
def plan(world: World) -> Plan:
    """Two topics of which the money allows one."""
    return two_topics(world)


def tried(plan: Plan, world: World, **choices: Any) -> PlanProposal:
    """A scenario whose job has ended."""
    made = improve_plan(plan=plan, draft=ScenarioDraft(**choices), by=world.user(Role.HEALTH_DEPARTMENT))
    run_next()
    found: PlanProposal = rows(PlanProposal).select_related("job", "scenario", "plan__organisation").get(pk=made.pk)
    return found


def line(plan: Plan, title: str) -> PlanLine:
    found: PlanLine = rows(PlanLine).select_related("plan__organisation", "plan__previous").get(plan=plan, title=title)
    return found


def test_more_money_brings_the_second_class(plan: Plan, world: World) -> None:
    found = tried(plan, world, name="Gấp đôi", budget_percent=200)
    assert (found.scenario.name, state_of(found), found.scenario.phase) == (
        "Gấp đôi",
        ProposalState.READY,
        ScenarioPhase.DONE,
    )
    assert sorted(row["title"] for row in found.lines) == ["Cấp cứu", "Điều dưỡng"]
    assert found.unmet == []


def test_scenario_keeps_preview_bound_curves_prices_and_weeks(plan: Plan, world: World) -> None:
    scenario = tried(plan, world).scenario
    assert scenario.preview_value is not None
    assert scenario.bound >= rows(PlanProposal).get().after_value
    assert [each["factor"] for each in scenario.budget_points] == policy().curves["factors"]
    assert [each["share"] for each in scenario.equity_points] == policy().curves["shares"]
    assert [each["week"] for each in scenario.calendar["classes"]] == [1]
    assert [price.source for price in prices_of(scenario)] == ["Ngân sách tỉnh"]


def test_source_switched_off_pays_nothing(plan: Plan, world: World) -> None:
    other = make_source(world.department, "Dự án", ceiling_vnd=60 * MILLION)
    both = tried(plan, world)
    without = tried(plan, world, sources_off=(str(other.public_id),))
    assert (len(both.lines), len(without.lines)) == (2, 1)


def test_kept_line_stays_as_it_is(plan: Plan, world: World) -> None:
    kept = line(plan, "Điều dưỡng")
    found = tried(plan, world, kept_lines=(str(kept.public_id),))
    assert [(row["title"], row["fixed"]) for row in found.lines] == [("Điều dưỡng", True)]


def test_two_scenarios_stand_side_by_side(plan: Plan, world: World) -> None:
    tried(plan, world, name="A")
    tried(plan, world, name="B", budget_percent=200)
    second, first = scenario_rows(plan)
    found = compared(first, second, "vi")
    assert found is not None
    assert [(each.title, each.place, each.before, each.after) for each in found.classes] == [("Điều dưỡng", "1", 0, 1)]
    assert [(each.title, each.change) for each in found.units] == [("Trạm Y tế xã Bình", 8)]
    assert [(each.title, each.change) for each in found.money] == [("Ngân sách tỉnh", 50 * MILLION)]
    assert (found.gained, found.lost) == (8, 0)


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (ScenarioDraft(budget_percent=9), ["percent_wrong"]),
        (ScenarioDraft(budget_percent=10), []),
        (ScenarioDraft(budget_percent=400), []),
        (ScenarioDraft(budget_percent=401), ["percent_wrong"]),
        (ScenarioDraft(equity_percent=100), []),
        (ScenarioDraft(equity_percent=101), ["percent_wrong"]),
    ],
)
def test_scenario_within_its_limits(draft: ScenarioDraft, found: list[str]) -> None:
    assert codes(scenario_problems(draft)) == found


FACTS = LockFacts("Cấp cứu", (1, 2, 3), {2: 1}, (LockDraft(1, 2, None), LockDraft(3, 0, 4)))


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (LockDraft(1, 0, None), ["lock_empty"]),
        (LockDraft(4, 1, None), ["lock_leads_nowhere"]),
        (LockDraft(1, 0, 2), []),
        (LockDraft(1, 0, 1), ["locks_contradict"]),
        (LockDraft(2, 2, 1), ["locks_contradict"]),
        (LockDraft(2, 0, 1), []),
        (LockDraft(2, 0, 0), ["lock_against_classes"]),
        (LockDraft(3, 4, None), []),
        (LockDraft(3, 5, None), ["locks_contradict"]),
    ],
)
def test_lock_meets_the_line_its_classes_and_other_locks(draft: LockDraft, found: list[str]) -> None:
    assert codes(lock_problems(draft, FACTS)) == found


def test_lock_is_kept_by_every_scenario_and_left_aside_when_asked(plan: Plan, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    lock = lock_line(line=line(plan, "Điều dưỡng"), draft=LockDraft(2, 1, None, "đã mời"), by=by)
    assert AuditEntry.objects.filter(action="planning.lock_line").count() == 1
    kept = tried(plan, world)
    assert [(row["title"], row["from_quarter"]) for row in kept.lines] == [("Điều dưỡng", 2)]
    free = tried(plan, world, without_locks=True)
    assert [row["title"] for row in free.lines] == ["Cấp cứu"]
    remove_lock(lock=rows(LineLock).select_related("line__plan__organisation").get(pk=lock.pk), by=by)
    assert rows(LineLock).count() == 0


def test_proposal_that_breaks_a_lock_is_not_adopted(plan: Plan, world: World) -> None:
    by, before = world.user(Role.HEALTH_DEPARTMENT), tried(plan, world)
    assert [row["title"] for row in before.lines] == ["Cấp cứu"]
    lock = lock_line(line=line(plan, "Điều dưỡng"), draft=LockDraft(2, 1, None), by=by)
    with pytest.raises(Refused) as caught:
        adopt_proposal(proposal=before, by=by, reason="vì sao")
    assert [(p.code, dict(p.values)) for p in caught.value.problems] == [
        ("planning.proposal_breaks_lock", {"title": "Điều dưỡng", "quarter": 2, "planned": 0})
    ]
    assert rows(LineLock).get() == lock
    kept = tried(plan, world)
    assert adopt_proposal(proposal=kept, by=by, reason="vì sao").adopted_at is not None
    assert rows(LineLock).get() == lock


def test_contradicting_lock_is_refused_with_both_named(plan: Plan, world: World) -> None:
    by, row = world.user(Role.HEALTH_DEPARTMENT), line(plan, "Cấp cứu")
    lock_line(line=row, draft=LockDraft(1, 2, None), by=by)
    with pytest.raises(Refused) as caught:
        lock_line(line=row, draft=LockDraft(1, 0, 1), by=by)
    assert [(p.code, dict(p.values)) for p in caught.value.problems] == [
        ("planning.locks_contradict", {"offering": "Cấp cứu", "quarter": 1, "at_least": 2, "at_most": 1})
    ]
    with pytest.raises(NotAllowed):
        lock_line(line=row, draft=LockDraft(1, 0, 1), by=world.user(Role.STATION))


def test_locks_the_money_cannot_keep_fail_with_the_line_named(plan: Plan, world: World) -> None:
    for title in ("Cấp cứu", "Điều dưỡng"):
        make_lock(world.department, line=line(plan, title))
    found = tried(plan, world)
    assert (state_of(found), found.job.problem["code"]) == (ProposalState.FAILED, "planning.lock_not_kept")
    assert found.job.problem["values"]["offering"] in {"Cấp cứu", "Điều dưỡng"}
    assert found.job.problem["values"]["quarter"] == 1


def amended(plan: Plan, world: World) -> Plan:
    """The plan approved with one class of nursing begun in May, and its next version opened in July of its year."""
    rows(Plan).filter(pk=plan.pk).update(
        state=PlanState.APPROVED, decided_at="2027-01-05T00:00:00Z", decided_by="t", submitted_at=None
    )
    begun = line(plan, "Điều dưỡng")
    run = make_run(world.school, starts_on=date(2027, 5, 10), ends_on=date(2027, 5, 12), state=RunState.OPEN)
    PlanLineRun.objects.create(line=begun, run=run)
    plan.refresh_from_db()
    return amend_plan(plan=plan, by=world.user(Role.HEALTH_DEPARTMENT))


def test_opened_class_is_a_lock_of_the_next_version(plan: Plan, world: World) -> None:
    with clock_at(date(2027, 7, 15)):
        later = amended(plan, world)
        facts = problem_facts(later)
        problem = problem_of(facts, policy())
        key = f"line:{line(later, 'Điều dưỡng').public_id}"
        assert problem.locks == (model.ClassLock(key, 1, 1, 1),)
        offers = {each.key: each for each in facts.offers}
        assert (offers[key].quarters, offers[key].smallest) == ((1, 2), 1)
        found = tried(later, world, budget_percent=100)
    assert [(row["title"], row["classes"], row["from_quarter"]) for row in found.lines] == [("Điều dưỡng", 1, 2)]


def test_cancelled_class_locks_nothing(plan: Plan, world: World) -> None:
    with clock_at(date(2027, 7, 15)):
        later = amended(plan, world)
        run = PlanLineRun.objects.unscoped(WhyUnscoped.SETUP).get().run
        type(run).objects.unscoped(WhyUnscoped.SETUP).filter(pk=run.pk).update(
            state=RunState.CANCELLED, cancelled_at="2027-05-01T00:00:00Z", cancelled_by="t"
        )
        assert problem_of(problem_facts(later), policy()).locks == ()


@pytest.mark.parametrize(
    ("day", "quarters"), [(date(2026, 12, 31), (0, 1)), (date(2027, 4, 1), (1,)), (date(2027, 10, 1), (3,))]
)
def test_quarters_that_are_over_take_no_more_classes(
    plan: Plan, world: World, day: date, quarters: tuple[int, ...]
) -> None:
    with clock_at(day):
        assert {offer.quarters for offer in problem_facts(plan).offers} == {quarters}


def test_source_for_difficult_areas_pays_only_classes_of_their_units(plan: Plan, world: World) -> None:
    make_source(world.department, "Miền núi", ceiling_vnd=200 * MILLION, areas=["III"])
    make_line(
        world.department,
        "Điều dưỡng thêm",
        plan=plan,
        topic=line(plan, "Cấp cứu").topic,
        classes=1,
        persons=10,
        requested_vnd=30 * MILLION,
        unit_vnd=30 * MILLION,
    )
    found = tried(plan, world)
    names = {row.pk: row.name for row in rows(type(make_source(world.department, "khác"))).all()}
    paid = {row["title"]: names[row["source"]] for row in found.lines}
    assert paid["Điều dưỡng"] == "Ngân sách tỉnh"
    assert {paid[title] for title in paid if title != "Điều dưỡng"} == {"Miền núi"}
    assert found.unmet == []


def test_source_for_an_area_nobody_is_in_pays_nothing(plan: Plan, world: World) -> None:
    make_source(world.department, "Biên giới", ceiling_vnd=900 * MILLION, areas=["border"])
    found = tried(plan, world)
    assert [row["title"] for row in found.lines] == ["Cấp cứu"]


def test_waiting_search_stops_at_once_with_the_reason(plan: Plan, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    made = improve_plan(plan=plan, by=by)
    stop_scenario(scenario=rows(Scenario).select_related("proposal__job", "proposal__plan__organisation").get(), by=by)
    found = rows(PlanProposal).select_related("job").get(pk=made.pk)
    assert (state_of(found), found.job.problem["code"]) == (ProposalState.FAILED, "planning.scenario_stopped")
    assert run_next() is None


def test_running_search_stops_when_asked(plan: Plan, world: World) -> None:
    """Somebody asked while the job was being leased: the first second sees it."""
    improve_plan(plan=plan, by=world.user(Role.HEALTH_DEPARTMENT))
    rows(Scenario).update(stop_asked_at="2026-11-22T00:00:00Z", stop_asked_by="t")
    job = run_next()
    assert job is not None
    assert (job.state, job.problem["code"]) == ("failed", "planning.scenario_stopped")


@pytest.mark.parametrize("count", [1, 3])
def test_register_asks_the_same_number_of_queries(
    world: World, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    plan = make_plan(world.department)
    for number in range(count):
        make_proposal(world.department, f"Phương án {number}", plan=plan)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.get(f"/ke-hoach/{plan.public_id}/phuong-an/")
    with django_assert_num_queries(7):
        page = client.get(f"/ke-hoach/{plan.public_id}/phuong-an/").content.decode()
    assert page.count("đang chờ chạy") == count


@pytest.mark.parametrize(
    ("language", "texts"), [("vi", ("Chưa tính", "Phương án mới")), ("en", ("No scenario", "New"))]
)
def test_empty_register_says_what_to_do(world: World, client: Client, language: str, texts: tuple[str, ...]) -> None:
    plan = make_plan(world.department)
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    client.cookies["ngon-ngu"] = language
    page = client.get(f"/ke-hoach/{plan.public_id}/phuong-an/").content.decode()
    assert [text in page for text in texts] == [True, True]


def test_scenario_through_its_pages(plan: Plan, world: World, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    base = f"/ke-hoach/{plan.public_id}/phuong-an/"
    wrong = client.post(f"{base}moi/", {"budget_percent": "5", "equity_percent": "0"})
    assert wrong.status_code == 200
    sent = {"name": "Thêm tiền", "budget_percent": "200", "equity_percent": "50"}
    asked = client.post(f"{base}moi/", sent).headers["Location"]
    fragment = client.get(f"{asked}tien-do/")
    assert ("hx-get" in fragment.content.decode(), "HX-Refresh" in fragment.headers) == (True, False)
    run_next()
    assert client.get(f"{asked}tien-do/").headers["HX-Refresh"] == "true"
    client.post(f"/ke-hoach/{plan.public_id}/tinh-phuong-an/")
    run_next()
    page = client.get(asked).content.decode()
    assert [text in page for text in ("Thêm tiền", "<svg", "Thêm 100 triệu đồng", "Mã số bài toán")] == [True] * 4
    side = client.get(f"{base}so-sanh/").content.decode()
    assert [text in side for text in ("kinh phí 200%", "vùng khó khăn ít nhất 50%", "8 chỗ")] == [True] * 3
    second = rows(PlanProposal).order_by("-pk")[0]
    left_out = client.get(f"/ke-hoach/phuong-an/{second.public_id}/?reason=money").content.decode()
    assert ("Bổ sung" in left_out, "Trạm Y tế xã Bình" in left_out) == (True, True)
    assert client.get(f"/ke-hoach/phuong-an/{second.public_id}/chua-dap-ung.xlsx").status_code == 200


def test_lock_through_its_page(plan: Plan, world: World, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    at = f"/ke-hoach/dong/{line(plan, 'Cấp cứu').public_id}/khoa/"
    assert client.post(at, {"quarter": "1", "at_least": "1", "reason": "đã ký"}).status_code == 302
    refused = client.post(at, {"quarter": "1", "at_least": "0", "at_most": "0"}).content.decode()
    assert "mâu thuẫn: ít nhất 1, nhiều nhất 0" in refused
    lock = rows(LineLock).get()
    assert client.post(f"/ke-hoach/khoa/{lock.public_id}/bo/").status_code == 302
    assert rows(LineLock).count() == 0
