"""What a cell of a pasted plan means: whole numbers and amounts as Vietnamese offices write them, quarters. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.documents.readers.book import Cell

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,\s])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_UNITS = {"ty": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3}
_UNIT_IN_HEADING = re.compile(r"\b(ty|trieu|nghin|ngan)\b")
_CURRENCY = re.compile(r"\s*(?:dong|vnd|d)$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(r"\s*(?:-|–|—|den|toi|,|va|&|;|\+)\s*")
_MONTHS_IN_A_QUARTER = 3


def unit_of_heading(heading: str) -> int:
    """đồng in one unit of a column: `Kinh phí (triệu đồng)` gives 1,000,000."""
    found = _UNIT_IN_HEADING.search(fold(heading))
    return _UNITS[found[1]] if found else 1


def cell_text(cell: Cell) -> str:
    """A cell as one line of text; blank for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def cell_integer(cell: Cell, field: str) -> int | Problem | None:
    """A whole number, None for a blank cell: 1.250, 1 250, 40 người is not one."""
    value = _decimal(cell)
    if cell_text(cell) == "":
        return None
    if value is None or value != value.to_integral_value():
        return Problem("planning.number_unread", field, {"text": cell_text(cell)})
    return int(value)


def cell_money(cell: Cell, unit: int = 1) -> int | Problem | None:
    """đồng, None for a blank cell: `1.250.000`, `1,250,000 đ`, `12,5 triệu`; a bare number counts in `unit`."""
    text = _CURRENCY.sub("", fold(cell_text(cell)))
    if text == "":
        return None
    words = text.rsplit(" ", 1)
    if len(words) == 2 and words[1] in _UNITS:
        text, unit = words[0], _UNITS[words[1]]
    value = _decimal(cell if isinstance(cell, int | float) else text)
    vnd = None if value is None else value * unit
    if vnd is None or vnd != vnd.to_integral_value():
        return Problem("planning.number_unread", "money", {"text": cell_text(cell)})
    return int(vnd)


def _decimal(cell: Cell) -> Decimal | None:
    """A number; a sign before exactly three digits separates thousands, before fewer it begins the decimals."""
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    text = cell_text(cell)
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[.,\s]", "", text))
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace(",", "."))
    try:
        return Decimal(text) if text.isascii() and text.isdigit() else None
    except InvalidOperation:
        return None


def cell_quarters(cell: Cell) -> tuple[int, int] | Problem | None:
    """First and last quarter, None for a blank cell: `Quý I`, `Q2-Q3`, `Tháng 4-6`, `Cả năm`."""
    text = fold(cell_text(cell))
    if text == "":
        return None
    if text in {"ca nam", "trong nam", "nam"}:
        return 1, 4
    in_months = text.startswith("t")
    parts = [re.sub(r"^(?:quy|q|thang|t)\.?\s*", "", part) for part in _SPAN.split(text) if part]
    numbers = [_number(re.sub(r"/\d{4}$", "", part)) for part in parts]
    if in_months:
        numbers = [
            None if n is None or n > 12 else (n + _MONTHS_IN_A_QUARTER - 1) // _MONTHS_IN_A_QUARTER for n in numbers
        ]
    if not numbers or any(n is None or not 1 <= n <= 4 for n in numbers):
        return Problem("planning.quarters_unread", "quarters", {"text": cell_text(cell)})
    known = [n for n in numbers if n is not None]
    return min(known), max(known)


def cell_year(cell: Cell) -> int | Problem | None:
    """A year, None for a blank cell: `2027`, `Năm 2027`."""
    text = fold(cell_text(cell)).removeprefix("nam").strip()
    if text == "":
        return None
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    return Problem("planning.year_unread", "year", {"text": cell_text(cell)})


def _number(text: str) -> int | None:
    if text in _ROMAN:
        return _ROMAN[text]
    return int(text) if text.isascii() and text.isdigit() else None
