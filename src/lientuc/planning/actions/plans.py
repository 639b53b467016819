"""The life of a plan: opened, submitted, returned, approved, amended by a new version."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.core.names import tidy
from lientuc.directives.actions import fulfil
from lientuc.directives.enums import DutyKind
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import CommentKind, MoneyColumn, NeedState, PlanState
from ..linking import relink
from ..models import MoneyEntry, Need, Plan, PlanLine, PlanLineNeed, PlanLineRun
from ..rules import plans as rules
from ..rules.plans import EDITABLE, PlanDraft
from ..submitting import submit_facts
from ..writing import comment, locked_plan, money_entries, new_plan, next_version

MONEY_THAT_WENT_OUT = ["allotted_vnd", "spent_vnd", "settled_vnd"]


@action("planning.open_plan")
def open_plan(*, draft: PlanDraft, by: Any, key: str = "") -> Plan:
    """Open an empty plan for a year or five."""
    require(by, "planning.edit_plan", draft.organisation)
    return new_plan(draft, by)


@action("planning.submit_plan")
def submit_plan(*, plan: Plan, by: Any, key: str = "") -> Plan:
    """Submit a plan; the organisation's duty to plan (dispatch, point 1d) is fulfilled by it."""
    require(by, "planning.submit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(rules.why_not_submit(plan.state, submit_facts(plan)))
    _note_requests(plan, by)
    plan.state = PlanState.SUBMITTED
    plan.submitted_at, plan.submitted_by = now(), str(by.public_id)
    plan.save(update_fields=["state", "submitted_at", "submitted_by"])
    fulfil(kind=DutyKind.PLAN, organisation=plan.organisation, on=today(), subject=plan.ref, by=by)
    return plan


def _note_requests(plan: Plan, by: Any) -> None:
    """Keep who asked for which amounts; a line whose amount did not change since the last time is not noted again."""
    entries = MoneyEntry.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan, column=MoneyColumn.REQUESTED)
    last = dict(entries.order_by("pk").values_list("place", "after_vnd"))
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by("place")
    changed = [line for line in lines if last.get(line.place) != line.requested_vnd]
    rows = [(line, MoneyColumn.REQUESTED, last.get(line.place), line.reason) for line in changed]
    money_entries(plan, rows, paper="", by=by)


@action("planning.return_plan")
def return_plan(*, plan: Plan, text: str, by: Any, key: str = "") -> Plan:
    """Send a submitted plan back with what is to be mended."""
    require(by, "planning.approve_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(rules.why_not_return(plan.state, text))
    comment(plan, CommentKind.RETURN, text, by)
    plan.state = PlanState.RETURNED
    plan.save(update_fields=["state"])
    return plan


@action("planning.approve_plan")
def approve_plan(
    *, plan: Plan, decided_on: date, by: Any, decision_number: str = "", text: str = "", key: str = ""
) -> Plan:
    """Approve a submitted plan; the version before it becomes history and its classes pass on, the linked needs are planned.

    The decision's number may stay blank until the clerk gives one.
    """
    require(by, "planning.approve_plan", plan.organisation)
    plan = locked_plan(plan)
    me = str(by.public_id)
    refuse_if(
        rules.why_not_approve(plan.state, submitted_by=plan.submitted_by, by=me, decided_on=decided_on, on=today())
    )
    if text.strip():
        comment(plan, CommentKind.APPROVAL, text, by)
    _retire_earlier(plan)
    plan.state, plan.decision_on, plan.decision_number = PlanState.APPROVED, decided_on, tidy(decision_number)
    plan.decided_at, plan.decided_by = now(), me
    plan.save(update_fields=["state", "decision_on", "decision_number", "decided_at", "decided_by"])
    # From here on triggers keep what the lines say.
    PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).update(frozen=True)
    _plan_needs(plan)
    return plan


def _retire_earlier(plan: Plan) -> None:
    series = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=plan.organisation, year=plan.year, kind=plan.kind, state=PlanState.APPROVED
    )
    for earlier in series:
        _pass_on(earlier, plan)
    series.update(state=PlanState.AMENDED)


def _pass_on(earlier: Plan, plan: Plan) -> None:
    """Classes and money that went out follow their line into the new version: a line keeps its place."""
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    now_at = {line.place: line for line in lines.filter(plan=plan)}
    before = {line.pk: line for line in lines.filter(plan=earlier) if line.place in now_at}
    for line in before.values():
        for name in MONEY_THAT_WENT_OUT:
            setattr(now_at[line.place], name, getattr(line, name))
    lines.bulk_update([now_at[line.place] for line in before.values()], MONEY_THAT_WENT_OUT, batch_size=500)
    links = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    passed = list(links.filter(line__in=list(before)))
    for link in passed:
        link.line = now_at[before[link.line_id].place]
    links.bulk_update(passed, ["line"], batch_size=500)


def _plan_needs(plan: Plan) -> None:
    """Needs with a line are planned; those only a replaced version had a line for are open again."""
    in_plan = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan__state=PlanState.APPROVED)
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        line__plan__organisation=plan.organisation, line__plan__year=plan.year, line__plan__kind=plan.kind
    )
    needs = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    needs.filter(state=NeedState.ACCEPTED, pk__in=links.filter(line__plan=plan).values("need")).update(
        state=NeedState.PLANNED
    )
    dropped = needs.filter(state=NeedState.PLANNED, pk__in=links.values("need"))
    dropped.exclude(pk__in=in_plan.values("need")).update(state=NeedState.ACCEPTED)


@action("planning.note_decision")
def note_decision(*, plan: Plan, decision_number: str, by: Any, key: str = "") -> Plan:
    """Enter the number the clerk gave to the decision that approved a plan."""
    require(by, "planning.approve_plan", plan.organisation)
    plan = locked_plan(plan)
    if plan.state not in {PlanState.APPROVED, PlanState.AMENDED}:
        refuse_if(rules.why_not_amend(plan.state, draft_open=False))
    plan.decision_number = tidy(decision_number)
    plan.save(update_fields=["decision_number"])
    return plan


@action("planning.amend_plan")
def amend_plan(*, plan: Plan, by: Any, key: str = "") -> Plan:
    """Begin a new version of an approved plan with its lines and what is known of their money; the approved one stands."""
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    open_states = [str(state) for state in (*EDITABLE, PlanState.SUBMITTED)]
    series = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=plan.organisation, year=plan.year, kind=plan.kind, state__in=open_states
    )
    refuse_if(rules.why_not_amend(plan.state, draft_open=series.exists()))
    version = next_version(plan, by)
    _copy_lines(plan, version)
    relink(version)
    return version


def _copy_lines(plan: Plan, version: Plan) -> None:
    rows = list(PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by("place"))
    names = [field.name for field in PlanLine._meta.concrete_fields if field.name not in {"id", "public_id", "plan"}]
    copies = []
    for row in rows:
        copy = PlanLine(plan=version, **{name: getattr(row, name) for name in names})
        copy.frozen = False
        copies.append(copy)
    PlanLine.objects.bulk_create(copies)
