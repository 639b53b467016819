"""Assessments of units by function, and the inhabitants staffing norms rest on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import today
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, one_of, paired

from .enums import Answer, AssessmentState, Reason
from .rules import OPEN


class FunctionAssessment(ScopedRow, Row):
    """One round of a unit saying what it does; `remark` is why it was returned. Confirmed ones are never opened again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=AssessmentState.DRAFT)
    opened_on = models.DateField(default=today)
    remark = models.CharField(max_length=300, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=64, null=True)
    confirmed_name = models.CharField(max_length=120, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", AssessmentState, table="registry_functionassessment"),
            paired("submitted", table="registry_functionassessment"),
            paired("confirmed", table="registry_functionassessment"),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="registry_functionassessment_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~Q(state=AssessmentState.CONFIRMED),
                name="registry_functionassessment_one_open",
            ),
        )
        indexes = (models.Index(fields=["organisation", "state", "-confirmed_at"], name="registry_assessment_latest"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.opened_on}"

    @property
    def is_open(self) -> bool:
        """Whether the unit may still change its answers."""
        return self.state in OPEN


class FunctionStatement(ScopedRow, Row):
    """What a unit says of one function; `persons` would have to be trained."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("assessment__organisation",)

    assessment = models.ForeignKey(FunctionAssessment, on_delete=models.PROTECT, related_name="statements")
    function = models.ForeignKey("registry.UnitFunction", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8)
    reason = models.CharField(max_length=12, blank=True)
    persons = models.IntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    stated_on = models.DateField(default=today)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("answer", Answer, table="registry_functionstatement"),
            models.CheckConstraint(
                condition=Q(answer=Answer.DOING, reason="")
                | ~Q(answer=Answer.DOING) & Q(reason__in=[str(reason) for reason in Reason]),
                name="registry_functionstatement_reason",
            ),
            models.CheckConstraint(
                condition=Q(persons__isnull=True) | Q(persons__gte=0), name="registry_functionstatement_persons"
            ),
            models.UniqueConstraint(fields=["assessment", "function"], name="registry_functionstatement_once"),
        )

    def __str__(self) -> str:
        return f"{self.function}: {self.answer}"

    @property
    def organisation(self) -> Organisation:
        """The unit that answers."""
        return self.assessment.organisation


class CommunePopulation(Row):
    """Inhabitants of a commune as last stated, with the source; `illustrative` where invented."""

    commune_code = models.CharField(max_length=5, unique=True)
    people = models.IntegerField()
    stated_on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(people__gte=0), name="registry_communepopulation_people"),)

    def __str__(self) -> str:
        return f"{self.commune_code}: {self.people}"
