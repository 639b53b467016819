"""Campaigns, the units they ask, and the files that came by link."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now, today
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, paired


class Campaign(ScopedRow, Row):
    """One round of collecting staff lists, run by `organisation`; lists count from `opened_on`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField(default=today)
    deadline_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (paired("closed", table="registry_campaign"),)
        indexes = (models.Index(fields=["organisation", "-opened_on"], name="registry_campaign_list"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken in any more."""
        return self.closed_at is not None


class CampaignUnit(ScopedRow, Row):
    """A unit that is asked; its link is derived from `serial`, only the hash of the link is stored."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("campaign__organisation",)

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    serial = models.IntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["campaign", "unit"], name="registry_campaignunit_once"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="registry_campaignunit_serial"),
        )

    def __str__(self) -> str:
        return f"{self.campaign}: {self.unit}"

    @property
    def organisation(self) -> Organisation:
        """The organisation that runs the campaign."""
        return self.campaign.organisation


class CampaignFile(ScopedRow, ImmutableRow):
    """A file that came by link: the batch it became, or why it could not be read."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("asked__campaign__organisation",)

    asked = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    batch = models.CharField(max_length=40, blank=True)
    problem = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=now)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(batch="") | ~Q(problem={}), name="registry_campaignfile_read_or_why"),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def organisation(self) -> Organisation:
        """The unit that sent it."""
        return self.asked.unit
