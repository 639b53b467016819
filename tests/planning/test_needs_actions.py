"""Actions on needs: merged and parted, decided together, carried on, conditions, persons, calls, followed to certificates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from lientuc.accounts.enums import Role
from lientuc.core.clock import now, today
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.enums import GroundKind
from lientuc.delivery.enums import RunState
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import (
    accept_need,
    answer_call,
    close_call,
    decide_needs,
    merge_needs,
    name_persons,
    open_call,
    part_need,
    pull_needs,
    raise_need,
    remind_units,
    settle_needs,
    state_conditions,
)
from lientuc.planning.enums import BulkChoice, ConditionKind, ConditionState, NeedState
from lientuc.planning.models import Need, NeedCondition, NeedPerson, NeedsCallUnit, PlanLineNeed, PlanLineRun
from lientuc.planning.queries.journey import certificates_of, classes_of, named_persons
from lientuc.planning.rules.calls import CallDraft
from lientuc.planning.rules.needs import ConditionDraft, NeedDraft
from lientuc.registry.assessing.enums import Answer, Reason
from lientuc.trail.models import AuditEntry
from tests.factories.assessing import make_confirmed
from tests.factories.credits import make_standing
from tests.factories.curricula import make_topic
from tests.factories.delivery import make_certificate, make_completed, make_finished_run, make_run
from tests.factories.planning import make_approved_plan, make_asked, make_call, make_line, make_need
from tests.factories.registry import make_worker
from tests.world import World

ON = date(2026, 11, 22)


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(caught: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in caught.value.problems]


def states() -> list[tuple[str, int]]:
    return list(rows(Need).order_by("pk").values_list("state", "persons"))


@pytest.fixture
def department(world: World) -> Any:
    return world.user(Role.HEALTH_DEPARTMENT)


# --- one need, several grounds ------------------------------------------------------------------------------------


def test_second_request_of_the_unit_on_the_topic_is_merged(world: World) -> None:
    by, soon = world.user(Role.STATION), today() + timedelta(days=30)
    first = raise_need(draft=NeedDraft(world.station, make_topic(), 3, text="a"), by=by)
    second = raise_need(draft=NeedDraft(world.station, make_topic(), 5, soon, text="b"), by=by)
    other = raise_need(
        draft=NeedDraft(world.station_b, make_topic(), 2, text="c"), by=world.user(Role.HEALTH_DEPARTMENT)
    )
    first.refresh_from_db()
    # The second has the nearer deadline, so the higher priority, so it speaks.
    assert (first.state, first.merged_into, first.persons) == (NeedState.MERGED, second, 3)
    assert (second.state, second.persons, second.deadline_on) == (NeedState.RAISED, 5, soon)
    assert other.state == NeedState.RAISED


def test_parted_need_speaks_for_itself_and_is_not_merged_again(world: World, department: Any) -> None:
    by = world.user(Role.STATION)
    big = raise_need(draft=NeedDraft(world.station, make_topic(), 5, text="a"), by=by)
    small = raise_need(draft=NeedDraft(world.station, make_topic(), 3, text="b"), by=by)
    assert states() == [("raised", 5), ("merged", 3)]
    part_need(need=small, by=department)
    pull_needs(organisation=world.department, on=ON, by=department)
    assert states() == [("raised", 5), ("raised", 3)]
    merge_needs(need=small, other=big, by=department)
    assert states() == [("merged", 5), ("raised", 5)]
    part_need(need=big, by=department)
    assert states() == [("raised", 5), ("raised", 3)]
    assert AuditEntry.objects.latest("pk").action == "planning.part_need"


def test_accepting_with_a_topic_joins_what_was_accepted_before(world: World, department: Any) -> None:
    topic = make_topic()
    accepted = make_need(world.station, state=NeedState.ACCEPTED, topic=topic, persons=4)
    due = make_need(world.station, topic=None, family="nursing", kind=GroundKind.HOURS_DUE, persons=6)
    accept_need(need=due, topic=topic, persons=6, by=department)
    accepted.refresh_from_db()
    assert states() == [("accepted", 6), ("merged", 6)]
    assert accepted.detail["own"]["persons"] == 4


def test_need_that_is_planned_is_not_merged_into(world: World, department: Any) -> None:
    topic = make_topic()
    make_need(world.station, state=NeedState.PLANNED, topic=topic)
    new = make_need(world.station, topic=topic, persons=2)
    accept_need(need=new, topic=topic, persons=2, by=department)
    assert states() == [("planned", 4), ("accepted", 2)]


def test_merged_ground_is_followed_and_not_raised_twice(world: World, department: Any) -> None:
    make_standing(world.station)
    pull_needs(organisation=world.department, on=ON, by=department)
    drawn = rows(Need).get()
    request = make_need(world.station, topic=None, family=drawn.family, persons=1, priority=999)
    pull_needs(organisation=world.department, on=ON, by=department)
    assert states() == [("merged", 1), ("raised", 1)]
    make_standing(world.station, "Lê Văn Bình")
    pull_needs(organisation=world.department, on=ON, by=department)
    request.refresh_from_db()
    assert states() == [("merged", 2), ("raised", 2)]
    assert request.detail["own"]["persons"] == 1


def test_only_the_office_merges_and_parts(world: World, department: Any) -> None:
    first, second = make_need(world.station, topic=make_topic()), make_need(world.station, topic=make_topic())
    with pytest.raises(NotAllowed):
        merge_needs(need=first, other=second, by=world.user(Role.STATION))
    with pytest.raises(Refused) as caught:
        part_need(need=first, by=department)
    assert codes(caught) == ["need_wrong_state"]
    with pytest.raises(Refused) as caught:
        merge_needs(need=first, other=make_need(world.station_b, topic=make_topic()), by=department)
    assert codes(caught) == ["merge_other_need"]


# --- several at once ----------------------------------------------------------------------------------------------


def test_several_needs_are_accepted_with_one_reason_and_one_audit_row(world: World, department: Any) -> None:
    topic = make_topic()
    needs = [make_need(world.station, topic=None, family="nursing"), make_need(world.station_b)]
    decide_needs(needs=needs, choice=BulkChoice.ACCEPT, reason="Ưu tiên 2027", topic=topic, by=department)
    found = rows(Need).order_by("pk").values_list("state", "topic__code", "reason")
    assert list(found) == [("accepted", topic.code, "Ưu tiên 2027"), ("accepted", "emergency.basic", "Ưu tiên 2027")]
    assert [entry.action for entry in AuditEntry.objects.all()] == ["planning.decide_needs"]


def test_one_need_that_cannot_move_refuses_all(world: World, department: Any) -> None:
    needs = [make_need(world.station), make_need(world.station_b, topic=None)]
    with pytest.raises(Refused) as caught:
        decide_needs(needs=needs, choice=BulkChoice.ACCEPT, reason="x", by=department)
    assert (codes(caught), states()) == (["topic_missing"], [("raised", 4), ("raised", 4)])
    with pytest.raises(Refused) as caught:
        decide_needs(needs=needs, choice=BulkChoice.DECLINE, reason=" ", by=department)
    assert codes(caught) == ["reason_missing"]


def test_needs_of_another_province_are_not_decided(world: World, department: Any) -> None:
    needs = [make_need(world.station), make_need(world.organisation("station2"))]
    with pytest.raises(NotAllowed):
        decide_needs(needs=needs, choice=BulkChoice.DECLINE, reason="x", by=department)
    assert states() == [("raised", 4), ("raised", 4)]


def test_planned_need_is_carried_into_the_next_plan(world: World, department: Any) -> None:
    need = make_need(world.station, state=NeedState.OPENED)
    decide_needs(needs=[need], choice=BulkChoice.CARRY, reason="Lớp hoãn do bão", by=department)
    need.refresh_from_db()
    assert (need.state, need.carried_on, need.reason) == (NeedState.ACCEPTED, today(), "Lớp hoãn do bão")
    with pytest.raises(Refused) as caught:
        decide_needs(needs=[need], choice=BulkChoice.CARRY, reason="x", by=department)
    assert codes(caught) == ["need_wrong_state"]


# --- classes and certificates -------------------------------------------------------------------------------------


def test_need_follows_its_class_to_the_certificates(world: World, department: Any) -> None:
    need = make_need(world.station, state=NeedState.PLANNED, persons=2)
    line = make_line(world.department, plan=make_approved_plan(world.department))
    PlanLineNeed.objects.create(line=line, need=need, persons=2)
    seen = []

    def settled() -> None:
        settle_needs(organisation=world.department, on=ON, by=department)
        row = rows(Need).get()
        seen.append((row.state, row.trained, row.certified, row.met_on))

    settled()
    run = make_finished_run(world.school)
    PlanLineRun.objects.create(line=line, run=run)
    settled()
    done = [make_completed(world.school, run=run, worker=make_worker(world.station, name)) for name in ("A", "B")]
    make_completed(world.school, run=run, worker=make_worker(world.station_b, "C"))
    settled()
    make_certificate(world.school, participation=done[0])
    settled()
    last = make_certificate(world.school, participation=done[1])
    settled()
    assert seen == [
        ("planned", 0, 0, None),
        ("opened", 0, 0, None),
        ("trained", 2, 0, None),
        ("trained", 2, 1, None),
        ("met", 2, 2, ON),
    ]
    assert [(row.trained, row.certified) for row in classes_of(need)] == [(2, 2)]
    assert last in certificates_of(need, department)
    assert certificates_of(need, world.user(Role.PROVINCIAL_COMMITTEE)) == []


def test_cancelled_class_takes_the_need_back(world: World, department: Any) -> None:
    need = make_need(world.station, state=NeedState.OPENED)
    line = make_line(world.department, plan=make_approved_plan(world.department))
    PlanLineNeed.objects.create(line=line, need=need, persons=2)
    run = make_run(world.school, state=RunState.CANCELLED, cancelled_at=now(), cancelled_by="test", cancel_reason="bão")
    PlanLineRun.objects.create(line=line, run=run)
    settle_needs(organisation=world.department, on=ON, by=department)
    assert states() == [("planned", 4)]


# --- conditions and persons ---------------------------------------------------------------------------------------


def test_unit_states_conditions_and_the_equipment_follows(world: World) -> None:
    need, by = make_need(world.station, equipment="absent"), world.user(Role.STATION)
    later = today() + timedelta(days=60)
    drafts = [
        ConditionDraft(ConditionKind.EQUIPMENT, ConditionState.PLANNED, later, "máy siêu âm"),
        ConditionDraft(ConditionKind.STAFF, ConditionState.PRESENT),
    ]
    state_conditions(need=need, drafts=drafts, by=by)
    state_conditions(need=need, drafts=drafts[:1], by=by)
    found = rows(NeedCondition).order_by("kind").values_list("kind", "state", "ready_on", "note")
    assert list(found) == [("equipment", "planned", later, "máy siêu âm"), ("staff", "present", None, "")]
    assert rows(Need).get().equipment == "planned"
    with pytest.raises(NotAllowed):
        state_conditions(need=make_need(world.station_b), drafts=drafts, by=by)


def test_unit_names_its_own_people_and_others_do_not_see_names(world: World, department: Any) -> None:
    need = make_need(world.station)
    own, stranger = make_worker(world.station, "Trần Thị An"), make_worker(world.station_b, "Lê Văn Bình")
    by = world.user(Role.STATION)
    with pytest.raises(Refused) as caught:
        name_persons(need=need, workers=[own, stranger], by=by)
    assert codes(caught) == ["person_elsewhere"]
    name_persons(need=need, workers=[own], by=by)
    assert list(rows(NeedPerson).values_list("worker", flat=True)) == [own.pk]
    assert named_persons(need, department) == [own]
    assert named_persons(need, world.user(Role.PROVINCIAL_COMMITTEE)) == []
    name_persons(need=need, workers=[], by=by)
    assert rows(NeedPerson).count() == 0


# --- calls --------------------------------------------------------------------------------------------------------


def test_call_is_opened_answered_reminded_and_closed(world: World, department: Any) -> None:
    units = (world.station, world.station_b)
    call = open_call(draft=CallDraft(world.department, "Đợt 2027", today(), units), by=department)
    by = world.user(Role.STATION)
    raise_need(draft=NeedDraft(world.station, make_topic(), 2, text="a", call=call), by=by)
    remind_units(call=call, by=department)
    found = rows(NeedsCallUnit).order_by("pk").values_list("organisation__code", "nothing", "reminded_on")
    assert list(found) == [("station", False, None), ("station_b", False, today())]
    assert list(rows(NeedsCallUnit).filter(answered_at__isnull=True).values_list("organisation__code", flat=True)) == [
        "station_b"
    ]
    close_call(call=call, by=department)
    with pytest.raises(Refused) as caught:
        close_call(call=call, by=department)
    assert codes(caught) == ["call_closed"]


def test_unit_says_it_needs_nothing_and_only_its_own(world: World) -> None:
    call = make_call(world.department)
    mine, others = make_asked(world.station, call=call), make_asked(world.station_b, call=call)
    by = world.user(Role.STATION)
    answered = answer_call(asked=mine, by=by)
    assert (answered.nothing, answered.answered_at is not None) == (True, True)
    raise_need(draft=NeedDraft(world.station, make_topic(), 2, text="a", call=call), by=by)
    mine.refresh_from_db()
    assert mine.nothing is False
    with pytest.raises(NotAllowed):
        answer_call(asked=others, by=by)


def test_closed_call_is_not_answered_and_stations_open_none(world: World, department: Any) -> None:
    call = make_call(world.department)
    asked = make_asked(world.station, call=call)
    close_call(call=call, by=department)
    asked.refresh_from_db()
    with pytest.raises(Refused) as caught:
        answer_call(asked=rows(NeedsCallUnit).select_related("call").get(), by=world.user(Role.STATION))
    assert codes(caught) == ["call_closed"]
    with pytest.raises(NotAllowed):
        open_call(draft=CallDraft(world.station, "x", today(), (world.station,)), by=world.user(Role.STATION))


# --- functions of the unit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        (Reason.KNOWLEDGE, [("technique_gap", 3, "present")]),
        (Reason.EQUIPMENT, [("technique_gap", 3, "absent")]),
        (Reason.STAFFING, []),
        (Reason.APPROVAL, []),
    ],
)
def test_function_a_unit_cannot_do_is_a_need_where_training_helps(
    world: World, department: Any, reason: Reason, found: list[Any]
) -> None:
    make_confirmed(world.station, answer=Answer.CANNOT, reason=reason, persons=3)
    make_confirmed(world.organisation("station2"), answer=Answer.CANNOT, reason=reason, persons=3)
    pull_needs(organisation=world.department, on=ON, by=department)
    pull_needs(organisation=world.department, on=ON, by=department)
    assert list(rows(Need).values_list("kind", "persons", "equipment")) == found
