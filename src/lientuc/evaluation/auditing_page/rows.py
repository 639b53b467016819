"""Cells of printed tables as rows of the audit: which are counts, percentages, means; which rows form a group.

A reading is a proposal: the page shows it, and a person corrects it before it is believed. Groups run down a table, or
across it where the percentages of its rows, not of its columns, come to a hundred.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..audit_files import COLUMNS
from .grids import Grid

_N = r"\d{1,3}(?:[. ]\d{3})+|\d+"
_P = r"\d+(?:[.,]\d+)?"
_BOTH = re.compile(rf"({_N})\s*[(/\[;]\s*({_P}\s*%?)\s*[)\]]?")
_MEAN = re.compile(rf"({_P})\s*(?:±|\+/-|\+-)\s*({_P})")
_SHARE = re.compile(rf"({_P})\s*%")
_WHOLE = re.compile(_N)
_PART = re.compile(_P)
_OF = re.compile(rf"\b[nN]\s*=\s*({_N})")
_TOTAL = re.compile(r"(tổng( số| cộng)?|cộng|total|sum|all|chung)", re.IGNORECASE)
_PCT_HEAD = re.compile(r"%|tỷ lệ|tỉ lệ|percent", re.IGNORECASE)
_SD_HEAD = re.compile(r"\bsd\b|đlc|độ lệch", re.IGNORECASE)
_MEAN_HEAD = re.compile(r"\bmean\b|trung bình|\btb\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cells:
    """The figures of one printed row, or of one cell of a table that runs across."""

    n: str = ""
    pct: str = ""
    mean: str = ""
    sd: str = ""
    head: str = ""


@dataclass(frozen=True)
class _Line:
    label: str
    group: str
    figures: tuple[Cells, ...]


Record = dict[str, str]


def records_of(grids: Iterable[Grid]) -> list[Record]:
    """Rows in the columns of TABLES (docs/table-audit.md), ids `T1.2.3`: table, group, row."""
    return [record for number, grid in enumerate(grids, start=1) for record in _records(grid, f"T{number}")]


def as_tables(records: Iterable[Record]) -> str:
    """Rows as the text of a TABLES file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=COLUMNS["tables"], lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue()


def _records(grid: Grid, table: str) -> Iterator[Record]:
    lines, of = _lines(grid)
    across = _runs_across(lines)
    groups, counts = dict[str, int](), Counter[tuple[int, int]]()
    denominators = {line.group: _denominator(line.group) or _total_of(lines, line.group) or of for line in lines}
    for line in lines:
        if _TOTAL.fullmatch(line.label) and not across:
            continue
        key = line.label if across else line.group
        group = groups.setdefault(key, len(groups) + 1)
        stated = _denominator(line.label) or denominators[line.group]
        for place, cells in enumerate(line.figures, start=1):
            counts[group, place] += 1
            number = place if across else _place(counts[group, place], place)
            head = cells.head if len(line.figures) > 1 else ""
            yield {
                "table": table,
                "row_id": f"{table}.{group}.{number}",
                "group_id": f"{table}.{group}" if across or len(line.figures) == 1 else f"{table}.{group}.{place}",
                "label": ": ".join(filter(None, (line.group if not across else "", line.label, head))),
                "denominator": _denominator(cells.head) or stated,
                "n": cells.n,
                "pct": cells.pct,
                "mean": cells.mean,
                "sd": cells.sd,
            }


def _place(number: int, column: int) -> str:
    """The number of a row in its group; several columns of one row are told apart by letters."""
    return f"{number}{chr(96 + column) if 1 < column < 27 else ''}"


def _lines(grid: Grid) -> tuple[list[_Line], str]:
    """The rows with figures, each under the last row without, and the denominator its title or head states."""
    width = len(grid.rows[0]) if grid.rows else 0
    first = next((n for n, row in enumerate(grid.rows) if any(map(_is_figure, row[1:]))), len(grid.rows))
    # A row of one word right above the figures names a group, it is no heading of columns.
    while first > 1 and not any(grid.rows[first - 1][1:]):
        first -= 1
    heads = [" ".join(dict.fromkeys(filter(None, (row[place] for row in grid.rows[:first])))) for place in range(width)]
    heads = _carried(heads)
    labels = _label_columns(grid.rows[first:])
    found: list[_Line] = []
    group = ""
    for row in grid.rows[first:]:
        name = next((text for text in reversed(row[:labels]) if text), "")
        figures = tuple(_figures(row[labels:], heads[labels:]))
        if not figures:
            group = " ".join(dict.fromkeys(filter(None, row))) or group
            continue
        if labels > 1 and row[0]:
            group = row[0]
        # A mean is no part of the counts above it: it stands alone.
        is_mean = all(cells.mean and not cells.n for cells in figures)
        found.append(_Line("" if is_mean else name, name if is_mean else group, figures))
    return found, _denominator(grid.title) or _denominator(" ".join(heads[:labels]))


