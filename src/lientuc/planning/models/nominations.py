"""Seats of an approved plan handed to units, and the persons a unit names for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import Row, one_of, paired

from ..enums import NominationState
from .plans import PlanLine


class UnitSeats(ScopedRow, Row):
    """Seats of a unit in a line of an approved plan; the unit names its persons and confirms them."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation",)

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="unit_seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seats = models.IntegerField()
    handed_at = models.DateTimeField(default=now)
    handed_by = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(seats__gte=1), name="planning_unitseats_seats"),
            models.UniqueConstraint(fields=["line", "organisation"], name="planning_unitseats_once"),
            paired("confirmed", table="planning_unitseats"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.line} ({self.seats})"


class Nomination(ScopedRow, Row):
    """A person in a seat: proposed by the system or chosen by the unit. A chosen one stays when persons are proposed anew."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("seats__organisation",)

    seats = models.ForeignKey(UnitSeats, on_delete=models.CASCADE, related_name="nominations")
    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=NominationState.PROPOSED)
    named_at = models.DateTimeField(default=now)
    named_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", NominationState, table="planning_nomination"),
            models.UniqueConstraint(fields=["seats", "worker"], name="planning_nomination_once"),
        )

    def __str__(self) -> str:
        return str(self.worker)

    @property
    def organisation(self) -> Organisation:
        """The unit that sends the person."""
        return self.seats.organisation
