"""Typed texts of a page read into the codes that are stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lientuc.core.errors import Problem
from lientuc.core.names import tidy

from .enums import ItemType
from .specs import ItemSpec

LONGEST_TEXT = 4000
_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)

Read = tuple[str, Problem | None]


def read_answer(item: ItemSpec, raw: Sequence[str]) -> Read:
    """The text to store for what was typed or chosen, and what is wrong with it; nothing typed gives an empty text.

    With a problem the text is returned as typed, so that the page can show it again.
    """
    texts = [text.strip() for text in raw if text.strip()]
    if not texts or item.type == ItemType.NOTE:
        return "", None
    match item.type:
        case ItemType.SELECT_ONE:
            return _one(item, texts)
        case ItemType.SELECT_MULTIPLE:
            return _several(item, texts)
        case ItemType.INTEGER:
            return _integer(texts[0])
        case ItemType.DECIMAL:
            return _decimal(texts[0])
        case ItemType.DATE:
            return _day(texts[0])
        case _:
            return _text(texts[0])


def _one(item: ItemSpec, texts: list[str]) -> Read:
    known = len(texts) == 1 and texts[0] in item.values
    return texts[0], None if known else Problem("surveys.unknown_choice")


def _several(item: ItemSpec, texts: list[str]) -> Read:
    chosen = [value for value in item.values if value in texts]
    known = len(chosen) == len(set(texts))
    return " ".join(chosen), None if known else Problem("surveys.unknown_choice")


def _integer(text: str) -> Read:
    if not _INTEGER.fullmatch(text):
        return text, Problem("surveys.not_an_integer")
    return str(int(text)), None


def _decimal(text: str) -> Read:
    if not _DECIMAL.fullmatch(text):
        return text, Problem("surveys.not_a_number")
    return f"{Decimal(text.replace(',', '.')):f}", None


def _day(text: str) -> Read:
    found = _DAY_FIRST.fullmatch(text)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return text, Problem("surveys.not_a_date")
    return day.isoformat(), None


def _text(text: str) -> Read:
    lines = "\n".join(tidy(line) for line in text.splitlines())
    if len(lines) > LONGEST_TEXT:
        return lines, Problem("surveys.too_long", values={"longest": LONGEST_TEXT})
    return lines, None
