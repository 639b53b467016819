"""Keys, issued and spent ballots, and answers waiting under seal; nothing here leads from a person to answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.ids import new_public_id
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, one_of

from ..enums import BallotKind


class BallotBox(ScopedRow, Row):
    """What an anonymous wave signs and seals with; both secrets are destroyed when it closes.

    `code` stands in the address where answers are sent: the same for everybody of the wave. `destroyed` counts answers
    thrown away unread at closing because they were too few to hide anybody.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.OneToOneField("surveys.Wave", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    public_key = models.CharField(max_length=500)
    signing_key = models.BinaryField(null=True)
    sealing_key = models.BinaryField(null=True)
    cards_printed = models.IntegerField(default=0)
    destroyed = models.IntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(signing_key__isnull=True, sealing_key__isnull=True)
                | Q(signing_key__isnull=False, sealing_key__isnull=False),
                name="surveys_ballotbox_keys_together",
            ),
        )

    def __str__(self) -> str:
        return self.code


class IssuedBallot(ScopedRow):
    """An invitation has had its one ballot. `blinded` is the hash of the blinded message, which says nothing of the ballot."""

    mutable: ClassVar[bool] = False
    scope_organisations: ClassVar[tuple[str, ...]] = ("invitation__wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    invitation = models.OneToOneField("surveys.Invitation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    blinded = models.CharField(max_length=64, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", BallotKind, table="surveys_issuedballot"),
            models.CheckConstraint(
                condition=Q(kind="card", blinded="") | (Q(kind="browser") & ~Q(blinded="")),
                name="surveys_issuedballot_blinded_in_browser",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class PrintedBallot(ScopedRow):
    """The hash of a code on a printed card; who holds the card is not known here."""

    mutable: ClassVar[bool] = False
    scope_organisations: ClassVar[tuple[str, ...]] = ("box__wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)

    objects = ScopedManager()

    def __str__(self) -> str:
        return self.digest[:8]


class SpentBallot(ScopedRow):
    """A ballot that was cast, by its hash: it counts once. Nothing joins it to the answers it came with."""

    mutable: ClassVar[bool] = False
    scope_organisations: ClassVar[tuple[str, ...]] = ("box__wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["box", "digest"], name="surveys_spentballot_once"),)

    def __str__(self) -> str:
        return self.digest[:8]


class WaitingAnswers(ScopedRow):
    """One person's answers under seal until enough others wait; every packet has the same length."""

    mutable: ClassVar[bool] = True
    scope_organisations: ClassVar[tuple[str, ...]] = ("box__wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="+")
    packet = models.BinaryField()

    objects = ScopedManager()

    def __str__(self) -> str:
        return "***"
