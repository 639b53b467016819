"""Writes: criteria, inspections, results, findings, corrections."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from lientuc.accounts.models import Grant, User
from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now
from lientuc.core.errors import refuse_if
from lientuc.directives.actions import fulfil
from lientuc.directives.enums import DutyKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action
from lientuc.trail.rows import in_force

from .enums import FindingState, InspectionState, Verdict
from .models import CheckResult, CorrectiveAction, Criterion, Finding, Inspection, InspectionMember
from .rules import (
    FindingDraft,
    InspectionDraft,
    finding_problems,
    problems,
    why_not_close,
    why_not_conclude,
    why_not_correct,
    why_not_judge,
)


@action("quality.load_criteria")
def load_criteria(*, by: Any) -> None:
    """Enter the shipped criteria (derived from the circulars); repeated, it changes nothing."""
    require(by, "quality.plan_inspection")
    with files("lientuc.quality").joinpath("data/criteria.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            values = {**row, "source": "illustrative", "from_on": date(2026, 1, 1)}
            Criterion.objects.get_or_create(code=row["code"], defaults=values)


@action("quality.plan_inspection")
def plan_inspection(
    *, draft: InspectionDraft, organisation: Organisation, lead: Organisation, by: Any, key: str = ""
) -> Inspection:
    """Plan an inspection of `organisation` by a team sent by `lead`; nobody inspects the own unit."""
    require(by, "quality.plan_inspection", organisation)
    require(by, "quality.plan_inspection", lead)
    users = {user.username: user for user in User.objects.filter(username__in=draft.members)}
    held = Grant.objects.unscoped(WhyUnscoped.RULE).filter(
        in_force(draft.planned_on), user__in=users.values(), organisation=organisation
    )
    refuse_if(problems(draft, at_the_unit=tuple(held.values_list("user__full_name", flat=True).distinct())))
    inspection = Inspection.objects.create(
        organisation=organisation,
        lead=lead,
        subject=draft.subject.strip(),
        planned_on=draft.planned_on,
        decision_number=draft.decision_number,
    )
    InspectionMember.objects.bulk_create(
        InspectionMember(inspection=inspection, user=users[name], leads=place == 0)
        for place, name in enumerate(draft.members)
    )
    return inspection


@action("quality.judge_criteria")
def judge_criteria(
    *, inspection: Inspection, verdicts: Mapping[str, tuple[Verdict, str]], by: Any, key: str = ""
) -> Inspection:
    """Write the team's verdict and note by criterion code; a later verdict replaces the earlier."""
    require_row(by, "quality.record_finding", inspection)
    inspection = _locked(inspection)
    refuse_if(why_not_judge(InspectionState(inspection.state)))
    criteria = {criterion.code: criterion for criterion in Criterion.objects.filter(code__in=verdicts)}
    CheckResult.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_create(
        [
            CheckResult(inspection=inspection, criterion=criteria[code], verdict=verdict, note=note)
            for code, (verdict, note) in verdicts.items()
        ],
        update_conflicts=True,
        update_fields=["verdict", "note"],
        unique_fields=["inspection", "criterion"],
    )
    _to(inspection, InspectionState.RUNNING)
    return inspection


@action("quality.record_finding")
def record_finding(*, inspection: Inspection, draft: FindingDraft, by: Any, key: str = "") -> Finding:
    """Record something the inspected unit must mend."""
    require_row(by, "quality.record_finding", inspection)
    inspection = _locked(inspection)
    state = InspectionState(inspection.state)
    refuse_if(finding_problems(draft, state=state, inspected_on=inspection.planned_on))
    finding = Finding.objects.create(
        inspection=inspection,
        organisation=inspection.organisation,
        criterion=Criterion.objects.filter(code=draft.criterion).first(),
        text=draft.text.strip(),
        severity=draft.severity,
        remedy=draft.remedy,
        topic_code=draft.topic_code,
        persons=draft.persons,
        due_on=draft.due_on,
        recorded_by=by,
    )
    _to(inspection, InspectionState.RUNNING)
    return finding


@action("quality.conclude_inspection")
def conclude_inspection(*, inspection: Inspection, conclusion: str, by: Any, key: str = "") -> Inspection:
    """Conclude: nothing is added afterwards; the sender's duty to inspect is fulfilled by it."""
    require_row(by, "quality.record_finding", inspection)
    inspection = _locked(inspection)
    judged = CheckResult.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(inspection=inspection).count()
    open_criteria = Criterion.objects.filter(in_force(inspection.planned_on)).count() - judged
    refuse_if(
        why_not_conclude(InspectionState(inspection.state), unanswered=max(0, open_criteria), conclusion=conclusion)
    )
    inspection.state, inspection.conclusion = InspectionState.CONCLUDED, conclusion.strip()
    inspection.concluded_at, inspection.concluded_by = now(), by
    inspection.save(update_fields=["state", "conclusion", "concluded_at", "concluded_by"])
    fulfil(
        kind=DutyKind.INSPECTION, organisation=inspection.lead, on=inspection.planned_on, subject=inspection.ref, by=by
    )
    return inspection


@action("quality.report_correction")
def report_correction(*, finding: Finding, text: str, by: Any, evidence: str = "", key: str = "") -> CorrectiveAction:
    """The inspected unit reports what it mended."""
    require(by, "quality.propose_correction", finding.organisation)
    finding = _locked_finding(finding)
    refuse_if(why_not_correct(FindingState(finding.state), text))
    finding.state = FindingState.CORRECTED
    finding.save(update_fields=["state"])
    return CorrectiveAction.objects.create(finding=finding, text=text.strip(), evidence=evidence, reported_by=by)


@action("quality.close_finding")
def close_finding(*, finding: Finding, note: str, by: Any, key: str = "") -> Finding:
    """Confirm that a finding is mended."""
    require(by, "quality.close_finding", finding.organisation)
    finding = _locked_finding(finding)
    refuse_if(why_not_close(FindingState(finding.state)))
    finding.state, finding.closing_note = FindingState.CLOSED, note.strip()
    finding.closed_at, finding.closed_by = now(), by
    finding.save(update_fields=["state", "closing_note", "closed_at", "closed_by"])
    return finding


def _locked(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: Inspection = rows.select_related("organisation", "lead").get(pk=inspection.pk)
    return found


def _locked_finding(finding: Finding) -> Finding:
    rows = Finding.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: Finding = rows.select_related("organisation").get(pk=finding.pk)
    return found


def _to(inspection: Inspection, state: InspectionState) -> None:
    if inspection.state != state:
        inspection.state = state
        inspection.save(update_fields=["state"])
