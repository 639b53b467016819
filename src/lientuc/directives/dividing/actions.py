"""Writes: a draft with its default, cells one by one and many at once, the signature, receipts, hand-over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import UnitFunction
from lientuc.trail.record import action

from ..enums import DecisionState, Part
from . import queries, rules
from .drafting import cell_of, draft_of
from .models import Receipt, Responsibility, ResponsibilityDecision
from .rules import SignDraft

DIVIDE, CONFIRM = queries.DIVIDE, queries.CONFIRM


@action("directives.draft_division")
def draft_division(
    *, organisation: Organisation, title: str, on: date, by: Any, key: str = ""
) -> ResponsibilityDecision:
    """Begin a draft: a copy of the decision in force, completed by the two-level model where nobody has a part yet."""
    require(by, DIVIDE, organisation)
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(organisation=organisation)
    if rows.filter(state=DecisionState.DRAFT).exists():
        raise Refused(Problem("directives.draft_exists"))
    return draft_of(organisation, tidy(title), on, by)


@action("directives.set_responsibilities")
def set_responsibilities(
    *,
    decision: ResponsibilityDecision,
    function: UnitFunction,
    area: Organisation,
    parts: Mapping[Organisation, Part],
    by: Any,
    key: str = "",
) -> ResponsibilityDecision:
    """Say who has which part in one function of one area; organisations not named have none."""
    decision = _editable(decision, by)
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision)
    rows.filter(function=function, area=area).delete()
    cells = [cell_of(decision, function.pk, area.pk, unit, part) for unit, part in parts.items()]
    Responsibility.objects.bulk_create(cells)
    return decision


@action("directives.set_many")
def set_many(
    *,
    decision: ResponsibilityDecision,
    functions: Sequence[UnitFunction],
    areas: Sequence[Organisation],
    kind: str,
    part: Part | None,
    by: Any,
    key: str = "",
) -> ResponsibilityDecision:
    """Give the organisations of one kind near each area a part in functions, or take it from them (`part` None)."""
    decision = _editable(decision, by)
    ground = queries.ground_of(decision.organisation)
    wanted = {(f, a) for f, a in ground.pairs if f in {row.pk for row in functions} and a in {row.pk for row in areas}}
    units = {
        area.pk: [unit for unit in ground.near[area.pk] if unit.kind == kind]
        for area in areas
        if area.pk in ground.near
    }
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision)
    named = [unit.pk for found in units.values() for unit in found]
    rows.filter(function__in=functions, area__in=areas, organisation__in=named).delete()
    if part is not None:
        cells = [cell_of(decision, f, a, unit, part) for f, a in sorted(wanted) for unit in units[a]]
        Responsibility.objects.bulk_create(cells, batch_size=2000)
    return decision


def _editable(decision: ResponsibilityDecision, by: Any) -> ResponsibilityDecision:
    require(by, DIVIDE, decision.organisation)
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: ResponsibilityDecision = rows.select_related("organisation", "previous").get(pk=decision.pk)
    refuse_if(rules.why_not_edit(found.state))
    return found


@action("directives.sign_division")
def sign_division(
    *, decision: ResponsibilityDecision, draft: SignDraft, by: Any, key: str = ""
) -> ResponsibilityDecision:
    """Record that a draft was signed: it stands from now on, and the one before ends the day before it begins."""
    found = _editable(decision, by)
    before = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=found.organisation, state=DecisionState.SIGNED
    )
    last = before.order_by("-number").first()
    wrong = queries.faults_of(found, queries.ground_of(found.organisation))
    refuse_if(rules.why_not_sign(found.state, draft, wrong, last.from_on if last else None))
    before.update(state=DecisionState.REPLACED, to_on=draft.from_on - timedelta(days=1))
    found.state, found.decision_number = DecisionState.SIGNED, tidy(draft.decision_number)
    found.decided_on, found.from_on = draft.decided_on, draft.from_on
    found.signed_at, found.signed_by = now(), str(by.public_id)
    found.save()
    return found


@action("directives.number_division")
def number_division(*, decision: ResponsibilityDecision, number: str, by: Any, key: str = "") -> ResponsibilityDecision:
    """Note the number the clerk gave a signed decision; once."""
    require(by, DIVIDE, decision.organisation)
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update()
    found: ResponsibilityDecision = rows.get(pk=decision.pk)
    refuse_if(rules.why_not_number(found.state, found.decision_number, number))
    found.decision_number = tidy(number)
    found.save(update_fields=["decision_number"])
    return found


@action("directives.confirm_receipt")
def confirm_receipt(
    *, decision: ResponsibilityDecision, organisation: Organisation, by: Any, key: str = ""
) -> ResponsibilityDecision:
    """An organisation named in a signed decision confirms that it has received it."""
    require(by, CONFIRM, organisation)
    cells = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision)
    given = Receipt.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=decision, organisation=organisation)
    named = cells.filter(organisation=organisation).exists()
    refuse_if(rules.why_not_confirm(decision.state, named=named, confirmed=given.exists()))
    Receipt.objects.create(
        decision=decision, organisation=organisation, confirmed_by=str(by.public_id), name=by.full_name
    )
    return decision
