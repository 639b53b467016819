"""A plan's lines: added, edited, taken from a paste, copied from another plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..book import PlanBook
from ..enums import PlanKind
from ..history import note_change, note_changes, restore, saved_line
from ..linking import relink
from ..models import FundingSource, Plan, PlanLine, PlanLineChange, PlanLineRun
from ..rules import plans as plan_rules
from ..rules.lines import LineDraft, line_problems
from ..rules.plans import PlanDraft
from ..writing import draft_of, line_fields, locked_plan, new_plan, write_lines


@action("planning.add_line")
def add_line(*, plan: Plan, draft: LineDraft, by: Any, key: str = "") -> PlanLine:
    """Add one line at the end of a draft or returned plan."""
    plan = _editable(plan, by)
    refuse_if(line_problems(draft, PlanBook(plan).facts(draft)))
    (line,) = write_lines(plan, [draft])
    note_change(plan, line.place, None, saved_line(line), by)
    relink(plan)
    return line


@action("planning.edit_line")
def edit_line(*, line: PlanLine, draft: LineDraft, by: Any, key: str = "") -> PlanLine:
    """Replace a line's content; its place, money already appraised and classes stay."""
    require_row(by, "planning.edit_plan", line)
    plan = _editable(line.plan, by)
    refuse_if(line_problems(draft, PlanBook(plan).facts(draft, instead_of=line)))
    before = saved_line(line)
    for name, value in line_fields(draft).items():
        setattr(line, name, value)
    line.save()
    note_change(plan, line.place, before, saved_line(line), by)
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
    note_change(plan, line.place, saved_line(line), None, by)
    PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=line.pk).delete()
    relink(plan)
    return plan


@action("planning.undo_change")
def undo_change(*, change: PlanLineChange, by: Any, key: str = "") -> Plan:
    """Take the last change of a line back: an added line goes, a removed one returns, an edited one reads as before."""
    require_row(by, "planning.edit_plan", change)
    plan = _editable(change.plan, by)
    line = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan, place=change.place).first()
    later = PlanLineChange.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        plan=plan, place=change.place, pk__gt=change.pk
    )
    refuse_if(plan_rules.why_not_undo(overtaken=later.exists(), as_left=saved_line(line) == change.after))
    restore(plan, change.place, line, change.before)
    note_change(plan, change.place, change.after, change.before, by, undoes=change)
    relink(plan)
    return plan


@action("planning.take_lines")
def take_lines(*, plan: Plan, drafts: Sequence[LineDraft], by: Any, key: str = "") -> Plan:
    """Add many lines at once, all or none, each measured against those before it."""
    plan = _editable(plan, by)
    refuse_if(_problems_of_all(plan, drafts))
    note_changes(plan, [(line.place, None, saved_line(line)) for line in write_lines(plan, drafts)], by)
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
    # A year of a longer plan is taken as it stands there; otherwise every line moves with the first year.
    whole = previous.kind == PlanKind.FIVE_YEAR and draft.kind == PlanKind.ANNUAL
    shift = 0 if whole else draft.year - previous.year
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=previous).order_by("place")
    drafts = [draft_of(line, year=line.year + shift) for line in rows.select_related("topic", "provider", "source")]
    inside = [each for each in drafts if each.year in plan_rules.years_of(draft.kind, draft.year)]
    write_lines(plan, [_with_usable_source(each, usable) for each in inside])
    relink(plan)
    return plan


def _with_usable_source(draft: LineDraft, usable: dict[int, FundingSource]) -> LineDraft:
    source = usable.get(draft.source.pk) if draft.source else None
    return draft if source and source.closed_at is None else replace(draft, source=None)


def _editable(plan: Plan, by: Any) -> Plan:
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(plan_rules.why_not_edit(plan.state))
    return plan
