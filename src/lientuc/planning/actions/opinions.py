"""Who is asked about a plan, what they write, and what the planning office answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import CommentKind, PlanState, Stance
from ..models import Plan, PlanComment, PlanLine, PlanParty
from ..rules import plans as rules
from ..writing import comment, locked_plan

DECIDED = frozenset({PlanState.APPROVED, PlanState.AMENDED})


@action("planning.ask_parties")
def ask_parties(
    *,
    plan: Plan,
    organisations: Sequence[Organisation],
    by: Any,
    names: Sequence[str] = (),
    due_on: date | None = None,
    key: str = "",
) -> Plan:
    """Ask organisations, and bodies without an account by name, for their opinion; whoever was asked already stays asked."""
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    if plan.state in DECIDED:
        raise Refused(Problem("planning.plan_wrong_state"))
    wanted: dict[str, Organisation | None] = {tidy(name): None for name in names if name.strip()}
    wanted |= {row.name: row for row in organisations}
    if not wanted:
        raise Refused(Problem("planning.nobody_asked", "organisations"))
    known = set(_parties(plan).values_list("name", flat=True))
    PlanParty.objects.bulk_create(
        PlanParty(plan=plan, organisation=row, name=name[:200], due_on=due_on, asked_by=str(by.public_id))
        for name, row in wanted.items()
        if name not in known
    )
    return plan


@action("planning.give_opinion")
def give_opinion(
    *, party: PlanParty, stance: Stance, text: str, by: Any, place: int | None = None, key: str = ""
) -> PlanComment:
    """A party's opinion on a submitted plan or on one of its lines, written by itself."""
    require_row(by, "planning.give_opinion", party)
    return _opinion(party, stance, text, by, place, "")


@action("planning.note_opinion")
def note_opinion(
    *, party: PlanParty, stance: Stance, text: str, paper: str, by: Any, place: int | None = None, key: str = ""
) -> PlanComment:
    """An opinion that came on paper, entered by the planning office with the letter's number."""
    require(by, "planning.edit_plan", party.plan.organisation)
    if not paper.strip():
        raise Refused(Problem("planning.paper_missing", "paper"))
    return _opinion(party, stance, text, by, place, paper)


def _opinion(party: PlanParty, stance: Stance, text: str, by: Any, place: int | None, paper: str) -> PlanComment:
    plan = locked_plan(party.plan)
    refuse_if(rules.why_not_give_opinion(plan.state, text, stance))
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    if place is not None and not lines.filter(place=place).exists():
        raise Refused(Problem("planning.line_unknown", "place"))
    more = {"party": party, "stance": stance, "place": place, "paper": tidy(paper)}
    return comment(plan, CommentKind.OPINION, text, by, **more)


@action("planning.answer_comment")
def answer_comment(*, about: PlanComment, stance: Stance, text: str, by: Any, key: str = "") -> PlanComment:
    """The planning office's answer to a comment: taken, or explained why not."""
    require(by, "planning.edit_plan", about.plan.organisation)
    plan = locked_plan(about.plan)
    if plan.state in DECIDED:
        raise Refused(Problem("planning.plan_wrong_state"))
    answers = PlanComment.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(about=about)
    refuse_if(rules.why_not_answer(text, stance, answered=answers.exists()))
    return comment(plan, CommentKind.ANSWER, text, by, about=about, stance=stance, place=about.place)


def _parties(plan: Plan) -> Any:
    return PlanParty.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
