"""What people hand in themselves, with the evidence: it enters the ledger only once the office has looked at it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.core.hours import hours
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import Row, one_of, paired

from ..enums import ClaimState, SampleRule
from ..rules import EntryDraft
from .ledger import CreditEntry


class ClaimSample(ScopedRow, Row):
    """One drawing from the claims that waited: which are compared with the paper, by a rule anybody can repeat.

    `step` is the k of every k-th claim, or the percent of a random draw; `seed` makes the random draw repeatable;
    `waiting` were in the queue, `drawn` of them are checked.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=12)
    step = models.IntegerField()
    seed = models.IntegerField(default=0)
    waiting = models.IntegerField()
    drawn = models.IntegerField()
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("rule", SampleRule, table="credits_claimsample"),
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=100), name="credits_claimsample_step"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.step}"


class Claim(ScopedRow, Row):
    """One activity a person says they took part in; `entry` is what it became once accepted.

    The describing columns are those of `CreditEntry`. `abroad` marks a course abroad, which waits for the decision that
    recognises it (`recognition_number`, `recognised_on`, `recognised_by`: the authority). `reason` is why it was returned or refused.
    `drawn` says whether `sample` picked it for comparison with the paper.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("worker__keeper",)
    scope_self: ClassVar[tuple[str, ...]] = ("worker__user",)

    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+")
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
    abroad = models.BooleanField(default=False)
    recognition_number = models.CharField(max_length=80, blank=True)
    recognised_on = models.DateField(null=True)
    recognised_by = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, default=ClaimState.SUBMITTED)
    reason = models.CharField(max_length=300, blank=True)
    sample = models.ForeignKey(ClaimSample, on_delete=models.PROTECT, related_name="claims", null=True)
    drawn = models.BooleanField(default=False)
    entry = models.OneToOneField(CreditEntry, on_delete=models.PROTECT, related_name="claim", null=True)
    submitted_at = models.DateTimeField(default=now)
    submitted_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", ClaimState, table="credits_claim"),
            paired("decided", table="credits_claim"),
            models.CheckConstraint(condition=Q(units__gt=0), name="credits_claim_units"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.ACCEPTED, entry__isnull=False)
                | ~Q(state=ClaimState.ACCEPTED) & Q(entry__isnull=True),
                name="credits_claim_accepted_has_entry",
            ),
            models.CheckConstraint(
                condition=Q(recognition_number="", recognised_on__isnull=True, recognised_by="")
                | ~Q(recognition_number="") & Q(recognised_on__isnull=False) & ~Q(recognised_by=""),
                name="credits_claim_recognition_whole",
            ),
        )
        indexes = (models.Index(fields=["state", "submitted_at", "id"], name="credits_claim_queue"),)

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Organisation:
        """The unit that answers for the person's record, and so for the check."""
        return self.worker.keeper

    @property
    def recognised(self) -> bool:
        """Whether nothing is missing for a course abroad."""
        return not self.abroad or self.recognised_on is not None

    @property
    def recognition(self) -> str:
        """The decision in one line, as the basis of the entry; empty where there is none."""
        if self.recognised_on is None:
            return ""
        return f"{self.recognition_number}, {self.recognised_on:%d/%m/%Y}, {self.recognised_by}"

    @property
    def draft(self) -> EntryDraft:
        """What it would be in the ledger."""
        return EntryDraft(
            worker=self.worker.public_id,
            activity_on=self.activity_on,
            form=self.form,
            role=self.role,
            level=self.level,
            units=self.units,
            decided_hours=None if self.decided_quarters is None else hours(self.decided_quarters),
            basis=self.basis or self.recognition,
            title=self.title,
            issuer=self.issuer,
            certificate_number=self.certificate_number,
        )
