"""The bound that prices of rows prove, for any prices at all: weak duality, arithmetic only, no solver.

With prices π for rows A v ≤ b and λ for links, no plan is worth more than Σ π b + Σ over columns of the reduced worth
times the limit that suits it. Links are x ≤ together · Σ y in the window of the pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ground import Floats, Ground
from .model import Certificate, Dual, PlanningProblem
from .year import YearModel

NOTHING = 1e-9
TOLERANCE = 1e-6


@dataclass(frozen=True)
class RowPrices:
    """Prices by row of a `YearModel`, and by pair for links."""

    rows: Floats
    links: Floats


def reduced_worth(model: YearModel, prices: RowPrices) -> Floats:
    """Worth of each column less the price of what it uses."""
    used = np.bincount(model.a_column, weights=model.a_factor * prices.rows[model.a_row], minlength=len(model.worth))
    reduced = model.worth - used
    reduced[: model.pairs] -= prices.links
    linked = np.flatnonzero(prices.links)
    ground = model.ground
    share = prices.links[linked] * ground.together[linked]
    for quarter in range(ground.quarters):
        slot = model.slot_at[ground.p_offering[linked], quarter]
        here = (slot >= 0) & ground.open[linked, quarter]
        np.add.at(reduced, slot[here], share[here])
    return reduced


def bound_of(model: YearModel, prices: RowPrices) -> float:
    """The bound that these prices prove; prices of the wrong sign count as none."""
    rows = np.where(model.is_need, prices.rows, np.maximum(prices.rows, 0.0))
    fair = RowPrices(rows, np.maximum(prices.links, 0.0))
    reduced = reduced_worth(model, fair)
    held = np.where(reduced > 0, reduced * model.upper, reduced * model.lower)
    return float(rows @ model.row_upper + held.sum())


class Unproved(ValueError):
    """A certificate that does not prove its bound for this problem."""


def certificate_of(model: YearModel, prices: RowPrices) -> Certificate:
    """The prices that prove the bound, with the names of their rows; zeros left out.

    What keeping classes of a plan in hand is worth is no part of a plan's value, nor of its bound.
    """
    if len(model.kept):
        model = YearModel(Ground(model.ground.problem))
        prices = RowPrices(prices.rows[: model.rows.count], prices.links)
    duals = []
    for family, (start, names) in model.rows.families.items():
        for place, name in enumerate(names):
            price = float(prices.rows[start + place])
            if abs(price) > NOTHING:
                duals.append(Dual(family, _named(model.ground, family, name), price))
    for pair in np.flatnonzero(prices.links > NOTHING):
        duals.append(Dual("link", _link(model.ground, int(pair)), float(prices.links[pair])))
    found = tuple(duals)
    return Certificate(round(bound_of(model, _read(model, found)), 6), found)


def prove_bound(problem: PlanningProblem, certificate: Certificate) -> float:
    """The bound that the certificate proves for the problem, by arithmetic alone.

    Raises Unproved where a price has no row in this problem, or the prices prove another bound than the one claimed.
    """
    model = YearModel(Ground(problem))
    bound = bound_of(model, _read(model, certificate.duals))
    if not abs(bound - certificate.bound) <= TOLERANCE * max(1.0, abs(bound)):
        raise Unproved(f"the prices prove {bound:.6f}, not {certificate.bound:.6f}")
    return bound


def _read(model: YearModel, duals: tuple[Dual, ...]) -> RowPrices:
    rows, links = np.zeros(model.rows.count), np.zeros(model.pairs)
    at = {
        (family, *_named(model.ground, family, name)): start + place
        for family, (start, names) in model.rows.families.items()
        for place, name in enumerate(names)
    }
    wanted = any(dual.family == "link" for dual in duals)
    pair_at = {_link(model.ground, pair): pair for pair in range(model.pairs)} if wanted else {}
    for dual in duals:
        place = pair_at.get(dual.name) if dual.family == "link" else at.get((dual.family, *dual.name))
        if place is None:
            raise Unproved(f"no row {dual.family} {' '.join(dual.name)}")
        (links if dual.family == "link" else rows)[place] = dual.value
    return RowPrices(rows, links)


def _named(ground: Ground, family: str, name: tuple[int, ...]) -> tuple[str, ...]:
    """A row's name in the problem's own words."""
    problem, place = ground.problem, name[0]
    if family in ("need", "prerequisite"):
        return problem.needs[place].organisation, problem.needs[place].programme
    if family in ("largest", "smallest"):
        return (problem.offerings[place].id,)
    if family == "window":
        return problem.offerings[place].id, ",".join(str(t) for t in range(ground.quarters) if name[1] >> t & 1)
    if family == "away" or family.startswith("floor"):
        return (problem.organisations[place].id,)
    if family in ("class_days", "far_days"):
        return problem.providers[place].id, str(name[1])
    if family == "budget":
        return (problem.sources[place].id,)
    return tuple(problem.sources[each].id for each in ground.signatures[place])


def _link(ground: Ground, pair: int) -> tuple[str, ...]:
    need = ground.problem.needs[ground.p_need[pair]]
    return need.organisation, need.programme, ground.problem.offerings[ground.p_offering[pair]].id
