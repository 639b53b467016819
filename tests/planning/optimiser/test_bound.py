"""The bound: the same in a readable model, proved without a solver, never lower with more, exact in its prices."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lientuc.planning.optimiser.bound import Unproved, certificate_of, prove_bound
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.ground import Ground
from lientuc.planning.optimiser.model import Policy
from lientuc.planning.optimiser.prices import prices_of
from lientuc.planning.optimiser.sifting import Sifted
from lientuc.planning.optimiser.year import YearModel
from tests.planning.optimiser.by_hand import problem
from tests.planning.optimiser.data import generate_instances
from tests.planning.optimiser.readable import Readable


def small(seed):
    return read_instance(generate_instances.generate("small", seed))


def sifted(asked):
    found = Sifted(YearModel(Ground(asked)))
    found.settle()
    return found


def bound(asked):
    return sifted(asked).value


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_readable_model_has_the_same_bound_and_prices(seed):
    asked = small(seed)
    ours, readable = sifted(asked), Readable(asked)
    start, names = ours.model.rows.families["budget"]
    prices = dict(zip((each.id for each in asked.sources), ours.prices.rows[start : start + len(names)], strict=True))
    assert ours.value == pytest.approx(readable.bound, rel=1e-7)
    assert prices == pytest.approx(readable.prices, abs=1e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_price_is_what_one_per_cent_more_brings(seed):
    asked = small(seed)
    found = prices_of(sifted(asked))
    before = bound(asked)
    for place, price in enumerate(found):
        source = asked.sources[place]
        more = replace(source, budget_vnd=round(source.budget_vnd * 1.01))
        sources = (*asked.sources[:place], more, *asked.sources[place + 1 :])
        gained = (bound(replace(asked, sources=sources)) - before) / (source.budget_vnd * 0.01 / 1e6)
        assert price.value_per_million == pytest.approx(gained, rel=0.05, abs=1e-4)
        assert price.low <= price.value_per_million <= price.high + 1e-9


def test_certificate_proves_its_bound_without_a_solver():
    asked = small(2)
    found = Sifted(YearModel(Ground(asked)))
    found.solve()
    certificate = certificate_of(found.model, found.proof)
    assert prove_bound(asked, certificate) == pytest.approx(found.bound, rel=1e-9)


def test_mutated_certificates_prove_nothing():
    asked, chance = small(2), random.Random(1)
    found = sifted(asked)
    good = certificate_of(found.model, found.prices)
    caught = 0
    for _ in range(100):
        place = chance.randrange(len(good.duals))
        dual = good.duals[place]
        kind = chance.randrange(4)
        changed = (
            replace(dual, value=dual.value * chance.choice([0.5, 1.5]) + 0.01),
            replace(dual, value=-dual.value),
            replace(dual, name=("?",)),
            dual,
        )[kind]
        duals = (*good.duals[:place], changed, *good.duals[place + 1 :])
        claimed = good.bound * 0.999 if kind == 3 else good.bound
        try:
            prove_bound(asked, replace(good, duals=duals, bound=claimed))
        except Unproved:
            caught += 1
    assert caught >= 95


def test_certificate_of_another_problem_is_refused():
    certificate = certificate_of((found := sifted(small(2))).model, found.prices)
    with pytest.raises(Unproved):
        prove_bound(small(3), certificate)


def richer(asked, kind, place):
    """The problem with more money, or with one limit wider."""
    if kind == "money":
        source = asked.sources[place % len(asked.sources)]
        more = replace(source, budget_vnd=source.budget_vnd * 2 + 10_000_000)
        return replace(asked, sources=tuple(more if each is source else each for each in asked.sources))
    if kind == "staff":
        unit = asked.organisations[place % len(asked.organisations)]
        more = replace(unit, most_away=unit.most_away + 2)
        return replace(asked, organisations=tuple(more if each is unit else each for each in asked.organisations))
    if kind == "days":
        provider = asked.providers[place % len(asked.providers)]
        days = [tuple(2 * each for each in row) for row in (provider.class_days, provider.offsite_days)]
        more = replace(provider, class_days=days[0], offsite_days=days[1])
        return replace(asked, providers=tuple(more if each is provider else each for each in asked.providers))
    if kind == "size":
        offering = asked.offerings[place % len(asked.offerings)]
        more = replace(offering, smallest=1, largest=offering.largest + 5)
        return replace(asked, offerings=tuple(more if each is offering else each for each in asked.offerings))
    need = asked.needs[place % len(asked.needs)]
    more = replace(need, deadline=None, qualified=None)
    return replace(asked, needs=tuple(more if each is need else each for each in asked.needs))


@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 6), st.sampled_from(["money", "staff", "days", "size", "need"]), st.integers(0, 200))
def test_more_money_or_one_limit_less_never_lowers_the_bound(seed, kind, place):
    asked = small(seed)
    before = bound(asked)
    assert bound(richer(asked, kind, place)) >= before - 1e-6 * before


def test_bound_of_a_problem_with_an_equity_share_counts_its_penalty():
    asked = problem(policy=Policy(floor_share=0.0, million_weight=0.0, class_million_weight=0.0, equity_share=1.0))
    assert bound(asked) == pytest.approx(15.0)
