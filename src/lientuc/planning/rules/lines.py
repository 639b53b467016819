"""What stands in the way of a plan line: topic, persons, ceilings of the law and of its source, money counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from lientuc.core.errors import Problem
from lientuc.law import Certainty, NotInForce
from lientuc.law.money import CeilingAnswer, MoneyDecision, MoneyNorm, check_amount, check_assistant_fee

from ..enums import NormCode
from ..phrases import LABELS
from ..wording import InBoth, Vnd

if TYPE_CHECKING:
    from lientuc.curricula.models import Topic
    from lientuc.registry.models import Provider

    from ..models import FundingSource

MONTHS_IN_A_QUARTER = 3
QUARTERS = 4


@dataclass(frozen=True)
class CostItem:
    """One item of the cost of a class: `quantity` units at `rate_vnd` of a norm."""

    norm: NormCode
    quantity: int
    rate_vnd: int
    text: str = ""

    @property
    def vnd(self) -> int:
        """What the item costs."""
        return self.quantity * self.rate_vnd


@dataclass(frozen=True)
class LineDraft:
    """A plan line as a form, a paste or a file gives it; `requested_vnd` counts where no cost items are listed."""

    title: str
    topic: Topic | None
    classes: int
    persons: int
    year: int
    from_quarter: int = 1
    to_quarter: int = QUARTERS
    audience: str = ""
    provider: Provider | None = None
    performer: str = ""
    items: tuple[CostItem, ...] = ()
    requested_vnd: int = 0
    source: FundingSource | None = None
    integrated_with: str = ""
    reason: str = ""
    note: str = ""
    locked: bool = False

    @property
    def total_vnd(self) -> int:
        """The money asked for: the classes' items, or the amount stated."""
        return self.classes * sum(item.vnd for item in self.items) if self.items else self.requested_vnd

    @property
    def unit_vnd(self) -> int:
        """The cost of one class; a stated amount is divided and rounded down."""
        return self.total_vnd // max(1, self.classes)


@dataclass(frozen=True)
class SourceFacts:
    """A source as a line meets it: what other lines already take of it in its period, and what it may pay."""

    name: str
    ceiling_vnd: int
    used_vnd: int
    from_on: date
    to_on: date | None
    topics: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class LineFacts:
    """What a line's rules ask for; `years` are those of the plan, `paid_twice` names other sources of the same training.

    `rates` are local, `norms` those of the source's owner; both by code of the norm.
    """

    years: range
    source: SourceFacts | None = None
    paid_twice: tuple[str, ...] = ()
    rates: Mapping[str, int] = field(default_factory=dict)
    norms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OverCeiling:
    """A cost item above what the law or a local decision allows; `binding` where the law's text itself was read."""

    place: int
    norm: NormCode
    rate_vnd: int
    ceiling_vnd: int
    binding: bool
    article: InBoth


def first_day(year: int, quarter: int) -> date:
    """The first day of a quarter: ceilings are those of that day."""
    return date(year, (quarter - 1) * MONTHS_IN_A_QUARTER + 1, 1)


def line_problems(draft: LineDraft, facts: LineFacts) -> Iterator[Problem]:
    """Everything that stands in the way of this line."""
    yield from _content_problems(draft, facts)
    yield from _money_problems(draft, facts)


def line_notes(draft: LineDraft, facts: LineFacts) -> Iterator[Problem]:
    """What is no obstacle and should be seen: ceilings that are not known, a provider that is not in the register."""
    if draft.performer and draft.provider is None:
        yield Problem("planning.provider_not_registered", "provider", {"text": draft.performer})
    if draft.source is None:
        yield Problem("planning.source_not_named", "source")
    if _dated(draft):
        on = first_day(draft.year, draft.from_quarter)
        for item in draft.items:
            decision = decision_of(item, draft.items, on)
            if item.norm is not NormCode.OTHER and (decision is None or decision.ceiling_vnd is None):
                yield Problem("planning.ceiling_unknown", "items", {"norm": _named(item.norm)})


