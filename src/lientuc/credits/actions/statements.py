"""A statement handed out: its figures are frozen, hashed and given a code that anybody can check."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require_row
from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed
from lientuc.core.ids import new_verification_code
from lientuc.registry.models import HealthWorker
from lientuc.trail.record import action

from ..models import Statement
from ..queries.standings import VIEW, standing_of
from ..queries.statements import content_of, hash_of

__all__ = ["issue_statement"]


@action("credits.issue_statement")
def issue_statement(*, worker: HealthWorker, by: Any, key: str = "") -> Statement:
    """Freeze what a person's statement says today; the same content on the same day is not frozen twice."""
    if worker.user_id != by.pk:
        require_row(by, VIEW, worker)
    elif by.why_not(VIEW):
        raise NotAllowed(by.why_not(VIEW))
    content = content_of(standing_of(worker, today()))
    digest = hash_of(content)
    known = Statement.objects.visible_to(by, VIEW).filter(worker=worker, on_date=today(), content_hash=digest).first()
    if known is not None:
        found: Statement = known
        return found
    return Statement.objects.create(
        worker=worker,
        organisation=worker.keeper,
        on_date=today(),
        content=content,
        content_hash=digest,
        code=new_verification_code(),
        made_by=str(by.public_id),
    )
