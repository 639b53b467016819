"""Studies over survey waves, and the findings that go back into needs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.surveys.models import Wave
from lientuc.trail.rows import Row, one_of, paired

from .enums import FindingState, Route, Source, StudyPurpose


class Study(ScopedRow, Row):
    """One evaluation of training by an organisation; `about` are references to course runs."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    title_fold = models.CharField(max_length=300, db_index=True)
    purpose = models.CharField(max_length=12)
    question = models.TextField(blank=True)
    ethics_number = models.CharField(max_length=80, blank=True)
    about = models.JSONField(default=list)
    begun_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("purpose", StudyPurpose, table="evaluation_study"),
            models.CheckConstraint(
                condition=Q(purpose="management") | ~Q(ethics_number=""), name="evaluation_study_ethics_where_research"
            ),
        )
        indexes = (models.Index(fields=["-begun_on", "-id"], name="evaluation_study_list"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class StudyWave(ScopedRow, Row):
    """A survey wave of a study: whose answers it collects; `topic_code` where all its runs teach one topic."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("study__organisation",)

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="waves")
    wave = models.OneToOneField(Wave, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, default=Source.ALUMNI)
    topic_code = models.CharField(max_length=40, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("source", Source, table="evaluation_studywave"),)

    def __str__(self) -> str:
        return str(self.wave)


class Finding(ScopedRow, Row):
    """A barrier that people of one topic report, with how many of how many, and the level that can remove it.

    `barrier` is a code of the shared taxonomy. A person accepts or refuses it once, with a reason.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="findings")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    barrier = models.CharField(max_length=40)
    topic_code = models.CharField(max_length=40, blank=True)
    persons = models.IntegerField()
    main_persons = models.IntegerField()
    of_persons = models.IntegerField()
    routed_to = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default=FindingState.NOTED)
    reason = models.TextField(blank=True)
    noted_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("routed_to", Route, table="evaluation_finding"),
            one_of("state", FindingState, table="evaluation_finding"),
            paired("decided", table="evaluation_finding"),
            models.UniqueConstraint(fields=["wave", "barrier", "topic_code"], name="evaluation_finding_once"),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=models.F("of_persons"), main_persons__lte=models.F("persons")),
                name="evaluation_finding_persons_of_persons",
            ),
            models.CheckConstraint(
                condition=Q(state="noted", decided_at__isnull=True) | (~Q(state="noted") & Q(decided_at__isnull=False)),
                name="evaluation_finding_decided_whole",
            ),
        )
        indexes = (models.Index(fields=["routed_to", "state"], name="evaluation_finding_route"),)

    def __str__(self) -> str:
        return f"{self.barrier}: {self.persons}"


class ReportText(ScopedRow, Row):
    """What a person wrote for the report of a wave: a section, or the answer to a line of a checklist.

    Numbers stand in it as references to cells (`[T3.confident.agree]`), so that they follow the tables.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["wave", "section"], name="evaluation_reporttext_once"),)

    def __str__(self) -> str:
        return f"{self.wave}: {self.section}"