def over_ceilings(draft: LineDraft, facts: LineFacts) -> Iterator[OverCeiling]:
    """The cost items above the ceiling of the line's first day: national, else of the source's owner, else local (B-20)."""
    on = first_day(draft.year, draft.from_quarter)
    for place, item in enumerate(draft.items):
        decision = decision_of(item, draft.items, on)
        if decision is not None and decision.answer is CeilingAnswer.OVER and decision.ceiling_vnd is not None:
            article = InBoth(decision.citation.vi, decision.citation.en)
            binding = decision.certainty is Certainty.VERIFIED
            yield OverCeiling(place, item.norm, item.rate_vnd, decision.ceiling_vnd, binding, article)
            continue
        own, local = facts.norms.get(item.norm.value), facts.rates.get(item.norm.value)
        if own is not None and item.rate_vnd > own:
            said = InBoth("định mức của nguồn kinh phí", "the norm of the source's owner")
            yield OverCeiling(place, item.norm, item.rate_vnd, own, False, said)
        elif own is None and local is not None and item.rate_vnd > local:
            said = InBoth("mức chi của địa phương, đơn vị", "the local rate")
            yield OverCeiling(place, item.norm, item.rate_vnd, local, False, said)


def decision_of(item: CostItem, items: Sequence[CostItem], on: date) -> MoneyDecision | None:
    """The law's answer for one item, or None where no text is known for the norm or the day."""
    if item.norm is NormCode.OTHER:
        return None
    lecturer = max((other.rate_vnd for other in items if other.norm is NormCode.LECTURER_HALF_DAY), default=None)
    try:
        if item.norm is NormCode.ASSISTANT_HALF_DAY and lecturer is not None:
            return check_assistant_fee(item.rate_vnd, lecturer, on)
        return check_amount(MoneyNorm(item.norm.value), item.rate_vnd, on)
    except NotInForce:
        return None


def _content_problems(draft: LineDraft, facts: LineFacts) -> Iterator[Problem]:
    if not draft.title.strip():
        yield Problem("planning.title_missing", "title")
    if draft.topic is None:
        yield Problem("planning.topic_missing", "topic")
    if draft.classes < 1:
        yield Problem("planning.classes_too_few", "classes")
    if draft.persons < 1:
        yield Problem("planning.persons_too_few", "persons")
    elif draft.persons < draft.classes:
        yield Problem("planning.fewer_persons_than_classes", "persons")
    if not _dated(draft):
        yield Problem("planning.quarters_wrong", "quarters")
    if draft.year not in facts.years:
        first, last = facts.years.start, facts.years.stop - 1
        yield Problem("planning.year_outside_plan", "year", {"first": first, "last": last})


def _dated(draft: LineDraft) -> bool:
    return 1 <= draft.from_quarter <= draft.to_quarter <= QUARTERS


def _money_problems(draft: LineDraft, facts: LineFacts) -> Iterator[Problem]:
    if draft.total_vnd < 1:
        yield Problem("planning.money_missing", "money")
    if any(item.quantity < 1 or item.rate_vnd < 0 for item in draft.items):
        yield Problem("planning.item_wrong", "items")
    if _dated(draft):
        yield from _ceiling_problems(draft, over_ceilings(draft, facts))
    if facts.source is not None:
        yield from _source_problems(draft, facts.source)
    if facts.paid_twice and not draft.reason.strip():
        yield Problem("planning.double_funding", "source", {"others": ", ".join(facts.paid_twice)})


def _ceiling_problems(draft: LineDraft, found: Iterable[OverCeiling]) -> Iterator[Problem]:
    for over in found:
        values = {
            "norm": _named(over.norm),
            "rate": Vnd(over.rate_vnd),
            "ceiling": Vnd(over.ceiling_vnd),
            "article": over.article,
        }
        if over.binding:
            yield Problem("planning.over_ceiling", "items", values)
        elif not draft.reason.strip():
            yield Problem("planning.over_ceiling_needs_reason", "reason", values)


def _source_problems(draft: LineDraft, source: SourceFacts) -> Iterator[Problem]:
    if source.closed:
        yield Problem("planning.source_closed", "source", {"source": source.name})
    if draft.topic is not None and source.topics and draft.topic.code not in source.topics:
        yield Problem("planning.source_not_for_topic", "source", {"source": source.name})
    if _dated(draft) and not _covers(source, draft):
        yield Problem("planning.source_other_period", "source", {"source": source.name})
    over = source.used_vnd + draft.total_vnd - source.ceiling_vnd
    if over > 0:
        values = {"source": source.name, "over": Vnd(over), "ceiling": Vnd(source.ceiling_vnd)}
        yield Problem("planning.source_ceiling", "money", values)


def _covers(source: SourceFacts, draft: LineDraft) -> bool:
    begins = first_day(draft.year, draft.from_quarter)
    last_quarter_begins = first_day(draft.year, draft.to_quarter)
    return source.from_on <= last_quarter_begins and (source.to_on is None or begins <= source.to_on)


def _named(norm: NormCode) -> InBoth:
    text = LABELS[NormCode][norm]
    return InBoth(text.vi, text.en)
