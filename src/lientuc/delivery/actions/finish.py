"""The end of a run: who completed, and hours frozen once by the law of its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.core.hours import hours
from lientuc.law.credits import EntryDecision, EntryFacts, Regime, RuleSet, hours_of, regime_of
from lientuc.law.workers import WorkerFacts
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.queries import facts_of_many
from lientuc.trail.record import action

from .. import rules
from ..enums import ParticipationRole, ParticipationState, RunKind, RunState
from ..models import CourseRun, Participation
from ..queries import lessons_taught, locked_run, presence_of, sessions_with_marks
from ..rules import Presence

FROZEN = [
    "state", "sessions_held", "sessions_attended", "quarter_hours", "unit", "regime", "rule_set", "rule_reason",
    "article", "certainty", "frozen_at", "frozen_by",
]  # fmt: skip
NOT_COMPLETED = "not_completed"


@dataclass(frozen=True)
class Closing:
    """What is the same for everybody of a run that ends."""

    run: CourseRun
    rules: RuleSet
    taught: dict[int, int]
    at: datetime
    by: str


@action("delivery.finish_run")
def finish_run(*, run: CourseRun, by: Any, key: str = "") -> CourseRun:
    """Decide who completed and freeze everybody's hours; a finished run is returned as it is."""
    require(by, "delivery.finish_run", run.organisation)
    run = locked_run(run)
    if run.state == RunState.FINISHED:
        return run
    marks = [session.marked for session in sessions_with_marks(run)]
    refuse_if(
        rules.why_not_finish(run.state, ends_on=run.ends_on, on=today(), sessions=len(marks), unmarked=marks.count(0))
    )
    _freeze_all(run, held=len(marks), by=str(by.public_id))
    run.state, run.finished_at, run.finished_by = RunState.FINISHED, now(), str(by.public_id)
    run.save(update_fields=["state", "finished_at", "finished_by"])
    return run


def _freeze_all(run: CourseRun, *, held: int, by: str) -> None:
    rows = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    people = list(rows.filter(run=run, state=ParticipationState.ENROLLED).select_related("worker"))
    facts = facts_of_many([row.worker for row in people], run.ends_on)
    present = presence_of(run)
    closing = Closing(run=run, rules=RuleSet.default(), taught=lessons_taught(run), at=now(), by=by)
    for row in people:
        _freeze(row, facts[row.worker_id][0], present.get(row.pk, Presence(held, 0)), closing)
    rows.bulk_update(people, FROZEN, batch_size=500)


def _freeze(row: Participation, facts: WorkerFacts, presence: Presence, closing: Closing) -> None:
    regime = regime_of(facts, closing.run.ends_on).regime
    taught = closing.taught.get(row.worker_id, 0)
    completed = rules.has_completed(
        row.role,
        presence,
        min_percent=closing.run.min_attendance_percent,
        taught_quarters=taught,
        reports=row.reports,
    )
    decision = _decision(row, regime, presence, taught, closing)
    row.state = ParticipationState.COMPLETED if completed else ParticipationState.FAILED
    row.sessions_held, row.sessions_attended = presence.held, presence.attended
    row.quarter_hours = decision.quarter_hours if completed else 0
    row.rule_reason = decision.reason if completed else NOT_COMPLETED
    row.unit, row.regime, row.rule_set = decision.amount.unit, regime, closing.rules.key
    row.article, row.certainty = decision.article, decision.certainty
    row.frozen_at, row.frozen_by = closing.at, closing.by


def _decision(row: Participation, regime: Regime, presence: Presence, taught: int, closing: Closing) -> EntryDecision:
    run = closing.run
    version = run.curriculum_version
    activity = rules.activity_of(
        RunKind(run.kind),
        ParticipationRole(row.role),
        lessons=hours(version.total_quarters if version else 0),
        taught=hours(taught),
        attended=presence.attended,
        reports=row.reports,
    )
    entry = EntryFacts(
        entry_id=str(row.public_id),
        activity_on=run.ends_on,
        form=activity.form,
        role=activity.role,
        units=activity.units,
        decided_hours=None if run.decided_quarters is None else hours(run.decided_quarters),
    )
    return hours_of(entry, regime, closing.rules)
