"""A sheet of paper by its number, and each of its two typings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of

from ..enums import SheetState


class PaperSheet(ScopedRow, Row):
    """One filled-in form of a wave; it counts once both typings agree or their differences are settled."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.ForeignKey("surveys.Wave", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    state = models.CharField(max_length=10, default=SheetState.ONCE)
    response = models.OneToOneField("surveys.Response", on_delete=models.PROTECT, related_name="+", null=True)
    differing = models.IntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", SheetState, table="surveys_papersheet"),
            models.UniqueConstraint(fields=["wave", "number"], name="surveys_papersheet_number"),
            models.CheckConstraint(
                condition=Q(state="done", response__isnull=False) | (~Q(state="done") & Q(response__isnull=True)),
                name="surveys_papersheet_done_counts",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class PaperTyping(ScopedRow, ImmutableRow):
    """What one person typed from a sheet; `answers` are [item, index, value]."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("sheet__wave__organisation",)

    sheet = models.ForeignKey(PaperSheet, on_delete=models.PROTECT, related_name="+")
    turn = models.IntegerField()
    answers = models.JSONField(default=list)
    cleared = models.IntegerField(default=0)
    typed_at = models.DateTimeField()
    typed_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["sheet", "turn"], name="surveys_papertyping_once"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="surveys_papertyping_twice_at_most"),
        )

    def __str__(self) -> str:
        return f"{self.sheet} ({self.turn})"
