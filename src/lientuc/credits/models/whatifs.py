"""What-ifs: the question with its difference of parameters, the answer, and who would change status; the ledger is not touched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.law.credits import Status
from lientuc.places.enums import CareLevel
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.enums import Title
from lientuc.trail.models import Job
from lientuc.trail.rows import ImmutableRow, one_of


class WhatIf(ScopedRow, ImmutableRow):
    """A changed rule set somebody asks about. `changes` lists `{name, before, after}` of `credits.rules.changes`.

    `base_key` and `scenario_key` name the two rule sets; `job` reckons it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=400, blank=True)
    changes = models.JSONField()
    base_key = models.CharField(max_length=80)
    scenario_key = models.CharField(max_length=80)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    asked_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="credits_whatif_named"),
            models.CheckConstraint(condition=~Q(changes=[]), name="credits_whatif_changes_something"),
        )
        indexes = (models.Index(fields=["-asked_at", "-id"], name="credits_whatif_list"),)

    def __str__(self) -> str:
        return self.name


class WhatIfAnswer(ScopedRow, ImmutableRow):
    """The answer: over whom and on which day; `milliseconds` is the reckoning alone, without reading the ledger."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("what_if__organisation",)

    what_if = models.OneToOneField(WhatIf, on_delete=models.PROTECT, related_name="answer")
    on_date = models.DateField()
    extracted_at = models.DateTimeField()
    persons = models.IntegerField()
    entries = models.BigIntegerField()
    milliseconds = models.IntegerField()

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.what_if} ({self.on_date:%d/%m/%Y})"

    @property
    def organisation(self) -> Organisation:
        """Whose question it answers, for the audit row."""
        return self.what_if.organisation


class WhatIfGroup(ScopedRow, ImmutableRow):
    """People of one province, title and care level with one status before and one after; nobody is in two groups."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("what_if__organisation",)

    what_if = models.ForeignKey(WhatIf, on_delete=models.PROTECT, related_name="groups")
    province_code = models.CharField(max_length=5, blank=True)
    title = models.CharField(max_length=24)
    care_level = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    persons = models.IntegerField()

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("title", Title, table="credits_whatifgroup"),
            one_of("care_level", CareLevel, table="credits_whatifgroup"),
            one_of("before", Status, table="credits_whatifgroup"),
            one_of("after", Status, table="credits_whatifgroup"),
            models.UniqueConstraint(
                fields=["what_if", "province_code", "title", "care_level", "before", "after"],
                name="credits_whatifgroup_once",
            ),
            models.CheckConstraint(condition=Q(persons__gt=0), name="credits_whatifgroup_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.before} → {self.after}: {self.persons}"
