"""Every cell of the study's tables with its row id, as one audience may see it: what tables, sentences and JSON share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lientuc.analytics.linked import Place
from lientuc.analytics.statistics import share

from .groups import Category, Group, Texts

NUMBERS = 6
"""Decimals of means in files for programs."""
NOT_ANSWERED: Texts = ("Không trả lời", "Not answered")
ELIGIBLE: Texts = ("Thuộc diện trả lời", "Concerned")
NOT_ELIGIBLE: Texts = ("Trả lời dù không thuộc diện", "Answered though not concerned")


@dataclass(frozen=True)
class Cell:
    """One published figure: `n` of `denominator`, or a mean; `hidden` where this audience may not see it.

    `low` and `high` are Wilson's 95 % interval in per cent. `eligible` are the count and the denominator over those whom
    the question concerned, for the evaluator, where others answered it too.
    """

    row_id: str
    texts: Texts
    n: int | None = None
    denominator: int | None = None
    pct: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    median: Decimal | None = None
    hidden: bool = False
    eligible: tuple[int, int] | None = None

    def plain(self) -> dict[str, Any]:
        """For JSON: numbers as numbers, what is hidden as null."""
        found: dict[str, Any] = {
            "row_id": self.row_id,
            "n": self.n,
            "denominator": self.denominator,
            "pct": _number(self.pct),
            "low": _number(self.low),
            "high": _number(self.high),
        }
        if self.mean is not None or self.sd is not None:
            found |= {"mean": _number(self.mean), "sd": _number(self.sd)}
        if self.median is not None:
            found["median"] = _number(self.median)
        if self.eligible is not None:
            found |= {"eligible_n": self.eligible[0], "eligible_denominator": self.eligible[1]}
        return found | {"hidden": self.hidden, "label_vi": self.texts[0], "label_en": self.texts[1]}


def cells_of(groups: Iterable[Group], hidden: frozenset[Place], *, exact: bool, least: int = 1) -> dict[str, Cell]:
    """Every cell by its row id; `exact` for the evaluator, who also sees the figures of the eligible alone."""
    return {cell.row_id: cell for group in groups for cell in _cells(group, hidden, exact, least)}


def _cells(group: Group, hidden: frozenset[Place], exact: bool, least: int) -> Iterator[Cell]:
    closed = group.place in hidden or (group.eligible_place is not None and group.eligible_place in hidden)
    yield _heading(group, closed, least)
    of = group.gate.answered if group.gate and exact else None
    for category in (*group.categories, *([group.agree] if group.agree else [])):
        yield _category(group, category, closed or category.place in hidden, of)
    for cell in _about_answers(group, closed, hidden):
        # Few who did not answer: no attribute of theirs is told, but a small number is not printed either.
        if exact or cell.hidden or cell.n is None or not 0 < cell.n < least or not cell.row_id.endswith("not_answered"):
            yield cell


def _heading(group: Group, closed: bool, least: int) -> Cell:
    """The group itself: how many answered of all who were there, with the mean of a number."""
    if closed:
        return Cell(group.group_id, group.texts, hidden=True)
    found, summary = _counted(group.group_id, group.texts, group.answered, group.asked), group.summary
    if 0 < group.asked - group.answered < least:
        found = Cell(group.group_id, group.texts, n=group.answered)
    if summary is None:
        return found
    return replace(found, mean=summary.mean, sd=summary.sd, median=summary.median)


def _about_answers(group: Group, closed: bool, hidden: frozenset[Place]) -> Iterator[Cell]:
    """Who did not answer; of a question that concerned some, whom it concerned and who answered it all the same."""
    gate = group.gate
    if gate is None:
        yield _counted(
            f"{group.group_id}.not_answered", NOT_ANSWERED, group.asked - group.answered, group.asked, closed
        )
        return
    yield _counted(f"{group.group_id}.eligible", ELIGIBLE, gate.eligible, gate.asked, closed)
    yield _counted(f"{group.group_id}.not_answered", NOT_ANSWERED, gate.missing, gate.eligible, closed)
    wrongly = closed or (group.wrongly_place in hidden)
    yield _counted(f"{group.group_id}.not_eligible", NOT_ELIGIBLE, gate.answered_not_eligible, group.answered, wrongly)


def _counted(row_id: str, texts: Texts, n: int, of: int, closed: bool = False) -> Cell:
    if closed or n > of:
        return Cell(row_id, texts, hidden=closed)
    found = share(n, of)
    return Cell(row_id, texts, n=n, denominator=of, pct=found.percent, low=found.low, high=found.high)


def _category(group: Group, category: Category, closed: bool, eligible_of: int | None) -> Cell:
    row_id = f"{group.group_id}.{category.code}"
    if closed:
        return Cell(row_id, category.texts, hidden=True)
    found = share(category.count, group.answered)
    eligible = None if category.eligible is None or eligible_of is None else (category.eligible, eligible_of)
    return Cell(
        row_id,
        category.texts,
        n=category.count,
        denominator=group.answered,
        pct=found.percent,
        low=found.low,
        high=found.high,
        eligible=eligible,
    )


def rows_of(cells: Mapping[str, Cell]) -> list[dict[str, Any]]:
    """Every cell for JSON, in order."""
    return [cell.plain() for cell in cells.values()]


def tables_of(groups: Sequence[Group]) -> dict[str, list[Group]]:
    """Groups by table, in order."""
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(group.line.table, []).append(group)
    return found


def _number(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), NUMBERS)
