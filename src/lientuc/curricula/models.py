"""Topics, curricula and their frozen versions, councils, appraisals and opinions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lientuc.core.clock import now, today
from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired

from .enums import AppraisalState, CouncilLevel, CouncilRole, TopicFamily, Verdict, VersionState


class Topic(Row):
    """What a programme is about; `illustrative` until an official list is loaded."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    family = models.CharField(max_length=20)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (one_of("family", TopicFamily, table="curricula_topic"),)

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name_vi)
        super().save(*args, **kwargs)


class Curriculum(ScopedRow, Row):
    """A programme of one provider on one topic; what is taught stands in its versions.

    `regimes` lists the codes of `CreditRegime` the programme is meant for.
    """

    scope_assigned: ClassVar[tuple[str, ...]] = ("versions__appraisals__council__members__user",)
    scope_many: ClassVar[bool] = True

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    title_fold = models.CharField(max_length=300, db_index=True)
    regimes = models.JSONField(default=list)

    objects = ScopedManager()

    class Meta:
        indexes = (models.Index(fields=["title_fold", "id"], name="curricula_curriculum_list"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class CurriculumVersion(ScopedRow, Row):
    """One text of a curriculum; its content cannot change once it was submitted (a trigger says no too).

    Lessons are tiết in whole quarter hours. `credit_quarters` (giờ tín chỉ, regime P) and `lesson_quarters` (tiết, regime S)
    are what the law makes of them, None where the curriculum is not meant for that regime. `needs_survey` says where the needs
    survey of step 1 is. `min_attendance_percent` is the share of all sessions a learner must attend.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("curriculum__organisation",)
    scope_assigned: ClassVar[tuple[str, ...]] = ("appraisals__council__members__user",)
    scope_many: ClassVar[bool] = True
    CONTENT: ClassVar[tuple[str, ...]] = (
        "practice_gap",
        "objectives",
        "outcomes",
        "audience_titles",
        "theory_quarters",
        "practice_quarters",
        "credit_quarters",
        "lesson_quarters",
        "min_attendance_percent",
        "materials",
        "lecturer_requirements",
        "needs_survey",
    )

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=12, default=VersionState.DRAFT)
    practice_gap = models.TextField(blank=True)
    objectives = models.TextField()
    outcomes = models.TextField(blank=True)
    audience_titles = models.JSONField(default=list)
    theory_quarters = models.IntegerField()
    practice_quarters = models.IntegerField()
    credit_quarters = models.IntegerField(null=True)
    lesson_quarters = models.IntegerField(null=True)
    min_attendance_percent = models.IntegerField()
    materials = models.TextField(blank=True)
    lecturer_requirements = models.TextField(blank=True)
    needs_survey = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    review_due_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=64, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)
    decided_on = models.DateField(null=True)
    decision_number = models.CharField(max_length=80, blank=True)
    withdrawn_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", VersionState, table="curricula_curriculumversion"),
            paired("submitted", table="curricula_curriculumversion"),
            paired("decided", table="curricula_curriculumversion"),
            models.CheckConstraint(
                condition=Q(theory_quarters__gte=0, practice_quarters__gte=0),
                name="curricula_curriculumversion_lessons_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(min_attendance_percent__gte=0, min_attendance_percent__lte=100),
                name="curricula_curriculumversion_share_percent",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.APPROVED) | Q(decided_on__isnull=False, submitted_at__isnull=False),
                name="curricula_curriculumversion_approved_by_decision",
            ),
            models.UniqueConstraint(fields=["curriculum", "number"], name="curricula_curriculumversion_number"),
            models.UniqueConstraint(
                fields=["curriculum"],
                condition=Q(state__in=[str(VersionState.DRAFT), str(VersionState.SUBMITTED)]),
                name="curricula_curriculumversion_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.curriculum} ({self.number})"

    @property
    def total_quarters(self) -> int:
        """Lessons of theory and practice in quarter hours."""
        return self.theory_quarters + self.practice_quarters


class AppraisalCouncil(ScopedRow, Row):
    """A council convened by decision of an organisation to appraise curricula (Circular 22/2013 Art. 8)."""

    scope_assigned: ClassVar[tuple[str, ...]] = ("members__user",)
    scope_many: ClassVar[bool] = True

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=80)
    convened_on = models.DateField(default=today)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("level", CouncilLevel, table="curricula_appraisalcouncil"),)

    def __str__(self) -> str:
        return self.name


class CouncilMember(ScopedRow, Row):
    """A person's seat in a council."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("council__organisation",)
    scope_assigned: ClassVar[tuple[str, ...]] = ("user",)

    council = models.ForeignKey(AppraisalCouncil, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("role", CouncilRole, table="curricula_councilmember"),
            models.UniqueConstraint(fields=["council", "user"], name="curricula_councilmember_once"),
            models.UniqueConstraint(
                fields=["council"], condition=Q(role=CouncilRole.CHAIR), name="curricula_councilmember_one_chair"
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


class Appraisal(ScopedRow, Row):
    """One version before one council, from the day its file was complete to the decision."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("council__organisation", "version__curriculum__organisation")
    scope_assigned: ClassVar[tuple[str, ...]] = ("council__members__user",)
    scope_many: ClassVar[bool] = True

    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="appraisals")
    council = models.ForeignKey(AppraisalCouncil, on_delete=models.PROTECT, related_name="appraisals")
    received_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=AppraisalState.OPEN)
    reasons = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", AppraisalState, table="curricula_appraisal"),
            models.CheckConstraint(
                condition=~Q(state__in=[str(AppraisalState.RETURNED), str(AppraisalState.REFUSED)]) | ~Q(reasons=""),
                name="curricula_appraisal_reasons_given",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=~Q(state=AppraisalState.WITHDRAWN),
                name="curricula_appraisal_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.version)


class Opinion(ScopedRow, ImmutableRow):
    """A member's opinion sheet; with a declared conflict of interest it is kept but not counted."""

    scope_organisations: ClassVar[tuple[str, ...]] = (
        "appraisal__council__organisation",
        "appraisal__version__curriculum__organisation",
    )
    scope_assigned: ClassVar[tuple[str, ...]] = ("member__user",)

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="opinions")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(max_length=8)
    comment = models.TextField(blank=True)
    conflict = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(default=now)
    given_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("verdict", Verdict, table="curricula_opinion"),
            models.UniqueConstraint(fields=["appraisal", "member"], name="curricula_opinion_once"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.verdict}"
