"""Small cells stay hidden, also from someone who subtracts; thresholds one below, at and one above."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lientuc.analytics.disclosure import (
    THRESHOLDS,
    Audience,
    OneWay,
    Thresholds,
    TwoWay,
    WithheldBecause,
    hide_small,
    one_way,
    two_way,
    why_not_show_free_text,
    why_not_show_result,
    why_not_show_share,
)

EVALUATOR, ORGANISATION, PUBLIC = (THRESHOLDS[audience] for audience in Audience)


@pytest.mark.parametrize(
    ("thresholds", "count", "shown"),
    [
        (EVALUATOR, 1, 1),
        (ORGANISATION, 0, 0),
        (ORGANISATION, 1, None),
        (ORGANISATION, 4, None),
        (ORGANISATION, 5, 5),
        (ORGANISATION, 6, 6),
        (PUBLIC, 0, 0),
        (PUBLIC, 9, None),
        (PUBLIC, 10, 10),
        (PUBLIC, 11, 11),
    ],
)
def test_count_below_at_and_above_the_threshold(thresholds, count, shown):
    assert hide_small([count], thresholds) == (shown,)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("answers", "reason"), [(4, WithheldBecause.TOO_FEW_ANSWERS), (5, None), (6, None)])
def test_results_of_leaders_peers_and_patients(audience, answers, reason):
    assert why_not_show_result(answers, THRESHOLDS[audience]) is reason


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("answers", "reason"), [(9, WithheldBecause.TOO_FEW_FOR_FREE_TEXT), (10, None), (11, None)])
def test_free_text(audience, answers, reason):
    assert why_not_show_free_text(answers, THRESHOLDS[audience]) is reason


@pytest.mark.parametrize(("count", "of", "hidden"), [(4, 20, True), (5, 20, False), (16, 20, True), (15, 20, False)])
def test_share_hides_a_small_count_and_a_small_rest(count, of, hidden):
    assert (why_not_show_share(count, of, ORGANISATION) is not None) is hidden


def test_thresholds_can_be_raised():
    assert PUBLIC.raised(counts_from=20, free_text_from=30) == Thresholds(20, 5, 30)
    assert PUBLIC.raised() == PUBLIC


@pytest.mark.parametrize("lower", [{"counts_from": 9}, {"results_from": 4}, {"free_text_from": 9}])
def test_thresholds_cannot_be_lowered(lower):
    with pytest.raises(ValueError, match="never lowered"):
        PUBLIC.raised(**lower)


def test_lone_hidden_cell_hides_the_next_smallest():
    assert one_way([3, 20, 7, 0], ORGANISATION) == OneWay((None, 20, None, 0), 30)


def test_two_hidden_cells_protect_each_other():
    assert one_way([3, 20, 2], ORGANISATION) == OneWay((None, 20, None), 25)


def test_nothing_small_hides_nothing():
    assert one_way([5, 20, 0], ORGANISATION) == OneWay((5, 20, 0), 25)


def test_evaluator_sees_exact_counts():
    assert two_way([[1, 2], [3, 4]], EVALUATOR) == TwoWay(((1, 2), (3, 4)), (3, 7), (4, 6), 10)


def test_lone_cell_beside_zeros_hides_its_total():
    assert one_way([3, 0, 0], ORGANISATION) == OneWay((None, 0, 0), None)


def test_cells_that_can_only_be_one_hide_another():
    assert one_way([1, 1, 30], ORGANISATION) == OneWay((None, None, None), 32)


def test_cells_that_can_only_be_the_greatest_hidden_value_hide_another():
    assert one_way([4, 4, 30], ORGANISATION) == OneWay((None, None, None), 38)


def test_two_way_lone_cell_hides_a_rectangle():
    found = two_way([[3, 10, 20], [11, 12, 30], [40, 50, 60]], ORGANISATION)
    assert found == TwoWay(
        cells=((None, None, 20), (None, None, 30), (40, 50, 60)),
        row_totals=(33, 53, 150),
        column_totals=(54, 72, 110),
        total=236,
    )


def test_ragged_table_is_refused():
    with pytest.raises(ValueError, match="rows of one length"):
        two_way([[1, 2], [3]], ORGANISATION)


def recovered(cells, row_totals, column_totals, total):
    """Every hidden number that the line sums of a printed table determine: an attack by linear algebra."""
    grid = [[*row, total_] for row, total_ in zip(cells, row_totals, strict=True)]
    if len(cells) > 1:
        grid.append([*column_totals, total])
    unknown = [(i, j) for i, row in enumerate(grid) for j, cell in enumerate(row) if cell is None]
    lines = [[(i, j) for j in range(len(grid[0]))] for i in range(len(grid))]
    if len(cells) > 1:
        lines += [[(i, j) for i in range(len(grid))] for j in range(len(grid[0]))]
    equations = np.array(
        [[float(cell in line) * (1 if cell != line[-1] else -1) for cell in unknown] for line in lines]
    )
    rank = np.linalg.matrix_rank(equations) if unknown else 0
    pinned = []
    for place, cell in enumerate(unknown):
        unit = np.zeros(len(unknown))
        unit[place] = 1
        if np.linalg.matrix_rank(np.vstack([equations, unit])) == rank:
            pinned.append(cell)
    return pinned


def printed(table):
    return table.cells, table.row_totals, table.column_totals, table.total


def primary_only(counts, thresholds):
    """The sabotaged rule: small cells are hidden, nothing protects them."""
    rows = tuple(hide_small(row, thresholds) for row in counts)
    sums, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    return TwoWay(rows, hide_small(sums, thresholds), hide_small(columns, thresholds), sum(sums))


def assert_safe(table):
    assert recovered(*printed(table)) == []


TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 14), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(TABLES, st.sampled_from([ORGANISATION, PUBLIC]))
def test_no_hidden_cell_follows_from_the_printed_ones(counts, thresholds):
    table = two_way(counts, thresholds)
    assert_safe(table)
    small = [0 < count < thresholds.counts_from for row in counts for count in row]
    shown = [cell for row in table.cells for cell in row]
    assert all(cell is None for cell, is_small in zip(shown, small, strict=True) if is_small)


def test_sabotaged_rule_lets_subtraction_recover_the_cell():
    counts = [[3, 10, 20], [11, 12, 30]]
    assert_safe(two_way(counts, ORGANISATION))
    with pytest.raises(AssertionError):
        assert_safe(primary_only(counts, ORGANISATION))


def test_sabotaged_rule_of_lone_cells_misses_a_chain():
    """Two rectangles joined by one cell: no line has a lone hidden cell, and yet the joining cell follows."""
    joined = [[None, None, 9, 9], [None, None, None, 9], [9, 9, None, None], [9, 9, None, None]]
    assert recovered(joined, [30] * 4, [30] * 4, 120) == [(1, 2)]
