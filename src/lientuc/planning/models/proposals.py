"""What the optimiser makes of a plan."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.models import Job
from lientuc.trail.rows import Row, paired

from .plans import Plan


class PlanProposal(ScopedRow, Row):
    """What the optimiser makes of a plan: worth before and after, lines, persons left out; taken by a person or not.

    `basis` is the digest of the lines it started from. Value, bound and content are None until the job has ended well.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=64)
    before_value = models.FloatField(null=True)
    after_value = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    lines = models.JSONField(default=list)
    unmet = models.JSONField(default=list)
    problem_digest = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=now)
    asked_by = models.CharField(max_length=64)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (paired("adopted", table="planning_planproposal"),)

    def __str__(self) -> str:
        return f"{self.plan} {self.asked_at:%d/%m/%Y}"

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.plan.organisation
