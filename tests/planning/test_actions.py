"""Actions of planning: done, refused, not allowed, with their audit rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.enums import GroundKind
from lientuc.delivery.enums import RunKind
from lientuc.delivery.rules import RunDraft
from lientuc.directives.models import Duty
from lientuc.evaluation.enums import Route
from lientuc.law.authority import Proof
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import (
    accept_need,
    add_line,
    add_source,
    amend_plan,
    approve_plan,
    copy_plan,
    decline_need,
    edit_line,
    link_run,
    note_decision,
    open_plan,
    open_run_for_line,
    pull_needs,
    raise_need,
    record_spending,
    remove_line,
    return_plan,
    review_money,
    submit_plan,
    take_lines,
)
from lientuc.planning.enums import NeedState, PlanKind, PlanState, SourceKind
from lientuc.planning.models import Need, Plan, PlanLine, PlanLineNeed, PlanLineRun
from lientuc.planning.rules import plans as plan_rules
from lientuc.planning.rules.lines import LineDraft
from lientuc.planning.rules.money import SourceDraft
from lientuc.planning.rules.needs import NeedDraft
from lientuc.planning.rules.plans import Amounts, PlanDraft
from lientuc.trail.models import AuditEntry
from tests.factories.credits import make_standing
from tests.factories.curricula import make_approved_version, make_topic
from tests.factories.delivery import make_run
from tests.factories.directives import make_duty
from tests.factories.evaluation import make_finding
from tests.factories.places import make_area
from tests.factories.planning import (
    make_approved_plan,
    make_line,
    make_need,
    make_plan,
    make_source,
    make_submitted_plan,
)
from tests.factories.registry import make_provider
from tests.world import World

ON = date(2026, 11, 22)


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(caught: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in caught.value.problems]


def draft(**changes: Any) -> LineDraft:
    values = dict(title="Cấp cứu", topic=make_topic(), classes=1, persons=20, year=2027, requested_vnd=50_000_000)
    return LineDraft(**(values | changes))


# --- needs --------------------------------------------------------------------------------------------------------


def test_needs_are_drawn_from_rooms_below_with_their_origin(world: World) -> None:
    make_area("M1001")
    make_standing(world.station, deadline_on=None)
    finding = make_finding(world.school, topic_code=make_topic().code, routed_to=Route.TRAINING)
    make_standing(world.organisation("station2"))
    pull_needs(organisation=world.department, on=ON, by=world.user(Role.HEALTH_DEPARTMENT))
    found = rows(Need).order_by("kind").values_list("kind", "organisation__code", "topic__code", "origin")
    station = str(world.station.public_id)
    assert list(found) == [
        ("follow_up", "school", "emergency.basic", str(finding.ref)),
        ("hours_due", "station", None, f"credits.hours_due:{station}/nursing"),
    ]
    assert rows(Need).get(kind="hours_due").priority == round(1.30 * 1.30 * 1.20 * 100)
    assert AuditEntry.objects.latest("pk").action == "planning.pull_needs"


def test_drawing_again_doubles_nothing_and_follows_the_ground(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    make_standing(world.station)
    pull_needs(organisation=world.department, on=ON, by=by)
    make_standing(world.station, "Lê Văn Bình")
    pull_needs(organisation=world.department, on=ON, by=by)
    assert list(rows(Need).values_list("persons", "state")) == [(2, "raised")]


def test_ground_that_was_decided_on_rests(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    make_standing(world.station)
    pull_needs(organisation=world.department, on=ON, by=by)
    decline_need(need=rows(Need).get(), reason="Đơn vị tự tổ chức", by=by)
    pull_needs(organisation=world.department, on=today(), by=by)
    assert rows(Need).count() == 1
    pull_needs(organisation=world.department, on=today() + timedelta(days=366), by=by)
    assert list(rows(Need).order_by("pk").values_list("state", flat=True)) == ["declined", "raised"]


def test_drawing_needs_of_another_province_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        pull_needs(organisation=world.organisation("department2"), on=ON, by=world.user(Role.HEALTH_DEPARTMENT))


def test_request_carries_its_priority(world: World) -> None:
    asked = NeedDraft(world.station, make_topic(), 3, None, text="Phản vệ")
    need = raise_need(draft=asked, by=world.user(Role.STATION))
    assert (need.kind, need.priority, need.state) == (GroundKind.REQUEST, round(1.10 * 1.20 * 100), NeedState.RAISED)
    assert AuditEntry.objects.get().action == "planning.raise_need"


def test_request_without_topic_is_refused_and_for_others_not_allowed(world: World) -> None:
    by = world.user(Role.STATION)
    with pytest.raises(Refused) as caught:
        raise_need(draft=NeedDraft(world.station, None, 3, text="x"), by=by)
    assert codes(caught) == ["topic_missing"]
    with pytest.raises(NotAllowed):
        raise_need(draft=NeedDraft(world.station_b, make_topic(), 3, text="x"), by=by)


def test_need_is_accepted_with_a_topic_by_the_department_only(world: World) -> None:
    need = make_need(world.station, topic=None, family="nursing")
    with pytest.raises(NotAllowed):
        accept_need(need=need, topic=make_topic(), persons=2, by=world.user(Role.STATION))
    accepted = accept_need(need=need, topic=make_topic(), persons=2, by=world.user(Role.HEALTH_DEPARTMENT))
    assert (accepted.state, accepted.persons, accepted.topic) == (NeedState.ACCEPTED, 2, make_topic())
    with pytest.raises(Refused) as caught:
        accept_need(need=need, topic=make_topic(), persons=2, by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["need_wrong_state"]


# --- lines --------------------------------------------------------------------------------------------------------


def test_line_serves_accepted_needs_of_its_topic_by_priority(world: World) -> None:
    low = make_need(world.station, state=NeedState.ACCEPTED, persons=15, priority=10)
    high = make_need(world.station_b, state=NeedState.ACCEPTED, persons=15, priority=50)
    make_need(world.organisation("station2"), state=NeedState.ACCEPTED, persons=15, priority=90)
    plan = make_plan(world.department)
    add_line(plan=plan, draft=draft(persons=20), by=world.user(Role.HEALTH_DEPARTMENT))
    links = rows(PlanLineNeed).order_by("-persons").values_list("need", "persons")
    assert list(links) == [(high.pk, 15), (low.pk, 5)]


def test_editing_and_removing_a_line(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    line = make_line(world.department)
    edited = edit_line(line=line, draft=draft(persons=33), by=by)
    assert (edited.persons, edited.requested_vnd, edited.place) == (33, 50_000_000, line.place)
    remove_line(line=line, by=by)
    assert rows(PlanLine).count() == 0
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["planning.edit_line", "planning.remove_line"]


@pytest.mark.parametrize("make", [make_submitted_plan, make_approved_plan])
def test_submitted_and_approved_plans_stand_still(world: World, make: Any) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    line = make_line(world.department, plan=make(world.department))
    for change in (
        lambda: add_line(plan=line.plan, draft=draft(), by=by),
        lambda: edit_line(line=line, draft=draft(), by=by),
        lambda: remove_line(line=line, by=by),
        lambda: take_lines(plan=line.plan, drafts=[draft()], by=by),
    ):
        with pytest.raises(Refused) as caught:
            change()
        assert codes(caught) == ["plan_not_editable"]
    assert rows(PlanLine).count() == 1


def test_twin_that_lets_every_state_be_edited_changes_an_approved_plan(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_rules, "EDITABLE", frozenset(PlanState))
    line = make_line(world.department, plan=make_approved_plan(world.department))
    assert edit_line(line=line, draft=draft(persons=33), by=world.user(Role.HEALTH_DEPARTMENT)).persons == 33


def test_lines_are_taken_all_or_none_each_measured_after_those_before_it(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_plan(world.department)
    source = make_source(world.department, ceiling_vnd=100_000_000)
    two = [draft(source=source), draft(source=source, title="Thứ hai")]
    with pytest.raises(Refused) as caught:
        take_lines(plan=plan, drafts=[*two, draft(source=source, title="Thứ ba")], by=by)
    assert (codes(caught), rows(PlanLine).count()) == (["source_ceiling"], 0)
    take_lines(plan=plan, drafts=two, by=by)
    assert list(rows(PlanLine).values_list("place", "title")) == [(1, "Cấp cứu"), (2, "Thứ hai")]


def test_same_training_from_a_second_source_is_refused_across_plans(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    provider = make_provider(world.school)
    first, second = make_source(world.department), make_source(world.department, "Dự án A")
    other = make_approved_plan(world.hospital)
    make_line(world.hospital, plan=other, provider=provider, source=first)
    plan = make_plan(world.department)
    with pytest.raises(Refused) as caught:
        add_line(plan=plan, draft=draft(provider=provider, source=second), by=by)
    assert (codes(caught), dict(caught.value.problems[0].values)) == (["double_funding"], {"others": "Ngân sách tỉnh"})
    add_line(plan=plan, draft=draft(provider=provider, source=first), by=by)
    add_line(plan=plan, draft=draft(provider=provider, source=second, reason="Chia hạng mục"), by=by)
    assert rows(PlanLine).filter(plan=plan).count() == 2


def test_plan_is_copied_to_the_next_year_without_sources_that_ended(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    ended = make_source(world.department)
    lasting = make_source(world.department, "Dự án dài hạn", to_on=None)
    previous = make_approved_plan(world.department)
    make_line(world.department, "A", plan=previous, source=ended)
    make_line(world.department, "B", plan=previous, source=lasting)
    plan = copy_plan(
        previous=previous, draft=PlanDraft(world.department, 2028, PlanKind.ANNUAL, "Kế hoạch 2028"), by=by
    )
    found = rows(PlanLine).filter(plan=plan).values_list("title", "year", "source__name", "requested_vnd")
    assert list(found) == [("A", 2028, None, 100_000_000), ("B", 2028, "Dự án dài hạn", 100_000_000)]


# --- life of a plan -----------------------------------------------------------------------------------------------


def test_submitting_fulfils_the_duty_to_plan(world: World) -> None:
    duty = make_duty(world.department)
    line = make_line(world.department, source=make_source(world.department))
    plan = submit_plan(plan=line.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert plan.state == PlanState.SUBMITTED
    assert rows(Duty).values_list("state", "subject").get(pk=duty.pk) == ("fulfilled", str(plan.ref))
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"planning.submit_plan", "directives.fulfil"}


def test_refused_submission_fulfils_nothing(world: World) -> None:
    make_duty(world.department)
    with pytest.raises(Refused) as caught:
        submit_plan(plan=make_plan(world.department), by=world.user(Role.HEALTH_DEPARTMENT))
    assert (codes(caught), rows(Duty).get().state, AuditEntry.objects.count()) == (["no_lines"], "open", 0)


def test_plan_of_a_department_is_submitted_by_it_and_decided_by_the_committee(world: World) -> None:
    plan = make_submitted_plan(world.department)
    with pytest.raises(NotAllowed):
        submit_plan(plan=plan, by=world.user(Role.PROVINCIAL_COMMITTEE))
    with pytest.raises(NotAllowed):
        approve_plan(plan=plan, decided_on=today(), by=world.user(Role.FINANCE_DEPARTMENT))
    returned = return_plan(plan=plan, text="Bổ sung", by=world.user(Role.PROVINCIAL_COMMITTEE))
    assert returned.state == PlanState.RETURNED


def test_person_who_submitted_does_not_approve(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_submitted_plan(world.department, submitted_by=str(by.public_id))
    with pytest.raises(Refused) as caught:
        approve_plan(plan=plan, decided_on=today(), by=by)
    assert codes(caught) == ["same_person"]


def test_approval_plans_the_needs_and_leaves_the_number_to_the_clerk(world: World) -> None:
    need = make_need(world.station, state=NeedState.ACCEPTED)
    plan = make_submitted_plan(world.department)
    PlanLineNeed.objects.create(line=make_line(world.department, plan=plan), need=need, persons=4)
    by = world.user(Role.PROVINCIAL_COMMITTEE)
    approve_plan(plan=plan, decided_on=today(), by=by)
    noted = note_decision(plan=plan, decision_number="15/QĐ-UBND", by=by)
    assert (rows(Need).get().state, noted.decision_number) == (NeedState.PLANNED, "15/QĐ-UBND")


def test_amended_version_replaces_the_approved_one_which_never_changed(world: World) -> None:
    by, committee = world.user(Role.HEALTH_DEPARTMENT), world.user(Role.PROVINCIAL_COMMITTEE)
    plan = make_approved_plan(world.department)
    kept = make_line(world.department, "Giữ", plan=plan, source=make_source(world.department))
    nursing = make_topic("nursing.care", family="nursing")
    gone = make_line(world.department, "Bỏ", plan=plan, source=kept.source, topic=nursing)
    dropped = make_need(world.station, state=NeedState.PLANNED, topic=nursing)
    PlanLineNeed.objects.create(line=gone, need=dropped, persons=4)
    link = PlanLineRun.objects.create(line=kept, run=make_run(world.school))
    before = list(rows(PlanLine).filter(plan=plan).values())
    version = amend_plan(plan=plan, by=by)
    copies = {line.title: line for line in rows(PlanLine).filter(plan=version)}
    with pytest.raises(Refused) as caught:
        remove_line(line=copies["Giữ"], by=by)
    assert codes(caught) == ["line_has_runs"]
    remove_line(line=copies["Bỏ"], by=by)
    record_spending(plan=plan, amounts={str(kept.public_id): Amounts(3, 2, 1)}, by=by)
    submit_plan(plan=version, by=by)
    approve_plan(plan=version, decided_on=today(), by=committee)
    plan.refresh_from_db()
    link.refresh_from_db()
    copies["Giữ"].refresh_from_db()
    assert (plan.state, version.number, link.line) == (PlanState.AMENDED, plan.number + 1, copies["Giữ"])
    assert (copies["Giữ"].locked, copies["Giữ"].spent_vnd) == (False, 2)
    money = {"allotted_vnd": 3, "spent_vnd": 2, "settled_vnd": 1}
    assert list(rows(PlanLine).filter(plan=plan).values()) == [before[0] | money, before[1]]
    assert rows(Need).get(pk=dropped.pk).state == NeedState.ACCEPTED


def test_second_open_version_and_second_plan_are_refused(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_approved_plan(world.department)
    amend_plan(plan=plan, by=by)
    with pytest.raises(Refused) as caught:
        amend_plan(plan=plan, by=by)
    assert codes(caught) == ["version_open"]
    with pytest.raises(Refused) as caught:
        open_plan(draft=PlanDraft(world.department, 2027, PlanKind.ANNUAL, "Nữa"), by=by)
    assert codes(caught) == ["plan_exists"]


def test_opening_a_plan_elsewhere_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_plan(
            draft=PlanDraft(world.hospital, 2027, PlanKind.ANNUAL, "Của bệnh viện"),
            by=world.user(Role.HEALTH_DEPARTMENT),
        )
    assert rows(Plan).count() == 0


# --- money and classes --------------------------------------------------------------------------------------------


def test_finance_comments_on_plans_sent_to_it_only(world: World) -> None:
    by = world.user(Role.FINANCE_DEPARTMENT)
    mine = make_submitted_plan(world.department, finance=world.organisation("finance"))
    line = make_line(world.department, plan=mine)
    review_money(plan=mine, text="Đồng ý", appraised={str(line.public_id): 80_000_000}, by=by)
    line.refresh_from_db()
    assert line.appraised_vnd == 80_000_000
    with pytest.raises(NotAllowed):
        review_money(plan=make_submitted_plan(world.department, year=2028), text="x", appraised={}, by=by)
    with pytest.raises(Refused) as caught:
        review_money(plan=mine, text="x", appraised={"00000000-0000-4000-8000-000000000000": 1}, by=by)
    assert codes(caught) == ["line_unknown"]


def test_source_twice_is_refused(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    asked = SourceDraft(world.department, "Dự án A", SourceKind.DONOR, 1, date(2027, 1, 1), owner="Quỹ A")
    add_source(draft=asked, by=by)
    with pytest.raises(Refused) as caught:
        add_source(draft=asked, by=by)
    assert codes(caught) == ["source_twice"]


def test_hospital_opens_a_class_for_its_own_line(world: World) -> None:
    by = world.user(Role.TRAINING_OFFICE)
    provider = make_provider(world.hospital, code="C")
    version = make_approved_version(world.hospital)
    line = make_line(world.hospital, plan=make_approved_plan(world.hospital), provider=provider)
    run = RunDraft(
        organisation=world.hospital,
        kind=RunKind.CLASS,
        title="Lớp 1",
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 3),
        place="Hội trường",
        capacity=20,
        proofs=(Proof.COURSE_CERTIFICATE,),
        curriculum_version=version,
        plan_line=str(line.ref),
    )
    link = open_run_for_line(line=line, draft=run, by=by)
    assert (link.line, link.run.title, link.run.plan_line) == (line, "Lớp 1", str(line.ref))
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {
        "planning.open_run_for_line",
        "delivery.open_run",
    }


def test_class_counts_to_one_line_of_its_topic(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    plan = make_approved_plan(world.department)
    line = make_line(world.department, plan=plan)
    other = make_line(world.department, plan=plan, topic=make_topic("nursing.care", family="nursing"))
    run = make_run(world.school)
    with pytest.raises(Refused) as caught:
        link_run(line=other, run=run, by=by)
    assert codes(caught) == ["run_other_topic"]
    link_run(line=line, run=run, by=by)
    with pytest.raises(Refused) as caught:
        link_run(line=line, run=run, by=by)
    assert codes(caught) == ["run_linked"]
