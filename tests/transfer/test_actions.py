"""A technique from draft to follow-up, who may write, and which gaps become grounds for need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from lientuc.accounts.enums import Role
from lientuc.core.clock import clock_at
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.directives.enums import DutyKind, Remover
from lientuc.directives.models import Duty, Task
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from lientuc.transfer.actions import end_agreement, hand_over, note_follow_up, open_agreement, sign_agreement
from lientuc.transfer.enums import Prerequisite
from lientuc.transfer.models import TransferAgreement
from lientuc.transfer.queries import grounds
from lientuc.transfer.rules import AgreementDraft, FollowUpDraft, HandOverDraft
from tests.factories.directives import make_directive
from tests.factories.registry import make_technique
from tests.factories.transfer import (
    all_agreements,
    all_follow_ups,
    make_agreement,
    make_barrier,
    make_follow_up,
    make_handed_over,
)
from tests.world import World

TODAY = date(2026, 9, 15)
DRAFT = AgreementDraft(due_on=date(2026, 12, 1), persons=2, prerequisites=(Prerequisite.EQUIPMENT,), number="7/TT")
COMPLETE = HandOverDraft(handed_over_on=date(2026, 9, 1), prerequisites=tuple(Prerequisite), minutes_number="9/BB")
NOT_USED = FollowUpDraft(month=3, observed_on=date(2026, 9, 1), used=False, barrier="skill")


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    with clock_at(TODAY):
        yield


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def written() -> list[tuple[str, str]]:
    """What the trail says: action and subject."""
    return list(AuditEntry.objects.order_by("pk").values_list("action", "subject"))


def techniques_duty(giver: Organisation) -> Duty:
    """The giver's open duty to help stations with new techniques."""
    values = dict(kind=DutyKind.TECHNIQUES, text_vi="Hỗ trợ kỹ thuật mới", text_en="New techniques")
    task = Task.objects.create(directive=make_directive(), point="2b", **values)
    return Duty.objects.create(task=task, organisation=giver)


def state_of(duty: Duty) -> tuple[str, str]:
    row = Duty.objects.unscoped(WhyUnscoped.SETUP).get(pk=duty.pk)
    return (row.state, row.subject)


def test_agreement_without_signature_is_a_draft_until_signed(world: World) -> None:
    by, technique = world.user(Role.TRAINING_OFFICE), make_technique()
    row = open_agreement(draft=DRAFT, giver=world.hospital, receiver=world.station, technique=technique, by=by)
    assert (row.state, row.prerequisites) == ("draft", {"equipment": True, "staff": False, "knowledge": False})
    signed = sign_agreement(agreement=row, signed_on=date(2026, 9, 15), by=by)
    assert (signed.state, signed.signed_on) == ("active", date(2026, 9, 15))
    assert written() == [("transfer.open_agreement", str(row.ref)), ("transfer.sign_agreement", str(row.ref))]
    assert set(AuditEntry.objects.values_list("organisation", flat=True)) == {str(world.station.public_id)}


def test_signed_agreement_is_active_at_once(world: World) -> None:
    draft = replace(DRAFT, signed_on=date(2026, 9, 14))
    by, technique = world.user(Role.HEALTH_DEPARTMENT), make_technique()
    row = open_agreement(draft=draft, giver=world.hospital, receiver=world.station, technique=technique, by=by)
    assert (row.state, row.signed_on, row.opened_by) == ("active", date(2026, 9, 14), by)


def test_second_open_agreement_on_the_technique_is_refused(world: World) -> None:
    first = make_agreement(world.hospital)
    parties = dict(giver=world.hospital, receiver=first.receiver, technique=first.technique)
    with pytest.raises(Refused) as caught:
        open_agreement(draft=DRAFT, **parties, by=world.user(Role.TRAINING_OFFICE))
    assert (codes(caught), all_agreements(), written()) == (["transfer.open_already"], [first], [])


def test_technique_handed_over_may_be_transferred_again(world: World) -> None:
    first = make_handed_over(world.hospital)
    parties = dict(giver=world.hospital, receiver=first.receiver, technique=first.technique)
    row = open_agreement(draft=DRAFT, **parties, by=world.user(Role.TRAINING_OFFICE))
    assert all_agreements() == [first, row]


