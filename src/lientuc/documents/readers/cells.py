"""What a raw cell means: dates as people type them, personal numbers as Excel mangles them. Pure; guesses are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from lientuc.core.errors import Problem
from lientuc.core.names import tidy

from .book import Cell

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
# Day 1 of Excel is 1 January 1900; its invented 29 February 1900 makes later days count from here.
_EXCEL_DAY_0: Final = date(1899, 12, 30)
_LAST_SERIAL: Final = (date(LAST_YEAR, 12, 31) - _EXCEL_DAY_0).days

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_IN_WORDS = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_MONTH_YEAR = re.compile(r"(?:(?:0?[1-9]|1[0-2])\s*[/.\-]\s*)?(\d{4})")
_YEAR_IN_WORDS = re.compile(r"(?:năm\s+|sn\s*:?\s*)(\d{4})", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_BETWEEN_DIGITS = re.compile(r"[\s.\-'’\u200b\ufeff]+")
_LARGEST_EXACT: Final = 10**15


@dataclass(frozen=True)
class DateCell:
    """A day, or only its year, or nothing (a blank cell). `is_guess`: a bare number was taken for Excel's day count."""

    day: date | None = None
    year: int | None = None
    is_guess: bool = False


@dataclass(frozen=True)
class NumberCell:
    """A personal number of 12 digits, or an old one of 9; or nothing (a blank cell).

    `candidates` are repairs of a number that lost leading zeros: `number` is then None, and a person chooses.
    """

    number: str | None = None
    is_old: bool = False
    candidates: tuple[str, ...] = ()


def cell_date(cell: Cell) -> DateCell | Problem:
    """The date a cell means: dates, Excel's day count, dd/mm/yyyy and its variants, yyyy-mm-dd, mm/yyyy, a bare year."""
    match cell:
        case None:
            return DateCell()
        case bool():
            return Problem("documents.not_a_date", values={"text": cell})
        case datetime():
            return _of_day(cell.date())
        case date():
            return _of_day(cell)
        case int() | float():
            return _date_of_number(cell)
        case str():
            return _date_of_text(tidy(cell))


def _of_day(day: date, *, is_guess: bool = False) -> DateCell | Problem:
    problem = _problem_of_year(day.year)
    return problem or DateCell(day, day.year, is_guess)


def _of_year(year: int) -> DateCell | Problem:
    return _problem_of_year(year) or DateCell(None, year)


def _problem_of_year(year: int) -> Problem | None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    values = {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
    return Problem("documents.year_out_of_range", values=values)


def _date_of_number(number: int | float) -> DateCell | Problem:
    if number == int(number) and FIRST_YEAR <= number <= LAST_YEAR:
        return DateCell(None, int(number))
    # Day counts up to 2100 are days before October 1905; read as years above.
    if LAST_YEAR < number < _LAST_SERIAL + 1:
        return _of_day(_EXCEL_DAY_0 + timedelta(days=int(number)), is_guess=True)
    return Problem("documents.not_a_date", values={"text": number})


def _date_of_text(text: str) -> DateCell | Problem:
    if not text:
        return DateCell()
    text = text.removeprefix("'").strip()
    if found := _DAY_MONTH_YEAR.fullmatch(text) or _IN_WORDS.fullmatch(text):
        return _date_of_parts(text, *found.groups())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
        return _date_of_parts(text, day, month, year)
    if found := _MONTH_YEAR.fullmatch(text) or _YEAR_IN_WORDS.fullmatch(text):
        return _of_year(int(found[1]))
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _date_of_number(int(text))
    return Problem("documents.not_a_date", values={"text": text})


def _date_of_parts(text: str, day: str, month: str, year: str) -> DateCell | Problem:
    if len(year) == 2:
        return Problem("documents.two_digit_year", values={"text": text})
    if int(month) > 12 >= int(day) >= 1:
        return Problem("documents.month_before_day", values={"text": text})
    try:
        return _of_day(date(int(year), int(month), int(day)))
    except ValueError:
        return Problem("documents.no_such_day", values={"text": text})


def cell_national_number(cell: Cell) -> NumberCell | Problem:
    """The personal number a cell means; one or two lost leading zeros give candidates, never a silent repair."""
    match cell:
        case None:
            return NumberCell()
        case bool() | date():
            return Problem("documents.not_a_national_number", values={"text": cell})
        case int() | float():
            return _number_of_number(cell)
        case str() if len(cell) == 12 and cell.isascii() and cell.isdigit():
            return NumberCell(cell)
        case str():
            return _number_of_text(tidy(cell))


def _number_of_number(number: int | float) -> NumberCell | Problem:
    if number != int(number) or number < 0:
        return Problem("documents.not_a_national_number", values={"text": number})
    if number >= _LARGEST_EXACT:
        return Problem("documents.number_lost_digits", values={"text": number})
    return _number_of_digits(str(int(number)))


def _number_of_text(text: str) -> NumberCell | Problem:
    if not text:
        return NumberCell()
    if _SCIENTIFIC.fullmatch(text):
        return Problem("documents.number_lost_digits", values={"text": text})
    # A whole number that went through a float column: 38085001234.0
    return _number_of_digits(_BETWEEN_DIGITS.sub("", re.sub(r"(?<=\d{8})[.,]0$", "", text)))


def _number_of_digits(digits: str) -> NumberCell | Problem:
    if not (digits.isascii() and digits.isdigit()):
        return Problem("documents.not_a_national_number", values={"text": digits})
    match len(digits):
        case 12:
            return NumberCell(digits)
        case 10 | 11:
            return NumberCell(candidates=(digits.zfill(12),))
        case 9:
            return NumberCell(digits, is_old=True)
        case 8:
            return NumberCell(is_old=True, candidates=(digits.zfill(9),))
        case _:
            return Problem("documents.not_a_national_number", values={"text": digits})
