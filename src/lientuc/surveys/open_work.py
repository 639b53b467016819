"""What passes on when a unit is reorganised: survey waves still open."""

from django.db.models import Q

from lientuc.core.phrases import Phrase
from lientuc.places.succession import Passing

from .enums import WaveState

OPEN_WORK = (
    Passing("surveys.Wave", Phrase("đợt khảo sát đang mở", "open survey waves"), when=Q(state=WaveState.OPEN)),
)
