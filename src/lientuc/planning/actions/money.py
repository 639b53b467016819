"""Sources and local rates, the finance department's comment, and money as it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import fold, tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import CommentKind
from ..models import FundingSource, LocalRate, Plan, PlanLine
from ..rules import money as rules
from ..rules import plans as plan_rules
from ..rules.money import RateDraft, SourceDraft
from ..rules.plans import Amounts
from ..writing import comment, locked_plan


@action("planning.add_source")
def add_source(*, draft: SourceDraft, by: Any, key: str = "") -> FundingSource:
    """Record a source of money with its decision, period, ceiling and what it may pay."""
    require(by, "planning.edit_plan", draft.organisation)
    refuse_if(rules.source_problems(draft, twice=_sources_like(draft).exists()))
    return FundingSource.objects.create(organisation=draft.organisation, **_source_fields(draft))


@action("planning.edit_source")
def edit_source(*, source: FundingSource, draft: SourceDraft, by: Any, key: str = "") -> FundingSource:
    """Correct a source; plans are measured against the new ceiling from now on."""
    require_row(by, "planning.edit_plan", source)
    require(by, "planning.edit_plan", draft.organisation)
    refuse_if(rules.source_problems(draft, twice=_sources_like(draft).exclude(pk=source.pk).exists()))
    for name, value in _source_fields(draft).items():
        setattr(source, name, value)
    source.organisation = draft.organisation
    source.save()
    return source


def _sources_like(draft: SourceDraft) -> Any:
    return FundingSource.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=draft.organisation, name_fold=fold(draft.name), from_on=draft.from_on
    )


def _source_fields(draft: SourceDraft) -> dict[str, Any]:
    return {
        "name": tidy(draft.name),
        "kind": draft.kind,
        "owner": tidy(draft.owner),
        "ceiling_vnd": draft.ceiling_vnd,
        "topics": list(draft.topics),
        "levels": list(draft.levels),
        "decision": tidy(draft.decision),
        "from_on": draft.from_on,
        "to_on": draft.to_on,
    }


@action("planning.add_rate")
def add_rate(*, draft: RateDraft, by: Any, key: str = "") -> LocalRate:
    """Record a local rate under the national ceiling with the decision it rests on."""
    require(by, "planning.edit_plan", draft.organisation)
    like = LocalRate.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=draft.organisation, norm=draft.norm, from_on=draft.from_on
    )
    refuse_if(rules.rate_problems(draft, twice=like.exists()))
    return LocalRate.objects.create(
        organisation=draft.organisation,
        norm=draft.norm,
        amount_vnd=draft.amount_vnd,
        decision=tidy(draft.decision),
        from_on=draft.from_on,
        to_on=draft.to_on,
    )


@action("planning.end_rate")
def end_rate(*, rate: LocalRate, to_on: date, by: Any, key: str = "") -> LocalRate:
    """Let a local rate end on a day."""
    require_row(by, "planning.edit_plan", rate)
    if to_on < rate.from_on:
        raise Refused(Problem("planning.period_wrong", "to_on"))
    rate.to_on = to_on
    rate.save(update_fields=["to_on"])
    return rate


@action("planning.review_money")
def review_money(*, plan: Plan, text: str, appraised: Mapping[str, int | None], by: Any, key: str = "") -> Plan:
    """The finance department's comment on a submitted plan, with the amounts it agrees to by line (public id)."""
    require_row(by, "planning.review_money", plan)
    plan = locked_plan(plan)
    refuse_if(plan_rules.why_not_comment(plan.state, text))
    lines = _lines_of(plan, appraised)
    if any(vnd is not None and vnd < 0 for vnd in appraised.values()):
        raise Refused(Problem("planning.money_negative"))
    for public_id, vnd in appraised.items():
        lines[public_id].appraised_vnd = vnd
    _rows().bulk_update(list(lines.values()), ["appraised_vnd"], batch_size=500)
    comment(plan, CommentKind.MONEY, text, by)
    return plan


@action("planning.record_spending")
def record_spending(*, plan: Plan, amounts: Mapping[str, Amounts], by: Any, key: str = "") -> Plan:
    """Record what was allotted, spent and settled on lines of an approved plan, by public id; its content stays."""
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(plan_rules.why_not_spend(plan.state, amounts))
    lines = _lines_of(plan, amounts)
    for public_id, row in amounts.items():
        line = lines[public_id]
        line.allotted_vnd, line.spent_vnd, line.settled_vnd = row.allotted_vnd, row.spent_vnd, row.settled_vnd
    _rows().bulk_update(list(lines.values()), ["allotted_vnd", "spent_vnd", "settled_vnd"], batch_size=500)
    return plan


def _lines_of(plan: Plan, named: Mapping[str, Any]) -> dict[str, PlanLine]:
    lines = {str(line.public_id): line for line in _rows().filter(plan=plan, public_id__in=list(named))}
    if set(lines) != set(named):
        raise Refused(Problem("planning.line_unknown"))
    return lines


def _rows() -> Any:
    return PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
