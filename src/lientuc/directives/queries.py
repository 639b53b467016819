"""Reads: directives with how far their duties are, duties of units, difficulties."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from .enums import DutyState
from .models import Difficulty, Directive, Duty, Task

VIEW = "directives.view_directives"


def duties(by: Any) -> QuerySet[Duty]:
    """The duties `by` may see, open ones first."""
    rows = Duty.objects.visible_to(by, VIEW).select_related("task__directive", "organisation", "fulfilled_by")
    return rows.order_by("-state", "due_on", "task__directive__issued_on", "task__point", "organisation__name_fold")


def tasks(by: Any, directive: Directive) -> QuerySet[Task]:
    """The tasks of a directive with `units` and `done` among the duties `by` may see."""
    seen = Duty.objects.visible_to(by, VIEW).filter(task=OuterRef("pk")).order_by().values("task")
    units = seen.annotate(n=Count("pk")).values("n")
    done = seen.annotate(n=Count("pk", filter=Q(state=DutyState.FULFILLED))).values("n")
    return directive.tasks.annotate(units=Subquery(units), done=Subquery(done)).order_by("point")


def difficulties(by: Any) -> QuerySet[Difficulty]:
    """The difficulties `by` may see, unanswered and oldest first."""
    rows = Difficulty.objects.visible_to(by, VIEW).select_related("organisation", "task", "barrier", "answered_by")
    return rows.order_by("-state", "reported_at", "pk")
