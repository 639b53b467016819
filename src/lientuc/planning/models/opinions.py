"""Who is asked about a plan, and what was written on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.clock import now
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import ImmutableRow, Row, one_of

from ..enums import CommentKind, Stance
from .plans import Plan


class PlanParty(ScopedRow, Row):
    """A body asked for its opinion on a plan; one without an account has a name only and answers on paper."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    asked_at = models.DateTimeField(default=now)
    asked_by = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "name"], name="planning_planparty_once"),)

    def __str__(self) -> str:
        return self.name


class PlanComment(ScopedRow, ImmutableRow):
    """What was written on a plan: on its money, why it goes back, an opinion, the answer to it, with the approval.

    `place` is the line it speaks of, None for the whole plan; `about` the comment it answers; `paper` the letter it came in.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("plan__organisation", "plan__finance")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10)
    text = models.TextField()
    party = models.ForeignKey(PlanParty, on_delete=models.PROTECT, related_name="comments", null=True)
    place = models.IntegerField(null=True)
    about = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answers", null=True)
    stance = models.CharField(max_length=10, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=now)
    made_by = models.CharField(max_length=64)
    author = models.CharField(max_length=120)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("kind", CommentKind, table="planning_plancomment"),
            models.CheckConstraint(
                condition=Q(stance__in=["", *(str(stance) for stance in Stance)]),
                name="planning_plancomment_stance_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=CommentKind.ANSWER, about__isnull=False)
                | (~Q(kind=CommentKind.ANSWER) & Q(about__isnull=True)),
                name="planning_plancomment_answer_about",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
