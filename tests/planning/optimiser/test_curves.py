"""More money is worth more, and less each time; fairness has its price; two plans are compared line by line."""

from dataclasses import replace
from itertools import pairwise

import pytest

from lientuc.planning.optimiser.compare import ClassChange, MoneyChange, SeatChange, compare
from lientuc.planning.optimiser.curves import budget_curve, equity_curve, greatest_share
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import ClassLock
from lientuc.planning.optimiser.solve import plan
from tests.planning.optimiser.by_hand import EXACT, MILLION, problem, with_budget
from tests.planning.optimiser.data import generate_instances


def test_budget_curve_rises_and_flattens():
    factors = [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0]
    points = budget_curve(read_instance(generate_instances.generate("small", 2)), factors)
    assert [each.factor for each in points] == factors
    values = [each.value for each in points]
    slopes = [(b - a) / (y - x) for a, b, x, y in zip(values, values[1:], factors, factors[1:], strict=False)]
    assert values == sorted(values)
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(slopes))
    assert points[4].share == 1.0


def test_budget_factor_beyond_the_model_is_an_error():
    with pytest.raises(ValueError, match="between 0 and 4"):
        budget_curve(problem(), [5.0])


def test_equity_costs_more_the_more_is_asked():
    asked = read_instance(generate_instances.generate("small", 1))
    most = greatest_share(asked)
    points = equity_curve(asked, [0.0, most / 2, most, min(1.0, most + 0.02)])
    assert [each.reachable for each in points] == [True, True, True, most == 1.0]
    costs = [each.cost for each in points[:3]]
    assert costs == sorted(costs)
    assert costs[0] == 0.0


def test_plans_are_compared_line_by_line():
    before = plan(with_budget(13), effort=EXACT)
    after = plan(replace(with_budget(15), locks=(ClassLock("O", before.classes[0].quarter, at_least=1),)), effort=EXACT)
    found = compare(before, after)
    assert (found.value_before, found.value_after, found.classes) == (12.0, 15.0, ())
    assert found.seats == (SeatChange("B", "P", 1, 2), SeatChange("C", "P", 0, 1))
    assert found.money == (MoneyChange("province", 13 * MILLION, 15 * MILLION),)
    other = compare(before, replace(before, classes=()))
    assert other.classes == (ClassChange("O", before.classes[0].quarter, 1, 0),)


def test_plan_in_hand_stays_where_another_is_worth_no_more():
    asked = with_budget(100)
    first = plan(replace(asked, locks=(ClassLock("O", 1, at_least=1),)), effort=EXACT)
    free = plan(replace(asked, locks=(ClassLock("O", 0, at_least=1),)), effort=EXACT)
    for start in (first, free):
        again = plan(asked, effort=EXACT, start=start)
        assert (again.classes, again.value) == (start.classes, 15.0)


def test_locks_that_money_cannot_keep_are_named():
    from lientuc.core.errors import Refused

    asked = replace(with_budget(12), locks=(ClassLock("O", 0, at_least=1), ClassLock("O", 1, at_least=1)))
    with pytest.raises(Refused) as refused:
        plan(asked, effort=EXACT)
    assert {each.code for each in refused.value.problems} == {"planning.lock_not_kept"}
