from __future__ import annotations

from datetime import date, datetime

import pytest

from lientuc.core.errors import Problem
from lientuc.documents.phrases import SENTENCES
from lientuc.documents.readers.cells import DateCell, NumberCell, cell_date, cell_national_number

DAY = DateCell(date(1985, 2, 1), 1985)


def problem(code: str, **values: object) -> Problem:
    assert f"documents.{code}" in SENTENCES
    return Problem(f"documents.{code}", values=values)


@pytest.mark.parametrize(
    "cell",
    [
        date(1985, 2, 1),
        datetime(1985, 2, 1, 13, 45),
        "01/02/1985",
        "1/2/1985",
        " 01 / 02 / 1985 ",
        "01-02-1985",
        "1.2.1985",
        "'01/02/1985",
        "01/02/1985 00:00:00",
        "1985-02-01",
        "1985-02-01T00:00:00",
        "ngày 01 tháng 02 năm 1985",
        "1 tháng 2 năm 1985",
    ],
)
def test_date_in_every_spelling(cell):
    assert cell_date(cell) == DAY


@pytest.mark.parametrize("cell", [1985, 1985.0, "1985", "02/1985", "2-1985", "năm 1985", "SN 1985", "sn: 1985"])
def test_year_alone_stays_a_year(cell):
    assert cell_date(cell) == DateCell(None, 1985)


@pytest.mark.parametrize("cell", [None, "", "   "])
def test_blank_cell_is_no_date_and_no_problem(cell):
    assert cell_date(cell) == DateCell()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (31079, DateCell(date(1985, 2, 1), 1985, is_guess=True)),
        ("31079", DateCell(date(1985, 2, 1), 1985, is_guess=True)),
        (31079.75, DateCell(date(1985, 2, 1), 1985, is_guess=True)),
        (73415, DateCell(date(2100, 12, 31), 2100, is_guess=True)),
        (73416, problem("not_a_date", text=73416)),
    ],
)
def test_bare_number_is_taken_for_a_day_count_and_marked_as_a_guess(cell, expected):
    assert cell_date(cell) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (1899, problem("year_out_of_range", year=1899, first=1900, last=2100)),
        (1900, DateCell(date(1900, 6, 1), 1900)),
        (1901, DateCell(date(1901, 6, 1), 1901)),
        (2099, DateCell(date(2099, 6, 1), 2099)),
        (2100, DateCell(date(2100, 6, 1), 2100)),
        (2101, problem("year_out_of_range", year=2101, first=1900, last=2100)),
    ],
)
def test_year_below_at_and_above_the_range(year, expected):
    assert cell_date(date(year, 6, 1)) == expected
    assert cell_date(f"01/06/{year}") == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("28/02/2023", DateCell(date(2023, 2, 28), 2023)),
        ("29/02/2023", problem("no_such_day", text="29/02/2023")),
        ("29/02/2024", DateCell(date(2024, 2, 29), 2024)),
        ("31/04/2024", problem("no_such_day", text="31/04/2024")),
        ("00/04/2024", problem("no_such_day", text="00/04/2024")),
        ("12/12/2024", DateCell(date(2024, 12, 12), 2024)),
        ("12/13/2024", problem("month_before_day", text="12/13/2024")),
        ("13/13/2024", problem("no_such_day", text="13/13/2024")),
        ("01/02/85", problem("two_digit_year", text="01/02/85")),
        ("13/1985", problem("not_a_date", text="13/1985")),
        ("không rõ", problem("not_a_date", text="không rõ")),
        (True, problem("not_a_date", text=True)),
        (-5, problem("not_a_date", text=-5)),
    ],
)
def test_what_is_no_day_says_why(cell, expected):
    assert cell_date(cell) == expected


@pytest.mark.parametrize(
    "cell",
    ["038085001234", "038 085 001 234", "038.085.001.234", "'038085001234", "\u200b038085001234", "038-085-001234"],
)
def test_number_of_twelve_digits(cell):
    assert cell_national_number(cell) == NumberCell("038085001234")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (138085001234, NumberCell("138085001234")),
        (38085001234, NumberCell(candidates=("038085001234",))),
        (38085001234.0, NumberCell(candidates=("038085001234",))),
        ("38085001234", NumberCell(candidates=("038085001234",))),
        ("38085001234.0", NumberCell(candidates=("038085001234",))),
        (1085001234, NumberCell(candidates=("001085001234",))),
        (186123456, NumberCell("186123456", is_old=True)),
        (12345678, NumberCell(is_old=True, candidates=("012345678",))),
        (1234567, problem("not_a_national_number", text="1234567")),
        (1234567890123, problem("not_a_national_number", text="1234567890123")),
        (None, NumberCell()),
        ("  ", NumberCell()),
    ],
)
def test_lost_zeros_give_candidates_and_never_a_silent_repair(cell, expected):
    assert cell_national_number(cell) == expected


@pytest.mark.parametrize("cell", ["3,8085E+10", "3.8E10", "1e11", 1e20])
def test_number_in_scientific_form_has_lost_digits(cell):
    assert cell_national_number(cell) == problem("number_lost_digits", text=cell)


@pytest.mark.parametrize("cell", ["C1234567", "không có", 1.5, -1, True, date(1985, 1, 1), "٠٣٨٠٨٥٠٠١٢٣٤"])
def test_what_is_no_number_is_a_problem(cell):
    assert cell_national_number(cell).code == "documents.not_a_national_number"
