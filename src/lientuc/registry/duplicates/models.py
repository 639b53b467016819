"""Pairs of records that may be one person, and the merges made of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now, today
from lientuc.places.scope import Scope, ScopedManager, ScopedRow, under
from lientuc.trail.rows import Row, one_of, paired

from ..enums import PairState


class DuplicatePair(ScopedRow, Row):
    """Two records likely to be one person, with the reasons; a decision about them is remembered.

    Seen only by those who may see both: a pair across two units rises to whoever answers for both.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("first__keeper", "second__keeper")

    first = models.ForeignKey("registry.HealthWorker", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("registry.HealthWorker", on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=PairState.OPEN)
    found_on = models.DateField(default=today)
    remark = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", PairState, table="registry_duplicatepair"),
            paired("decided", table="registry_duplicatepair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="registry_duplicatepair_ordered"),
            models.UniqueConstraint(fields=["first", "second"], name="registry_duplicatepair_once"),
        )
        indexes = (models.Index(fields=["state", "-score", "id"], name="registry_duplicatepair_list"),)

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"

    @property
    def organisation(self) -> Any:
        """The organisation that answers for the first record."""
        return self.first.keeper

    @classmethod
    def scope_condition(cls, scope: Scope) -> Q:
        """Both records inside `scope`, not one of them."""
        return under("first__keeper", scope) & under("second__keeper", scope)


class WorkerMerge(ScopedRow, Row):
    """One merge with everything needed to take it back: values before and after, posts and keeper changed."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("canonical__keeper",)

    duplicate = models.ForeignKey("registry.HealthWorker", on_delete=models.PROTECT, related_name="+")
    canonical = models.ForeignKey("registry.HealthWorker", on_delete=models.PROTECT, related_name="merges")
    reason = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=now)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undo_reason = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            paired("undone", table="registry_workermerge"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="registry_workermerge_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.canonical}"

    @property
    def organisation(self) -> Any:
        """The organisation that answers for the person."""
        return self.canonical.keeper
