"""An inspection from plan to closed finding, and everything that stands in its way."""

from __future__ import annotations

from datetime import date

import pytest

from lientuc.accounts.enums import Role
from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import NotAllowed, Refused
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.places.scope import WhyUnscoped
from lientuc.quality.actions import (
    close_finding,
    conclude_inspection,
    judge_criteria,
    load_criteria,
    plan_inspection,
    record_finding,
    report_correction,
)
from lientuc.quality.enums import Remedy, Severity, Verdict
from lientuc.quality.models import CheckResult, Criterion, Inspection
from lientuc.quality.queries import grounds
from lientuc.quality.rules import FindingDraft, InspectionDraft
from lientuc.trail.models import AuditEntry
from tests.factories.quality import make_criterion, make_finding, make_inspection, make_member
from tests.world import World

DRAFT = InspectionDraft(subject="Điều kiện bảo đảm chất lượng", planned_on=date(2026, 9, 1), members=("inspector",))
FINDING = FindingDraft(
    text="Hai giảng viên chưa qua lớp phương pháp dạy học",
    severity=Severity.MINOR,
    remedy=Remedy.TRAINING,
    due_on=date(2026, 9, 2),
    topic_code="teaching",
    persons=2,
)


def running(world: World) -> Inspection:
    """An inspection of the school with the inspector in its team."""
    inspection = make_inspection(world.school, lead=world.department)
    make_member(inspection, world.user(Role.INSPECTOR))
    return inspection


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_criteria_load_once(world: World) -> None:
    load_criteria(by=SYSTEM)
    load_criteria(by=SYSTEM)
    assert Criterion.objects.filter(source="illustrative").count() == 7


def test_inspection_is_planned_with_its_team(world: World) -> None:
    by = world.user(Role.HEALTH_DEPARTMENT)
    row = plan_inspection(draft=DRAFT, organisation=world.school, lead=world.department, by=by)
    assert [(m.user.username, m.leads) for m in row.members.unscoped(WhyUnscoped.SETUP)] == [("inspector", True)]
    assert AuditEntry.objects.get().subject == str(row.ref)


def test_member_with_a_role_at_the_unit_is_refused(world: World) -> None:
    draft = InspectionDraft(subject="x", planned_on=date(2026, 9, 1), members=("provider",))
    with pytest.raises(Refused) as caught:
        plan_inspection(
            draft=draft, organisation=world.school, lead=world.department, by=world.user(Role.HEALTH_DEPARTMENT)
        )
    assert codes(caught) == ["quality.own_unit"]


def test_team_must_not_be_empty(world: World) -> None:
    draft = InspectionDraft(subject="x", planned_on=date(2026, 9, 1), members=())
    with pytest.raises(Refused) as caught:
        plan_inspection(
            draft=draft, organisation=world.school, lead=world.department, by=world.user(Role.HEALTH_DEPARTMENT)
        )
    assert codes(caught) == ["quality.team_missing"]


def test_provider_cannot_plan(world: World) -> None:
    with pytest.raises(NotAllowed):
        plan_inspection(draft=DRAFT, organisation=world.school, lead=world.school, by=world.user(Role.PROVIDER))


def test_only_the_team_judges(world: World) -> None:
    make_criterion()
    inspection = make_inspection(world.school, lead=world.department)
    with pytest.raises(NotAllowed):
        judge_criteria(inspection=inspection, verdicts={"K1": (Verdict.MET, "")}, by=world.user(Role.INSPECTOR))


def test_later_verdict_replaces_the_earlier(world: World) -> None:
    make_criterion()
    inspection, by = running(world), world.user(Role.INSPECTOR)
    judge_criteria(inspection=inspection, verdicts={"K1": (Verdict.PARTLY, "thiếu 1 hồ sơ")}, by=by)
    judge_criteria(inspection=inspection, verdicts={"K1": (Verdict.MET, "")}, by=by)
    kept = CheckResult.objects.unscoped(WhyUnscoped.SETUP).values_list("verdict", "note")
    assert list(kept) == [("met", "")]


def test_conclusion_needs_every_criterion(world: World) -> None:
    make_criterion("K1")
    make_criterion("K2")
    inspection, by = running(world), world.user(Role.INSPECTOR)
    judge_criteria(inspection=inspection, verdicts={"K1": (Verdict.MET, "")}, by=by)
    with pytest.raises(Refused) as caught:
        conclude_inspection(inspection=inspection, conclusion="Đạt", by=by)
    assert [(p.code, dict(p.values)) for p in caught.value.problems] == [("quality.unanswered", {"count": 1})]


def test_nothing_is_added_after_the_conclusion(world: World) -> None:
    inspection, by = running(world), world.user(Role.INSPECTOR)
    judge_criteria(inspection=inspection, verdicts={}, by=by)
    conclude_inspection(inspection=inspection, conclusion="Đạt", by=by)
    with pytest.raises(Refused) as caught:
        record_finding(inspection=inspection, draft=FINDING, by=by)
    assert codes(caught) == ["quality.concluded"]


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 8, 31), ["quality.due_before_inspection"]),
        (date(2026, 9, 1), ["quality.due_before_inspection"]),
        (date(2026, 9, 2), []),
    ],
)
def test_finding_is_due_after_the_inspection(world: World, due_on: date, expected: list[str]) -> None:
    from dataclasses import replace

    from lientuc.quality.enums import InspectionState
    from lientuc.quality.rules import finding_problems

    found = finding_problems(
        replace(FINDING, due_on=due_on), state=InspectionState.RUNNING, inspected_on=date(2026, 9, 1)
    )
    assert [problem.code for problem in found] == expected


def test_finding_is_corrected_then_closed(world: World) -> None:
    finding = record_finding(inspection=running(world), draft=FINDING, by=world.user(Role.INSPECTOR))
    with pytest.raises(Refused) as caught:
        close_finding(finding=finding, note="", by=world.user(Role.HEALTH_DEPARTMENT))
    assert codes(caught) == ["quality.not_corrected"]
    report_correction(finding=finding, text="Đã cử đi học", by=world.user(Role.PROVIDER))
    closed = close_finding(finding=finding, note="Đủ chứng chỉ", by=world.user(Role.HEALTH_DEPARTMENT))
    assert (closed.state, closed.closed_by) == ("closed", world.user(Role.HEALTH_DEPARTMENT))


def test_correction_twice_is_refused(world: World) -> None:
    finding, by = make_finding(world.school), world.user(Role.PROVIDER)
    report_correction(finding=finding, text="Đã bổ sung", by=by)
    with pytest.raises(Refused) as caught:
        report_correction(finding=finding, text="Đã bổ sung", by=by)
    assert codes(caught) == ["quality.not_open"]


def test_finding_mended_by_training_is_a_ground_for_need(world: World) -> None:
    make_finding(world.school)
    finding = record_finding(inspection=running(world), draft=FINDING, by=world.user(Role.INSPECTOR))
    assert grounds(world.user(Role.HEALTH_DEPARTMENT), date(2026, 11, 22)) == [
        Ground(
            kind=GroundKind.INSPECTION,
            organisation_id=world.school.pk,
            topic_code="teaching",
            persons=2,
            deadline_on=date(2026, 9, 2),
            origin=str(finding.ref),
            detail={"text": FINDING.text},
        )
    ]
