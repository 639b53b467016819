"""How far an anonymous wave has come: ballots issued by the register, answers by the box; the two are never joined."""

from __future__ import annotations

from collections.abc import Mapping

from lientuc.analytics.measures.response import WaveCounts
from lientuc.places.scope import WhyUnscoped

from ..enums import InvitationState, ResponseState, WaveState
from ..models import Response, Wave
from .models import BallotBox, WaitingAnswers
from .rules import shown_while_open

ROW = WhyUnscoped.ROW_IN_HAND


def received(wave: Wave) -> int:
    """Answers that came in: in full tens while the wave is open, exactly those let out once it has closed."""
    out = Response.objects.unscoped(ROW).filter(wave=wave, state=ResponseState.COMPLETED).count()
    if wave.state == WaveState.CLOSED:
        return int(out)
    waiting = WaitingAnswers.objects.unscoped(ROW).filter(box__wave=wave).count()
    return shown_while_open(out + waiting)


def destroyed(wave: Wave) -> int:
    """Answers destroyed unread at closing because they were too few to hide anybody."""
    found = BallotBox.objects.unscoped(ROW).filter(wave=wave).values_list("destroyed", flat=True).first()
    return int(found or 0)


def ballot_counts(states: Mapping[str, int], answers: int) -> WaveCounts:
    """Counts of a wave: `started` stands for ballots issued; nobody knows who opened or began.

    Cards may be drawn without being noted, so there can be more answers than ballots noted as issued.
    """
    refused = states.get(InvitationState.REFUSED, 0)
    issued = max(states.get(InvitationState.ISSUED, 0), answers)
    delivered = max(states.get(InvitationState.DELIVERED, 0), 0) + issued + refused
    invited = max(sum(states.values()), delivered)
    return WaveCounts(invited, delivered, issued + refused, issued, answers, refused)
