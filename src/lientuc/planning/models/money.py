"""Sources of money and local rates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, one_of, paired, period

from ..enums import NormCode, SourceKind


class FundingSource(ScopedRow, Row):
    """Money with an owner, a decision, a period and a ceiling; empty `topics`, `levels` and `areas` set no limit.

    `topics` are codes of topics, `levels` codes of `places.CareLevel`, `areas` of `SourceArea`; `owner` is the programme,
    project or donor, `indicator` what it must reach. A closed source takes no more lines.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=12)
    owner = models.CharField(max_length=200, blank=True)
    ceiling_vnd = models.BigIntegerField()
    topics = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    areas = models.JSONField(default=list)
    indicator = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=120, blank=True)
    decision_on = models.DateField(null=True)
    authority = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, null=True)
    close_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", SourceKind, table="planning_fundingsource"),
            period(table="planning_fundingsource"),
            paired("closed", table="planning_fundingsource"),
            models.CheckConstraint(condition=Q(ceiling_vnd__gte=0), name="planning_fundingsource_ceiling"),
            models.UniqueConstraint(
                fields=["organisation", "name_fold", "from_on"], name="planning_fundingsource_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class LocalRate(ScopedRow, Row):
    """The rate of a cost item a province or unit fixed under the national ceiling, with the decision it rests on (B-20).

    With a `source` it is the norm of that source's owner, for instance a donor, and holds for lines paid from it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    norm = models.CharField(max_length=24)
    amount_vnd = models.BigIntegerField()
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="rates", null=True)
    decision = models.CharField(max_length=120)
    decision_on = models.DateField(null=True)
    authority = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("norm", NormCode, table="planning_localrate"),
            period(table="planning_localrate"),
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="planning_localrate_amount"),
            models.UniqueConstraint(
                fields=["organisation", "norm", "from_on"],
                condition=Q(source__isnull=True),
                name="planning_localrate_once",
            ),
            models.UniqueConstraint(
                fields=["source", "norm", "from_on"],
                condition=Q(source__isnull=False),
                name="planning_localrate_source_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.norm}: {self.amount_vnd}"
