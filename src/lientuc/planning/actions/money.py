"""Sources and local rates, the finance department's comment, and money as it goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import fold, tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import CommentKind, MoneyColumn
from ..models import FundingSource, LocalRate, Plan, PlanLine
from ..rules import money as rules
from ..rules import plans as plan_rules
from ..rules.money import RateDraft, SourceDraft
from ..rules.plans import Amounts
from ..writing import comment, locked_plan, money_entries

SPENDING = (MoneyColumn.ALLOTTED, MoneyColumn.SPENT, MoneyColumn.SETTLED)


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
        "areas": list(draft.areas),
        "indicator": tidy(draft.indicator),
        "authority": tidy(draft.authority),
        "decision_on": draft.decision_on,
        "decision": tidy(draft.decision),
        "from_on": draft.from_on,
        "to_on": draft.to_on,
    }


@action("planning.close_source")
def close_source(*, source: FundingSource, reason: str, by: Any, key: str = "") -> FundingSource:
    """Close a source: it takes no more lines, those it has stay as they are."""
    require_row(by, "planning.edit_plan", source)
    refuse_if(rules.why_not_close(closed=source.closed_at is not None, reason=reason))
    source.closed_at, source.closed_by, source.close_reason = now(), str(by.public_id), tidy(reason)
    source.save(update_fields=["closed_at", "closed_by", "close_reason"])
    return source


@action("planning.add_rate")
def add_rate(*, draft: RateDraft, by: Any, key: str = "") -> LocalRate:
    """Record a local rate under the national ceiling with the decision it rests on."""
    require(by, "planning.edit_plan", draft.organisation)
    if draft.source is not None:
        require_row(by, "planning.edit_plan", draft.source)
    like = LocalRate.objects.unscoped(WhyUnscoped.RULE).filter(norm=draft.norm, from_on=draft.from_on)
    like = like.filter(source=draft.source) if draft.source else like.filter(organisation=draft.organisation)
    like = like.filter(source__isnull=draft.source is None)
    refuse_if(rules.rate_problems(draft, twice=like.exists()))
    return LocalRate.objects.create(
        organisation=draft.organisation,
        norm=draft.norm,
        amount_vnd=draft.amount_vnd,
        decision=tidy(draft.decision),
        decision_on=draft.decision_on,
        authority=tidy(draft.authority),
        source=draft.source,
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
def review_money(
    *,
    plan: Plan,
    text: str,
    appraised: Mapping[str, int | None],
    by: Any,
    comments: Mapping[str, str] | None = None,
    paper: str = "",
    key: str = "",
) -> Plan:
    """The finance department's comment on a submitted plan, with the amounts it agrees to and what it says by line (public id).

    An amount above the request needs a comment on its line.
    """
    require_row(by, "planning.review_money", plan)
    plan = locked_plan(plan)
    said = {key: note for key, note in (comments or {}).items() if note.strip()}
    refuse_if(plan_rules.why_not_comment(plan.state, text))
    lines = _lines_of(plan, {**appraised, **said})
    written = []
    for public_id, vnd in appraised.items():
        line, before = lines[public_id], lines[public_id].appraised_vnd
        line.appraised_vnd = vnd
        if vnd != before or public_id in said:
            written.append((line, MoneyColumn.APPRAISED, before, said.get(public_id, "")))
    _keep(plan, written, paper, by)
    comment(plan, CommentKind.MONEY, text, by, paper=tidy(paper))
    for public_id, note in said.items():
        comment(plan, CommentKind.MONEY, note, by, paper=tidy(paper), place=lines[public_id].place)
    return plan


@action("planning.record_spending")
def record_spending(*, plan: Plan, amounts: Mapping[str, Amounts], by: Any, paper: str = "", key: str = "") -> Plan:
    """Record what was allotted, spent and settled on lines of an approved plan, by public id, with the paper it rests on."""
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(plan_rules.why_not_spend(plan.state, amounts))
    lines = _lines_of(plan, amounts)
    written = []
    for public_id, row in amounts.items():
        line = lines[public_id]
        for column in SPENDING:
            before, after = getattr(line, f"{column}_vnd"), getattr(row, f"{column}_vnd")
            if before != after:
                setattr(line, f"{column}_vnd", after)
                written.append((line, column, before, row.reason))
    _keep(plan, written, paper, by)
    return plan


Written = tuple[PlanLine, MoneyColumn, int | None, str]


def _keep(plan: Plan, written: Sequence[Written], paper: str, by: Any) -> None:
    """Refuse what grew without a reason, then write lines and entries."""
    touched: dict[int, tuple[PlanLine, set[MoneyColumn], str]] = {}
    for line, column, _, reason in written:
        touched.setdefault(line.pk, (line, set(), reason))[1].add(column)
    refuse_if(
        problem
        for line, columns, reason in touched.values()
        for problem in rules.growth_problems(line.title, _money(line), columns, reason)
    )
    names = [f"{column}_vnd" for column in rules.CHAIN[1:]]
    _rows().bulk_update([line for line, _, _ in touched.values()], names, batch_size=500)
    money_entries(plan, written, paper=paper, by=by)


def _money(line: PlanLine) -> dict[MoneyColumn, int | None]:
    return {column: getattr(line, f"{column}_vnd") for column in rules.CHAIN}


def _lines_of(plan: Plan, named: Mapping[str, Any]) -> dict[str, PlanLine]:
    lines = {str(line.public_id): line for line in _rows().filter(plan=plan, public_id__in=list(named))}
    if set(lines) != set(named):
        raise Refused(Problem("planning.line_unknown"))
    return lines


def _rows() -> Any:
    return PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
