"""Results as one audience may see them: the feasibility check of `analytics.linked` over everything it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lientuc.analytics.disclosure import (
    THRESHOLDS,
    Audience,
    Cell,
    Thresholds,
    is_small,
    why_not_show_result,
    why_not_show_share,
)
from lientuc.analytics.linked import Place, hidden_places
from lientuc.analytics.measures.response import WaveCounts
from lientuc.analytics.statistics import Frequencies, LikertSummary, MultipleChoice
from lientuc.core.errors import Problem

from .facts import Facts, Names, answered_by, note_results, place_of
from .results import ItemResult


@dataclass(frozen=True)
class Shown:
    """One item as an audience may see it. `cells` are its category counts (None: hidden), `answered` their total.

    `withheld`: nothing of the item may be seen. `part_of_whole`: figures that lean on every count (agree share, median,
    share of responses, smallest and greatest value) may be seen. `concerned` is how many it concerned, where only some.
    """

    result: ItemResult
    cells: tuple[Cell, ...]
    answered: Cell
    missing: Cell
    part_of_whole: bool
    agree: bool = True
    withheld: bool = False
    concerned: Cell = None
    wrongly: Cell = None


def why_not_show_wave(completed: int, audience: Audience) -> Problem | None:
    """Why a wave has no tables yet, or None: below the threshold nobody sees results, the evaluator neither."""
    thresholds = THRESHOLDS[audience]
    if why_not_show_result(completed, thresholds):
        return Problem("evaluation.too_few_answers", values={"completed": completed, "least": thresholds.results_from})
    return None


def shown(found: Iterable[ItemResult], audience: Audience) -> list[Shown]:
    """Every item as `audience` may see it, in order, where nothing but these items is published."""
    listed, facts = list(found), Facts()
    note_results(facts, listed)
    return shown_without(listed, hidden_from(facts, audience), audience)


def hidden_from(facts: Facts, audience: Audience) -> frozenset[Place]:
    """The places that stay unseen."""
    return hidden_places(facts.counts, facts.sums, THRESHOLDS[audience], printed=facts.printed)


def shown_without(
    found: Sequence[ItemResult], hidden: frozenset[Place], audience: Audience, view: Names = ()
) -> list[Shown]:
    """Every item with these places hidden."""
    return [_shown(result, hidden, THRESHOLDS[audience], view) for result in found]


def _shown(result: ItemResult, hidden: frozenset[Place], thresholds: Thresholds, view: Names) -> Shown:
    def cell(count: int, *what: str) -> Cell:
        return None if place_of(result, *what, view=view) in hidden else count

    if result.gate is not None and place_of(result, "e", view=view) in hidden:
        return Shown(result, (), None, None, part_of_whole=False, agree=False, withheld=True)
    cells = tuple(_cells(result, hidden, view))
    answered = cell(answered_by(result), "n")
    gate, exact = result.gate, thresholds.counts_from == THRESHOLDS[Audience.EVALUATOR].counts_from
    concerned = cell(gate.eligible, "e") if gate is not None else None
    wrongly = (
        None
        if gate is None
        else cell(gate.answered_not_eligible, "w")
        if result.eligible
        else gate.answered_not_eligible
    )
    is_known = answered is not None and (gate is None or concerned is not None)
    whole = None not in cells and answered is not None
    small = is_small(answered_by(result), thresholds)
    return Shown(
        result=result,
        cells=cells,
        answered=answered,
        missing=result.figures.missing if is_known else None,
        # The smallest and the greatest value are each one person's.
        part_of_whole=whole if cells else exact,
        agree=answered is not None and place_of(result, "agree", view=view) not in hidden,
        withheld=small or (not cells and answered is None),
        concerned=concerned,
        wrongly=wrongly,
    )


def _cells(result: ItemResult, hidden: frozenset[Place], view: Names) -> Iterable[Cell]:
    match result.figures:
        case Frequencies(rows=rows):
            counted = {row.code: row.share.count for row in rows}
        case LikertSummary(counts=counts):
            counted = dict(zip(result.item.values, counts, strict=True))
        case MultipleChoice(rows=rows):
            counted = {row.code: row.count for row in rows}
        case _:
            return
    for code, count in counted.items():
        places = (place_of(result, "c", code, view=view), place_of(result, "o", code, view=view))
        yield None if hidden.intersection(places) else count


def strata_may_be_shown(strata: Mapping[tuple[str, str], WaveCounts], audience: Audience) -> bool:
    """Whether response rates by stratum may be seen: all of them or none, so that no total gives one back."""
    thresholds = THRESHOLDS[audience]
    return all(why_not_show_share(c.completed, c.invited, thresholds) is None for c in strata.values())
