"""Writes: agreements on techniques, their hand-over and follow-up."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.directives.actions import fulfil
from lientuc.directives.enums import DutyKind
from lientuc.directives.models import Barrier
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Technique
from lientuc.trail.record import action
from lientuc.trail.rows import in_force

from .enums import AgreementState
from .models import FollowUp, TransferAgreement
from .rules import (
    AgreementDraft,
    FollowUpDraft,
    HandOverDraft,
    OpeningFacts,
    follow_up_problems,
    problems,
    stated,
    why_not_end,
    why_not_hand_over,
    why_not_sign,
)

EDIT = "transfer.edit_agreement"


@action("transfer.open_agreement")
def open_agreement(
    *,
    draft: AgreementDraft,
    giver: Organisation,
    receiver: Organisation,
    technique: Technique,
    by: Any,
    key: str = "",
) -> TransferAgreement:
    """Open an agreement in the name of `giver`; with a day of signature it is active at once, without it a draft."""
    require(by, EDIT, giver)
    refuse_if(problems(draft, facts=_facts(giver, receiver, technique), on=today()))
    row: TransferAgreement = TransferAgreement.objects.create(
        giver=giver,
        receiver=receiver,
        technique=technique,
        number=draft.number.strip(),
        state=AgreementState.ACTIVE if draft.signed_on else AgreementState.DRAFT,
        prerequisites=stated(draft.prerequisites),
        topic_code=draft.topic_code,
        persons=draft.persons,
        due_on=draft.due_on,
        signed_on=draft.signed_on,
        opened_by=by,
    )
    return row


@action("transfer.sign_agreement")
def sign_agreement(*, agreement: TransferAgreement, signed_on: date, by: Any, key: str = "") -> TransferAgreement:
    """Write down that both parties signed: the draft becomes active."""
    require_row(by, EDIT, agreement)
    agreement = _locked(agreement)
    state = AgreementState(agreement.state)
    refuse_if(why_not_sign(state, signed_on=signed_on, due_on=agreement.due_on, on=today()))
    agreement.state, agreement.signed_on = AgreementState.ACTIVE, signed_on
    agreement.save(update_fields=["state", "signed_on"])
    return agreement


@action("transfer.hand_over")
def hand_over(*, agreement: TransferAgreement, draft: HandOverDraft, by: Any, key: str = "") -> TransferAgreement:
    """Hand the technique over; at a station this fulfils the giver's duty to help with new techniques."""
    require_row(by, EDIT, agreement)
    agreement = _locked(agreement)
    state = AgreementState(agreement.state)
    refuse_if(why_not_hand_over(draft, state=state, signed_on=agreement.signed_on, on=today()))
    agreement.state, agreement.prerequisites = AgreementState.HANDED_OVER, stated(draft.prerequisites)
    agreement.handed_over_on, agreement.minutes_number = draft.handed_over_on, draft.minutes_number.strip()
    agreement.handed_over_at, agreement.handed_over_by = now(), by
    agreement.save()
    if agreement.receiver.kind == OrganisationKind.STATION:
        fulfil(
            kind=DutyKind.TECHNIQUES,
            organisation=agreement.giver,
            on=draft.handed_over_on,
            subject=agreement.ref,
            by=by,
        )
    return agreement


@action("transfer.note_follow_up")
def note_follow_up(*, agreement: TransferAgreement, draft: FollowUpDraft, by: Any, key: str = "") -> FollowUp:
    """Note whether the receiver does the technique; a later note of the same month corrects the earlier."""
    require_row(by, EDIT, agreement)
    agreement = _locked(agreement)
    barrier = Barrier.objects.filter(code=draft.barrier).first()
    refuse_if(
        follow_up_problems(
            draft,
            state=AgreementState(agreement.state),
            handed_over_on=agreement.handed_over_on,
            barrier_known=barrier is not None,
            on=today(),
        )
    )
    row: FollowUp = FollowUp.objects.create(
        agreement=agreement,
        month=draft.month,
        observed_on=draft.observed_on,
        used=draft.used,
        cases=draft.cases,
        barrier=barrier,
        noted_by=by,
    )
    return row


@action("transfer.end_agreement")
def end_agreement(*, agreement: TransferAgreement, reason: str, by: Any, key: str = "") -> TransferAgreement:
    """End an agreement, handed over or not; no follow-up is noted afterwards."""
    require_row(by, EDIT, agreement)
    agreement = _locked(agreement)
    refuse_if(why_not_end(AgreementState(agreement.state), reason))
    agreement.state, agreement.end_reason = AgreementState.ENDED, reason.strip()
    agreement.ended_at, agreement.ended_by = now(), by
    agreement.save(update_fields=["state", "end_reason", "ended_at", "ended_by"])
    return agreement


def _facts(giver: Organisation, receiver: Organisation, technique: Technique) -> OpeningFacts:
    open_ones = TransferAgreement.objects.unscoped(WhyUnscoped.RULE).filter(
        receiver=receiver, technique=technique, state__in=[AgreementState.DRAFT, AgreementState.ACTIVE]
    )
    return OpeningFacts(
        one_party=giver.pk == receiver.pk,
        open_already=open_ones.exists(),
        technique_in_force=Technique.objects.filter(in_force(today()), pk=technique.pk).exists(),
    )


def _locked(agreement: TransferAgreement) -> TransferAgreement:
    rows = TransferAgreement.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: TransferAgreement = rows.select_related("giver", "receiver").get(pk=agreement.pk)
    return found
