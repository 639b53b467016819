"""How many answers leave the box, who may still get a ballot, which printed codes are readable."""

from __future__ import annotations

from lientuc.analytics.disclosure import THRESHOLDS, Audience
from lientuc.core.errors import Problem

from ..enums import InvitationState

BATCH = 10
"""Answers leave the box ten at a time."""
KEPT_BACK = 20
"""So many stay behind in the box when ten leave, so that the ten are not simply the last ten who answered."""
LEAST_INVITED = 10
"""An anonymous wave for fewer people hides nobody."""
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of printed codes: none that is mistaken for another on paper (no I, O, 0, 1)."""
CODE_LENGTH = 12
MOST_CARDS = 200


def leaving(waiting: int) -> int:
    """How many of the waiting answers leave now while the wave is open: whole batches, `KEPT_BACK` staying behind."""
    return max(0, waiting - KEPT_BACK) // BATCH * BATCH


def may_be_opened(answered: int) -> bool:
    """Whether the answers of a closed wave are opened at all: fewer than results are ever shown from are destroyed."""
    return answered >= THRESHOLDS[Audience.EVALUATOR].results_from


def shown_while_open(received: int) -> int:
    """The number of answers a monitor shows of an open wave: full tens, so that watching it tells of no single person."""
    return received // BATCH * BATCH


def why_not_issue(state: InvitationState) -> Problem | None:
    """Why an invitation gets no new ballot, or None."""
    if state == InvitationState.ISSUED:
        return Problem("surveys.ballot_already_issued")
    if state == InvitationState.REFUSED:
        return Problem("surveys.already_withdrawn")
    return None


def why_not_print(wanted: int, *, printed: int, invited: int) -> Problem | None:
    """Why so many more cards may not be printed, or None: never more cards than people invited."""
    if not 1 <= wanted <= MOST_CARDS:
        return Problem("surveys.cards_out_of_bounds", "count", {"most": MOST_CARDS})
    if printed + wanted > invited:
        return Problem("surveys.more_cards_than_invited", "count", {"printed": printed, "invited": invited})
    return None


def tidy_code(typed: str) -> str:
    """A printed code as typed, without blanks and dashes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def grouped_code(code: str) -> str:
    """A code as it is printed: groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
