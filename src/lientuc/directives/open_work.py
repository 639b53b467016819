"""What passes on when a unit is reorganised: duties and difficulties still open, its places in drafts of the division of tasks.

A signed division is never edited: its issuer signs a new one (`dividing.succeeding.hand_over` drafts it).
"""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import DecisionState, DifficultyState, DutyState

_IN_DRAFT = Q(decision__state=DecisionState.DRAFT)

OPEN_WORK = (
    Passing(
        "directives.Duty",
        Phrase("nhiệm vụ chưa hoàn thành", "duties still open"),
        when=Q(state=DutyState.OPEN),
        unique=("task",),
    ),
    Passing(
        "directives.Difficulty",
        Phrase("khó khăn chưa được trả lời", "difficulties not yet answered"),
        when=Q(state=DifficultyState.REPORTED),
    ),
    Passing(
        "directives.Responsibility",
        Phrase("phần việc trong dự thảo phân công trách nhiệm", "parts in drafts of the division of tasks"),
        when=_IN_DRAFT,
        unique=("decision", "function", "area"),
    ),
    Passing(
        "directives.Responsibility",
        Phrase("địa bàn trong dự thảo phân công trách nhiệm", "areas in drafts of the division of tasks"),
        when=_IN_DRAFT,
        column="area",
        unique=("decision", "function", "organisation"),
    ),
)
