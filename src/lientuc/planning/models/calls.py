"""Calls for needs: an office asks units below what training they need, and sees who has answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, paired


class NeedsCall(ScopedRow, Row):
    """An office's request that units below state their training needs by `due_on`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    title_fold = models.CharField(max_length=200, db_index=True)
    text = models.TextField(blank=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField(default=now)
    opened_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (paired("closed", table="planning_needscall"),)
        indexes = (models.Index(fields=["-due_on", "-id"], name="planning_needscall_list"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class NeedsCallUnit(ScopedRow, Row):
    """A unit that was asked: when it answered and whether it needs nothing, when it was last reminded."""

    call = models.ForeignKey(NeedsCall, on_delete=models.PROTECT, related_name="units")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, null=True)
    nothing = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            paired("answered", table="planning_needscallunit"),
            models.CheckConstraint(
                condition=Q(nothing=False) | Q(answered_at__isnull=False), name="planning_needscallunit_nothing_said"
            ),
            models.UniqueConstraint(fields=["call", "organisation"], name="planning_needscallunit_once"),
        )

    def __str__(self) -> str:
        return f"{self.call}: {self.organisation}"
