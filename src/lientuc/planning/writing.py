"""Rows of a plan as the actions write them: a plan under lock, a new version, a saved line as the draft it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped

from .enums import CommentKind, MoneyColumn, NormCode, PlanKind
from .models import MoneyEntry, Plan, PlanComment, PlanLine, PlanLineChange
from .phrases import LABELS
from .rules.lines import CostItem, LineDraft
from .rules.plans import PlanDraft, plan_problems
from .wording import InBoth


def locked_plan(plan: Plan) -> Plan:
    """The plan as it stands now, held until the transaction ends."""
    rows = Plan.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: Plan = rows.select_related("organisation", "finance").get(pk=plan.pk)
    return found


def new_plan(draft: PlanDraft, by: Any) -> Plan:
    """The first version of a plan; refused where there is one already."""
    refuse_if(plan_problems(draft))
    series = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=draft.organisation, year=draft.year, kind=draft.kind
    )
    if series.exists():
        label = LABELS[PlanKind][draft.kind]
        values = {"year": draft.year, "kind": InBoth(label.vi, label.en)}
        raise Refused(Problem("planning.plan_exists", "year", values))
    return Plan.objects.create(
        organisation=draft.organisation,
        finance=draft.finance,
        year=draft.year,
        kind=draft.kind,
        title=tidy(draft.title),
        made_by=str(by.public_id),
    )


def next_version(plan: Plan, by: Any) -> Plan:
    """An empty new version that follows `plan`."""
    series = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=plan.organisation, year=plan.year, kind=plan.kind
    )
    last: int = series.aggregate(last=Max("number"))["last"]
    return Plan.objects.create(
        organisation=plan.organisation,
        finance=plan.finance,
        year=plan.year,
        kind=plan.kind,
        number=last + 1,
        title=plan.title,
        previous=plan,
        made_by=str(by.public_id),
    )


def comment(plan: Plan, kind: CommentKind, text: str, by: Any, **more: Any) -> PlanComment:
    """Write a comment on a plan; `more` are its other fields."""
    return PlanComment.objects.create(
        plan=plan, kind=kind, text=text.strip(), made_by=str(by.public_id), author=by.full_name[:120], **more
    )


def money_entries(
    plan: Plan, rows: Iterable[tuple[PlanLine, MoneyColumn, int | None, str]], *, paper: str, by: Any
) -> None:
    """Keep who wrote which amount and why: line as it is now, column, the amount before, the reason."""
    MoneyEntry.objects.bulk_create(
        MoneyEntry(
            plan=plan,
            place=line.place,
            column=column,
            before_vnd=before,
            after_vnd=getattr(line, f"{column}_vnd"),
            paper=tidy(paper),
            reason=tidy(reason)[:500],
            made_by=str(by.public_id),
            author=by.full_name[:120],
        )
        for line, column, before, reason in rows
    )


def draft_of(line: PlanLine, *, year: int | None = None) -> LineDraft:
    """A saved line as a draft, of another year where one is named."""
    return LineDraft(
        title=line.title,
        topic=line.topic,
        classes=line.classes,
        persons=line.persons,
        year=line.year if year is None else year,
        from_quarter=line.from_quarter,
        to_quarter=line.to_quarter,
        audience=line.audience,
        provider=line.provider,
        performer=line.performer,
        items=items_of(line),
        requested_vnd=line.requested_vnd,
        source=line.source,
        integrated_with=line.integrated_with,
        reason=line.reason,
        note=line.note,
        locked=line.locked,
    )


def items_of(line: PlanLine) -> tuple[CostItem, ...]:
    """The cost items of a saved line."""
    return tuple(
        CostItem(NormCode(item["norm"]), item["quantity"], item["rate_vnd"], item.get("text", ""))
        for item in line.cost_items
    )


def write_lines(plan: Plan, drafts: Iterable[LineDraft]) -> list[PlanLine]:
    """Put lines at the end of a plan."""
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    gone = PlanLineChange.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    # Places are not used again, so that a removed line can come back to its own.
    last = max(found.aggregate(last=Max("place"))["last"] or 0 for found in (rows, gone))
    return PlanLine.objects.bulk_create(
        PlanLine(plan=plan, place=last + number, **line_fields(draft)) for number, draft in enumerate(drafts, start=1)
    )


def line_fields(draft: LineDraft) -> dict[str, Any]:
    """The columns of a line as its draft says."""
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
