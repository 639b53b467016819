"""Directive 2319 as duties, reporting them done, difficulties and answers."""

from datetime import date

import pytest

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import NotAllowed, Refused
from lientuc.core.ids import Ref
from lientuc.directives.actions import (
    answer_difficulty,
    delegate_duty,
    fulfil,
    fulfil_duty,
    load_directives,
    report_difficulty,
)
from lientuc.directives.enums import DutyKind
from lientuc.directives.models import Barrier, Directive, Duty, Task
from lientuc.directives.rules import DifficultyDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import AuditEntry
from tests.factories.directives import make_difficulty, make_duty
from tests.world import World


def every_duty() -> set[tuple[str, str, str]]:
    rows = Duty.objects.unscoped(WhyUnscoped.SETUP)
    return set(rows.values_list("organisation__code", "task__point", "state"))


def test_directive_2319_goes_to_every_provincial_committee(world: World) -> None:
    load_directives(by=SYSTEM)
    directive = Directive.objects.get()
    points = ["1a", "1b", "1c", "1d", "1e", "1f", "1g", "2a", "2b", "3", "4"]
    assert (directive.number, directive.issued_on) == ("2319/BYT-K2ĐT", date(2026, 4, 3))
    assert list(Task.objects.order_by("point").values_list("point", flat=True)) == points
    assert every_duty() == {(unit, point, "open") for unit in ("committee", "committee2") for point in points}


def test_loading_again_changes_nothing(world: World) -> None:
    load_directives(by=SYSTEM)
    before = (Directive.objects.count(), Task.objects.count(), Barrier.objects.count(), len(every_duty()))
    load_directives(by=SYSTEM)
    assert (Directive.objects.count(), Task.objects.count(), Barrier.objects.count(), len(every_duty())) == before


def test_fulfilled_duty_carries_evidence_and_person(world: World) -> None:
    duty = fulfil_duty(
        duty=make_duty(world.department), evidence="Kế hoạch số 12", by=world.user(Role.HEALTH_DEPARTMENT)
    )
    assert (duty.state, duty.evidence, duty.fulfilled_by) == (
        "fulfilled",
        "Kế hoạch số 12",
        world.user(Role.HEALTH_DEPARTMENT),
    )
    assert AuditEntry.objects.get().action == "directives.fulfil_duty"


@pytest.mark.parametrize(("evidence", "code"), [("  ", "directives.evidence_missing")])
def test_duty_without_evidence_is_refused(world: World, evidence: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        fulfil_duty(duty=make_duty(world.department), evidence=evidence, by=world.user(Role.HEALTH_DEPARTMENT))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_duty_of_another_province_is_not_allowed(world: World) -> None:
    with pytest.raises(NotAllowed):
        fulfil_duty(
            duty=make_duty(world.organisation("department2")), evidence="x", by=world.user(Role.HEALTH_DEPARTMENT)
        )


def test_upper_room_fulfils_the_open_duties_of_its_kind_only(world: World) -> None:
    load_directives(by=SYSTEM)
    committee = world.organisation("committee")
    by = world.user(Role.PROVINCIAL_COMMITTEE)
    fulfil(kind=DutyKind.PLAN, organisation=committee, on=date(2026, 11, 22), subject=Ref("planning.plan", "x"), by=by)
    assert {(unit, point) for unit, point, state in every_duty() if state == "fulfilled"} == {("committee", "1d")}


def test_duty_is_delegated_and_stays_with_the_committee(world: World) -> None:
    load_directives(by=SYSTEM)
    committee = world.organisation("committee")
    duty = Duty.objects.unscoped(WhyUnscoped.SETUP).get(organisation=committee, task__point="1d")
    delegate_duty(duty=duty, organisations=[world.department], by=world.user(Role.PROVINCIAL_COMMITTEE))
    assert ("department", "1d", "open") in every_duty()
    assert ("committee", "1d", "open") in every_duty()


def test_difficulty_goes_up_and_its_answer_comes_back(world: World) -> None:
    load_directives(by=SYSTEM)
    draft = DifficultyDraft(text="Chưa có danh mục kỹ thuật", task_point="2b", barrier="approval")
    row = report_difficulty(draft=draft, organisation=world.station, by=world.user(Role.STATION))
    answered = answer_difficulty(difficulty=row, answer="Sẽ ban hành", by=world.user(Role.HEALTH_DEPARTMENT))
    assert (answered.state, answered.barrier.code, answered.task.point) == ("answered", "approval", "2b")
    with pytest.raises(Refused):
        answer_difficulty(difficulty=row, answer="Lần hai", by=world.user(Role.HEALTH_DEPARTMENT))


def test_station_cannot_answer(world: World) -> None:
    with pytest.raises(NotAllowed):
        answer_difficulty(difficulty=make_difficulty(world.station), answer="x", by=world.user(Role.STATION))
