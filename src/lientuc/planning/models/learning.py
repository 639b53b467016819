"""What was learnt about the use of training: a prior, the follow-ups seen, and what both together say."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now
from lientuc.curricula.enums import TopicFamily
from lientuc.places.enums import CareLevel
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.enums import Equipment
from lientuc.trail.rows import Row, one_of


class UseEstimate(ScopedRow, Row):
    """How likely a training is used at work, for topics of a family at units of a level with that equipment.

    Beta distribution: prior `prior_alpha`, `prior_beta`; data `applied` of `seen` units followed up; posterior mean with its
    80 % interval (shares 0–1). `barriers` counts the main barrier of those that do not use it, by code of the taxonomy.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    family = models.CharField(max_length=20)
    level = models.CharField(max_length=12)
    equipment = models.CharField(max_length=10)
    prior_alpha = models.FloatField()
    prior_beta = models.FloatField()
    applied = models.IntegerField(default=0)
    seen = models.IntegerField(default=0)
    barriers = models.JSONField(default=dict)
    mean_rate = models.FloatField()
    low_rate = models.FloatField()
    high_rate = models.FloatField()
    learnt_at = models.DateTimeField(default=now)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("family", TopicFamily, table="planning_useestimate"),
            one_of("level", CareLevel, table="planning_useestimate"),
            one_of("equipment", Equipment, table="planning_useestimate"),
            models.CheckConstraint(condition=Q(applied__gte=0, applied__lte=F("seen")), name="planning_useestimate_of"),
            models.CheckConstraint(
                condition=Q(low_rate__gte=0, low_rate__lte=F("mean_rate"), high_rate__lte=1)
                & Q(high_rate__gte=F("mean_rate")),
                name="planning_useestimate_interval",
            ),
            models.UniqueConstraint(
                fields=["organisation", "family", "level", "equipment"], name="planning_useestimate_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.family} {self.level} {self.equipment}: {self.mean_rate:.2f}"
