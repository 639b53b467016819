"""What a standing means for the head of unit's year-end appraisal (Circ. 22/2013 Art. 4: a criterion, not a verdict)."""

from __future__ import annotations

from lientuc.law.credits import Regime, Status

from ..enums import AppraisalResult


def appraisal_of(regime: str, status: str, *, floor_met: bool, shortfall: int) -> AppraisalResult:
    """The line of one person with a duty; `shortfall` in quarter hours.

    A practitioner has until the licence is renewed: only a time that is over is missed. Other staff are asked for the floor of
    each year and for the whole of five years.
    """
    if status == Status.EXEMPT:
        return AppraisalResult.EXEMPT
    if status == Status.MET:
        return AppraisalResult.REACHED
    if regime != Regime.S:
        return AppraisalResult.TOTAL_MISSING if status == Status.SHORT else AppraisalResult.IN_TIME
    if not floor_met:
        return AppraisalResult.FLOOR_MISSING
    return AppraisalResult.TOTAL_MISSING if shortfall else AppraisalResult.REACHED
