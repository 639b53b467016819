"""How a ballot is come by and used: signed blindly or printed, then cast; the writes themselves are in `actions`."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from lientuc.core.errors import Problem, Refused
from lientuc.places.scope import WhyUnscoped

from ..flow import Sent
from ..models import Invitation, Wave
from ..respondent import Respondent, Secret
from . import blind_rsa, sealing
from .actions import cast, issue_ballot, note_cards
from .box import box_of, digest_of, need_anonymous
from .models import BallotBox, PrintedBallot
from .rules import CODE_LENGTH, CODE_LETTERS, grouped_code, tidy_code

ROW = WhyUnscoped.ROW_IN_HAND
SOMEBODY = Respondent(UUID(int=0x9474))
"""Acts where a ballot is cast: the same for everybody."""


def ballot_for(invitation: Invitation, blinded: bytes, by: Respondent) -> bytes:
    """The signature of a blinded ballot, for an invitation that has had none; the same request again gets the same."""
    box = box_of(invitation.wave)
    issue_ballot(invitation=invitation, blinded=Secret(blind_rsa.encoded(blinded)), by=by)
    key = blind_rsa.read(sealing.open_key(bytes(box.signing_key or b"")))
    return blind_rsa.sign_blinded(key, blinded)


def print_cards(*, wave: Wave, count: int, by: Any) -> list[str]:
    """Codes of `count` new ballot cards, to be printed now: only their hashes are kept."""
    need_anonymous(wave)
    box = box_of(wave)
    codes = ["".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)) for _ in range(count)]
    note_cards(wave=wave, digests=Secret("\n".join(sorted(card_digest(box, code) for code in codes))), by=by)
    return [grouped_code(code) for code in codes]


def card_digest(box: BallotBox, code: str) -> str:
    """What is stored of a printed code."""
    return digest_of(f"card:{box.code}:{tidy_code(code)}".encode())


def cast_signed(*, box: BallotBox, message: bytes, signature: bytes, sent: Sent) -> None:
    """Cast a ballot that the wave's key signed blindly; a forged or spent one is refused, and so is a faulty sheet."""
    if not blind_rsa.is_signed(box.public_key, message, signature):
        raise Refused(Problem("surveys.ballot_forged", "ballot"))
    cast(box=box, ballot=Secret(digest_of(message)), sent=sent, by=SOMEBODY)


def cast_card(*, box: BallotBox, code: str, sent: Sent) -> None:
    """Cast a printed ballot."""
    digest = card_digest(box, code)
    if not PrintedBallot.objects.unscoped(ROW).filter(box=box, digest=digest).exists():
        raise Refused(Problem("surveys.card_unknown", "code"))
    cast(box=box, ballot=Secret(digest), sent=sent, by=SOMEBODY)
