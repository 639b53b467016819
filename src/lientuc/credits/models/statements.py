"""Statements handed out: what was printed on a day stays provable, whatever the ledger says later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lientuc.core.clock import now, today
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import ImmutableRow


class Statement(ScopedRow, ImmutableRow):
    """One *bảng tổng hợp*: its figures, the hash of its content and the code printed on it.

    `content` is what the hash was taken of: person, window, hours of each regime and the lines that counted, as plain values.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation",)
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user",)

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField(default=today)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.worker} {self.on_date:%d/%m/%Y}"
