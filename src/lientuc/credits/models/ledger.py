"""The ledger: credit entries that are never changed, their reversals, and the standings reckoned from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now, today
from lientuc.core.hours import hours
from lientuc.law import Certainty
from lientuc.law.credits import EntryFacts, Regime, Status, Unit
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import ImmutableRow, Row, one_of

from ..enums import EntrySource


class CreditEntry(ScopedRow, ImmutableRow):
    """One activity of one person, as it was recorded; what it counts is asked of the law each time, never stored.

    `organisation` answered for the record on that day. `form`, `role`, `level` are the law's codes, `units` lessons, half-days,
    documents … as the form's factor asks; `decided_quarters` (quarter hours) and `basis` are the decision of the provider's head.
    `certificate_key` is the number without spaces, marks and case; `participation_ref` the text of a `Ref` to the class attended.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation", "worker__keeper")
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user",)

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    activity_on = models.DateField()
    form = models.CharField(max_length=24)
    role = models.CharField(max_length=16)
    level = models.CharField(max_length=16, blank=True)
    units = models.DecimalField(max_digits=7, decimal_places=2)
    decided_quarters = models.IntegerField(null=True)
    basis = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    issuer = models.CharField(max_length=200, blank=True)
    certificate_number = models.CharField(max_length=80, blank=True)
    certificate_key = models.CharField(max_length=80, blank=True)
    participation_ref = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=16)
    recorded_on = models.DateField(default=today)
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("source", EntrySource, table="credits_creditentry"),
            models.CheckConstraint(condition=Q(units__gt=0), name="credits_creditentry_units"),
            models.CheckConstraint(
                condition=Q(decided_quarters__isnull=True) | Q(decided_quarters__gte=0) & ~Q(basis=""),
                name="credits_creditentry_decision_has_basis",
            ),
            models.CheckConstraint(
                condition=~Q(source=EntrySource.AWARD) | ~Q(participation_ref=""), name="credits_creditentry_award_of"
            ),
            models.UniqueConstraint(
                fields=["participation_ref"], condition=~Q(participation_ref=""), name="credits_creditentry_award_once"
            ),
        )
        indexes = (
            models.Index(fields=["worker", "activity_on"], name="credits_creditentry_of_worker"),
            models.Index(fields=["-activity_on", "-id"], name="credits_creditentry_list"),
            models.Index(
                fields=["worker", "certificate_key"],
                condition=~Q(certificate_key=""),
                name="credits_creditentry_proof",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_on:%d/%m/%Y} {self.title}"

    @property
    def facts(self) -> EntryFacts:
        """The entry as the law asks for it."""
        return EntryFacts(
            entry_id=str(self.public_id),
            activity_on=self.activity_on,
            form=self.form,
            role=self.role,
            level=self.level,
            units=self.units,
            decided_hours=None if self.decided_quarters is None else hours(self.decided_quarters),
            certificate_key=self.certificate_key,
        )


class Reversal(ScopedRow, ImmutableRow):
    """An entry taken out of the reckoning, with the reason; the entry itself stays to be seen."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("entry__organisation", "entry__worker__keeper")
    scope_self: ClassVar[tuple[str, ...]] = ("entry__worker__user",)

    entry = models.OneToOneField(CreditEntry, on_delete=models.PROTECT, related_name="reversal")
    reason = models.CharField(max_length=300)
    reversed_on = models.DateField(default=today)
    reversed_at = models.DateTimeField(default=now)
    reversed_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="credits_reversal_reason_given"),)

    def __str__(self) -> str:
        return f"{self.entry}: {self.reason}"

    @property
    def organisation(self) -> Organisation:
        """The organisation of the entry, for the audit row."""
        return self.entry.organisation


class StandingRow(ScopedRow, Row):
    """What `law.credits.standing` said of one canonical person on `on_date`: derived, written anew whenever something changes.

    Hours are whole quarter hours of `unit`; giờ tín chỉ and tiết never meet in one sum.
    """

    # Reckoned from other rows: it goes with the person when an import is undone (registry.intake.undoing).
    derived: ClassVar[bool] = True
    scope_organisations: ClassVar[tuple[str, ...]] = ("worker__keeper",)
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user",)

    worker = models.OneToOneField(HealthWorker, on_delete=models.PROTECT, related_name="+")
    on_date = models.DateField(db_index=True)
    regime = models.CharField(max_length=12)
    unit = models.CharField(max_length=12)
    required_quarters = models.IntegerField()
    counted_quarters = models.IntegerField()
    secondary_quarters = models.IntegerField()
    shortfall_quarters = models.IntegerField()
    yearly_floor_met = models.BooleanField()
    status = models.CharField(max_length=12)
    certainty = models.CharField(max_length=12)
    deadline_on = models.DateField(null=True)
    window_start_on = models.DateField(null=True)
    window_end_on = models.DateField(null=True)
    rule_set = models.CharField(max_length=80)
    refreshed_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("regime", Regime, table="credits_standingrow"),
            one_of("unit", Unit, table="credits_standingrow"),
            one_of("status", Status, table="credits_standingrow"),
            one_of("certainty", Certainty, table="credits_standingrow"),
            models.CheckConstraint(
                condition=Q(required_quarters__gte=0, counted_quarters__gte=0, shortfall_quarters__gte=0)
                & Q(secondary_quarters__gte=0, secondary_quarters__lte=models.F("counted_quarters")),
                name="credits_standingrow_hours",
            ),
        )
        indexes = (models.Index(fields=["status", "deadline_on"], name="credits_standingrow_due"),)

    def __str__(self) -> str:
        return f"{self.worker}: {self.status}"
