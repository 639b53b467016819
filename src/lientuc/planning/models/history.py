"""What happened to the lines of a plan and to their money, and what a plan of several years aims at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of

from ..enums import LineEvent, MoneyColumn
from .plans import Plan


class MoneyEntry(ScopedRow, ImmutableRow):
    """One column of one line's money took a value: who wrote it, when, by which paper and, where it grew, why.

    The line is named by its place, which it keeps from version to version.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    column = models.CharField(max_length=10)
    before_vnd = models.BigIntegerField(null=True)
    after_vnd = models.BigIntegerField(null=True)
    paper = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    author = models.CharField(max_length=120)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("column", MoneyColumn, table="planning_moneyentry"),)
        indexes = (models.Index(fields=["plan", "place"], name="planning_moneyentry_line"),)

    def __str__(self) -> str:
        return f"{self.column} {self.after_vnd}"


class PlanLineChange(ScopedRow, ImmutableRow):
    """A line was added, edited or removed while its plan was drafted; `before` and `after` are its fields, for going back."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    event = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="undone_by", null=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    author = models.CharField(max_length=120)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("event", LineEvent, table="planning_planlinechange"),)
        indexes = (models.Index(fields=["plan", "-id"], name="planning_linechange_list"),)

    def __str__(self) -> str:
        return f"{self.event} {self.title}"

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.plan.organisation


class PlanTarget(ScopedRow, Row):
    """What a plan aims at in one of its years, in the unit of its indicator."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    year = models.IntegerField()
    value = models.DecimalField(max_digits=14, decimal_places=2)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "name", "year"], name="planning_plantarget_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
