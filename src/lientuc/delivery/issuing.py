"""Issuing many certificates: short transactions one after the other, so that nobody waits and a broken run is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lientuc.accounts.models import User
from lientuc.documents.paper import Authority
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.jobs import enqueue
from lientuc.trail.models import Job

from .actions import issue_certificates
from .models import CourseRun
from .printing import as_json
from .queries import issuance_of
from .rules import IssueDraft

AT_ONCE = 25
# Above this many the page does not wait: a job issues them.
MOST_IN_A_PAGE = 50


def issue_in_batches(
    *, run: CourseRun, draft: IssueDraft, by: Any, key: str = "", progress: Callable[[int], None] = lambda share: None
) -> int:
    """Issue all that are due, `AT_ONCE` in a transaction, and return how many; what was issued before is left alone."""
    total = len(issuance_of(run).due)
    issue_certificates(run=run, draft=draft, by=by, most=AT_ONCE, key=f"{key}:0" if key else "")
    for done in range(AT_ONCE, total, AT_ONCE):
        progress(done * 100 // total)
        issue_certificates(run=run, draft=draft, by=by, most=AT_ONCE, key=f"{key}:{done}" if key else "")
    return total


def enqueue_issue(*, run: CourseRun, draft: IssueDraft, by: Any) -> Job:
    """Let the worker issue all that are due."""
    payload = {"run": str(run.public_id), "by": str(by.public_id), "draft": as_json(vars(draft))}
    return enqueue(work=f"{__name__}.work", payload=payload, made_by=str(by.public_id))


def work(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job of `enqueue_issue`: `{"issued": n}`; queued again after a crash, it goes on where it stopped."""
    rows = CourseRun.objects.unscoped(WhyUnscoped.RULE).select_related("organisation")
    run = rows.get(public_id=payload["run"])
    by = User.objects.get(public_id=payload["by"])
    draft = IssueDraft(
        **payload["draft"]
        | {
            "issued_on": date.fromisoformat(payload["draft"]["issued_on"]),
            "authority": Authority(payload["draft"]["authority"]),
        }
    )
    return {"issued": issue_in_batches(run=run, draft=draft, by=by, progress=progress)}
