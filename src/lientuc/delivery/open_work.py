"""What passes on when a unit is reorganised: classes not yet finished, and whom it sent to them."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import ParticipationState, RunState

OPEN_WORK = (
    Passing(
        "delivery.CourseRun",
        Phrase("lớp chưa kết thúc", "classes not yet finished"),
        when=Q(state__in=[str(RunState.PLANNED), str(RunState.OPEN), str(RunState.RUNNING)]),
    ),
    Passing(
        "delivery.Participation",
        Phrase("người đang được cử đi học", "people sent to classes"),
        when=Q(state__in=[str(ParticipationState.ENROLLED), str(ParticipationState.WAITLISTED)]),
        column="sent_by",
    ),
)
