"""Opinions on a plan with their answers, and who has been asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from lientuc.core.phrases import Phrase
from lientuc.places.scope import WhyUnscoped

from ..enums import CommentKind, Stance
from ..models import Plan, PlanComment, PlanParty
from ..phrases import LABELS
from ..submitting import asks_for_answer

_ASKED_ABOUT = (CommentKind.MONEY, CommentKind.RETURN, CommentKind.OPINION)


@dataclass(frozen=True)
class Opinion:
    """One comment that speaks of the plan's content, with the answer it got; `open` where one is still due."""

    comment: PlanComment
    author: str
    place: int | None
    paper: str
    answer: PlanComment | None

    @property
    def open(self) -> bool:
        """Whether an answer is due."""
        return self.answer is None and asks_for_answer(self.comment)

    @property
    def is_taken(self) -> bool:
        """Whether it was taken."""
        return self.answer is not None and self.answer.stance == Stance.TAKEN

    @property
    def made_at(self) -> datetime:
        """When it was written."""
        return self.comment.made_at

    def said(self, language: str) -> str:
        """Its text; agreement without a word is said in words."""
        agrees = Phrase("Thống nhất với dự thảo.", "Agrees with the draft.").in_language(language)
        return self.comment.text or agrees

    def answered(self, language: str) -> str:
        """The answer with its stance, empty where there is none."""
        if self.answer is None:
            return ""
        stance = LABELS[Stance][self.answer.stance].in_language(language)
        return f"{stance.capitalize()}: {self.answer.text}"


def opinions_on(plan: Plan) -> list[Opinion]:
    """Comments on the content of a plan, the oldest first, with their answers; two queries."""
    rows = PlanComment.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).select_related("party")
    comments = list(rows.order_by("pk"))
    answers = {row.about_id: row for row in comments if row.kind == CommentKind.ANSWER}
    return [
        Opinion(row, _author(row, plan), row.place, row.paper, answers.get(row.pk))
        for row in comments
        if row.kind in _ASKED_ABOUT
    ]


def _author(comment: PlanComment, plan: Plan) -> str:
    if comment.party is not None:
        return comment.party.name
    if comment.kind == CommentKind.MONEY and plan.finance is not None:
        return plan.finance.name
    return comment.author


def parties_of(plan: Plan) -> Sequence[Any]:
    """Who was asked, with how many opinions came and how many wish a change; one query."""
    rows = PlanParty.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    return list(
        rows.annotate(
            given=Count("comments"), wishes=Count("comments", filter=Q(comments__stance=Stance.CHANGE))
        ).order_by("name")
    )


def silent_parties(plan: Plan) -> list[str]:
    """Names of those who were asked and have not answered."""
    return [party.name for party in parties_of(plan) if not party.given]


def asked(by: Any) -> QuerySet[PlanParty]:
    """Plans on which somebody's organisation was asked, with how many opinions it has given."""
    rows: QuerySet[PlanParty] = PlanParty.objects.visible_to(by, "planning.give_opinion")
    return rows.select_related("plan__organisation", "organisation").annotate(given=Count("comments"))
