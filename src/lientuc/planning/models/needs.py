"""Needs: persons of an organisation who need training on a topic, what must be there first, whom they mean."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.models import Topic
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.enums import Equipment
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import Row, one_of, paired

from ..enums import ConditionKind, ConditionState, NeedState
from .calls import NeedsCall

OPEN_NEEDS = (NeedState.RAISED, NeedState.ACCEPTED, NeedState.PLANNED, NeedState.OPENED, NeedState.TRAINED)
_HOLDING = [str(state) for state in (*OPEN_NEEDS, NeedState.MERGED)]
_WITHOUT_TOPIC = [str(state) for state in (NeedState.RAISED, NeedState.DECLINED, NeedState.MERGED)]


class Need(ScopedRow, Row):
    """Persons of an organisation who need training on a topic, with where that comes from.

    `origin` is the text of a `Ref` to the finding, gap or request it rests on and `detail` what that ground said; `family`
    stands in for the topic until somebody accepts the need and names one. `factors` is what `priority` (hundredths) is the
    product of. A duplicate is `merged_into` the need that speaks for both; `kept_apart` says a person parted them again.
    `trained` and `certified` are persons of the unit so far; `carried_on` is the day it was last carried into another year.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", null=True)
    family = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20)
    persons = models.IntegerField()
    deadline_on = models.DateField(null=True)
    priority = models.IntegerField(default=0)
    factors = models.JSONField(default=list)
    equipment = models.CharField(max_length=10, default=Equipment.PRESENT)
    state = models.CharField(max_length=10, default=NeedState.RAISED)
    origin = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    raised_at = models.DateTimeField(default=now)
    raised_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)
    met_on = models.DateField(null=True)
    call = models.ForeignKey(NeedsCall, on_delete=models.PROTECT, related_name="needs", null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged", null=True)
    kept_apart = models.BooleanField(default=False)
    trained = models.IntegerField(default=0)
    certified = models.IntegerField(default=0)
    carried_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", GroundKind, table="planning_need"),
            one_of("equipment", Equipment, table="planning_need"),
            one_of("state", NeedState, table="planning_need"),
            paired("decided", table="planning_need"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="planning_need_persons"),
            models.CheckConstraint(
                condition=Q(state__in=_WITHOUT_TOPIC) | Q(topic__isnull=False), name="planning_need_topic_named"
            ),
            models.CheckConstraint(
                condition=~Q(state=NeedState.DECLINED) | ~Q(reason=""), name="planning_need_reason_given"
            ),
            models.CheckConstraint(
                condition=Q(state=NeedState.MERGED, merged_into__isnull=False)
                | (~Q(state=NeedState.MERGED) & Q(merged_into__isnull=True)),
                name="planning_need_merged_somewhere",
            ),
            models.UniqueConstraint(
                fields=["organisation", "origin"],
                condition=Q(state__in=_HOLDING) & ~Q(origin=""),
                name="planning_need_origin_once",
            ),
        )
        indexes = (
            models.Index(fields=["-priority", "id"], name="planning_need_list"),
            models.Index(fields=["organisation", "state"], name="planning_need_state"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.topic or self.family or self.kind}"


class NeedCondition(ScopedRow, Row):
    """What must be there at the unit before the training is of use: how it stands, from when, what was written."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("need__organisation",)

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    ready_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    stated_at = models.DateTimeField(default=now)
    stated_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", ConditionKind, table="planning_needcondition"),
            one_of("state", ConditionState, table="planning_needcondition"),
            models.UniqueConstraint(fields=["need", "kind"], name="planning_needcondition_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"


class NeedPerson(ScopedRow, Row):
    """A person the unit names for a need; seen by people who may see the unit's health workers."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("need__organisation",)

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="named")
    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=now)
    named_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["need", "worker"], name="planning_needperson_once"),)

    def __str__(self) -> str:
        return str(self.worker)
