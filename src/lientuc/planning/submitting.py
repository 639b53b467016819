"""What stands between a plan and its submission, read for the rules."""

from __future__ import annotations

from collections.abc import Sequence

from lientuc.places.scope import WhyUnscoped

from .book import PlanBook
from .doubling import Doubled, doubled_in_plan, doubled_lines, outside_of
from .enums import CommentKind, PlanState, Stance
from .models import Plan, PlanComment
from .rules.plans import SubmitFacts


def submit_facts(plan: Plan, *, doubled: Sequence[Doubled] | None = None) -> SubmitFacts:
    """What submitting `plan` asks; `doubled` where the caller has read it already."""
    book = PlanBook(plan)
    silent = {line.pk: line.title for line in book.lines if not line.reason.strip()}
    twice = doubled_lines(doubled_in_plan(plan) if doubled is None else doubled, plan)
    outside = outside_of(book.lines, book.sources)
    return SubmitFacts(
        lines=len(book.lines),
        without_source=sum(line.source_id is None for line in book.lines),
        loads=book.loads(),
        outside=tuple(title for pk, title in silent.items() if pk in outside),
        doubled=tuple(title for pk, title in silent.items() if pk in twice),
        unanswered=len(unanswered(plan)) if plan.state == PlanState.RETURNED else 0,
    )


def unanswered(plan: Plan) -> Sequence[PlanComment]:
    """Comments that ask for a change and nobody has answered."""
    rows = PlanComment.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan, answers__isnull=True)
    return [row for row in rows.order_by("pk") if asks_for_answer(row)]


def asks_for_answer(comment: PlanComment) -> bool:
    """Whether a comment waits for an answer: a return, an opinion that wishes a change, money cut on a line."""
    if comment.kind == CommentKind.OPINION:
        return comment.stance == Stance.CHANGE
    return comment.kind == CommentKind.RETURN or (comment.kind == CommentKind.MONEY and comment.place is not None)
