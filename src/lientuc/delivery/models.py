"""Course runs and conferences, sessions, lecturers, participation, attendance, certificates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now
from lientuc.core.names import fold
from lientuc.curricula.models import CurriculumVersion
from lientuc.law.authority import Proof
from lientuc.law.credits import Regime, Unit
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired, period

from .enums import AttendanceState, EventKind, ParticipationRole, ParticipationState, RunKind, RunState


def _blank_or(field: str, codes: type[Proof] | type[Regime] | type[Unit], *, table: str) -> models.CheckConstraint:
    condition = Q(**{field: ""}) | Q(**{f"{field}__in": [str(code) for code in codes]})
    return models.CheckConstraint(condition=condition, name=f"{table}_{field}_known")


class CourseRun(ScopedRow, Row):
    """One class, conference or meeting of an organiser.

    `proofs` lists the codes of `law.authority.Proof` it means to issue. `min_attendance_percent` is taken from the version when the
    run is opened. `decided_quarters` are the hours the provider's head decided for a meeting (Circular 22/2013 Art. 6(6)).
    `plan_line` is the text of a `Ref` to the plan line the run carries out.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    curriculum_version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    title_fold = models.CharField(max_length=300, db_index=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=200)
    capacity = models.IntegerField()
    fee_vnd = models.BigIntegerField(default=0)
    fee_published_on = models.DateField(null=True)
    plan_published_on = models.DateField(null=True)
    proofs = models.JSONField(default=list)
    min_attendance_percent = models.IntegerField(default=0)
    decided_quarters = models.IntegerField(null=True)
    state = models.CharField(max_length=12, default=RunState.PLANNED)
    plan_line = models.CharField(max_length=120, blank=True, db_index=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=64, null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=64, null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", RunKind, table="delivery_courserun"),
            one_of("state", RunState, table="delivery_courserun"),
            paired("finished", table="delivery_courserun"),
            paired("cancelled", table="delivery_courserun"),
            period(table="delivery_courserun", first="starts_on", last="ends_on"),
            models.CheckConstraint(
                condition=~Q(kind=RunKind.CLASS) | Q(curriculum_version__isnull=False),
                name="delivery_courserun_class_has_version",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="delivery_courserun_capacity"),
            models.CheckConstraint(condition=Q(fee_vnd__gte=0), name="delivery_courserun_fee"),
            models.CheckConstraint(
                condition=Q(min_attendance_percent__gte=0, min_attendance_percent__lte=100),
                name="delivery_courserun_share_percent",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.FINISHED, finished_at__isnull=False)
                | (~Q(state=RunState.FINISHED) & Q(finished_at__isnull=True)),
                name="delivery_courserun_finished_known",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=RunState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="delivery_courserun_cancelled_known",
            ),
        )
        indexes = (models.Index(fields=["-starts_on", "-id"], name="delivery_courserun_list"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.title_fold = fold(self.title)
        super().save(*args, **kwargs)


class RunLecturer(ScopedRow, Row):
    """A lecturer of a run with what the law asks of lecturers, from inside or outside the register."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("run__organisation",)

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="lecturers")
    name = models.CharField(max_length=120)
    workplace = models.CharField(max_length=200, blank=True)
    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+", null=True)
    months_experience = models.IntegerField()
    clinical = models.BooleanField(default=False)
    licence_ok = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(months_experience__gte=0), name="delivery_runlecturer_months"),
            models.UniqueConstraint(
                fields=["run", "worker"], condition=Q(worker__isnull=False), name="delivery_runlecturer_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Session(ScopedRow, Row):
    """One half-day or lesson block of a run; `lessons_quarters` are tiết in whole quarter hours."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("run__organisation",)

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=200, blank=True)
    on_date = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    lessons_quarters = models.IntegerField()
    lecturer = models.ForeignKey(RunLecturer, on_delete=models.PROTECT, related_name="sessions", null=True)
    place = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="delivery_session_ends_after_starts"),
            models.CheckConstraint(condition=Q(lessons_quarters__gte=0), name="delivery_session_lessons"),
            models.UniqueConstraint(fields=["run", "on_date", "starts"], name="delivery_session_once"),
        )
        indexes = (models.Index(fields=["on_date"], name="delivery_session_day"),)

    def __str__(self) -> str:
        return f"{self.on_date:%d/%m/%Y} {self.starts:%H:%M}"


