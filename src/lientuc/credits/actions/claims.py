"""Claims: handed in by the person, decided by the office; an accepted one becomes an entry by the ledger's own rules."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import NotAllowed, Problem, refuse_if
from lientuc.core.hours import quarters
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.files import evidence_problem, keep_evidence
from lientuc.trail.models import Notice
from lientuc.trail.record import action

from ..enums import ClaimState, EntrySource, SampleRule
from ..ledger import new_entry
from ..locking import locked_people
from ..models import Claim, ClaimSample
from ..queries.claims import SUBMIT, VERIFY, files_of, open_keys, waiting_in
from ..queries.people import RECORD, facts_to_record
from ..refresh import refresh_standings
from ..rules import problems, tidied
from ..rules.claims import (
    ClaimDraft,
    Recognition,
    claim_problems,
    drawn,
    reason_problems,
    recognition_problems,
    why_not_accept,
    why_not_accept_rest,
    why_not_draw,
    why_not_move,
)


@dataclass(frozen=True)
class SentFile:
    """One file of evidence as it came."""

    name: str
    content: bytes


@action("credits.submit_claim")
def submit_claim(
    *, worker: HealthWorker, draft: ClaimDraft, files: Sequence[SentFile], by: Any, key: str = ""
) -> Claim:
    """Hand in an activity with its evidence, for oneself or, as the office, for a person it records for."""
    _may_hand_in(by, worker)
    person = locked_people([worker.person])[worker.person]
    claim = Claim(worker=person, submitted_by=str(by.public_id))
    return _handed_in(claim, draft, files)


@action("credits.resubmit_claim")
def resubmit_claim(*, claim: Claim, draft: ClaimDraft, files: Sequence[SentFile], by: Any, key: str = "") -> Claim:
    """Mend a claim that waits or was returned, and hand it in again; files are added, never taken away."""
    _may_hand_in(by, claim.worker)
    locked_people([claim.worker.person])
    claim = _locked(claim)
    refuse_if(why_not_move(ClaimState(claim.state), ClaimState.SUBMITTED, own=False))
    claim.sample, claim.drawn, claim.reason = None, False, ""
    claim.decided_at, claim.decided_by, claim.submitted_at = None, None, now()
    return _handed_in(claim, draft, files)


@action("credits.withdraw_claim")
def withdraw_claim(*, claim: Claim, by: Any, key: str = "") -> Claim:
    """Take back what was handed in."""
    _may_hand_in(by, claim.worker)
    claim = _locked(claim)
    refuse_if(why_not_move(ClaimState(claim.state), ClaimState.WITHDRAWN, own=False))
    return _moved(claim, ClaimState.WITHDRAWN, by)


@action("credits.return_claim")
def return_claim(*, claim: Claim, reason: str, by: Any, key: str = "") -> Claim:
    """Send a claim back to be mended, with the reason."""
    return _sent_back(claim, ClaimState.RETURNED, reason, by)


@action("credits.refuse_claim")
def refuse_claim(*, claim: Claim, reason: str, by: Any, key: str = "") -> Claim:
    """Refuse a claim for good, with the reason."""
    return _sent_back(claim, ClaimState.REFUSED, reason, by)


@action("credits.recognise_claim")
def recognise_claim(*, claim: Claim, recognition: Recognition, by: Any, key: str = "") -> Claim:
    """Write down the decision that recognises a course abroad; until then the claim cannot be accepted."""
    require_row(by, VERIFY, claim)
    claim = _locked(claim)
    refuse_if(why_not_move(ClaimState(claim.state), ClaimState.ACCEPTED, own=False))
    refuse_if(recognition_problems(recognition, on=today()))
    _write_recognition(claim, recognition)
    claim.save(update_fields=["recognition_number", "recognised_on", "recognised_by"])
    return claim


@action("credits.accept_claim")
def accept_claim(
    *, claim: Claim, by: Any, decided_hours: Decimal | None = None, basis: str = "", key: str = ""
) -> Claim:
    """Enter a claim into the ledger; `decided_hours` with their `basis` where the provider's head decides them."""
    require_row(by, VERIFY, claim)
    _accept(claim, by, decided_hours=decided_hours, basis=basis)
    return _found(claim)


@action("credits.draw_sample")
def draw_sample(*, organisation: Organisation, rule: SampleRule, step: int, by: Any, key: str = "") -> ClaimSample:
    """Draw which of the waiting claims of an organisation are compared with the paper; the system throws the dice."""
    require(by, VERIFY, organisation)
    waiting = list(waiting_in(organisation).select_for_update().filter(abroad=False))
    refuse_if(why_not_draw(step=step, waiting=len(waiting), rule=rule))
    seed = secrets.randbelow(1_000_000) if rule is SampleRule.RANDOM else 0
    chosen = drawn(rule, step, seed, [str(claim.public_id) for claim in waiting])
    sample = ClaimSample.objects.create(
        organisation=organisation,
        rule=rule,
        step=step,
        seed=seed,
        waiting=len(waiting),
        drawn=len(chosen),
        made_by=str(by.public_id),
    )
    for claim in waiting:
        claim.sample, claim.drawn = sample, str(claim.public_id) in chosen
    Claim.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_update(waiting, ["sample", "drawn"], batch_size=500)
    return sample


