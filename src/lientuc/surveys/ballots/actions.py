"""Writes of the anonymous mode: a ballot is issued, printed, handed out, cast; who casts it is known to nobody."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from lientuc.accounts.permissions import require
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import BallotKind, InvitationState, WaveState
from ..flow import Sent, whole_submission
from ..links import hash_of
from ..models import Invitation, Wave
from ..queries import form_of_wave
from ..respondent import Respondent, Secret, by_the_week, real_day
from ..rules import moved, why_not_answer
from . import sealing
from .box import box_of, locked, need_anonymous, put_in, sheet_of
from .models import BallotBox, IssuedBallot, PrintedBallot, SpentBallot
from .rules import why_not_issue, why_not_print

RUN = "surveys.run_wave"
ROW = WhyUnscoped.ROW_IN_HAND


@by_the_week
@action("surveys.issue_ballot")
def issue_ballot(*, invitation: Invitation, blinded: Secret, by: Respondent) -> Invitation:
    """Note that an invitation has had its ballot. A second, different one is refused."""
    need_anonymous(invitation.wave)
    _need_open(invitation.wave)
    kept = hash_of(blinded.text)
    row = _held(invitation)
    before = IssuedBallot.objects.unscoped(ROW).filter(invitation=row).first()
    if before is not None and before.blinded == kept:
        return row
    problem = why_not_issue(InvitationState(row.state))
    refuse_if([problem] if problem else [])
    return _issued(row, BallotKind.BROWSER, kept)


@action("surveys.hand_out_card")
def hand_out_card(*, invitation: Invitation, by: Any, key: str = "") -> Invitation:
    """Note that an invited person drew a printed card; which one is not noted."""
    require(by, RUN, invitation.wave.organisation)
    need_anonymous(invitation.wave)
    row = _held(invitation)
    problem = why_not_issue(InvitationState(row.state))
    refuse_if([problem] if problem else [])
    return _issued(row, BallotKind.CARD, "")


def _held(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.unscoped(ROW).select_for_update(of=("self",))
    found: Invitation = rows.select_related("wave__organisation").get(pk=invitation.pk)
    return found


def _issued(row: Invitation, kind: BallotKind, blinded: str) -> Invitation:
    IssuedBallot.objects.create(invitation=row, kind=kind, blinded=blinded)
    row.state = moved(InvitationState(row.state), InvitationState.ISSUED)
    row.save(update_fields=["state"])
    return row


@action("surveys.print_cards")
def note_cards(*, wave: Wave, digests: Secret, by: Any) -> Wave:
    """Let these printed cards count as ballots of a wave; never more cards than people invited."""
    require(by, RUN, wave.organisation)
    _need_open(wave)
    new = digests.text.split()
    box = locked(box_of(wave))
    invited = Invitation.objects.unscoped(ROW).filter(wave=wave).count()
    problem = why_not_print(len(new), printed=box.cards_printed, invited=invited)
    refuse_if([problem] if problem else [])
    PrintedBallot.objects.bulk_create([PrintedBallot(box=box, digest=digest) for digest in new])
    box.cards_printed += len(new)
    box.save(update_fields=["cards_printed"])
    return wave


@by_the_week
@action("surveys.cast_ballot")
def cast(*, box: BallotBox, ballot: Secret, sent: Sent, by: Respondent) -> Wave:
    """Spend a ballot and put the answers into the box, both or nothing; what `sent` shows does not reach the trail.

    Called through `cast_signed` and `cast_card`, which have checked the ballot.
    """
    box = locked(box)
    _need_open(box.wave)
    if SpentBallot.objects.unscoped(ROW).filter(box=box, digest=ballot.text).exists():
        raise Refused(Problem("surveys.ballot_spent", "ballot"))
    result = whole_submission(form_of_wave(box.wave), sent)
    sheet = sheet_of(result)
    if sheet is not None:
        refuse_if(result.problems)
        refuse_if([] if sealing.fits(sheet.packed()) else [Problem("surveys.sheet_too_long")])
    _spend(box, ballot.text)
    if sheet is not None:
        put_in(box, sheet)
    wave: Wave = box.wave
    return wave


def _spend(box: BallotBox, digest: str) -> None:
    try:
        with transaction.atomic():
            SpentBallot.objects.create(box=box, digest=digest)
    except IntegrityError as error:
        raise Refused(Problem("surveys.ballot_spent", "ballot")) from error


def _need_open(wave: Wave) -> None:
    problem = why_not_answer(WaveState(wave.state), wave.opens_on, wave.closes_on, on=real_day())
    refuse_if([problem] if problem else [])