def _carried(heads: list[str]) -> list[str]:
    """A heading over several columns holds for those after it, too."""
    found, last = [], ""
    for head in heads:
        last = head if head and not re.fullmatch(r"n|%|sl|n \(%\)", head, re.IGNORECASE) else last
        found.append(head or last)
    return found


def _label_columns(rows: Sequence[Sequence[str]]) -> int:
    """How many columns at the left hold words: one, or two where the first names the group."""
    texts = (
        [sum(1 for row in rows if row[place] and not _is_figure(row[place])) for place in range(len(rows[0]))]
        if rows
        else []
    )
    figures = [sum(1 for row in rows if _is_figure(row[place])) for place in range(len(texts))]
    return 2 if len(texts) > 2 and texts[1] > figures[1] else 1


def _figures(cells: Sequence[str], heads: Sequence[str]) -> Iterator[Cells]:
    """The figures of one row, a count joined with the percentage beside it."""
    pending: Cells | None = None
    for text, head in zip(cells, heads, strict=True):
        found = _cells(text, head)
        if found is None:
            continue
        if pending is not None and found.pct and not found.n:
            yield Cells(n=pending.n, pct=found.pct, head=pending.head or head)
            pending = None
            continue
        if pending is not None and found.sd and not found.mean:
            yield Cells(mean=pending.n or pending.mean, sd=found.sd, head=pending.head)
            pending = None
            continue
        if pending is not None:
            yield pending
            pending = None
        if (found.n and not found.pct) or (found.mean and not found.sd):
            pending = found
        else:
            yield found
    if pending is not None:
        yield pending


def _cells(text: str, head: str) -> Cells | None:
    """What one cell prints; None for words and dashes."""
    if match := _MEAN.fullmatch(text):
        return Cells(mean=match[1], sd=match[2], head=head)
    if match := _BOTH.fullmatch(text):
        return Cells(n=match[1], pct=match[2], head=head)
    if match := _SHARE.fullmatch(text):
        return Cells(pct=text, head=head)
    if _WHOLE.fullmatch(text) and not _PCT_HEAD.search(head.replace("(%)", "")):
        return Cells(n=text, head=head)
    if not _PART.fullmatch(text):
        return None
    if _SD_HEAD.search(head) and not _MEAN_HEAD.search(head):
        return Cells(sd=text, head=head)
    return Cells(mean=text, head=head) if _MEAN_HEAD.search(head) else Cells(pct=text, head=head)


def _is_figure(text: str) -> bool:
    return _cells(text, "") is not None


def _denominator(text: str) -> str:
    match = _OF.search(text)
    return match[1] if match else ""


def _total_of(lines: Sequence[_Line], group: str) -> str:
    """The count of the row that names itself the total of a group."""
    rows = [line for line in lines if line.group == group and _TOTAL.fullmatch(line.label)]
    return rows[-1].figures[0].n if rows and len(rows[-1].figures) == 1 else ""


def _runs_across(lines: Sequence[_Line]) -> bool:
    """Whether the percentages of rows rather than of columns come to a hundred."""
    wide = [line for line in lines if len(line.figures) > 1 and all(cells.pct for cells in line.figures)]
    if not wide:
        return False
    rows = sum(1 for line in wide if _is_whole(line.figures))
    columns = max(len(line.figures) for line in wide)
    whole: int = 0
    for group in dict.fromkeys(line.group for line in wide):
        of = [line for line in wide if line.group == group and not _TOTAL.fullmatch(line.label)]
        whole += sum(
            1 for place in range(columns) if _is_whole([row.figures[place] for row in of if place < len(row.figures)])
        )
    return bool(rows / len(wide) >= whole / columns)


def _is_whole(figures: Sequence[Cells]) -> bool:
    shares = [Decimal(cells.pct.rstrip("% ").replace(",", ".")) for cells in figures if cells.pct]
    return len(shares) > 1 and abs(sum(shares, Decimal(0)) - 100) < 3
