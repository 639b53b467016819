"""Writes: a draft with its default, cells one by one and many at once, the signature, receipts, hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

from ..enums import DecisionState, DutyState, Part
from ..models import Duty
from . import queries, rules
from .defaults import two_level_model
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
    return _draft(organisation, tidy(title), on, by)


def _draft(organisation: Organisation, title: str, on: date, by: Any) -> ResponsibilityDecision:
    rows = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(organisation=organisation)
    last = rows.order_by("-number").first()
    previous = queries.decision_in_force(organisation, on) or last
    decision = ResponsibilityDecision.objects.create(
        organisation=organisation,
        number=(last.number if last else 0) + 1,
        title=title,
        previous=previous,
        made_by=str(by.public_id),
    )
    copied = _copies(previous, decision) if previous else []
    Responsibility.objects.bulk_create([*copied, *_defaults(decision, copied)], batch_size=2000)
    return decision


def _copies(previous: ResponsibilityDecision, decision: ResponsibilityDecision) -> list[Responsibility]:
    rows = Responsibility.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(decision=previous).order_by("pk")
    live = rows.filter(organisation__to_on__isnull=True, area__to_on__isnull=True)
    return [
        Responsibility(
            decision=decision,
            function_id=row.function_id,
            area_id=row.area_id,
            level=row.level,
            organisation_id=row.organisation_id,
            part=row.part,
        )
        for row in live
    ]


def _defaults(decision: ResponsibilityDecision, known: Iterable[Responsibility]) -> list[Responsibility]:
    """The two-level model for every function of every area that has no cell."""
    ground = queries.ground_of(decision.organisation)
    taken = {(cell.function_id, cell.area_id) for cell in known}
    functions, areas = {row.pk: row for row in ground.functions}, {row.pk: row for row in ground.areas}
    return [
        cell
        for function, area in ground.pairs
        if (function, area) not in taken
        for cell in _of_model(decision, functions[function], areas[area], ground.near[area])
    ]


def _of_model(
    decision: ResponsibilityDecision, function: UnitFunction, area: Organisation, near: Sequence[Organisation]
) -> list[Responsibility]:
    parts = two_level_model().shares[function.organisation_kind].parts
    return [_cell(decision, function.pk, area.pk, unit, parts[unit.kind]) for unit in near if unit.kind in parts]


def _cell(decision: ResponsibilityDecision, function: int, area: int, unit: Organisation, part: Part) -> Responsibility:
    return Responsibility(
        decision=decision,
        function_id=function,
        area_id=area,
        level=two_level_model().tier(unit.kind),
        organisation=unit,
        part=part,
    )


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
    cells = [_cell(decision, function.pk, area.pk, unit, part) for unit, part in parts.items()]
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
        cells = [_cell(decision, f, a, unit, part) for f, a in sorted(wanted) for unit in units[a]]
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


@action("directives.hand_over")
def hand_over(*, predecessor: Organisation, successor: Organisation, on: date, by: Any) -> Organisation:
    """Pass an organisation's open duties and responsibilities to its successor on a reorganisation.

    A signed decision is never edited: its issuer gets a draft in which the successor stands where the predecessor stood, to be
    signed. `queries.held_by` lists beforehand what is passed on.
    """
    require(by, "registry.edit_organisations", predecessor)
    _pass_duties(predecessor, successor)
    signed = queries.in_force_cells(predecessor, on).order_by().values("decision__organisation")
    for issuer in Organisation.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=signed).order_by("pk"):
        drafts = ResponsibilityDecision.objects.unscoped(WhyUnscoped.RULE).filter(organisation=issuer)
        if not drafts.filter(state=DecisionState.DRAFT).exists():
            current = queries.decision_in_force(issuer, on)
            _draft(issuer, current.title if current else str(issuer), on, by)
    _replace(predecessor, successor)
    return successor


def _pass_duties(predecessor: Organisation, successor: Organisation) -> None:
    rows = Duty.objects.unscoped(WhyUnscoped.RULE).filter(organisation=predecessor, state=DutyState.OPEN)
    passed = list(rows.select_for_update().order_by("pk"))
    Duty.objects.bulk_create(
        (Duty(task_id=row.task_id, organisation=successor, due_on=row.due_on, delegated_from=row) for row in passed),
        ignore_conflicts=True,
    )
    rows.filter(pk__in=[row.pk for row in passed]).update(state=DutyState.HANDED_OVER)


def _replace(predecessor: Organisation, successor: Organisation) -> None:
    """In every draft the successor takes the predecessor's place; where both stood, the stronger part stays."""
    rows = Responsibility.objects.unscoped(WhyUnscoped.RULE).filter(decision__state=DecisionState.DRAFT)
    strength = list(Part)
    for field in ("area", "organisation"):
        for cell in rows.filter(**{field: predecessor}).order_by("pk"):
            other = "organisation" if field == "area" else "area"
            place = {
                "decision": cell.decision_id,
                "function": cell.function_id,
                f"{other}_id": getattr(cell, f"{other}_id"),
            }
            there = rows.filter(**place, **{field: successor}).first()
            if there is None:
                setattr(cell, field, successor)
                if field == "organisation":
                    cell.level = two_level_model().tier(successor.kind)
                cell.save(update_fields=[field, "level"])
                continue
            there.part = min(there.part, cell.part, key=lambda part: strength.index(Part(part)))
            there.save(update_fields=["part"])
            cell.delete()
