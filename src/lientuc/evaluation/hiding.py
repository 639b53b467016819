"""Results as one audience may see them: the thresholds of `analytics.disclosure` applied to each kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lientuc.analytics.disclosure import (
    THRESHOLDS,
    Audience,
    Cell,
    Thresholds,
    is_small,
    one_way,
    why_not_show_result,
    why_not_show_share,
)
from lientuc.analytics.measures.response import WaveCounts
from lientuc.analytics.statistics import Frequencies, LikertSummary, MultipleChoice, Summary
from lientuc.core.errors import Problem

from .results import ItemResult, Texts

AGREE = frozenset({3, 4})


@dataclass(frozen=True)
class Shown:
    """One item as an audience may see it. `cells` are its category counts (None: hidden), `answered` their total.

    `withheld`: nothing of the item may be seen. `part_of_whole`: figures that lean on every count (agree share, median,
    share of responses, smallest and greatest value) may be seen.
    """

    result: ItemResult
    cells: tuple[Cell, ...]
    answered: Cell
    missing: Cell
    part_of_whole: bool
    agree: bool = True
    withheld: bool = False


def why_not_show_wave(completed: int, audience: Audience) -> Problem | None:
    """Why a wave has no tables yet, or None: below the threshold nobody sees results, the evaluator neither."""
    thresholds = THRESHOLDS[audience]
    if why_not_show_result(completed, thresholds):
        return Problem("evaluation.too_few_answers", values={"completed": completed, "least": thresholds.results_from})
    return None


def shown(found: Iterable[ItemResult], audience: Audience) -> list[Shown]:
    """Every item as `audience` may see it, in order.

    The number of people an item concerns is a sum of cells of its gate; where a cell of the gate is hidden, that sum
    could give it back, so the whole item is withheld.
    """
    thresholds = THRESHOLDS[audience]
    hidden_gates: set[str] = set()
    items: list[Shown] = []
    for result in found:
        seen = _shown(result, thresholds)
        if result.gates & hidden_gates or _gate_is_small(result, thresholds):
            seen = _withheld(result)
        if seen.withheld or None in (*seen.cells, seen.answered):
            hidden_gates.add(result.item.name)
        items.append(seen)
    return items


def strata_may_be_shown(strata: Mapping[tuple[str, str], WaveCounts], audience: Audience) -> bool:
    """Whether response rates by stratum may be seen: all of them or none, so that no total gives one back."""
    thresholds = THRESHOLDS[audience]
    return all(why_not_show_share(c.completed, c.invited, thresholds) is None for c in strata.values())


def _shown(result: ItemResult, thresholds: Thresholds) -> Shown:
    match result.figures:
        case Frequencies(rows=rows, missing=missing):
            return _counted(result, [row.share.count for row in rows], missing, thresholds)
        case LikertSummary(counts=counts, missing=missing):
            return _counted(result, counts, missing, thresholds)
        case MultipleChoice() as figures:
            return _ticked(result, figures, thresholds)
        case Summary(answered=answered, missing=missing) | Texts(answered=answered, missing=missing):
            return _measured(result, answered, missing, thresholds)


def _counted(result: ItemResult, counts: Sequence[int], missing: int, thresholds: Thresholds) -> Shown:
    found = one_way(counts, thresholds)
    hidden = {place for place, cell in enumerate(found.cells) if cell is None}
    return Shown(
        result=result,
        cells=found.cells,
        answered=found.total,
        missing=None if found.total is None else missing,
        part_of_whole=not hidden and found.total is not None,
        agree=found.total is not None and _agree_gives_nothing_away(hidden),
    )


def _agree_gives_nothing_away(hidden: set[int]) -> bool:
    """Whether agree + strongly agree may be printed beside the five counts, of which these are hidden.

    It may where it is known anyway: both of its counts are shown, or exactly its two are hidden.
    """
    return not hidden & AGREE or hidden == AGREE


def _ticked(result: ItemResult, figures: MultipleChoice, thresholds: Thresholds) -> Shown:
    of = figures.respondents
    cells = tuple(
        None if why_not_show_share(row.count, of, thresholds) is not None else row.count for row in figures.rows
    )
    small = is_small(of, thresholds)
    return Shown(
        result=result,
        cells=cells,
        answered=None if small else of,
        missing=None if small else figures.missing,
        part_of_whole=None not in cells and not small,
    )


def _measured(result: ItemResult, answered: int, missing: int, thresholds: Thresholds) -> Shown:
    small = is_small(answered, thresholds)
    # The smallest and the greatest value are each one person's.
    exact = thresholds.counts_from == THRESHOLDS[Audience.EVALUATOR].counts_from
    return Shown(
        result, (), None if small else answered, None if small else missing, part_of_whole=exact, withheld=small
    )


def _gate_is_small(result: ItemResult, thresholds: Thresholds) -> bool:
    gate = result.gate
    return gate is not None and why_not_show_share(gate.eligible, gate.asked, thresholds) is not None


def _withheld(result: ItemResult) -> Shown:
    return Shown(result, (), None, None, part_of_whole=False, agree=False, withheld=True)
