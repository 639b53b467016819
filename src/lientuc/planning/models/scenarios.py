"""What a scenario tries, how far its search is and what it found; locks that planners put on lines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, one_of, paired

from ..enums import ScenarioPhase
from .plans import PlanLine
from .proposals import PlanProposal


class Scenario(ScopedRow, Row):
    """A proposal with a name and with what it tries otherwise than the plan as it stands.

    `choices` are the fields of `rules.scenarios.ScenarioDraft`. `phase`, `seconds`, `preview_value` and `bound` are written
    while the search runs. `result` is the optimiser's plan as text, `names` what its codes mean, `calendar` the weeks of its
    classes; prices and curves are lists of the optimiser's values.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("proposal__plan__organisation",)

    proposal = models.OneToOneField(PlanProposal, on_delete=models.PROTECT, related_name="scenario")
    name = models.CharField(max_length=120)
    choices = models.JSONField(default=dict)
    phase = models.CharField(max_length=12, default=ScenarioPhase.QUEUED)
    seconds = models.FloatField(default=0)
    preview_value = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    result = models.TextField(blank=True)
    names = models.JSONField(default=dict)
    prices = models.JSONField(default=list)
    budget_points = models.JSONField(default=list)
    equity_points = models.JSONField(default=list)
    calendar = models.JSONField(default=dict)
    stop_asked_at = models.DateTimeField(null=True)
    stop_asked_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("phase", ScenarioPhase, table="planning_scenario"),
            paired("stop_asked", table="planning_scenario"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.proposal.plan.organisation


class LineLock(ScopedRow, Row):
    """A planner's decision on the classes of a line in a quarter (1 to 4): at least, at most, and why."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("line__plan__organisation",)

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="locks")
    quarter = models.IntegerField()
    at_least = models.IntegerField(default=0)
    at_most = models.IntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    locked_at = models.DateTimeField(default=now)
    locked_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        ordering = ("quarter", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="planning_linelock_quarter"),
            models.CheckConstraint(
                condition=Q(at_least__gte=0) & (Q(at_most__isnull=True) | Q(at_most__gte=F("at_least"))),
                name="planning_linelock_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line} ({self.quarter})"

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.line.plan.organisation
