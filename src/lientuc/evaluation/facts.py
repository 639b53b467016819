"""What one audience is shown of a wave, as named counts and the sums that tie them together, for `analytics.linked`.

Every published count has a place: a choice of an item, how many answered, whom it concerned, agree and strongly agree,
a paper's category, an interview register's category, and each of them again within every filter offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lientuc.analytics.linked import Place, Sum
from lientuc.analytics.statistics import Frequencies, LikertSummary, MultipleChoice

from .results import ItemResult

Names = tuple[str, ...]
AGREE = (3, 4)
"""Places, from 0, of agree and strongly agree among five answers."""


@dataclass
class Facts:
    """Counts by place, which of them add up to which, and which are printed whatever they are (who did not answer)."""

    counts: dict[Place, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    printed: set[Place] = field(default_factory=set)

    def add(self, place: Place, count: int) -> Place:
        """Name a count."""
        self.counts[place] = count
        return place

    def total(self, place: Place, parts: Iterable[Place]) -> None:
        """Say that the count at `place` is the sum of these."""
        self.sums.append(Sum(place, tuple(parts)))


def place_of(result: ItemResult, *what: str, view: Names = ()) -> Place:
    """Where a count of an item stands: `("c", code)`, `("n",)`, `("e",)` …; within a filter `view` comes first."""
    return (*view, "q", result.item.name, str(result.index), *what)


def note_results(facts: Facts, found: Sequence[ItemResult], view: Names = ()) -> None:
    """Every count of these items, with its sums; an item's gate ties the people it concerns to the gate's answers."""
    by_name = {result.item.name: result for result in found if not result.index}
    for result in found:
        answered = _note_answers(facts, result, view)
        if result.gate is not None:
            _note_gate(facts, result, by_name, answered, view)


def _note_answers(facts: Facts, result: ItemResult, view: Names) -> Place:
    figures = result.figures
    answered = facts.add(place_of(result, "n", view=view), answered_by(result))
    if isinstance(figures, MultipleChoice):
        for row in figures.rows:
            ticked = facts.add(place_of(result, "c", row.code, view=view), row.count)
            other = facts.add(place_of(result, "o", row.code, view=view), figures.respondents - row.count)
            facts.total(answered, (ticked, other))
        return answered
    counts = counts_of(result)
    if counts:
        parts = [facts.add(place_of(result, "c", code, view=view), n) for code, n in counts.items()]
        facts.total(answered, parts)
        if isinstance(figures, LikertSummary):
            agree = facts.add(place_of(result, "agree", view=view), figures.agree.count)
            facts.total(agree, [parts[n] for n in AGREE])
    return answered


def _note_gate(
    facts: Facts, result: ItemResult, by_name: Mapping[str, ItemResult], answered: Place, view: Names
) -> None:
    gate = result.gate
    assert gate is not None
    decides = by_name.get(next(iter(result.gates), "")) if result.opening is not None else None
    # Where no answer opens the item too, a reader takes the number of those, which is printed, off the eligible.
    known = decides.figures.missing if decides is not None and "" in (result.opening or ()) else 0
    eligible = facts.add(place_of(result, "e", view=view), gate.eligible - known)
    decided = facts.add(place_of(result, "t", view=view), gate.asked - gate.gate_unknown - known)
    other = facts.add(place_of(result, "x", view=view), gate.asked - gate.gate_unknown - gate.eligible)
    facts.total(decided, (eligible, other))
    if result.eligible is not None:
        rightly = facts.add(place_of(result, "en", view=view), gate.answered)
        wrongly = facts.add(place_of(result, "w", view=view), gate.answered_not_eligible)
        unsure = facts.add(place_of(result, "wu", view=view), gate.answered_gate_unknown)
        facts.total(answered, (rightly, wrongly, unsure))
    counted = counts_of(decides) if decides is not None and decides.gate is None else {}
    opening = [code for code in counted if code in (result.opening or ())]
    if decides is not None and opening and sum(counted[code] for code in opening) == gate.eligible - known:
        facts.total(eligible, [place_of(decides, "c", code, view=view) for code in opening])


def note_view(facts: Facts, by: ItemResult, code: str, found: Sequence[ItemResult]) -> None:
    """The people of one answer of a filter: those who answered an item and those who left it open are that answer's count."""
    view = ("f", by.item.name, code)
    note_results(facts, found, view)
    whole = place_of(by, "c", code)
    for result in found:
        if result.gate is None and whole in facts.counts:
            open_ = facts.add(place_of(result, "m", view=view), result.figures.missing)
            facts.printed.add(open_)
            facts.total(whole, (place_of(result, "n", view=view), open_))


def note_filter(facts: Facts, name: str, codes: Sequence[str]) -> None:
    """The whole is the sum of its filtered parts, count by count; `codes` include the one of those who gave no answer."""
    for place in [place for place in facts.counts if place[0] == "q"]:
        parts = [("f", name, code, *place) for code in codes]
        facts.total(place, [part for part in parts if part in facts.counts])


def counts_of(result: ItemResult) -> dict[str, int]:
    """The counts of an item of one choice by code; empty for any other."""
    match result.figures:
        case Frequencies(rows=rows):
            return {row.code: row.share.count for row in rows}
        case LikertSummary(counts=counts):
            return dict(zip(result.item.values, counts, strict=True))
    return {}


def answered_by(result: ItemResult) -> int:
    """How many answered an item."""
    figures = result.figures
    return figures.respondents if isinstance(figures, MultipleChoice) else figures.answered
