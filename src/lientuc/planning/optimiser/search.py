"""The search for the best plan: the year first, then quarters, then whole persons; small problems are searched whole."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from .aside import Aside
from .bound import certificate_of
from .ground import Ground, Ints
from .model import Certificate, Effort, Price, Stopped
from .neighbourhood import YearPlan, search_year
from .placing import EXACT, Placed, place_classes, search_all, seat_persons
from .prices import prices_of
from .quarterly import QuarterModel
from .sifting import FEW_PAIRS, Sifted
from .year import YearModel

SMALL = 3_000
"""Up to so many seats by quarter the whole problem is searched after all."""
AT_ONCE = 600_000
"""Open numbers of classes times pairs that a search of the year takes at once."""
AT_ONCE_PLACING = 250_000
WORTH_SEARCHING = 40
"""Where fewer quarters than this can be searched at once, rounding all of them is as good and much faster."""
FEW_NODES = 60
YEAR_GAP = 0.0035
"""Relative gap that ends the search of a year's classes; what is left is worth less than the quarters after it."""
LARGE_YEAR_GAP = 0.003
PLACING_GAP = 0.003
FAST = {"mip_pool_soft_limit": 100, "mip_heuristic_run_root_reduced_cost": False}
"""Few cuts: on these models HiGHS spends most of its time on cuts that move the bound and find no plan."""


@dataclass(frozen=True)
class Found:
    """Whole classes and seats (None: none found), what the search proved and what it took."""

    classes: Ints | None
    seats: Ints | None
    certificate: Certificate
    prices: tuple[Price, ...]
    stopped: Stopped
    work: int
    searched_bound: float | None = None


class Clock:
    """The safety net: seconds left of an effort, and whether they ran out."""

    def __init__(self, effort: Effort, since: float) -> None:
        self.ends = since + effort.seconds
        self.nodes = effort.nodes

    def options(self, gap: float, **more: bool | int | float) -> dict[str, bool | int | float | str]:
        """Limits of one search."""
        left = max(0.1, self.ends - perf_counter())
        return {"mip_rel_gap": gap, "mip_max_nodes": self.nodes, "time_limit": left, **FAST, **more}

    @property
    def over(self) -> bool:
        """Whether the seconds are gone."""
        return perf_counter() >= self.ends


def search(ground: Ground, effort: Effort, since: float) -> Found:
    """The best plan within the effort; raises Impossible for locks that cannot be kept."""
    clock = Clock(effort, since)
    sifted = Sifted(YearModel(ground))
    sifted.solve()
    small = int(ground.open.sum()) <= SMALL
    # Prices take long where pairs are many, and nothing of the search waits for them.
    large = sifted.model.pairs > FEW_PAIRS
    certificate = certificate_of(sifted.model, sifted.proof)
    prices = Aside(lambda: prices_of(sifted)) if large else None
    year = _year(sifted, clock, small, effort)
    placed = None if year is None else _seated(ground, sifted, year, clock)
    work = sifted.iterations + (0 if year is None else year.iterations) + (0 if placed is None else placed.iterations)
    searched = None
    if small:
        placed, searched, spent = _whole(ground, placed, clock, effort)
        work += spent
    classes, seats = (None, None) if placed is None else (placed.classes(), placed.seats())
    stopped = Stopped.TIME if clock.over else Stopped.GAP if placed is not None else Stopped.WORK
    priced = prices_of(sifted) if prices is None else prices.result()
    return Found(classes, seats, certificate, priced, stopped, work, searched)


def _whole(ground: Ground, placed: Placed | None, clock: Clock, effort: Effort) -> tuple[Placed | None, float, int]:
    """A small problem once more, everything at once from the plan in hand on; the better plan, the solver's bound, work."""
    model = QuarterModel(ground, np.arange(len(ground.p_need)))
    options = clock.options(effort.gap, primal_feasibility_tolerance=EXACT, mip_max_nodes=min(effort.nodes, FEW_NODES))
    better, bound = search_all(model, placed, options)
    if better is None:
        return placed, bound, 0
    if placed is None or better.value > placed.value:
        return better, bound, better.iterations
    return placed, bound, better.iterations


def _year(sifted: Sifted, clock: Clock, small: bool, effort: Effort) -> YearPlan | None:
    large = sifted.model.pairs > FEW_PAIRS
    gap = effort.gap if small else LARGE_YEAR_GAP if large else YEAR_GAP
    return search_year(sifted, everything=small, at_once=AT_ONCE, options=clock.options(gap))


def _seated(ground: Ground, sifted: Sifted, year: YearPlan, clock: Clock) -> Placed | None:
    """Quarters for the year's classes, then whole persons among all who price themselves in."""
    model = sifted.model
    classes = np.bincount(model.slot_offering, weights=year.values[model.y : model.s1], minlength=len(ground.o_vnd))
    sitting = year.values[: model.pairs] > 1e-7
    pairs = np.flatnonzero(sitting | (model.lower[: model.pairs] > 0))
    most_open = AT_ONCE_PLACING // max(1, len(pairs))
    most_open = most_open if most_open >= WORTH_SEARCHING else 0
    placed = place_classes(ground, pairs, np.round(classes).astype(np.int64), most_open, clock.options(PLACING_GAP))
    if placed is None:
        return None
    held = placed.classes()
    weight = ground.rest[ground.p_need]
    near = sitting | (sifted.reduced[: model.pairs] > -0.1 * weight) | (model.lower[: model.pairs] > 0)
    pairs = np.flatnonzero(near & (held[ground.p_offering] > 0).any(axis=1))
    exact = clock.options(0.0002, primal_feasibility_tolerance=EXACT)
    seated = seat_persons(ground, pairs, held, exact)
    if seated is None:
        return None
    seated.iterations += placed.iterations
    return seated