@pytest.mark.parametrize(
    ("to_on", "expected"),
    [(date(2026, 9, 14), ["transfer.technique_ended"]), (date(2026, 9, 15), []), (date(2026, 9, 16), [])],
)
def test_technique_must_be_in_force(world: World, to_on: date, expected: list[str]) -> None:
    found: list[str] = []
    parties = dict(giver=world.hospital, receiver=world.station, technique=make_technique(to_on=to_on))
    try:
        open_agreement(draft=DRAFT, **parties, by=world.user(Role.TRAINING_OFFICE))
    except Refused as refused:
        found = [problem.code for problem in refused.problems]
    assert found == expected


@pytest.mark.parametrize(
    ("role", "giver"), [(Role.STATION, "station"), (Role.TRAINING_OFFICE, "hospital_b"), (Role.MINISTRY, "hospital")]
)
def test_only_the_givers_own_people_open(world: World, role: Role, giver: str) -> None:
    parties = dict(giver=world.organisation(giver), receiver=world.station_b, technique=make_technique())
    with pytest.raises(NotAllowed):
        open_agreement(draft=DRAFT, **parties, by=world.user(role))
    assert (all_agreements(), written()) == ([], [])


def test_hand_over_confirms_the_prerequisites_and_fulfils_the_duty(world: World) -> None:
    duty, agreement = techniques_duty(world.hospital), make_agreement(world.hospital)
    by = world.user(Role.TRAINING_OFFICE)
    row = hand_over(agreement=agreement, draft=COMPLETE, by=by)
    assert (row.state, row.handed_over_on, row.minutes_number, row.handed_over_by) == (
        "handed_over",
        date(2026, 9, 1),
        "9/BB",
        by,
    )
    assert row.prerequisites == {"equipment": True, "staff": True, "knowledge": True}
    assert state_of(duty) == ("fulfilled", str(agreement.ref))
    assert written()[-1] == ("transfer.hand_over", str(agreement.ref))


def test_hand_over_to_a_hospital_leaves_the_duty_to_stations_open(world: World) -> None:
    duty = techniques_duty(world.hospital)
    agreement = make_agreement(world.hospital, receiver=world.organisation("hospital_b"))
    hand_over(agreement=agreement, draft=COMPLETE, by=world.user(Role.TRAINING_OFFICE))
    assert state_of(duty) == ("open", "")


def test_refused_hand_over_changes_nothing(world: World) -> None:
    duty, agreement = techniques_duty(world.hospital), make_agreement(world.hospital)
    draft = replace(COMPLETE, prerequisites=(Prerequisite.EQUIPMENT,))
    with pytest.raises(Refused) as caught:
        hand_over(agreement=agreement, draft=draft, by=world.user(Role.TRAINING_OFFICE))
    assert codes(caught) == ["transfer.staff_unmet", "transfer.knowledge_unmet"]
    assert ([row.state for row in all_agreements()], state_of(duty), written()) == (["active"], ("open", ""), [])


def test_follow_up_is_noted_and_corrected_by_a_later_note(world: World) -> None:
    make_barrier()
    agreement, by = make_handed_over(world.hospital), world.user(Role.TRAINING_OFFICE)
    first = note_follow_up(agreement=agreement, draft=NOT_USED, by=by)
    second = note_follow_up(agreement=agreement, draft=replace(NOT_USED, used=True, cases=4, barrier=""), by=by)
    assert [(row.used, row.cases, row.noted_by) for row in all_follow_ups()] == [(False, 0, by), (True, 4, by)]
    assert written() == [("transfer.note_follow_up", str(first.ref)), ("transfer.note_follow_up", str(second.ref))]


def test_follow_up_sent_twice_with_one_key_is_noted_once(world: World) -> None:
    make_barrier()
    agreement, by = make_handed_over(world.hospital), world.user(Role.TRAINING_OFFICE)
    rows = [note_follow_up(agreement=agreement, draft=NOT_USED, by=by, key="k") for _ in range(2)]
    assert rows == [*all_follow_ups(), *all_follow_ups()]


def test_follow_up_with_an_unknown_cause_is_refused(world: World) -> None:
    agreement = make_handed_over(world.hospital)
    with pytest.raises(Refused) as caught:
        note_follow_up(agreement=agreement, draft=NOT_USED, by=world.user(Role.TRAINING_OFFICE))
    assert (codes(caught), all_follow_ups(), written()) == (["transfer.barrier_missing"], [], [])


def test_noted_follow_up_is_not_rewritten(world: World) -> None:
    row = make_follow_up(make_handed_over(world.hospital))
    row.used = True
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    assert [found.used for found in all_follow_ups()] == [False]


