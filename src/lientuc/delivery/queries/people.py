"""People in runs: participations, attendance as it stands, the grid of a session."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped

from ..enums import AttendanceState, ParticipationState
from ..models import Attendance, CourseRun, Participation, Session
from ..rules import ATTENDED, SEATED, Presence

IN_CLASS = [
    str(state) for state in (ParticipationState.ENROLLED, ParticipationState.COMPLETED, ParticipationState.FAILED)
]


@dataclass(frozen=True)
class GridRow:
    """One person of a session's grid with the state recorded last (empty: none) and how often it was recorded."""

    participation: Participation
    state: str
    times: int


def participations_for(by: Any, *, text: str = "", state: str = "", on: date | None = None) -> QuerySet[Participation]:
    """Participations `by` may see, filtered; `on`: only in runs that last on that day or end later."""
    rows: QuerySet[Participation] = Participation.objects.visible_to(by, "delivery.view_participations")
    if text:
        rows = rows.filter(Q(worker__name_fold__contains=fold(text)) | Q(run__title_fold__contains=fold(text)))
    if state:
        rows = rows.filter(state=state)
    if on is not None:
        rows = rows.filter(run__ends_on__gte=on)
    return rows.select_related("worker__keeper", "run__organisation", "sent_by")


def seats_taken(run: CourseRun) -> int:
    """How many learners and delegates hold a seat."""
    rows = Participation.objects.unscoped(WhyUnscoped.RULE).filter(run=run, role__in=[str(role) for role in SEATED])
    return rows.filter(state__in=IN_CLASS).count()


def last_attendance(sessions: QuerySet[Session]) -> dict[tuple[int, int], str]:
    """`{(session id, participation id): state}`, the row written last; one query."""
    marks = Attendance.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(session__in=sessions.values("pk"))
    last = marks.order_by().values("session", "participation").annotate(last=Max("pk")).values("last")
    rows = Attendance.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=last)
    return {(row[0], row[1]): row[2] for row in rows.values_list("session_id", "participation_id", "state")}


def presence_of(run: CourseRun) -> dict[int, Presence]:
    """`{participation id: presence}` of everybody with any mark in a run; two queries."""
    sessions = sessions_of(run)
    held = sessions.count()
    attended: Counter[int] = Counter()
    for (_, participation), state in last_attendance(sessions).items():
        attended[participation] += AttendanceState(state) in ATTENDED
    return {participation: Presence(held, count) for participation, count in attended.items()}


def sessions_of(run: CourseRun) -> QuerySet[Session]:
    """The sessions of a run in order of time."""
    rows: QuerySet[Session] = Session.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(run=run)
    return rows.order_by("on_date", "starts")


def sessions_with_marks(run: CourseRun) -> QuerySet[Any]:
    """The sessions of a run with `marked` (people with any mark) and their lecturers."""
    rows = sessions_of(run).select_related("lecturer")
    return rows.annotate(marked=Count("attendances__participation", distinct=True))


def attendance_grid(session: Session) -> list[GridRow]:
    """Everybody in the class with the mark that stands for this session, by name; two queries."""
    people = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(run=session.run_id, state__in=IN_CLASS)
    marks = Attendance.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(session=session).order_by("pk")
    states: dict[int, str] = {}
    times: Counter[int] = Counter()
    for participation, state in marks.values_list("participation_id", "state"):
        states[participation] = state
        times[participation] += 1
    rows = people.select_related("worker__keeper", "sent_by").order_by("worker__name_sort", "pk")
    return [GridRow(row, states.get(row.pk, ""), times[row.pk]) for row in rows]
