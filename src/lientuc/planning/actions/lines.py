"""A plan's lines: added, edited, taken from a paste, copied from another plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Max

from lientuc.accounts.permissions import require, require_row
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..book import PlanBook
from ..linking import relink
from ..models import FundingSource, Plan, PlanLine, PlanLineRun
from ..rules import plans as plan_rules
from ..rules.lines import CostItem, LineDraft, line_problems
from ..rules.plans import PlanDraft
from ..writing import draft_of, locked_plan, new_plan


@action("planning.add_line")
def add_line(*, plan: Plan, draft: LineDraft, by: Any, key: str = "") -> PlanLine:
    """Add one line at the end of a draft or returned plan."""
    plan = _editable(plan, by)
    refuse_if(line_problems(draft, PlanBook(plan).facts(draft)))
    (line,) = _write(plan, [draft])
    relink(plan)
    return line


@action("planning.edit_line")
def edit_line(*, line: PlanLine, draft: LineDraft, by: Any, key: str = "") -> PlanLine:
    """Replace a line's content; its place, money already appraised and classes stay."""
    require_row(by, "planning.edit_plan", line)
    plan = _editable(line.plan, by)
    refuse_if(line_problems(draft, PlanBook(plan).facts(draft, instead_of=line)))
    for name, value in _fields(draft).items():
        setattr(line, name, value)
    line.save()
    relink(plan)
    return line


@action("planning.remove_line")
def remove_line(*, line: PlanLine, by: Any, key: str = "") -> Plan:
    """Take a line out of a draft or returned plan; one with classes stays."""
    require_row(by, "planning.edit_plan", line)
    plan = _editable(line.plan, by)
    # The classes of an approved version follow the line at the same place.
    if (
        PlanLineRun.objects.unscoped(WhyUnscoped.RULE)
        .filter(line__plan=plan.previous_id, line__place=line.place)
        .exists()
    ):
        raise Refused(Problem("planning.line_has_runs"))
    PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=line.pk).delete()
    relink(plan)
    return plan


@action("planning.take_lines")
def take_lines(*, plan: Plan, drafts: Sequence[LineDraft], by: Any, key: str = "") -> Plan:
    """Add many lines at once, all or none, each measured against those before it."""
    plan = _editable(plan, by)
    refuse_if(_problems_of_all(plan, drafts))
    _write(plan, drafts)
    relink(plan)
    return plan


def _problems_of_all(plan: Plan, drafts: Sequence[LineDraft]) -> Iterable[Problem]:
    book = PlanBook(plan)
    for draft in drafts:
        yield from line_problems(draft, book.facts(draft))
        book.take(draft)


@action("planning.copy_plan")
def copy_plan(*, previous: Plan, draft: PlanDraft, by: Any, key: str = "") -> Plan:
    """Open a plan for another year with the lines of an earlier one; sources that have ended are left blank."""
    require_row(by, "planning.view_plans", previous)
    require(by, "planning.edit_plan", draft.organisation)
    plan = new_plan(draft, by)
    usable = PlanBook(plan).sources
    shift = draft.year - previous.year
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=previous).order_by("place")
    drafts = [draft_of(line, year=line.year + shift) for line in rows.select_related("topic", "provider", "source")]
    inside = [each for each in drafts if each.year in plan_rules.years_of(draft.kind, draft.year)]
    _write(plan, [_with_usable_source(each, usable) for each in inside])
    relink(plan)
    return plan


def _with_usable_source(draft: LineDraft, usable: dict[int, FundingSource]) -> LineDraft:
    return draft if draft.source and draft.source.pk in usable else replace(draft, source=None)


def _editable(plan: Plan, by: Any) -> Plan:
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(plan_rules.why_not_edit(plan.state))
    return plan


def _write(plan: Plan, drafts: Iterable[LineDraft]) -> list[PlanLine]:
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    last = rows.aggregate(last=Max("place"))["last"] or 0
    return PlanLine.objects.bulk_create(
        PlanLine(plan=plan, place=last + number, **_fields(draft)) for number, draft in enumerate(drafts, start=1)
    )


def _fields(draft: LineDraft) -> dict[str, Any]:
    return {
        "year": draft.year,
        "topic": draft.topic,
        "title": tidy(draft.title),
        "audience": tidy(draft.audience),
        "provider": draft.provider,
        "performer": tidy(draft.performer),
        "classes": draft.classes,
        "persons": draft.persons,
        "from_quarter": draft.from_quarter,
        "to_quarter": draft.to_quarter,
        "unit_vnd": draft.unit_vnd,
        "cost_items": [_item(item) for item in draft.items],
        "requested_vnd": draft.total_vnd,
        "source": draft.source,
        "integrated_with": tidy(draft.integrated_with),
        "reason": tidy(draft.reason),
        "note": tidy(draft.note),
        "locked": draft.locked,
    }


def _item(item: CostItem) -> dict[str, Any]:
    return {"norm": item.norm.value, "quantity": item.quantity, "rate_vnd": item.rate_vnd, "text": tidy(item.text)}
