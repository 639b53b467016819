"""Descriptive statistics: every figure against one computed by hand or read from a printed source."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lientuc.analytics.statistics import (
    ChoiceRow,
    Frequencies,
    Frequency,
    GatedItem,
    MultipleChoice,
    Share,
    Summary,
    frequencies,
    gated,
    likert,
    likert_of_counts,
    multiple_choice,
    percentage,
    share,
    summary,
)

D = Decimal


def test_share_of_the_printed_example():
    assert share(34, 50) == Share(34, 50, D("68.0"), D("54.2"), D("79.2"))


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Wilson intervals of Newcombe 1998, table I (81/263, 15/148, 0/20, 1/29), in per cent to two places
    [(81, 263, "25.53", "36.62"), (15, 148, "6.24", "16.05"), (0, 20, "0.00", "16.11"), (1, 29, "0.61", "17.18")],
)
def test_share_interval_of_published_examples(count, of, low, high):
    found = share(count, of, places=2)
    assert (found.low, found.high) == (D(low), D(high))


def test_share_of_everyone_ends_at_hundred():
    assert share(20, 20, places=2) == Share(20, 20, D("100.00"), D("83.89"), D("100.00"))


def test_share_of_nobody_has_no_percentage():
    assert share(0, 0) == Share(0, 0, None, None, None)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_share_that_is_impossible_is_refused(count, of):
    with pytest.raises(ValueError, match="is not a share"):
        share(count, of)


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [(1, 8, "12.5"), (1, 16, "6.3"), (3, 16, "18.8"), (1, 2000, "0.1"), (1, 2001, "0.0"), (2, 3, "66.7")],
)
def test_percentage_rounds_half_up(count, of, expected):
    assert percentage(count, of) == D(expected)


def test_percentages_are_not_adjusted_to_make_hundred():
    assert [percentage(1, 3), percentage(1, 3), percentage(1, 3)] == [D("33.3")] * 3


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_share_lies_inside_its_interval(pair):
    found = share(*pair)
    assert D(0) <= found.low <= found.percent <= found.high <= D(100)


def test_summary_of_known_values():
    assert summary([2, 4, 4, None, 4, 5, 5, 7, 9]) == Summary(
        answered=8,
        missing=1,
        mean=D(5),
        sd=D("2.138089935299395077476427847"),
        median=D("4.5"),
        lower_quartile=D(4),
        upper_quartile=D("5.5"),
        minimum=D(2),
        maximum=D(9),
    )


def test_summary_of_one_value_has_no_sd():
    assert summary([D("1.5")]) == Summary(1, 0, D("1.5"), None, D("1.5"), D("1.5"), D("1.5"), D("1.5"), D("1.5"))


def test_summary_of_no_answers_says_how_many_are_missing():
    assert summary([None, None]) == Summary(0, 2, None, None, None, None, None, None, None)


def test_summary_of_tenths_has_no_binary_noise():
    assert summary([D("0.1"), D("0.2"), D("0.3")]).mean == D("0.2")


@given(st.lists(st.integers(-1000, 1000), min_size=2))
def test_summary_agrees_with_exact_fractions(values):
    found = summary(values)
    assert abs(Fraction(found.mean) - Fraction(sum(values), len(values))) < Fraction(1, 10**20)
    assert found.minimum <= found.lower_quartile <= found.median <= found.upper_quartile <= found.maximum


def test_frequencies_count_over_those_who_answered():
    found = frequencies(["nam", "nữ", None, "nữ"], ["nam", "nữ", "khác"])
    assert found == Frequencies(
        (Frequency("nam", share(1, 3)), Frequency("nữ", share(2, 3)), Frequency("khác", share(0, 3))),
        answered=3,
        missing=1,
    )


def test_frequencies_refuse_a_category_nobody_named():
    with pytest.raises(ValueError, match="not among the categories: 'x'"):
        frequencies(["x"], ["a"])


def test_likert_of_answers():
    found = likert([5, 4, 4, 3, 1, None])
    assert found.counts == (1, 0, 1, 2, 1)
    assert (found.answered, found.missing, found.agree, found.median) == (5, 1, share(3, 5), D(4))
    assert found.shares == (share(1, 5), share(0, 5), share(1, 5), share(2, 5), share(1, 5))


def test_likert_agreement_of_the_printed_example():
    assert likert_of_counts([1, 3, 12, 24, 10]).agree == share(34, 50)


def test_likert_median_between_two_answers():
    assert likert_of_counts([0, 1, 0, 1, 0]).median == D(3)


@pytest.mark.parametrize("answer", [0, 6])
def test_likert_refuses_a_sixth_point(answer):
    with pytest.raises(ValueError, match="not among the categories"):
        likert([answer])


def test_likert_of_four_counts_is_refused():
    with pytest.raises(ValueError, match="5 counts, not 4"):
        likert_of_counts([1, 2, 3, 4])


def test_likert_without_answers():
    found = likert([None, None])
    assert (found.answered, found.missing, found.median, found.agree) == (0, 2, None, share(0, 0))


def test_multiple_choice_by_respondents_and_by_responses():
    found = multiple_choice([{"a", "b"}, ["b", "b"], None, ()], ["a", "b", "c"])
    assert found == MultipleChoice(
        rows=(
            ChoiceRow("a", 1, share(1, 2), D("33.3")),
            ChoiceRow("b", 2, share(2, 2), D("66.7")),
            ChoiceRow("c", 0, share(0, 2), D("0.0")),
        ),
        respondents=2,
        responses=3,
        missing=2,
    )


def test_multiple_choice_refuses_a_choice_nobody_named():
    with pytest.raises(ValueError, match="not among the categories"):
        multiple_choice([{"x"}], ["a"])


def test_gated_item_counts_answers_of_those_not_eligible():
    people = [(True, True), (True, True), (True, False), (False, True), (False, False), (None, True), (None, False)]
    found = gated(people)
    assert found == GatedItem(
        asked=7,
        eligible=3,
        answered=2,
        missing=1,
        answered_not_eligible=1,
        gate_unknown=2,
        answered_gate_unknown=1,
    )
    assert found.answer_rate == share(2, 3)
