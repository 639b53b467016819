"""Reads: inspections, the checklist, findings, grounds for need."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from .enums import FindingState, Remedy
from .models import CheckResult, CorrectiveAction, Criterion, Finding, Inspection, InspectionMember

VIEW = "quality.view_inspections"


def inspections(by: Any) -> QuerySet[Inspection]:
    """The inspections `by` may see, with the number of open findings."""
    open_findings = Finding.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(inspection=OuterRef("pk"))
    counted = open_findings.exclude(state=FindingState.CLOSED).order_by().values("inspection").annotate(n=Count("pk"))
    rows: QuerySet[Inspection] = Inspection.objects.visible_to(by, VIEW).select_related("organisation", "lead")
    return rows.annotate(open_findings=Subquery(counted.values("n")))


def findings(by: Any) -> QuerySet[Finding]:
    """The findings `by` may see."""
    return Finding.objects.visible_to(by, VIEW).select_related("organisation", "inspection", "criterion")


def checklist(inspection: Inspection) -> list[tuple[Criterion, CheckResult | None]]:
    """The criteria of the day of the inspection, each with its result or None. Two queries."""
    results = CheckResult.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(inspection=inspection)
    by_criterion = {result.criterion_id: result for result in results}
    criteria = Criterion.objects.filter(in_force(inspection.planned_on)).order_by("code")
    return [(criterion, by_criterion.get(criterion.pk)) for criterion in criteria]


def team(inspection: Inspection) -> QuerySet[InspectionMember]:
    """The members, the leader first."""
    rows = InspectionMember.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(inspection=inspection)
    return rows.select_related("user").order_by("-leads", "pk")


def corrections(finding: Finding) -> QuerySet[CorrectiveAction]:
    """What the unit reported of a finding, oldest first."""
    return CorrectiveAction.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(finding=finding).order_by("pk")


def grounds(by: Any, on: date) -> list[Ground]:
    """Findings not yet closed whose remedy is training, as grounds for need."""
    rows = Finding.objects.visible_to(by, VIEW).filter(
        ~Q(state=FindingState.CLOSED), remedy=Remedy.TRAINING, inspection__planned_on__lte=on, persons__gt=0
    )
    return [
        Ground(
            kind=GroundKind.INSPECTION,
            organisation_id=row.organisation_id,
            topic_code=row.topic_code,
            persons=row.persons,
            deadline_on=row.due_on,
            origin=str(row.ref),
            detail={"text": row.text},
        )
        for row in rows.order_by("pk")
    ]
