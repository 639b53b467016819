"""Needs, sources of money, local rates, plans with their lines, comments and proposals of the optimiser."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now, today
from lientuc.core.names import fold
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.models import Topic
from lientuc.delivery.models import CourseRun
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.enums import Equipment
from lientuc.registry.models import Provider
from lientuc.trail.models import Job
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired, period

from .enums import CommentKind, NeedState, NormCode, PlanKind, PlanState, SourceKind

OPEN_NEEDS = (NeedState.RAISED, NeedState.ACCEPTED, NeedState.PLANNED)
_WITHOUT_TOPIC = [str(NeedState.RAISED), str(NeedState.DECLINED)]


class Need(ScopedRow, Row):
    """Persons of an organisation who need training on a topic, with where that comes from.

    `origin` is the text of a `Ref` to the finding, gap or request it rests on and `detail` what that ground said; `family`
    stands in for the topic until somebody accepts the need and names one. `factors` is what `priority` is the sum of.
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
            models.UniqueConstraint(
                fields=["organisation", "origin"],
                condition=Q(state__in=[str(state) for state in OPEN_NEEDS]) & ~Q(origin=""),
                name="planning_need_origin_once",
            ),
        )
        indexes = (
            models.Index(fields=["-priority", "id"], name="planning_need_list"),
            models.Index(fields=["organisation", "state"], name="planning_need_state"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.topic or self.family or self.kind}"


class FundingSource(ScopedRow, Row):
    """Money with an owner, a decision, a period and a ceiling; empty `topics` and `levels` set no limit.

    `topics` are codes of topics, `levels` codes of `places.CareLevel`; `owner` is the programme, project or donor.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=12)
    owner = models.CharField(max_length=200, blank=True)
    ceiling_vnd = models.BigIntegerField()
    topics = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    decision = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", SourceKind, table="planning_fundingsource"),
            period(table="planning_fundingsource"),
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
    """The rate a province or unit fixed for a cost item under the national ceiling, with the decision it rests on (B-20)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    norm = models.CharField(max_length=24)
    amount_vnd = models.BigIntegerField()
    decision = models.CharField(max_length=120)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("norm", NormCode, table="planning_localrate"),
            period(table="planning_localrate"),
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="planning_localrate_amount"),
            models.UniqueConstraint(fields=["organisation", "norm", "from_on"], name="planning_localrate_once"),
        )

    def __str__(self) -> str:
        return f"{self.norm}: {self.amount_vnd}"


class Plan(ScopedRow, Row):
    """One version of an organisation's plan for a year or five; an approved version never changes, a new one follows it.

    `finance` is the department that comments on the money. `year` is the first year.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation", "finance")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    finance = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    year = models.IntegerField()
    kind = models.CharField(max_length=10, default=PlanKind.ANNUAL)
    number = models.IntegerField(default=1)
    title = models.CharField(max_length=300)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followers", null=True)
    state = models.CharField(max_length=10, default=PlanState.DRAFT)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", PlanKind, table="planning_plan"),
            one_of("state", PlanState, table="planning_plan"),
            paired("submitted", table="planning_plan"),
            paired("decided", table="planning_plan"),
            models.CheckConstraint(
                condition=~Q(state__in=[str(PlanState.APPROVED), str(PlanState.AMENDED)]) | Q(decided_at__isnull=False),
                name="planning_plan_approved_known",
            ),
            models.UniqueConstraint(fields=["organisation", "year", "kind", "number"], name="planning_plan_version"),
            models.UniqueConstraint(
                fields=["organisation", "year", "kind"],
                condition=Q(state=PlanState.APPROVED),
                name="planning_plan_one_approved",
            ),
        )
        indexes = (models.Index(fields=["-year", "-number", "-id"], name="planning_plan_list"),)

    def __str__(self) -> str:
        return self.title


class PlanLine(ScopedRow, Row):
    """What is to be taught, by whom, to how many, when and with whose money; amounts in whole đồng.

    `unit_vnd` is the cost of one class, the sum of `cost_items` (norm, text, quantity, rate_vnd) where they are listed.
    The money columns are đề nghị, thẩm định, được giao, đã chi, quyết toán. `performer` is the provider as written.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    place = models.IntegerField()
    year = models.IntegerField()
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    audience = models.CharField(max_length=300, blank=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", null=True)
    performer = models.CharField(max_length=200, blank=True)
    classes = models.IntegerField()
    persons = models.IntegerField()
    from_quarter = models.IntegerField(default=1)
    to_quarter = models.IntegerField(default=4)
    unit_vnd = models.BigIntegerField(default=0)
    cost_items = models.JSONField(default=list)
    requested_vnd = models.BigIntegerField()
    appraised_vnd = models.BigIntegerField(null=True)
    allotted_vnd = models.BigIntegerField(null=True)
    spent_vnd = models.BigIntegerField(null=True)
    settled_vnd = models.BigIntegerField(null=True)
    source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="+", null=True)
    integrated_with = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    locked = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(classes__gte=1, persons__gte=1), name="planning_planline_size"),
            models.CheckConstraint(
                condition=Q(from_quarter__gte=1, to_quarter__lte=4, from_quarter__lte=F("to_quarter")),
                name="planning_planline_quarters",
            ),
            models.CheckConstraint(condition=Q(requested_vnd__gte=0, unit_vnd__gte=0), name="planning_planline_money"),
            models.UniqueConstraint(fields=["plan", "place"], name="planning_planline_place"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.plan.organisation


class PlanLineNeed(ScopedRow, Row):
    """How many persons of a need a line trains."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("line__plan__organisation", "line__plan__finance")

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="lines")
    persons = models.IntegerField()

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(persons__gte=1), name="planning_planlineneed_persons"),
            models.UniqueConstraint(fields=["line", "need"], name="planning_planlineneed_once"),
        )

    def __str__(self) -> str:
        return f"{self.need} ({self.persons})"


class PlanLineRun(ScopedRow, Row):
    """A course run that carries out a line."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("line__plan__organisation", "line__plan__finance")

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="runs")
    run = models.OneToOneField(CourseRun, on_delete=models.PROTECT, related_name="+")
    linked_on = models.DateField(default=today)

    objects = ScopedManager()

    def __str__(self) -> str:
        return str(self.run)

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.line.plan.organisation


class PlanComment(ScopedRow, ImmutableRow):
    """What a department wrote on a plan: on its money, why it goes back, with the approval."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10)
    text = models.TextField()
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    author = models.CharField(max_length=120)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("kind", CommentKind, table="planning_plancomment"),)

    def __str__(self) -> str:
        return self.text[:60]


class PlanProposal(ScopedRow, Row):
    """What the optimiser makes of a plan: worth before and after, lines, persons left out; taken by a person or not.

    `basis` is the digest of the lines it started from. Value, bound and content are None until the job has ended well.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation",)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=64)
    before_value = models.FloatField(null=True)
    after_value = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    lines = models.JSONField(default=list)
    unmet = models.JSONField(default=list)
    problem_digest = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=now)
    asked_by = models.CharField(max_length=64)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (paired("adopted", table="planning_planproposal"),)

    def __str__(self) -> str:
        return f"{self.plan} {self.asked_at:%d/%m/%Y}"

    @property
    def organisation(self) -> Organisation:
        """The organisation that plans."""
        return self.plan.organisation
