"""A card of the first page: how much waits, the oldest of it, and where to go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Window

# How many rows stand on a card, and how near a day must be to be called soon.
SHOWN = 3
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One thing that waits; `on` is its last day or, where it has none, the day since when it waits."""

    text: str
    url: str
    on: date | None = None
    late: bool = False


@dataclass(frozen=True)
class Card:
    """Something to do: `count` of it, the oldest `lines`, the page with all of it.

    `tone` is bad (late), warn (soon) or info. `gauge` is (done, of, words) where the card shows how far something is.
    """

    title: str
    icon: str
    url: str
    action: str
    count: int | None = None
    of: str = ""
    lines: tuple[Line, ...] = ()
    tone: str = "info"
    gauge: tuple[int, int, str] | None = None


def oldest(rows: QuerySet[Any], *order: str) -> tuple[list[Any], int]:
    """The first rows of a list and how many there are, in one query."""
    found = list(rows.order_by(*order).annotate(in_all=Window(Count("pk")))[:SHOWN])
    return found, found[0].in_all if found else 0


def tone_of(lines: Iterable[Line], today: date) -> str:
    """The gravest of the lines."""
    listed = list(lines)
    if any(line.late for line in listed):
        return "bad"
    return "warn" if any(line.on and line.on <= today + SOON for line in listed) else "info"
