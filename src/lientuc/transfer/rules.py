"""Whether an agreement may be opened, signed, handed over and ended, and whether a follow-up may be noted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem

from .enums import AgreementState, Prerequisite

TRANSITIONS = {
    AgreementState.DRAFT: {AgreementState.ACTIVE, AgreementState.ENDED},
    AgreementState.ACTIVE: {AgreementState.HANDED_OVER, AgreementState.ENDED},
    AgreementState.HANDED_OVER: {AgreementState.ENDED},
    AgreementState.ENDED: set[AgreementState](),
}
# Whether the technique is still done is asked this many months after the hand-over.
FOLLOW_UP_MONTHS = (3, 6, 12)
# What is missing of these two is mended by training; equipment is not.
MENDED_BY_TRAINING = (Prerequisite.STAFF, Prerequisite.KNOWLEDGE)
UNMET = {
    Prerequisite.EQUIPMENT: Problem("transfer.equipment_unmet", "prerequisites"),
    Prerequisite.STAFF: Problem("transfer.staff_unmet", "prerequisites"),
    Prerequisite.KNOWLEDGE: Problem("transfer.knowledge_unmet", "prerequisites"),
}


@dataclass(frozen=True)
class AgreementDraft:
    """What is written down to open an agreement; `persons` of the receiver are to master the technique by `due_on`."""

    due_on: date
    persons: int
    prerequisites: tuple[Prerequisite, ...] = ()
    signed_on: date | None = None
    number: str = ""
    topic_code: str = ""


@dataclass(frozen=True)
class OpeningFacts:
    """What the records say: giver is receiver, the receiver has an open agreement on it, the technique is in force."""

    one_party: bool
    open_already: bool
    technique_in_force: bool


@dataclass(frozen=True)
class HandOverDraft:
    """What both parties confirm at the hand-over; `minutes_number` is that of the minutes, blank where none is given."""

    handed_over_on: date
    prerequisites: tuple[Prerequisite, ...]
    minutes_number: str = ""


@dataclass(frozen=True)
class FollowUpDraft:
    """What is seen at the receiver `month` months after the hand-over; `cases` since the last follow-up."""

    month: int
    observed_on: date
    used: bool
    cases: int = 0
    barrier: str = ""


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later; the month's last day where it is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_follow_up(handed_over_on: date | None, last_month: int | None) -> date | None:
    """The day from which the next follow-up is due, or None where none is left or nothing was handed over."""
    left = [month for month in FOLLOW_UP_MONTHS if month > (last_month or 0)]
    return months_later(handed_over_on, left[0]) if handed_over_on and left else None


def stated(met: Iterable[Prerequisite]) -> dict[str, bool]:
    """Every prerequisite by code: met or not."""
    found = set(met)
    return {str(prerequisite): prerequisite in found for prerequisite in Prerequisite}


def problems(draft: AgreementDraft, *, facts: OpeningFacts, on: date) -> list[Problem]:
    """What stands in the way of opening this agreement."""
    found = [Problem("transfer.one_party", "receiver")] if facts.one_party else []
    if facts.open_already:
        found.append(Problem("transfer.open_already", "technique"))
    if not facts.technique_in_force:
        found.append(Problem("transfer.technique_ended", "technique"))
    if draft.persons < 1:
        found.append(Problem("transfer.persons_missing", "persons"))
    return found + _signature_problems(draft.signed_on, due_on=draft.due_on, on=on)


def why_not_sign(state: AgreementState, *, signed_on: date, due_on: date, on: date) -> list[Problem]:
    """What stands in the way of signing."""
    if AgreementState.ACTIVE not in TRANSITIONS[state]:
        return [Problem("transfer.not_draft")]
    return _signature_problems(signed_on, due_on=due_on, on=on)


def _signature_problems(signed_on: date | None, *, due_on: date, on: date) -> list[Problem]:
    found = [Problem("transfer.in_future", "signed_on")] if signed_on and signed_on > on else []
    if due_on <= (signed_on or on):
        found.append(Problem("transfer.due_too_early", "due_on"))
    return found


def why_not_hand_over(
    draft: HandOverDraft, *, state: AgreementState, signed_on: date | None, on: date
) -> list[Problem]:
    """What stands in the way of handing the technique over."""
    if signed_on is None or AgreementState.HANDED_OVER not in TRANSITIONS[state]:
        return [Problem("transfer.not_active")]
    found = [problem for prerequisite, problem in UNMET.items() if prerequisite not in draft.prerequisites]
    if draft.handed_over_on < signed_on:
        found.append(Problem("transfer.before_signature", "handed_over_on"))
    if draft.handed_over_on > on:
        found.append(Problem("transfer.in_future", "handed_over_on"))
    return found


def follow_up_problems(
    draft: FollowUpDraft, *, state: AgreementState, handed_over_on: date | None, barrier_known: bool, on: date
) -> list[Problem]:
    """What stands in the way of noting this follow-up; noted again, the later note of a month counts."""
    if handed_over_on is None or state != AgreementState.HANDED_OVER:
        return [Problem("transfer.not_handed_over")]
    found = _use_problems(draft, barrier_known=barrier_known)
    if draft.observed_on > on:
        found.append(Problem("transfer.in_future", "observed_on"))
    if draft.month not in FOLLOW_UP_MONTHS:
        return [*found, Problem("transfer.month_unknown", "month")]
    first_on = months_later(handed_over_on, draft.month)
    if draft.observed_on < first_on:
        values = {"month": draft.month, "day": first_on}
        found.append(Problem("transfer.follow_up_too_early", "observed_on", values))
    return found


def _use_problems(draft: FollowUpDraft, *, barrier_known: bool) -> list[Problem]:
    if draft.used:
        return [] if draft.cases > 0 else [Problem("transfer.cases_missing", "cases")]
    found = [Problem("transfer.cases_without_use", "cases")] if draft.cases else []
    return found if barrier_known else [*found, Problem("transfer.barrier_missing", "barrier")]


def why_not_end(state: AgreementState, reason: str) -> list[Problem]:
    """What stands in the way of ending."""
    if AgreementState.ENDED not in TRANSITIONS[state]:
        return [Problem("transfer.ended")]
    return [] if reason.strip() else [Problem("transfer.reason_missing", "reason")]
