"""Plans with their lines, what the lines serve and open, and comments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now, today
from lientuc.curricula.models import Topic
from lientuc.delivery.models import CourseRun
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import Provider
from lientuc.trail.rows import Row, one_of, paired

from ..enums import PlanKind, PlanState
from .money import FundingSource
from .needs import Need


class Plan(ScopedRow, Row):
    """One version of an organisation's plan for a year or five; an approved version never changes, a new one follows it.

    `finance` is the department that comments on the money. `year` is the first year.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation", "finance")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    finance = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    year = models.IntegerField()
    kind = models.CharField(max_length=10, default=PlanKind.ANNUAL)
    number = models.IntegerField(default=1)
    title = models.CharField(max_length=300)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followers", null=True)
    state = models.CharField(max_length=10, default=PlanState.DRAFT)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", PlanKind, table="planning_plan"),
            one_of("state", PlanState, table="planning_plan"),
            paired("submitted", table="planning_plan"),
            paired("decided", table="planning_plan"),
            models.CheckConstraint(
                condition=~Q(state__in=[str(PlanState.APPROVED), str(PlanState.AMENDED)]) | Q(decided_at__isnull=False),
                name="planning_plan_approved_known",
            ),
            models.UniqueConstraint(fields=["organisation", "year", "kind", "number"], name="planning_plan_version"),
            models.UniqueConstraint(
                fields=["organisation", "year", "kind"],
                condition=Q(state=PlanState.APPROVED),
                name="planning_plan_one_approved",
            ),
        )
        indexes = (models.Index(fields=["-year", "-number", "-id"], name="planning_plan_list"),)

    def __str__(self) -> str:
        return self.title


class PlanLine(ScopedRow, Row):
    """What is to be taught, by whom, to how many, when and with whose money; amounts in whole đồng.

    `unit_vnd` is the cost of one class, the sum of `cost_items` (norm, text, quantity, rate_vnd) where they are listed.
    The money columns are đề nghị, thẩm định, được giao, đã chi, quyết toán. `performer` is the provider as written.
    `frozen` is set with the approval: from then on triggers refuse to change what the line says or to delete it.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    place = models.IntegerField()
    year = models.IntegerField()
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    audience = models.CharField(max_length=300, blank=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", null=True)
    performer = models.CharField(max_length=200, blank=True)
    classes = models.IntegerField()
    persons = models.IntegerField()
    from_quarter = models.IntegerField(default=1)
    to_quarter = models.IntegerField(default=4)
    unit_vnd = models.BigIntegerField(default=0)
    cost_items = models.JSONField(default=list)
    requested_vnd = models.BigIntegerField()
    appraised_vnd = models.BigIntegerField(null=True)
    allotted_vnd = models.BigIntegerField(null=True)
    spent_vnd = models.BigIntegerField(null=True)
    settled_vnd = models.BigIntegerField(null=True)
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="+", null=True)
    integrated_with = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    locked = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(classes__gte=1, persons__gte=1), name="planning_planline_size"),
            models.CheckConstraint(
                condition=Q(from_quarter__gte=1, to_quarter__lte=4, from_quarter__lte=F("to_quarter")),
                name="planning_planline_quarters",
            ),
            models.CheckConstraint(condition=Q(requested_vnd__gte=0, unit_vnd__gte=0), name="planning_planline_money"),
            models.UniqueConstraint(fields=["plan", "place"], name="planning_planline_place"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.plan.organisation


class PlanLineNeed(ScopedRow, Row):
    """How many persons of a need a line trains."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("line__plan__organisation", "line__plan__finance")

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="lines")
    persons = models.IntegerField()

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(persons__gte=1), name="planning_planlineneed_persons"),
            models.UniqueConstraint(fields=["line", "need"], name="planning_planlineneed_once"),
        )

    def __str__(self) -> str:
        return f"{self.need} ({self.persons})"


class PlanLineRun(ScopedRow, Row):
    """A course run that carries out a line."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("line__plan__organisation", "line__plan__finance")

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="runs")
    run = models.OneToOneField(CourseRun, on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField(default=today)

    objects = ScopedManager()

    def __str__(self) -> str:
        return str(self.run)

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.line.plan.organisation
