"""What one plan hands to the next: needs it did not meet, and the targets of several years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..book import PlanBook
from ..carrying import left_of
from ..enums import PlanKind, PlanState
from ..history import note_changes, saved_line
from ..linking import relink
from ..models import Plan, PlanTarget
from ..rules import plans as rules
from ..rules.plans import EDITABLE, PlanDraft
from ..rules.targets import TargetDraft, target_problems
from ..writing import locked_plan, new_plan, write_lines


@action("planning.carry_forward")
def carry_forward(*, plan: Plan, by: Any, key: str = "") -> Plan:
    """Put what an approved annual plan has not met into the draft of the next year, opened where there is none.

    A topic keeps title, performer, class size and cost of its line; pressed again it adds only what is not there yet.
    """
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    if plan.state != PlanState.APPROVED or plan.kind != PlanKind.ANNUAL:
        raise Refused(Problem("planning.carry_annual_only"))
    following = _following(plan, by)
    drafts = [each.draft for each in left_of(plan, following, PlanBook(following).sources) if each.draft is not None]
    if not drafts:
        raise Refused(Problem("planning.nothing_to_carry"))
    lines = write_lines(following, drafts)
    note_changes(following, [(line.place, None, saved_line(line)) for line in lines], by)
    relink(following)
    return following


def _following(plan: Plan, by: Any) -> Plan:
    series = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=plan.organisation, year=plan.year + 1, kind=plan.kind
    )
    found = series.filter(state__in=[str(state) for state in EDITABLE]).order_by("-number").first()
    if found is not None:
        return locked_plan(found)
    title = plan.title.replace(str(plan.year), str(plan.year + 1))
    draft = PlanDraft(plan.organisation, plan.year + 1, PlanKind.ANNUAL, title, plan.finance)
    return new_plan(draft, by)


@action("planning.set_targets")
def set_targets(*, plan: Plan, drafts: Sequence[TargetDraft], by: Any, key: str = "") -> Plan:
    """Write what a draft plan aims at, year by year, in place of what was there."""
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(rules.why_not_edit(plan.state))
    refuse_if(target_problems(drafts, rules.years_of(plan.kind, plan.year)))
    PlanTarget.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).delete()
    PlanTarget.objects.bulk_create(
        PlanTarget(plan=plan, name=tidy(row.name), unit=tidy(row.unit), year=row.year, value=row.value)
        for row in drafts
    )
    return plan
