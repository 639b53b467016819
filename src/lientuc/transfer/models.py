"""Agreements by which one unit hands a technique to another, and what is seen of it months later."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lientuc.core.clock import now
from lientuc.directives.models import Barrier
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import Technique
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired

from .enums import AgreementState
from .rules import FOLLOW_UP_MONTHS


class TransferAgreement(ScopedRow, Row):
    """A technique that `giver` teaches `receiver`; `persons` of the receiver are to master it by `due_on`.

    `prerequisites` says by code (equipment, staff, knowledge) what the receiver has, as last stated.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("giver", "receiver")

    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, default=AgreementState.DRAFT)
    prerequisites = models.JSONField(default=dict)
    topic_code = models.CharField(max_length=40, blank=True)
    persons = models.IntegerField()
    due_on = models.DateField()
    opened_at = models.DateTimeField(default=now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)
    handed_over_on = models.DateField(null=True)
    minutes_number = models.CharField(max_length=80, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", AgreementState, table="transfer_transferagreement"),
            paired("handed_over", table="transfer_transferagreement"),
            paired("ended", table="transfer_transferagreement"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="transfer_transferagreement_two_parties"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="transfer_transferagreement_persons"),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.ACTIVE) | Q(signed_on__isnull=False),
                name="transfer_transferagreement_active_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.HANDED_OVER)
                | Q(signed_on__isnull=False, handed_over_on__gte=F("signed_on"), handed_over_at__isnull=False),
                name="transfer_transferagreement_handed_over_on",
            ),
            models.UniqueConstraint(
                fields=["receiver", "technique"],
                condition=Q(state__in=[AgreementState.DRAFT, AgreementState.ACTIVE]),
                name="transfer_transferagreement_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.technique}: {self.receiver}"

    @property
    def organisation(self) -> Organisation:
        """The unit the technique is for."""
        return self.receiver


class FollowUp(ScopedRow, ImmutableRow):
    """Whether the receiver does the technique so many months after the hand-over; the last note of a month counts."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("agreement__giver", "agreement__receiver")

    agreement = models.ForeignKey(TransferAgreement, on_delete=models.PROTECT, related_name="follow_ups")
    month = models.IntegerField()
    observed_on = models.DateField()
    used = models.BooleanField()
    cases = models.IntegerField(default=0)
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField(default=now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(month__in=FOLLOW_UP_MONTHS), name="transfer_followup_month_known"),
            models.CheckConstraint(
                condition=Q(used=True, cases__gte=1) | Q(used=False, cases=0, barrier__isnull=False),
                name="transfer_followup_used_or_barrier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement} {self.month}"

    @property
    def organisation(self) -> Organisation:
        """The unit the technique is for."""
        return self.agreement.receiver
