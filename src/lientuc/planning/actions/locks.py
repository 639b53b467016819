"""Locks that planners put on the classes of a line."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.errors import refuse_if
from lientuc.core.names import tidy
from lientuc.trail.record import action

from ..models import LineLock, PlanLine
from ..queries.scenarios import lock_facts
from ..rules import plans as rules
from ..rules.scenarios import LockDraft, lock_problems
from ..writing import locked_plan


@action("planning.lock_line")
def lock_line(*, line: PlanLine, draft: LockDraft, by: Any, key: str = "") -> LineLock:
    """Lock classes of a line in a quarter; a contradiction with another lock or an opened class is refused at once."""
    require(by, "planning.edit_plan", line.organisation)
    refuse_if(rules.why_not_edit(locked_plan(line.plan).state))
    refuse_if(lock_problems(draft, lock_facts(line)))
    return LineLock.objects.create(
        line=line,
        quarter=draft.quarter,
        at_least=draft.at_least,
        at_most=draft.at_most,
        reason=tidy(draft.reason),
        locked_by=str(by.public_id),
    )


@action("planning.remove_lock")
def remove_lock(*, lock: LineLock, by: Any, key: str = "") -> PlanLine:
    """Take a lock away again; the line it was on."""
    require(by, "planning.edit_plan", lock.organisation)
    refuse_if(rules.why_not_edit(locked_plan(lock.line.plan).state))
    line = lock.line
    lock.delete()
    return line
