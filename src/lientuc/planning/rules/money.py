"""What stands in the way of a source of money and of a local rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.law import NotInForce
from lientuc.law.money import CeilingAnswer, MoneyNorm, check_amount

from ..enums import NormCode, SourceKind
from ..wording import InBoth, Vnd

if TYPE_CHECKING:
    from lientuc.places.models import Organisation


@dataclass(frozen=True)
class SourceDraft:
    """A source of money; empty `topics` and `levels` set no limit."""

    organisation: Organisation
    name: str
    kind: SourceKind
    ceiling_vnd: int
    from_on: date
    to_on: date | None = None
    owner: str = ""
    decision: str = ""
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class RateDraft:
    """The rate a province or unit fixed for a cost item, with the decision it rests on."""

    organisation: Organisation
    norm: NormCode
    amount_vnd: int
    decision: str
    from_on: date
    to_on: date | None = None


def source_problems(draft: SourceDraft, *, twice: bool) -> Iterator[Problem]:
    """What stands in the way of this source."""
    if not draft.name.strip():
        yield Problem("planning.title_missing", "name")
    if draft.ceiling_vnd < 0:
        yield Problem("planning.ceiling_wrong", "ceiling_vnd")
    yield from _period_problems(draft.from_on, draft.to_on)
    if twice:
        yield Problem("planning.source_twice", "name")


def rate_problems(draft: RateDraft, *, twice: bool) -> Iterator[Problem]:
    """What stands in the way of this rate: provinces fix theirs under the national ceiling (B-20)."""
    if not draft.decision.strip():
        yield Problem("planning.decision_missing", "decision")
    if draft.amount_vnd < 0:
        yield Problem("planning.money_negative", "amount_vnd")
    yield from _period_problems(draft.from_on, draft.to_on)
    if twice:
        yield Problem("planning.rate_twice", "norm")
    if draft.norm is not NormCode.OTHER:
        yield from _ceiling_problems(draft)


def _ceiling_problems(draft: RateDraft) -> Iterator[Problem]:
    try:
        decision = check_amount(MoneyNorm(draft.norm.value), draft.amount_vnd, draft.from_on)
    except NotInForce:
        return
    if decision.answer is CeilingAnswer.OVER and decision.ceiling_vnd is not None:
        values = {
            "rate": Vnd(draft.amount_vnd),
            "ceiling": Vnd(decision.ceiling_vnd),
            "article": InBoth(decision.citation.vi, decision.citation.en),
        }
        yield Problem("planning.rate_over_ceiling", "amount_vnd", values)


def _period_problems(from_on: date, to_on: date | None) -> Iterator[Problem]:
    if to_on is not None and to_on < from_on:
        yield Problem("planning.period_wrong", "to_on")
