"""Reorganisations of units, the units in them, and every row they moved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lientuc.core.clock import now
from lientuc.places.enums import SuccessionKind
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired

from ..enums import MoveKind, PartRole, ReorganisationState


class Reorganisation(ScopedRow, Row):
    """A merger, split or renaming from a day on; `organisation` is the first unit it concerns.

    `plan` holds what was written down: the new unit's name and code, who goes, which authority goes on.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    heir = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=10)
    on_date = models.DateField()
    decision = models.CharField(max_length=120)
    plan = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=ReorganisationState.PREPARED)
    prepared_at = models.DateTimeField(default=now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undo_reason = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", SuccessionKind, table="registry_reorganisation"),
            one_of("state", ReorganisationState, table="registry_reorganisation"),
            paired("done", table="registry_reorganisation"),
            paired("undone", table="registry_reorganisation"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation} {self.on_date}"


class ReorganisationPart(ScopedRow, Row):
    """One unit in a reorganisation."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("reorganisation__organisation",)

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("role", PartRole, table="registry_reorganisationpart"),
            models.UniqueConstraint(fields=["reorganisation", "organisation"], name="registry_reorganisationpart_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}"


class ReorganisationMove(ScopedRow, ImmutableRow):
    """What happened to one row, so that it can be shown and taken back; `before` and `after` hold column values."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("reorganisation__organisation",)

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="moves")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("kind", MoveKind, table="registry_reorganisationmove"),)
        indexes = (models.Index(fields=["table", "row_id"], name="registry_reorganisationmove_of"),)

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}: {self.kind}"
