"""Pairs, scales, comparisons and weights against published examples and plain reasoning."""

from __future__ import annotations

import numpy as np
import pytest

from lientuc.analytics.comparisons import ComparedBy, counts, holm, ranks, ranks_by_unit
from lientuc.analytics.pairs import change, passing
from lientuc.analytics.scales import alpha, questions
from lientuc.analytics.weighting import rake, weighted_share

# Student's own sleep data (Biometrika 1908): extra hours with two drugs in ten people.
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_paired_t_gives_students_own_figures() -> None:
    found = change(DRUG_1, DRUG_2)
    assert (found.pairs, found.only_before, found.only_after) == (10, 0, 0)
    assert found.difference == pytest.approx(1.58)
    assert found.t == pytest.approx(4.0621, abs=1e-4)
    assert found.p_t == pytest.approx(0.002833, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858))
    assert found.p_wilcoxon == pytest.approx(0.009091, abs=1e-5)


def test_people_without_a_partner_are_counted_and_left_out() -> None:
    found = change([5, None, 6, 7], [7, 8, None, 9], highest=10)
    assert (found.pairs, found.only_before, found.only_after, found.difference) == (2, 1, 1, 2.0)
    assert found.gain == pytest.approx(2 / (10 - 6))
    assert change([1.0], [2.0]).difference is None


def test_no_change_at_all_has_no_t_and_no_effect() -> None:
    found = change([1, 2, 3], [1, 2, 3])
    assert (found.difference, found.t, found.p_wilcoxon, found.effect) == (0.0, None, None, None)


def test_mcnemar_gives_the_exact_figures_of_the_approval_ratings() -> None:
    """Agresti (1990), approval of 1,600 voters: 794 stayed, 150 lost, 86 gained, 570 stayed."""
    before = [True] * 794 + [True] * 150 + [False] * 86 + [False] * 570
    after = [True] * 794 + [False] * 150 + [True] * 86 + [False] * 570
    found = passing(before, after)
    assert (found.both, found.lost, found.gained, found.neither) == (794, 150, 86, 570)
    assert found.p == pytest.approx(3.716e-05, rel=1e-3)
    assert found.odds_ratio == pytest.approx(86 / 150)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 86 / 150 < found.high < 1


def test_alpha_follows_its_formula_and_leaves_gaps_out() -> None:
    table = [[2, 3, 3], [4, 4, 5], [3, 3, 4], [5, 4, 5], [1, 2, 2], [4, None, 4]]
    found = alpha(table)
    full = np.array(table[:5], dtype=float)
    by_hand = 3 / 2 * (1 - full.var(axis=0, ddof=1).sum() / full.sum(axis=1).var(ddof=1))
    assert (found.people, found.left_out, found.items) == (5, 1, 3)
    assert found.alpha == pytest.approx(by_hand)
    assert found.low is not None
    assert found.high is not None
    assert found.low < by_hand < found.high
    assert len(found.if_deleted) == 3
    assert alpha([[1, 2], [2, 3], [3, 3]]).if_deleted == ()


def test_interval_of_alpha_holds_the_true_value_95_times_of_100() -> None:
    chance, held, true = np.random.default_rng(7), 0, 4 / (4 + 1)
    for _ in range(400):
        table = chance.normal(size=(60, 1)) + chance.normal(size=(60, 4))
        found = alpha(table.tolist())
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_question_everybody_had_right_says_nothing_about_the_rest() -> None:
    found = questions([[True, True, True], [True, True, False], [True, False, False], [True, None, True]])
    assert [q.answered for q in found] == [4, 3, 4]
    assert found[0].difficulty == 1.0
    assert found[0].point_biserial is None
    assert found[2].difficulty == 0.5


def test_fisher_gives_the_tea_tasting_figure() -> None:
    assert counts([[3, 1], [1, 3]]).p == pytest.approx(0.4857, abs=1e-4)
    assert counts([[3, 1], [1, 3]]).test is ComparedBy.FISHER


def test_chi_square_where_expected_counts_allow_else_shuffled() -> None:
    wide = counts([[30, 20, 10], [20, 25, 15]])
    assert wide.test is ComparedBy.CHI_SQUARE
    small = counts([[5, 1, 0], [0, 2, 3]], seed=3)
    assert small.test is ComparedBy.SHUFFLED
    assert small == counts([[5, 1, 0], [0, 2, 3]], seed=3)
    assert counts([[0, 0], [3, 4]]).test is ComparedBy.NOT_TESTED


def test_kruskal_wallis_gives_the_hollander_and_wolfe_figure() -> None:
    """Mucociliary efficiency (1973): H = 0.7714, p = 0.68."""
    found = ranks([[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]])
    assert found.p == pytest.approx(0.68, abs=0.001)


def test_people_of_one_unit_do_not_count_as_independent() -> None:
    values = [*([4.0, 4.1, 3.9] * 4), *([2.0, 2.1, 1.9] * 4)]
    units = [unit for unit in range(8) for _ in range(3)]
    groups = ["trained" if unit < 4 else "waiting" for unit in units]
    assert ranks_by_unit(values, groups, units).p == pytest.approx(2 / 70, abs=0.02)
    alone = ranks([values[:12], values[12:]]).p
    assert alone is not None
    assert alone < 0.001
    assert ranks_by_unit(values[:9], ["a"] * 6 + ["b"] * 3, units[:9]).test is ComparedBy.NOT_TESTED
    with pytest.raises(ValueError, match="two groups"):
        ranks_by_unit([1, 2], ["a", "b"], [1, 1])


def test_holm_corrects_in_order_and_never_falls() -> None:
    assert holm([0.01, 0.04, None, 0.03]) == pytest.approx((0.03, 0.06, None, 0.06))


def test_raking_meets_both_margins_and_says_what_it_cost() -> None:
    people = [{"sex": "f", "level": "x"}] * 30 + [{"sex": "m", "level": "x"}] * 10 + [{"sex": "m", "level": "y"}] * 10
    found = rake(people, {"sex": {"f": 50, "m": 50}, "level": {"x": 70, "y": 30}})
    weights = np.array(found.weights)
    assert found.converged
    assert weights[:30].sum() == pytest.approx(25, rel=1e-3)
    assert weights[40:].sum() == pytest.approx(15, rel=1e-3)
    assert found.effective < 50
    assert weighted_share([True] * 30 + [False] * 20, found.weights) == pytest.approx(50, rel=1e-3)


def test_raking_names_who_nobody_answered_for_and_trims() -> None:
    people = [{"sex": "f"}] * 99 + [{"sex": "m"}]
    found = rake(people, {"sex": {"f": 50, "m": 50, "other": 3}})
    assert found.empty == (("sex", "other"),)
    assert found.trimmed == 1
    assert max(found.weights) <= 4.2
