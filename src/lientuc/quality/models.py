"""Criteria as data, inspections with a team, results by criterion, findings and corrective actions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired, period

from .enums import FindingState, InspectionState, Remedy, Severity, Verdict


class Criterion(Row):
    """One thing a provider is checked for, dated; those shipped are derived from the circulars, not the official list."""

    code = models.CharField(max_length=20, unique=True)
    text_vi = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    evidence_vi = models.CharField(max_length=200)
    evidence_en = models.CharField(max_length=200)
    weight = models.IntegerField(default=1)
    article = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = (period(table="quality_criterion"),)

    def __str__(self) -> str:
        return self.text_vi


class Inspection(ScopedRow, Row):
    """One inspection (kiểm tra, giám sát) of an organisation by a team; `lead` is who sends the team."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation", "lead")
    scope_assigned: ClassVar[tuple[str, ...]] = ("members__user",)
    scope_many: ClassVar[bool] = True

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=80, blank=True)
    planned_on = models.DateField()
    state = models.CharField(max_length=10, default=InspectionState.PLANNED)
    conclusion = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", InspectionState, table="quality_inspection"),
            paired("concluded", table="quality_inspection"),
        )
        indexes = (models.Index(fields=["-planned_on", "-id"], name="quality_inspection_list"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.planned_on:%d/%m/%Y}"


class InspectionMember(ScopedRow, Row):
    """A person of the team."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("inspection__organisation", "inspection__lead")
    scope_assigned: ClassVar[tuple[str, ...]] = ("user",)

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["inspection", "user"], name="quality_inspectionmember_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=models.Q(leads=True), name="quality_inspectionmember_one_leads"
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


class CheckResult(ScopedRow, Row):
    """What the team found of one criterion."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("inspection__organisation", "inspection__lead")
    scope_assigned: ClassVar[tuple[str, ...]] = ("inspection__members__user",)
    scope_many: ClassVar[bool] = True

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="results")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16)
    note = models.CharField(max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("verdict", Verdict, table="quality_checkresult"),
            models.UniqueConstraint(fields=["inspection", "criterion"], name="quality_checkresult_once"),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.verdict}"


class Finding(ScopedRow, Row):
    """Something to be mended, by when, and how it stands."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation", "inspection__lead")
    scope_assigned: ClassVar[tuple[str, ...]] = ("inspection__members__user",)
    scope_many: ClassVar[bool] = True

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", null=True)
    text = models.TextField()
    severity = models.CharField(max_length=8)
    remedy = models.CharField(max_length=10)
    topic_code = models.CharField(max_length=40, blank=True)
    persons = models.IntegerField(default=0)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default=FindingState.OPEN)
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    closing_note = models.CharField(max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("severity", Severity, table="quality_finding"),
            one_of("remedy", Remedy, table="quality_finding"),
            one_of("state", FindingState, table="quality_finding"),
            paired("closed", table="quality_finding"),
        )
        indexes = (models.Index(fields=["state", "due_on", "id"], name="quality_finding_list"),)

    def __str__(self) -> str:
        return self.text[:60]


class CorrectiveAction(ScopedRow, ImmutableRow):
    """What the unit reports to have mended, with its evidence."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("finding__organisation", "finding__inspection__lead")

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField()
    evidence = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(default=now)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    def __str__(self) -> str:
        return self.text[:60]
