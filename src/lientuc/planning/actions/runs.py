"""Classes that carry out a line of an approved plan."""

from __future__ import annotations

from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.delivery.actions import open_run
from lientuc.delivery.models import CourseRun
from lientuc.delivery.rules import RunDraft
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import PlanState
from ..models import PlanLine, PlanLineRun
from ..rules.plans import why_not_amend


@action("planning.open_run_for_line")
def open_run_for_line(*, line: PlanLine, draft: RunDraft, by: Any, key: str = "") -> PlanLineRun:
    """Open a class for a line: delivery asks for authority, programme and the opener's right, the plan keeps the link."""
    _refuse_line(line, by)
    version = draft.curriculum_version
    _refuse_topic(line, version.curriculum.topic_id if version else line.topic_id)
    run = open_run(draft=draft, by=by, key=f"{key}-run" if key else "")
    return PlanLineRun.objects.create(line=line, run=run)


@action("planning.link_run")
def link_run(*, line: PlanLine, run: CourseRun, by: Any, key: str = "") -> PlanLineRun:
    """Count a class that a provider opened by itself to a line."""
    _refuse_line(line, by)
    require_row(by, "delivery.view_runs", run)
    _refuse_topic(line, run.curriculum_version.curriculum.topic_id if run.curriculum_version else line.topic_id)
    if PlanLineRun.objects.unscoped(WhyUnscoped.RULE).filter(run=run).exists():
        raise Refused(Problem("planning.run_linked", "run"))
    return PlanLineRun.objects.create(line=line, run=run)


def _refuse_line(line: PlanLine, by: Any) -> None:
    require(by, "planning.edit_plan", line.plan.organisation)
    if line.plan.state != PlanState.APPROVED:
        refuse_if(why_not_amend(line.plan.state, draft_open=False))


def _refuse_topic(line: PlanLine, topic: int) -> None:
    if topic != line.topic_id:
        raise Refused(Problem("planning.run_other_topic", "run"))