@action("credits.accept_rest")
def accept_rest(*, sample: ClaimSample, by: Any, key: str = "") -> ClaimSample:
    """Accept the claims a drawing left out, once every drawn one was found right; those with problems stay in the queue."""
    require_row(by, VERIFY, sample)
    rows = Claim.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(sample=sample).select_related("worker__keeper")
    refuse_if(
        why_not_accept_rest([ClaimState(state) for state in rows.filter(drawn=True).values_list("state", flat=True)])
    )
    for claim in rows.filter(drawn=False, state=ClaimState.SUBMITTED).order_by("pk"):
        if not _why_not_enter(claim, by):
            _accept(claim, by)
    return sample


def _may_hand_in(by: Any, worker: HealthWorker) -> None:
    """The person themselves, or whoever records for them."""
    if worker.user_id == by.pk and by.why_not(SUBMIT) is None:
        return
    problem = by.why_not(RECORD, worker.keeper)
    if problem:
        raise NotAllowed(problem)


def _handed_in(claim: Claim, draft: ClaimDraft, files: Sequence[SentFile]) -> Claim:
    draft = replace(draft, entry=replace(tidied(draft.entry), worker=claim.worker.public_id))
    facts = facts_to_record([claim.worker])[claim.worker.pk]
    waiting = open_keys(claim.worker, besides=claim if claim.pk else None)
    held = files_of(claim).count() if claim.pk else 0
    wrong = [problem for file in files if (problem := evidence_problem(file.content))]
    found = claim_problems(draft, facts, RuleSet.default(), files=held + len(files), waiting=waiting)
    refuse_if([*wrong, *found])
    _write_draft(claim, draft)
    claim.state = ClaimState.SUBMITTED
    claim.save()
    for file in files:
        keep_evidence(claim.ref, name=file.name, content=file.content)
    return claim


def _write_draft(claim: Claim, draft: ClaimDraft) -> None:
    entry = draft.entry
    assert entry.activity_on is not None
    assert entry.units is not None
    claim.activity_on, claim.units, claim.abroad = entry.activity_on, entry.units, draft.abroad
    for name in ("form", "role", "level", "basis", "title", "issuer", "certificate_number"):
        setattr(claim, name, getattr(entry, name))
    claim.decided_quarters = None if entry.decided_hours is None else quarters(entry.decided_hours)
    _write_recognition(claim, draft.recognition)


def _write_recognition(claim: Claim, recognition: Recognition) -> None:
    claim.recognition_number, claim.recognised_by = tidy(recognition.number), tidy(recognition.authority)
    claim.recognised_on = recognition.on


def _sent_back(claim: Claim, state: ClaimState, reason: str, by: Any) -> Claim:
    require_row(by, VERIFY, claim)
    claim = _locked(claim)
    refuse_if(why_not_move(ClaimState(claim.state), state, own=claim.worker.user_id == by.pk))
    refuse_if(reason_problems(reason))
    claim.reason = tidy(reason)
    return _moved(claim, state, by)


def _why_not_enter(claim: Claim, by: Any) -> list[Problem]:
    """What keeps a claim out of the ledger now."""
    facts = facts_to_record([claim.worker])[claim.worker.pk]
    return [
        *why_not_move(ClaimState(claim.state), ClaimState.ACCEPTED, own=claim.worker.user_id == by.pk),
        *why_not_accept(recognised=claim.recognised, has_evidence=files_of(claim).exists()),
        *problems(tidied(claim.draft), facts, RuleSet.default()),
    ]


def _accept(claim: Claim, by: Any, *, decided_hours: Decimal | None = None, basis: str = "") -> None:
    person = locked_people([claim.worker.person])[claim.worker.person]
    claim = _locked(claim)
    claim.worker = person
    if decided_hours is not None:
        decided = replace(tidied(claim.draft), decided_hours=decided_hours, basis=tidy(basis))
        refuse_if(problems(decided, facts_to_record([person])[person.pk], RuleSet.default()))
        claim.decided_quarters, claim.basis = quarters(decided_hours), tidy(basis)
    refuse_if(_why_not_enter(claim, by))
    entry = new_entry(tidied(claim.draft), person, source=EntrySource.CLAIM, by=by)
    entry.save(force_insert=True)
    claim.entry, claim.reason = entry, ""
    _moved(claim, ClaimState.ACCEPTED, by)
    refresh_standings([person], today())


def _moved(claim: Claim, state: ClaimState, by: Any) -> Claim:
    claim.state, claim.decided_at, claim.decided_by = state, now(), str(by.public_id)
    claim.save()
    if state is not ClaimState.WITHDRAWN and claim.worker.user_id is not None:
        _tell(claim, state)
    return claim


def _tell(claim: Claim, state: ClaimState) -> None:
    """The person hears what became of the claim."""
    Notice.objects.create(
        recipient=str(claim.worker.user.public_id),  # type: ignore[union-attr]
        code=f"credits.claim_is_{state}",
        values={"title": claim.title, "reason": claim.reason},
        made_by=str(claim.decided_by),
        once_key=f"claim:{claim.public_id}:{claim.decided_at:%Y%m%d%H%M%S%f}",
    )


def _found(claim: Claim) -> Claim:
    found: Claim = Claim.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("worker__keeper").get(pk=claim.pk)
    return found


def _locked(claim: Claim) -> Claim:
    rows = Claim.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_related("worker__keeper", "worker__user")
    found: Claim = rows.select_for_update(of=("self",)).get(pk=claim.pk)
    return found