def test_agreement_ends_with_its_reason(world: World) -> None:
    agreement, by = make_agreement(world.hospital), world.user(Role.TRAINING_OFFICE)
    row = end_agreement(agreement=agreement, reason=" Đơn vị nhận giải thể ", by=by)
    assert (row.state, row.end_reason, row.ended_by) == ("ended", "Đơn vị nhận giải thể", by)
    with pytest.raises(Refused) as caught:
        end_agreement(agreement=agreement, reason="x", by=by)
    assert (codes(caught), written()) == (["transfer.ended"], [("transfer.end_agreement", str(row.ref))])


@pytest.mark.parametrize("role", [Role.STATION, Role.MINISTRY, Role.PROVIDER])
def test_who_is_no_party_writes_nothing(world: World, role: Role) -> None:
    agreement, by = make_agreement(world.hospital, receiver=world.station), world.user(role)
    for write in (
        lambda: sign_agreement(agreement=agreement, signed_on=TODAY, by=by),
        lambda: hand_over(agreement=agreement, draft=COMPLETE, by=by),
        lambda: note_follow_up(agreement=agreement, draft=NOT_USED, by=by),
        lambda: end_agreement(agreement=agreement, reason="x", by=by),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert ([row.state for row in all_agreements()], written()) == (["active"], [])


def test_receiving_hospital_may_note_the_follow_up(world: World) -> None:
    make_barrier()
    agreement = make_handed_over(world.organisation("hospital_b"), receiver=world.hospital)
    row = note_follow_up(agreement=agreement, draft=NOT_USED, by=world.user(Role.TRAINING_OFFICE))
    assert all_follow_ups() == [row]


def gap(agreement: TransferAgreement, **fields: object) -> Ground:
    """The ground for need of an agreement."""
    values: dict[str, object] = dict(
        kind=GroundKind.TECHNIQUE_GAP, organisation_id=agreement.receiver_id, topic_code="wounds", persons=2
    )
    return Ground(**(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(("on", "count"), [(date(2026, 2, 1), 0), (date(2026, 2, 2), 1), (date(2026, 2, 3), 1)])
def test_untrained_staff_of_a_signed_agreement_are_a_ground(world: World, on: date, count: int) -> None:
    agreement = make_agreement(world.hospital, topic_code="wounds")
    expected = gap(
        agreement,
        deadline_on=date(2026, 8, 3),
        origin=str(agreement.ref),
        detail={"text": "Khâu vết thương phần mềm", "text_en": "Suturing", "missing": ["staff", "knowledge"]},
    )
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), on) == [expected] * count


def test_missing_equipment_alone_is_no_ground(world: World) -> None:
    make_agreement(world.hospital, prerequisites={"equipment": False, "staff": True, "knowledge": True})
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), TODAY) == []


@pytest.mark.parametrize("state", ["draft", "ended"])
def test_agreement_not_in_force_is_no_ground(world: World, state: str) -> None:
    make_agreement(world.hospital, state=state)
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), TODAY) == []


@pytest.mark.parametrize(("on", "count"), [(date(2026, 8, 31), 0), (date(2026, 9, 1), 1), (date(2026, 9, 2), 1)])
def test_technique_not_used_for_want_of_training_is_a_ground(world: World, on: date, count: int) -> None:
    agreement = make_handed_over(world.hospital, topic_code="wounds")
    follow_up = make_follow_up(agreement)
    expected = gap(
        agreement,
        deadline_on=date(2026, 11, 30),
        origin=str(follow_up.ref),
        detail={"text": "Khâu vết thương phần mềm", "text_en": "Suturing", "barrier": "skill"},
    )
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), on) == [expected] * count


def test_technique_not_used_for_another_cause_is_no_ground(world: World) -> None:
    make_follow_up(make_handed_over(world.hospital), barrier=make_barrier("insurance", Remover.INSURANCE))
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), TODAY) == []


def test_technique_used_since_is_no_ground(world: World) -> None:
    agreement = make_handed_over(world.hospital)
    make_follow_up(agreement)
    make_follow_up(agreement, used=True, cases=3, observed_on=date(2026, 9, 10))
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), TODAY) == []


def test_grounds_of_another_province_are_not_seen(world: World) -> None:
    make_agreement(world.organisation("hospital2"))
    make_follow_up(make_handed_over(world.organisation("hospital2")))
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), TODAY) == []
