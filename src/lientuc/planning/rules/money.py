"""What stands in the way of a source of money and of a local rate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.law import NotInForce
from lientuc.law.money import CeilingAnswer, MoneyNorm, check_amount

from ..enums import MoneyColumn, NormCode, SourceKind
from ..phrases import LABELS
from ..wording import InBoth, Vnd

if TYPE_CHECKING:
    from lientuc.places.models import Organisation

    from ..models import FundingSource

# A column is never larger than the ones before it without a reason.
CHAIN = tuple(MoneyColumn)


@dataclass(frozen=True)
class SourceDraft:
    """A source of money; empty `topics`, `levels` and `areas` set no limit, `indicator` is what it must reach."""

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
    areas: tuple[str, ...] = ()
    indicator: str = ""
    decision_on: date | None = None
    authority: str = ""


@dataclass(frozen=True)
class RateDraft:
    """The rate a province or unit, or the owner of a `source`, fixed for a cost item, with the decision it rests on."""

    organisation: Organisation
    norm: NormCode
    amount_vnd: int
    decision: str
    from_on: date
    to_on: date | None = None
    decision_on: date | None = None
    authority: str = ""
    source: FundingSource | None = None


def source_problems(draft: SourceDraft, *, twice: bool) -> Iterator[Problem]:
    """What stands in the way of this source."""
    if not draft.name.strip():
        yield Problem("planning.title_missing", "name")
    if draft.ceiling_vnd < 0:
        yield Problem("planning.ceiling_wrong", "ceiling_vnd")
    yield from _period_problems(draft.from_on, draft.to_on)
    if draft.kind in _WITH_OWNER and not draft.owner.strip():
        yield Problem("planning.owner_missing", "owner")
    if twice:
        yield Problem("planning.source_twice", "name")


_WITH_OWNER = frozenset({SourceKind.DONOR, SourceKind.ORDER})


def why_not_close(*, closed: bool, reason: str) -> Iterator[Problem]:
    """Why a source cannot be closed."""
    if closed:
        yield Problem("planning.source_closed_already")
    if not reason.strip():
        yield Problem("planning.reason_missing", "reason")


def growth_problems(
    title: str, values: Mapping[MoneyColumn, int | None], changed: Collection[MoneyColumn], reason: str
) -> Iterator[Problem]:
    """Why these amounts of a line cannot stand: below zero, or a changed one above the column before it without a reason."""
    if any(vnd is not None and vnd < 0 for vnd in values.values()):
        yield Problem("planning.money_negative")
    if reason.strip():
        return
    earlier: tuple[MoneyColumn, int] | None = None
    for column in CHAIN:
        vnd = values.get(column)
        if vnd is None:
            continue
        if column in changed and earlier is not None and vnd > earlier[1]:
            said = {"title": title, "column": _column(column), "vnd": Vnd(vnd)}
            said |= {"before": _column(earlier[0]), "than": Vnd(earlier[1])}
            yield Problem("planning.money_grew", values=said)
        earlier = column, vnd


def _column(column: MoneyColumn) -> InBoth:
    label = LABELS[MoneyColumn][column]
    return InBoth(label.vi, label.en)


def rate_problems(draft: RateDraft, *, twice: bool) -> Iterator[Problem]:
    """What stands in the way of this rate: provinces fix theirs under the national ceiling (B-20)."""
    if not draft.decision.strip():
        yield Problem("planning.decision_missing", "decision")
    if draft.amount_vnd < 0:
        yield Problem("planning.money_negative", "amount_vnd")
    yield from _period_problems(draft.from_on, draft.to_on)
    if twice:
        yield Problem("planning.rate_twice", "norm")
    if draft.source is None and draft.norm is not NormCode.OTHER:
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
