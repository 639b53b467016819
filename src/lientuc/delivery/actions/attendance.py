"""Recording attendance: rows are added, never changed; the last one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from .. import rules
from ..enums import AttendanceState, ParticipationState, RunState
from ..models import Attendance, Participation, Session
from ..queries import last_attendance, locked_run


@dataclass(frozen=True)
class Mark:
    """One person's state at a session; `participation` is the row's id."""

    participation: int
    state: AttendanceState


@action("delivery.record_attendance")
def record_attendance(*, session: Session, marks: Sequence[Mark], by: Any, key: str = "") -> Session:
    """Record a whole session at once; a mark equal to the one that stands adds no row. The first one starts the run."""
    require(by, "delivery.record_attendance", session.run.organisation)
    run = locked_run(session.run)
    enrolled = Participation.objects.unscoped(WhyUnscoped.RULE).filter(run=run, state=ParticipationState.ENROLLED)
    strangers = {mark.participation for mark in marks} - set(enrolled.values_list("pk", flat=True))
    refuse_if(rules.why_not_mark(run.state, session_on=session.on_date, on=today(), strangers=len(strangers)))
    standing = last_attendance(Session.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk=session.pk))
    wanted = {mark.participation: mark.state for mark in marks}
    changed = {pk: state for pk, state in wanted.items() if standing.get((session.pk, pk)) != state}
    at = now()
    Attendance.objects.bulk_create(
        Attendance(session=session, participation_id=pk, state=state, recorded_at=at, recorded_by=str(by.public_id))
        for pk, state in changed.items()
    )
    if run.state == RunState.OPEN and changed:
        run.state = RunState.RUNNING
        run.save(update_fields=["state"])
    return session
