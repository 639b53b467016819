"""Seats of units: handed out, persons proposed by the optimiser, chosen and confirmed by the unit; conflicts said at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.errors import NotAllowed, Refused
from lientuc.law.release import PlaceKind, on_call_minimum
from lientuc.law.workers import Title
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import hand_out_seats, nominate, propose_persons
from lientuc.planning.enums import NeedState, NominationState, SeatsState
from lientuc.planning.improving.persons import proposed
from lientuc.planning.models import NeedPerson, Nomination, PlanLineNeed, UnitSeats
from lientuc.planning.queries.nominations import candidates, seats_for, state_of_seats
from lientuc.planning.rules.nominations import Colleague, SeatsFacts, dealt, nomination_problems
from lientuc.registry.models import HealthWorker, Leave
from lientuc.reports.notices import sentence_of
from lientuc.trail.models import Notice
from tests.factories.curricula import make_topic
from tests.factories.planning import make_approved_plan, make_line, make_need, make_plan, make_seats
from tests.factories.registry import make_worker
from tests.world import World

MINIMUM = on_call_minimum(PlaceKind.STATION, date(2027, 1, 1))


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def codes(problems: Any) -> list[str]:
    return [problem.code.removeprefix("planning.") for problem in problems]


def colleague(key: str, title: Title = Title.DOCTOR, **fields: Any) -> Colleague:
    return Colleague(key, f"Người {key}", title, **fields)


def facts(count: int, *, seats: int = 2, classes: int = 1, minimum: Any = MINIMUM, **marked: Colleague) -> SeatsFacts:
    """A station with `count` doctors named 0, 1, … of which `marked` are otherwise (`p1=…`)."""
    people = {str(n): colleague(str(n)) for n in range(count)}
    people |= {key.removeprefix("p"): each for key, each in marked.items()}
    return SeatsFacts(people, seats, classes, minimum)


@pytest.mark.parametrize(
    ("chosen", "given", "found"),
    [
        (["0", "1"], facts(10), []),
        (["0", "1", "2"], facts(10), ["more_than_seats"]),
        (["99"], facts(10), ["person_not_here"]),
        (["1"], facts(10, p1=colleague("1", on_leave=True)), ["person_on_leave"]),
        (["1"], facts(10, p1=colleague("1", elsewhere="Lớp khác")), ["person_named_elsewhere"]),
        (["0"], facts(MINIMUM.people), ["shift_too_few"]),
        (["0"], facts(MINIMUM.people + 1), []),
        (["0", "1"], facts(MINIMUM.people + 1), ["shift_too_few"]),
        (["0", "1"], facts(MINIMUM.people + 1, classes=2), []),
        (["0", "1"], facts(MINIMUM.people, minimum=None), []),
        ([], facts(MINIMUM.people - 1), []),
    ],
)
def test_persons_that_cannot_be_sent_together(chosen: list[str], given: SeatsFacts, found: list[str]) -> None:
    assert codes(nomination_problems(chosen, given)) == found


def test_shift_without_its_clinician_is_named() -> None:
    people = {str(n): colleague(str(n), Title.PHARMACIST) for n in range(MINIMUM.people + 3)}
    people["d"] = colleague("d", Title.DOCTOR)
    assert codes(nomination_problems(["d"], SeatsFacts(people, 1, 1, MINIMUM))) == ["shift_no_lead"]


def test_persons_are_dealt_over_the_classes() -> None:
    assert dealt(["a", "b", "c"], 2) == [["a", "c"], ["b"]]


@pytest.fixture
def seats(world: World) -> UnitSeats:
    """Two seats of the station, which has six doctors, in a line of the department's approved plan."""
    topic = make_topic()
    line = make_line(world.department, plan=make_approved_plan(world.department), topic=topic, classes=1, to_quarter=1)
    need = make_need(world.station, topic=topic, persons=2, state=NeedState.PLANNED)
    PlanLineNeed.objects.create(line=line, need=need, persons=2)
    for number in range(6):
        make_worker(world.station, f"Bác sĩ {number}", title=Title.DOCTOR)
    hand_out_seats(plan=line.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    found: UnitSeats = rows(UnitSeats).select_related("line__plan", "line__topic", "organisation").get()
    return found


def worker(number: int) -> HealthWorker:
    found: HealthWorker = rows(HealthWorker).get(full_name=f"Bác sĩ {number}")
    return found


def named(state: NominationState) -> list[str]:
    return sorted(rows(Nomination).filter(state=state).values_list("worker__full_name", flat=True))


def test_seats_follow_the_needs_and_are_handed_once(seats: UnitSeats, world: World) -> None:
    assert (seats.organisation, seats.seats, seats.confirmed_at) == (world.station, 2, None)
    hand_out_seats(plan=seats.line.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert rows(UnitSeats).get().pk == seats.pk
    rows(PlanLineNeed).update(persons=3)
    hand_out_seats(plan=seats.line.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert rows(UnitSeats).get().seats == 3


def test_seats_of_drafts_are_not_handed_out(world: World) -> None:
    with pytest.raises(Refused) as caught:
        hand_out_seats(plan=make_plan(world.department), by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught.value.problems) == ["seats_of_approved_only"]
    with pytest.raises(Refused) as caught:
        hand_out_seats(plan=make_approved_plan(world.department), by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught.value.problems) == ["no_seats"]


def test_who_was_named_for_the_need_is_proposed_and_who_is_on_leave_is_not(seats: UnitSeats, world: World) -> None:
    need = rows(PlanLineNeed).get().need
    NeedPerson.objects.create(need=need, worker=worker(4), named_by="t")
    for number in (0, 1, 2):
        Leave.objects.create(
            worker=worker(number), basis="maternity", from_on=date(2027, 1, 1), to_on=date(2027, 3, 31)
        )
    found = candidates(seats)
    assert (found[0].worker, found[0].named_for_need) == (worker(4), True)
    assert [each.on_leave for each in found] == [False] * 3 + [True] * 3
    going = proposed([seats])[seats.pk]
    propose_persons(seats=[seats], found={seats.pk: going}, by=world.user(Role.STATION))
    names = named(NominationState.PROPOSED)
    assert "Bác sĩ 4" in names
    assert set(names) <= {"Bác sĩ 3", "Bác sĩ 4", "Bác sĩ 5"}
    assert len(names) == min(2, 3 - MINIMUM.people)


def test_choice_of_the_unit_stays_when_persons_are_proposed_anew(seats: UnitSeats, world: World) -> None:
    by = world.user(Role.STATION)
    propose_persons(seats=[seats], found={seats.pk: [worker(0).pk, worker(1).pk]}, by=by)
    nominate(seats=seats, people=[str(worker(1).public_id)], confirmed=False, by=by)
    assert (named(NominationState.CHOSEN), named(NominationState.KEPT_OUT)) == (["Bác sĩ 1"], ["Bác sĩ 0"])
    going = proposed([seats])[seats.pk]
    assert worker(1).pk in going
    assert worker(0).pk not in going
    propose_persons(seats=[seats], found={seats.pk: going}, by=by)
    assert named(NominationState.CHOSEN) == ["Bác sĩ 1"]
    assert len(named(NominationState.PROPOSED)) == 1


def test_confirmed_list_shows_whether_seats_are_left(seats: UnitSeats, world: World) -> None:
    by = world.user(Role.STATION)
    assert state_of_seats(seats_for(by).get()) == SeatsState.OPEN
    nominate(seats=seats, people=[str(worker(0).public_id)], confirmed=True, by=by)
    assert state_of_seats(seats_for(by).get()) == SeatsState.PART
    nominate(seats=seats, people=[str(worker(n).public_id) for n in (0, 1)], confirmed=True, by=by)
    assert state_of_seats(seats_for(by).get()) == SeatsState.CONFIRMED
    rows(PlanLineNeed).update(persons=1)
    hand_out_seats(plan=seats.line.plan, by=world.user(Role.HEALTH_DEPARTMENT))
    assert rows(UnitSeats).get().confirmed_at is None


def test_person_named_for_another_line_of_the_quarter_is_refused(seats: UnitSeats, world: World) -> None:
    other = make_line(world.department, "Lớp cùng quý", plan=seats.line.plan, to_quarter=1)
    beside = make_seats(world.station, line=other)
    by = world.user(Role.STATION)
    nominate(seats=beside, people=[str(worker(0).public_id)], confirmed=True, by=by)
    with pytest.raises(Refused) as caught:
        nominate(seats=seats, people=[str(worker(0).public_id)], confirmed=True, by=by)
    assert [(p.code, p.values["line"]) for p in caught.value.problems] == [
        ("planning.person_named_elsewhere", "Lớp cùng quý")
    ]


def test_person_named_for_a_line_that_may_be_held_at_the_same_time_is_shown_and_not_refused(
    seats: UnitSeats, world: World, client: Client
) -> None:
    other = make_line(world.department, "Lớp hai quý", plan=seats.line.plan, to_quarter=2)
    later = make_line(world.department, "Lớp quý sau", plan=seats.line.plan, from_quarter=2, to_quarter=2)
    by = world.user(Role.STATION)
    for line, number in ((other, 0), (later, 1)):
        nominate(
            seats=make_seats(world.station, line=line), people=[str(worker(number).public_id)], confirmed=True, by=by
        )
    found = {each.worker.full_name: (each.elsewhere, each.beside) for each in candidates(seats)}
    assert (found["Bác sĩ 0"], found["Bác sĩ 1"]) == (("", "Lớp hai quý"), ("", ""))
    nominate(seats=seats, people=[str(worker(0).public_id)], confirmed=True, by=by)
    client.force_login(by)
    text = client.get(f"/ke-hoach/cu-nguoi/{seats.public_id}/").content.decode()
    assert "có thể trùng ngày với “Lớp hai quý”" in text


@pytest.mark.parametrize(
    ("basis", "to_on", "shown", "hidden"),
    [
        ("maternity", date(2027, 2, 28), ["nghỉ thai sản 01/01/2027 – 28/02/2027"], ["được miễn giờ học", "nghỉ suốt"]),
        ("long_study", date(2027, 3, 30), ["được miễn giờ học khi đi học dài hạn"], ["nghỉ suốt"]),
        ("long_study", date(2027, 3, 31), ["được miễn giờ học khi", "nghỉ suốt thời gian này (đi học dài hạn)"], []),
    ],
)
def test_leave_and_exemption_are_shown_as_reasons(
    seats: UnitSeats, world: World, client: Client, basis: str, to_on: date, shown: list[str], hidden: list[str]
) -> None:
    Leave.objects.create(worker=worker(0), basis=basis, from_on=date(2027, 1, 1), to_on=to_on)
    client.force_login(world.user(Role.STATION))
    text = " ".join(client.get(f"/ke-hoach/cu-nguoi/{seats.public_id}/").content.decode().split())
    assert ([each for each in shown if each not in text], [each for each in hidden if each in text]) == ([], [])


def test_unit_and_its_employer_are_told_once_and_again_when_the_number_changes(seats: UnitSeats, world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    told = Notice.objects.filter(code="planning.seats_handed")
    people = {str(world.user(role).public_id) for role in (Role.STATION, Role.COMMUNE_COMMITTEE)}
    assert set(told.values_list("recipient", flat=True)) == people
    hand_out_seats(plan=seats.line.plan, by=by)
    assert told.count() == len(people)
    rows(PlanLineNeed).update(persons=3)
    hand_out_seats(plan=seats.line.plan, by=by)
    assert sorted(told.values_list("values__seats", flat=True)) == [2, 2, 3, 3]
    assert sentence_of(told.first()) == (
        f"Trạm Y tế xã An có 2 chỗ học theo “{seats.line.plan.title}”: chọn và xác nhận người đi học."
    )


def test_only_the_unit_and_those_above_it_name_its_persons(seats: UnitSeats, world: World) -> None:
    people = [str(worker(0).public_id)]
    for role in (Role.TRAINING_OFFICE, Role.FINANCE_DEPARTMENT, Role.PROVIDER, Role.MINISTRY):
        with pytest.raises(NotAllowed):
            nominate(seats=seats, people=people, confirmed=True, by=world.user(role))
    for role in (Role.STATION, Role.COMMUNE_COMMITTEE, Role.HEALTH_DEPARTMENT):
        assert nominate(seats=seats, people=people, confirmed=True, by=world.user(role)).confirmed_at is not None


@pytest.mark.parametrize(("count", "queries"), [(1, 5), (3, 5)])
def test_list_asks_the_same_number_of_queries(
    world: World, client: Client, django_assert_num_queries: Any, count: int, queries: int
) -> None:
    for number in range(count):
        make_seats(world.station, f"Lớp {number}")
    client.force_login(world.user(Role.STATION))
    client.get("/ke-hoach/cu-nguoi/")
    with django_assert_num_queries(queries):
        page = client.get("/ke-hoach/cu-nguoi/").content.decode()
    assert page.count("chờ đơn vị xác nhận</span>") == count


@pytest.mark.parametrize(("language", "text"), [("vi", "Chưa có chỗ học"), ("en", "No seats yet")])
def test_empty_list_says_when_seats_come(world: World, client: Client, language: str, text: str) -> None:
    client.force_login(world.user(Role.STATION))
    client.cookies["ngon-ngu"] = language
    assert text in client.get("/ke-hoach/cu-nguoi/").content.decode()


def test_seats_through_their_pages(seats: UnitSeats, world: World, client: Client) -> None:
    client.force_login(world.user(Role.HEALTH_DEPARTMENT))
    assert client.post(f"/ke-hoach/{seats.line.plan.public_id}/giao-cho-hoc/").status_code == 302
    assert len(named(NominationState.PROPOSED)) == 2
    client.force_login(world.user(Role.STATION))
    at = f"/ke-hoach/cu-nguoi/{seats.public_id}/"
    page = client.get(at).content.decode()
    assert (page.count(" checked"), "Mỗi phiên trực cần ít nhất" in page) == (2, True)
    everybody = [str(worker(n).public_id) for n in range(6)]
    refused = client.post(at, {"people": everybody, "confirm": "1"}).content.decode()
    assert ("Chọn 6 người trong khi chỉ có 2 chỗ" in refused, refused.count(" checked")) == (True, 6)
    assert client.post(at, {"people": everybody[:2], "confirm": "1"}).status_code == 302
    assert rows(UnitSeats).get().confirmed_at is not None
    client.force_login(world.user(Role.TRAINING_OFFICE))
    assert client.get(at).status_code == 404
    client.force_login(world.user(Role.FINANCE_DEPARTMENT))
    assert client.get(at).status_code == 403
