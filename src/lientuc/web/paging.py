"""Keyset paging: page 20,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows of a list and where the next ones begin."""

    rows: Sequence[Any]
    next_link: str
    first_link: str
    is_first: bool


def page_of(request: HttpRequest, rows: QuerySet[Any], *, order: Sequence[str], size: int = SIZE) -> Page:
    """The page of `rows` after the place named in `?after=`; `order` must end with a unique field (`-` descends)."""
    after = _place(request)
    if after:
        rows = rows.filter(_beyond(order, after))
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    keep = {name: value for name, value in request.GET.items() if name != "after"}
    last = [_value(found[-1], name.lstrip("-")) for name in order] if more else None
    return Page(
        rows=found,
        next_link="?" + urlencode({**keep, "after": signing.dumps(last)}) if last else "",
        first_link="?" + urlencode(keep),
        is_first=not after,
    )


def _place(request: HttpRequest) -> list[Any] | None:
    try:
        return signing.loads(request.GET["after"])  # type: ignore[no-any-return]
    except (KeyError, signing.BadSignature):
        return None


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row if isinstance(row, int | str) else str(row)


def _beyond(order: Sequence[str], after: Sequence[Any]) -> Q:
    beyond = Q()
    for index, name in enumerate(order):
        same = {order[i].lstrip("-"): after[i] for i in range(index)}
        side = "lt" if name.startswith("-") else "gt"
        beyond |= Q(**same, **{f"{name.lstrip('-')}__{side}": after[index]})
    return beyond
