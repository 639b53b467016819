"""Decisions that divide responsibility, their cells, and the receipts of those who are named."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import UnitFunction
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired, period

from ..enums import DecisionState, Part, Tier


class ResponsibilityDecision(ScopedRow, Row):
    """One version of an organisation's division of tasks; once signed it never changes, a new one follows from a date.

    `decision_number` stays blank until the clerk gives one; `from_on`–`to_on` is the time it is in force.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=DecisionState.DRAFT)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followers", null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", DecisionState, table="directives_responsibilitydecision"),
            paired("signed", table="directives_responsibilitydecision"),
            period(table="directives_responsibilitydecision"),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT, signed_at__isnull=True)
                | (~Q(state=DecisionState.DRAFT) & Q(signed_at__isnull=False, from_on__gte=F("decided_on"))),
                name="directives_responsibilitydecision_signed_from",
            ),
            models.UniqueConstraint(fields=["organisation", "number"], name="directives_responsibilitydecision_once"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=DecisionState.DRAFT),
                name="directives_responsibilitydecision_one_draft",
            ),
        )
        indexes = (models.Index(fields=["-number", "-id"], name="directives_decision_list"),)

    def __str__(self) -> str:
        return self.title


class Responsibility(ScopedRow, Row):
    """An organisation's part in a function of an area; `level` is the tier that organisation stands on.

    Two responsible ones, or none, are errors a draft may have and its page lists.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("decision__organisation", "organisation", "area")

    decision = models.ForeignKey(ResponsibilityDecision, on_delete=models.PROTECT, related_name="responsibilities")
    function = models.ForeignKey(UnitFunction, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("part", Part, table="directives_responsibility"),
            one_of("level", Tier, table="directives_responsibility"),
            models.UniqueConstraint(
                fields=["decision", "function", "area", "organisation"], name="directives_responsibility_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.function}: {self.organisation} ({self.part})"


class Receipt(ScopedRow, ImmutableRow):
    """An organisation named in a signed decision confirms that it has received it."""

    decision = models.ForeignKey(ResponsibilityDecision, on_delete=models.PROTECT, related_name="receipts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=now)
    confirmed_by = models.CharField(max_length=64)
    name = models.CharField(max_length=120)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["decision", "organisation"], name="directives_receipt_once"),)

    def __str__(self) -> str:
        return f"{self.decision}: {self.organisation}"
