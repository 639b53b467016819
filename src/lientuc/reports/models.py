"""Tables of the roof: the review's summary, saved views, frozen reviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.accounts.models import User
from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import ImmutableRow, Row, one_of

from .enums import ReviewBy
from .review.asking import COLUMNS


class ReviewRefresh(models.Model):
    """When the summary was reckoned and for which day; one row."""

    mutable: ClassVar[bool] = True

    on_date = models.DateField()
    made_at = models.DateTimeField(default=now)
    persons = models.IntegerField()
    posts = models.IntegerField()
    standings_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.on_date}"


class ReviewCell(ScopedRow, models.Model):
    """People of one title whose posts are all at one organisation, counted: derived, written anew by each refresh.

    The columns `<part>_<code>` (added below) hold its persons by the codes of each part of the review.
    """

    mutable: ClassVar[bool] = True

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=8)
    title = models.CharField(max_length=24)
    persons = models.IntegerField()
    posts = models.IntegerField()

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"


for _column in COLUMNS:
    ReviewCell.add_to_class(_column, models.IntegerField(default=0))


class ReviewShared(ScopedRow, models.Model):
    """One organisation of a person with posts at several: counted person by person, because groups may hold both."""

    mutable: ClassVar[bool] = True

    person = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=8)
    title_now = models.CharField(max_length=24)
    licence = models.CharField(max_length=12)
    standing = models.CharField(max_length=12)
    age = models.CharField(max_length=12)
    held = models.IntegerField()

    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"


class ReviewStation(models.Model):
    """What the staffing norm says of the stations of a commune; part of the summary. None where nobody stated inhabitants."""

    mutable: ClassVar[bool] = True

    commune_code = models.CharField(max_length=5, unique=True)
    persons = models.IntegerField()
    missing_least = models.IntegerField(null=True)
    missing_most = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.commune_code}: {self.persons}"


class ReviewNation(models.Model):
    """The whole country's groups of one division, counted with the summary: everybody asks it first, and it costs most."""

    mutable: ClassVar[bool] = True

    by = models.CharField(max_length=20, unique=True)
    lines = models.JSONField()
    whole = models.JSONField()

    class Meta:
        constraints = (one_of("by", ReviewBy, table="reports_reviewnation"),)

    def __str__(self) -> str:
        return self.by


class SavedView(Row):
    """A question to the review under a name: one's own, or everybody's of an office."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "name"], name="reports_savedview_name"),
            models.CheckConstraint(condition=~Q(name=""), name="reports_savedview_named"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> Organisation | None:
        """The office it is shared with, for the audit row."""
        return self.office


class FrozenReview(ScopedRow, ImmutableRow):
    """A review signed off: the figures, the list behind them and their digest, never changed again.

    `figures` is the answer as JSON, `people` the list as compressed CSV, `digest` the SHA-256 of both with the heading.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    on_date = models.DateField()
    asked = models.JSONField()
    figures = models.JSONField()
    people = models.BinaryField()
    persons = models.IntegerField()
    digest = models.CharField(max_length=64)
    signed_name = models.CharField(max_length=120)
    signed_post = models.CharField(max_length=120)
    frozen_at = models.DateTimeField(default=now)
    frozen_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(signed_name=""), name="reports_frozenreview_signed"),)
        indexes = (models.Index(fields=["organisation", "-on_date"], name="reports_frozenreview_list"),)

    def __str__(self) -> str:
        return self.title
