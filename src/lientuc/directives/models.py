"""Directives with their tasks, duties of units, barriers and difficulties; the division of tasks comes from its folder."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.trail.rows import Row, one_of, paired

from .dividing.models import Receipt, Responsibility, ResponsibilityDecision
from .enums import DifficultyState, DutyKind, DutyState, Remover


class Directive(Row):
    """An official dispatch whose tasks the system states in its own words, with number, date and point."""

    number = models.CharField(max_length=60, unique=True)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=120)
    addressee_vi = models.CharField(max_length=200)
    addressee_en = models.CharField(max_length=200)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.number


class Task(Row):
    """One thing a directive asks for, by its point."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="tasks")
    point = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    text_vi = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)

    class Meta:
        constraints = (
            one_of("kind", DutyKind, table="directives_task"),
            models.UniqueConstraint(fields=["directive", "point"], name="directives_task_point"),
        )

    def __str__(self) -> str:
        return f"{self.directive} {self.point}"


class Duty(ScopedRow, Row):
    """A task as one organisation's duty; `subject` is the plan, report or appraisal that fulfilled it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="duties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    delegated_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="delegated", null=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=20, default=DutyState.OPEN)
    fulfilled_at = models.DateTimeField(null=True)
    fulfilled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    evidence = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=120, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", DutyState, table="directives_duty"),
            paired("fulfilled", table="directives_duty"),
            models.UniqueConstraint(fields=["task", "organisation"], name="directives_duty_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.task}"


class Barrier(Row):
    """One reason why training is not used at work, and who can remove it; the shared taxonomy."""

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    removable_by = models.CharField(max_length=12)
    paper_code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (one_of("removable_by", Remover, table="directives_barrier"),)

    def __str__(self) -> str:
        return self.name_vi


class Difficulty(ScopedRow, Row):
    """A difficulty a unit reports upward, and its answer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="difficulties", null=True)
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="+", null=True)
    text = models.TextField()
    state = models.CharField(max_length=10, default=DifficultyState.REPORTED)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", DifficultyState, table="directives_difficulty"),
            paired("answered", table="directives_difficulty"),
        )

    def __str__(self) -> str:
        return self.text[:60]


__all__ = (
    "Barrier",
    "Difficulty",
    "Directive",
    "Duty",
    "Receipt",
    "Responsibility",
    "ResponsibilityDecision",
    "Task",
)
