"""Calls for needs: those an office runs, those a unit must answer, the board of who has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped

from ..enums import AnswerState
from ..models import Need, NeedsCall, NeedsCallUnit

RUN, ANSWER = "planning.accept_need", "planning.raise_need"


@dataclass(frozen=True)
class Response:
    """How many units of a call answered, of how many, and how many of them need nothing."""

    asked: int
    answered: int
    nothing: int

    @property
    def waiting(self) -> int:
        """Units that have not answered."""
        return self.asked - self.answered


def calls(by: Any) -> QuerySet[NeedsCall]:
    """The calls `by` runs, with `asked` and `answered` units."""
    rows: QuerySet[NeedsCall] = NeedsCall.objects.visible_to(by, RUN).select_related("organisation")
    units = NeedsCallUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=OuterRef("pk")).order_by()
    asked = units.values("call").annotate(n=Count("pk")).values("n")
    answered = units.values("call").annotate(n=Count("pk", filter=Q(answered_at__isnull=False))).values("n")
    return rows.annotate(asked=Subquery(asked), answered=Subquery(answered))


def asked_of(by: Any) -> QuerySet[NeedsCallUnit]:
    """The calls that units of `by` are asked in, open ones first."""
    rows: QuerySet[NeedsCallUnit] = NeedsCallUnit.objects.visible_to(by, ANSWER)
    return rows.select_related("call__organisation", "organisation").order_by("call__due_on", "pk")


def waiting(by: Any) -> int:
    """How many open calls wait for an answer of units of `by`; one query."""
    rows = NeedsCallUnit.objects.visible_to(by, ANSWER)
    found: int = rows.filter(answered_at__isnull=True, call__closed_at__isnull=True).count()
    return found


def response_of(call: NeedsCall) -> Response:
    """Asked and answered units of a call; one query."""
    rows = NeedsCallUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=call)
    found = rows.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        nothing=Count("pk", filter=Q(nothing=True)),
    )
    return Response(**found)


def board(call: NeedsCall, *, text: str = "", answer: str = "") -> QuerySet[NeedsCallUnit]:
    """The units of a call with `needs`, the number they raised; narrowed."""
    raised = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=call, organisation=OuterRef("organisation"))
    counted = raised.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    rows: QuerySet[NeedsCallUnit] = NeedsCallUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=call)
    rows = rows.select_related("organisation").annotate(needs=Subquery(counted))
    if answer == AnswerState.WAITING:
        rows = rows.filter(answered_at__isnull=True)
    elif answer:
        rows = rows.filter(answered_at__isnull=False, nothing=answer == AnswerState.NOTHING)
    return rows.filter(organisation__name_fold__contains=fold(text)) if text.strip() else rows


def raised_in(asked: NeedsCallUnit) -> list[Need]:
    """What a unit has raised in a call; one query."""
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=asked.call, organisation=asked.organisation)
    return list(rows.select_related("topic").order_by("pk"))
