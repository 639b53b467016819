"""A group of rows: do its columns add up, and do equal counts print equal percentages?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from .findings import Class, Finding, Kind
from .printed import Printed, half_up
from .table import GroupKey, Report, Row, share

NEAR = 2
"""How far a count may lie from the printed one in the search for counts that give all percentages."""


def check_groups(report: Report) -> Iterator[Finding]:
    """At most one finding of each sort and group."""
    for key, rows in report.groups.items():
        yield from _same_count(key, rows)
        yield from _sums(report, key, rows)


def _same_count(key: GroupKey, rows: Sequence[Row]) -> Iterator[Finding]:
    """Equal counts of one denominator must print equal percentages."""
    printed: dict[tuple[int, int | None, int], list[tuple[Row, Printed]]] = defaultdict(list)
    for row in rows:
        if row.n is not None and row.pct is not None:
            printed[(row.n, row.denominator, row.pct.places)].append((row, row.pct))
    for (n, of, places), same in printed.items():
        if len({pct.value for _, pct in same}) > 1:
            shown = "; ".join(f"{row.id}: {n} → {pct.text}" for row, pct in same)
            right = str(half_up(share(n, of), places)) if of else ""
            yield Finding(
                Kind.GROUP, key[1], Class.SAME_N_DIFFERENT_PCT, shown, right, shown, "group_same_count", {"n": n}
            )
            return


def _sums(report: Report, key: GroupKey, rows: Sequence[Row]) -> Iterator[Finding]:
    """One choice each: counts add to the denominator and percentages to 100, or neither does.

    The tolerance of the percentage column is half a unit of the last place per row. A group where neither holds lets
    people tick several answers or leaves some out: its columns cannot be checked by their sums.
    """
    total, of = report.sum_of(key), _denominator(rows)
    shares = [row.pct for row in rows if row.pct is not None]
    if total is None or of is None or len(rows) < 2 or len(shares) != len(rows):
        return
    printed = sum((pct.value for pct in shares), Decimal(0))
    tolerance = sum((pct.step / 2 for pct in shares), Decimal(0))
    adds_to_100 = abs(printed - 100) <= tolerance
    expected = share(total, of)
    if adds_to_100 and total != of and abs(expected - 100) > Fraction(tolerance) and not _reproduces(rows, of):
        shown = " + ".join(str(row.n) for row in rows) + f" = {total} ≠ {of}"
        values = {"total": total, "of": of, **_solution(report, rows)}
        yield Finding(Kind.GROUP, key[1], Class.SUM_OF_N, str(of), str(total), shown, "group_sum_of_n", values)
    elif not adds_to_100 and total == of:
        shown = " + ".join(str(pct.value) for pct in shares) + f" = {printed}"
        values = {"sum": printed, "tolerance": tolerance}
        yield Finding(Kind.GROUP, key[1], Class.SUM_OF_PCT, str(printed), "100", shown, "group_sum_of_pct", values)


def _reproduces(rows: Sequence[Row], of: int) -> bool:
    """Does every percentage follow from its count over `of`?"""
    return all(row.n is not None and row.pct is not None and row.pct.is_rounded(share(row.n, of)) for row in rows)


def _denominator(rows: Sequence[Row]) -> int | None:
    """The one denominator of a group; None where there are several or none."""
    found = {row.denominator for row in rows}
    return found.pop() if len(found) == 1 else None


def _solution(report: Report, rows: Sequence[Row]) -> dict[str, str]:
    """One total, and counts near the printed ones, that would give every printed percentage of the group."""
    for of in range(report.limit, 0, -1):
        counts = [_count_near(row, of) for row in rows]
        if None not in counts and sum(counts) == of:  # type: ignore[arg-type]
            return {"joint": " + ".join(map(str, counts)) + f" = {of}"}
    return {"joint": "∅"}


def _count_near(row: Row, of: int) -> int | None:
    n, pct = row.n, row.pct
    if n is None or pct is None:
        return None
    fitting = (c for c in sorted(range(max(n - NEAR, 0), n + NEAR + 1), key=lambda c: abs(c - n)) if c <= of)
    return next((count for count in fitting if pct.is_rounded(share(count, of))), None)
