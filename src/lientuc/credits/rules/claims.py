"""May a claim be handed in, decided or drawn for comparison with the paper."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem
from lientuc.core.names import tidy
from lientuc.law.credits import RuleSet

from ..enums import ClaimState, SampleRule
from .entries import LONGEST, EntryDraft, RecordFacts, problems

MOST_FILES = 6
# The office decides these hours when it accepts, so the person need not know them.
_LEFT_TO_THE_OFFICE = frozenset({"credits.hours_not_decided"})

# Who moves a claim is the action's business: the person the first three, the office the others.
TRANSITIONS: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.SUBMITTED: frozenset(
        {ClaimState.SUBMITTED, ClaimState.WITHDRAWN, ClaimState.RETURNED, ClaimState.REFUSED, ClaimState.ACCEPTED}
    ),
    ClaimState.RETURNED: frozenset({ClaimState.SUBMITTED, ClaimState.WITHDRAWN, ClaimState.REFUSED}),
    ClaimState.ACCEPTED: frozenset(),
    ClaimState.REFUSED: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class Recognition:
    """The decision that recognises a course abroad: its number, day and authority; all of it or nothing."""

    number: str = ""
    on: date | None = None
    authority: str = ""

    @property
    def whole(self) -> bool:
        """Whether the three parts are there."""
        return bool(tidy(self.number) and self.on and tidy(self.authority))

    @property
    def empty(self) -> bool:
        """Whether no part is there."""
        return not (tidy(self.number) or self.on or tidy(self.authority))


@dataclass(frozen=True)
class ClaimDraft:
    """What a person says they took part in; `abroad` with or without the decision that recognises it."""

    entry: EntryDraft
    abroad: bool = False
    recognition: Recognition = Recognition()


def claim_problems(
    draft: ClaimDraft, facts: RecordFacts, rules: RuleSet, *, files: int, waiting: Collection[str]
) -> list[Problem]:
    """What stands in the way of handing in a tidied draft with so many `files`; `waiting` are keys of the person's open claims."""
    found = [p for p in problems(draft.entry, facts, rules) if p.code not in _LEFT_TO_THE_OFFICE]
    if not files:
        found.append(Problem("credits.evidence_missing", "files"))
    if files > MOST_FILES:
        found.append(Problem("credits.too_many_files", "files", {"limit": MOST_FILES}))
    if claim_key(draft.entry) in waiting:
        found.append(Problem("credits.claim_waiting", "title", {"title": draft.entry.title}))
    return found + recognition_problems(draft.recognition, on=facts.on, needed=False)


def recognition_problems(recognition: Recognition, *, on: date, needed: bool = True) -> list[Problem]:
    """Why a recognition cannot be written down: parts are missing, or its day has not come."""
    if recognition.empty and not needed:
        return []
    if not recognition.whole:
        return [Problem("credits.recognition_incomplete", "recognition_number")]
    if recognition.on is not None and recognition.on > on:
        return [Problem("credits.recognition_in_future", "recognised_on")]
    if max(len(tidy(recognition.number)), len(tidy(recognition.authority))) > LONGEST["certificate_number"]:
        return [Problem("credits.too_long", "recognition_number", {"limit": LONGEST["certificate_number"]})]
    return []


def claim_key(draft: EntryDraft) -> str:
    """Equal for two claims about the same activity: day, form, role and folded title."""
    return "|".join(str(part) for part in draft.activity or ())


def why_not_move(state: ClaimState, to: ClaimState, *, own: bool) -> list[Problem]:
    """Why a claim in `state` may not become `to`; `own`: the office's person would decide about themselves."""
    if to not in TRANSITIONS[state]:
        return [Problem("credits.claim_decided" if not TRANSITIONS[state] else "credits.claim_not_submitted")]
    if own and to in {ClaimState.ACCEPTED, ClaimState.REFUSED, ClaimState.RETURNED}:
        return [Problem("credits.own_claim")]
    return []


def why_not_accept(*, recognised: bool, has_evidence: bool) -> list[Problem]:
    """What acceptance needs beyond the rules of the ledger: evidence, and the recognition of a course abroad."""
    found = [] if recognised else [Problem("credits.recognition_missing", "recognition_number")]
    return found if has_evidence else [*found, Problem("credits.evidence_missing", "files")]


def reason_problems(reason: str) -> list[Problem]:
    """A claim is sent back or refused with a reason the person can act on."""
    if not tidy(reason):
        return [Problem("credits.claim_reason_missing", "reason")]
    if len(tidy(reason)) > LONGEST["title"]:
        return [Problem("credits.too_long", "reason", {"limit": LONGEST["title"]})]
    return []


def drawn(rule: SampleRule, step: int, seed: int, waiting: Sequence[str]) -> frozenset[str]:
    """Which of the `waiting` keys, in the order received, are compared with the paper; the same answer for the same question.

    every_kth: the k-th, 2k-th …, and the last one where fewer than k wait. random: `step` percent, at least one.
    """
    if not waiting:
        return frozenset()
    if rule is SampleRule.EVERY_KTH:
        return frozenset(waiting[step - 1 :: step] or waiting[-1:])
    count = max(1, -(-len(waiting) * step // 100))
    return frozenset(random.Random(seed).sample(sorted(waiting), count))


def why_not_draw(*, step: int, waiting: int, rule: SampleRule) -> list[Problem]:
    """Why no sample can be drawn: nobody waits, or k or the percent is out of range."""
    if not waiting:
        return [Problem("credits.nothing_waits")]
    if not 1 <= step <= 100:
        return [Problem("credits.step_wrong", "step", {"rule": str(rule)})]
    return []


def why_not_accept_rest(drawn_states: Sequence[ClaimState]) -> list[Problem]:
    """The claims not drawn may be accepted together only after every drawn one was found right."""
    if any(state in {ClaimState.SUBMITTED, ClaimState.RETURNED} for state in drawn_states):
        return [Problem("credits.sample_open")]
    if any(state is ClaimState.REFUSED for state in drawn_states):
        return [Problem("credits.sample_failed")]
    return []