class Participation(ScopedRow, Row):
    """A person in a run; its hours are frozen once, by the law of the day the run ended (a trigger refuses a second time).

    `quarter_hours` are in `unit` (giờ tín chỉ or tiết); `rule_set`, `rule_reason`, `article`, `certainty` say by which reading.
    `reports` counts the reports a speaker gave.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("run__organisation", "worker__keeper", "sent_by")
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user",)

    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="participations")
    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, default=ParticipationRole.LEARNER)
    sent_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    reports = models.IntegerField(default=0)
    state = models.CharField(max_length=12, default=ParticipationState.ENROLLED)
    enrolled_at = models.DateTimeField(default=now)
    enrolled_by = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)
    sessions_held = models.IntegerField(null=True)
    sessions_attended = models.IntegerField(null=True)
    quarter_hours = models.IntegerField(null=True)
    unit = models.CharField(max_length=12, blank=True)
    regime = models.CharField(max_length=12, blank=True)
    rule_set = models.CharField(max_length=80, blank=True)
    rule_reason = models.CharField(max_length=24, blank=True)
    article = models.CharField(max_length=120, blank=True)
    certainty = models.CharField(max_length=12, blank=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("role", ParticipationRole, table="delivery_participation"),
            one_of("state", ParticipationState, table="delivery_participation"),
            _blank_or("unit", Unit, table="delivery_participation"),
            _blank_or("regime", Regime, table="delivery_participation"),
            paired("withdrawn", table="delivery_participation"),
            paired("frozen", table="delivery_participation"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, quarter_hours__isnull=True)
                | Q(frozen_at__isnull=False, quarter_hours__gte=0),
                name="delivery_participation_hours_frozen",
            ),
            models.UniqueConstraint(
                fields=["run", "worker", "role"],
                condition=~Q(state=ParticipationState.WITHDRAWN),
                name="delivery_participation_once",
            ),
        )
        indexes = (
            models.Index(fields=["run", "state"], name="delivery_participation_of_run"),
            models.Index(fields=["worker", "state"], name="delivery_participation_worker"),
        )

    def __str__(self) -> str:
        return f"{self.worker} – {self.run}"


class Attendance(ScopedRow, ImmutableRow):
    """Whether a person was at a session, as recorded at an instant; a correction is another row, the last one counts."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("session__run__organisation", "participation__worker__keeper")
    scope_self: ClassVar[tuple[str, ...]] = ("participation__worker__user",)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=8)
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("state", AttendanceState, table="delivery_attendance"),)
        indexes = (models.Index(fields=["session", "participation", "id"], name="delivery_attendance_last"),)

    def __str__(self) -> str:
        return f"{self.session}: {self.state}"


class CertificateSeries(Row):
    """The last number an issuer gave in a year; locked while numbers are taken."""

    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.IntegerField()
    last_serial = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "year"], name="delivery_certificateseries_once"),)

    def __str__(self) -> str:
        return f"{self.issuer} {self.year}: {self.last_serial}"


class Certificate(ScopedRow, ImmutableRow):
    """A proof that was issued: number, content and PDF stay as they were, whatever is renamed or redesigned later.

    `kind` is a code of `law.authority.Proof`; `content` is what was printed, as JSON; `edition` counts re-issues for one participation.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = (
        "participation__run__organisation",
        "participation__worker__keeper",
    )
    scope_self: ClassVar[tuple[str, ...]] = ("participation__worker__user",)

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    edition = models.IntegerField(default=1)
    year = models.IntegerField()
    serial = models.IntegerField()
    number = models.CharField(max_length=80)
    holder_fold = models.CharField(max_length=120, db_index=True)
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    verification_code = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(default=now)
    issued_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", Proof, table="delivery_certificate"),
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="delivery_certificate_number"),
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="delivery_certificate_serial"),
            models.UniqueConstraint(fields=["participation", "edition"], name="delivery_certificate_edition"),
        )
        indexes = (models.Index(fields=["-issued_on", "-id"], name="delivery_certificate_list"),)

    def __str__(self) -> str:
        return self.number


class CertificateEvent(ScopedRow, ImmutableRow):
    """A certificate was revoked, or superseded by another edition; each at most once."""

    scope_organisations: ClassVar[tuple[str, ...]] = tuple(
        f"certificate__{path}" for path in ("participation__run__organisation", "participation__worker__keeper")
    )
    scope_self: ClassVar[tuple[str, ...]] = ("certificate__participation__worker__user",)

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)
    on_date = models.DateField()
    successor = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", EventKind, table="delivery_certificateevent"),
            models.CheckConstraint(condition=~Q(reason=""), name="delivery_certificateevent_reason_given"),
            models.UniqueConstraint(fields=["certificate", "kind"], name="delivery_certificateevent_once"),
        )

    def __str__(self) -> str:
        return f"{self.certificate}: {self.kind}"
