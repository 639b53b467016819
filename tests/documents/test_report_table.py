from __future__ import annotations

from decimal import Decimal

import pytest

from lientuc.documents.table import (
    HIDDEN,
    Align,
    Column,
    Kind,
    Share,
    plain_headers,
    plain_values,
    printed,
    printed_row,
)
from tests.documents.tables import COLUMNS, FIRST, SECOND, table


def test_row_is_printed_in_vietnamese():
    assert printed_row(COLUMNS, FIRST) == [
        "Trạm Y tế xã Ỷ La", "1.234", "2,35", "120,25", "33,3% (12/36)", "20,3 – 49,8", "1.250.000", "03/04/2026",
    ]  # fmt: skip


def test_row_is_printed_in_english():
    assert printed_row(COLUMNS, FIRST, "en") == [
        "Trạm Y tế xã Ỷ La", "1,234", "2.35", "120.25", "33.3% (12/36)", "20.3 – 49.8", "1,250,000", "3 Apr 2026",
    ]  # fmt: skip


def test_hidden_and_missing_cells_differ_and_instants_are_hanoi_time():
    assert printed_row(COLUMNS, SECOND) == ["Bệnh viện", *["*"] * 5, "–", "03:30 04/04/2026"]


def test_missing_text_is_blank():
    assert printed(Column("a", "A"), None) == ""


def test_money_without_a_unit_column_names_the_unit():
    assert printed(Column("a", "A", Kind.MONEY), 1_250_000) == "1.250.000 đ"


def test_share_of_nothing_is_a_dash_with_its_zero():
    assert printed(COLUMNS[4], Share(0, 0)) == "– (0/0)"


def test_row_with_a_value_too_few_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        printed_row(COLUMNS, FIRST[:-1])


def test_lines_above_and_below_carry_mark_day_notes_and_sources():
    marked = table(simulated=True)
    assert marked.lines_above() == ("Số liệu mô phỏng, không có giá trị", "Số liệu tính đến ngày 01/07/2026")
    assert marked.lines_above("en") == ("Simulated data, no value", "Data as of 1 Jul 2026")
    assert marked.lines_below(some_hidden=True) == (
        "Ghi chú: Dựa trên 118/130 đơn vị.",
        "Ghi chú: Dấu * là ô không công bố để giữ kín thông tin của từng người.",
        "Nguồn: Sổ ghi nhận.",
    )


def test_percentage_becomes_three_plain_columns():
    assert plain_headers(COLUMNS[4]) == ["Đạt đủ (%)", "Đạt đủ: tử số", "Đạt đủ: mẫu số"]
    assert plain_values(COLUMNS[4], Share(12, 36)) == [Decimal("33.3"), 12, 36]
    assert plain_values(COLUMNS[4], Share(0, 0)) == [None, 0, 0]
    assert plain_values(COLUMNS[4], HIDDEN) == ["*", "*", "*"]


def test_figures_stand_right_and_dates_in_the_middle():
    assert [column.alignment for column in COLUMNS] == [Align.LEFT, *[Align.RIGHT] * 6, Align.CENTER]
