"""Calls for needs: opened, answered with nothing, reminded of, closed."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..models import Need, NeedsCall, NeedsCallUnit
from ..rules import calls as rules
from ..rules.calls import CallDraft


@action("planning.open_call")
def open_call(*, draft: CallDraft, by: Any, key: str = "") -> NeedsCall:
    """Ask units below for their training needs."""
    require(by, "planning.accept_need", draft.organisation)
    refuse_if(rules.call_problems(draft, today()))
    call = NeedsCall.objects.create(
        organisation=draft.organisation,
        title=tidy(draft.title),
        text=draft.text.strip(),
        due_on=draft.due_on,
        opened_by=str(by.public_id),
    )
    NeedsCallUnit.objects.bulk_create(NeedsCallUnit(call=call, organisation=unit) for unit in draft.units)
    return call


@action("planning.answer_call")
def answer_call(*, asked: NeedsCallUnit, by: Any, key: str = "") -> NeedsCallUnit:
    """A unit says it has nothing (more) to ask for; raising a need answers a call by itself."""
    require_row(by, "planning.raise_need", asked)
    refuse_if(rules.why_not_answer(asked.call.closed_at))
    raised = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=asked.call, organisation=asked.organisation)
    asked.answered_at, asked.answered_by = now(), str(by.public_id)
    asked.nothing = not raised.exists()
    asked.save(update_fields=["answered_at", "answered_by", "nothing"])
    return asked


@action("planning.remind_units")
def remind_units(*, call: NeedsCall, by: Any, key: str = "") -> NeedsCall:
    """Note that the units that have not answered were reminded today."""
    require_row(by, "planning.accept_need", call)
    refuse_if(rules.why_not_answer(call.closed_at))
    waiting = NeedsCallUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=call, answered_at__isnull=True)
    waiting.update(reminded_on=today())
    return call


@action("planning.close_call")
def close_call(*, call: NeedsCall, by: Any, key: str = "") -> NeedsCall:
    """Close a call: what units need later they raise on their own."""
    require_row(by, "planning.accept_need", call)
    found: NeedsCall = NeedsCall.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update().get(pk=call.pk)
    refuse_if([] if found.closed_at is None else [Problem("planning.call_closed")])
    found.closed_at, found.closed_by = now(), str(by.public_id)
    found.save(update_fields=["closed_at", "closed_by"])
    return found
