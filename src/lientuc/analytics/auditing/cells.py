"""One printed row: does its percentage follow from its count, and over which denominator?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from . import grim
from .findings import Class, Finding, Kind
from .printed import Printed, cut_off, half_even, half_up
from .table import Report, Row, share


def check_rows(report: Report) -> Iterator[Finding]:
    """At most one finding of a row's percentage and one of its mean."""
    for row in report.rows:
        if row.unread:
            values = {"cell": row.unread}
            yield Finding(Kind.ROW, row.id, Class.NOT_TESTABLE, row.unread, "", "", "row_unreadable", values)
            continue
        if row.pct is not None:
            yield from _percentage(report, row, row.pct)
        if row.mean is not None:
            yield from _mean(report, row, row.mean)


def _percentage(report: Report, row: Row, pct: Printed) -> Iterator[Finding]:
    if row.n is None:
        yield from _without_count(report, row, pct)
        return
    own = _own_denominator(report, row, row.n, pct)
    if own is None:
        yield _line(row, Class.NOT_TESTABLE, "", "", "row_without_denominator")
        return
    if own >= row.n and pct.is_rounded(share(row.n, own)):
        if _unlike_its_group(report, row, own):
            total = report.sum_of(row.key) or 0
            yield _line(
                row, Class.OTHER_DENOMINATOR, str(total), f"n = {own} ≠ {total}", "row_unlike_group", total=total
            )
        return
    yield _not_reproduced(report, row, row.n, pct, own)


def _own_denominator(report: Report, row: Row, n: int, pct: Printed) -> int | None:
    """The printed denominator; without one, a named one that fits, else the first that could have been meant."""
    if row.denominator:
        return row.denominator
    named = [of for of in plausible(report, row) if of >= n]
    return next((of for of in named if pct.is_rounded(share(n, of))), named[0] if named else None)


def plausible(report: Report, row: Row) -> dict[int, str]:
    """Denominators that stand somewhere in the report and could have been used, with where they stand."""
    found: dict[int, str] = {}
    total = report.sum_of(row.key)
    if total:
        found.setdefault(total, "sum")
    if report.total:
        found.setdefault(report.total, "total")
    for of in sorted(report.denominators.get(row.table, frozenset()), reverse=True):
        found.setdefault(of, "table")
    found.pop(row.denominator or 0, None)
    return found


def _not_reproduced(report: Report, row: Row, n: int, pct: Printed, own: int) -> Finding:
    exact = share(n, own)
    other = next(
        ((of, where) for of, where in plausible(report, row).items() if of >= n and pct.is_rounded(share(n, of))), None
    )
    recomputed, sum_shown = str(half_up(exact, pct.places)), _division(n, own, exact)
    if other:
        of, where = other
        arithmetic = f"{sum_shown}; {_division(n, of, share(n, of))}"
        return _line(row, Class.OTHER_DENOMINATOR, recomputed, arithmetic, f"row_other_{where}", of=of, own=own)
    what, why = _other_rounding(pct, exact)
    if what is not None:
        return _line(row, what, recomputed, sum_shown, why, places=pct.places)
    return _nothing_named(report, row, n, pct, own, recomputed, sum_shown)


def _nothing_named(
    report: Report, row: Row, n: int, pct: Printed, own: int, recomputed: str, sum_shown: str
) -> Finding:
    """Neither the printed nor another named denominator: other counts of the table, then every number up to the limit."""
    counts = sorted({other.n for other in report.rows if other.table == row.table and other.n}, reverse=True)
    of = next((of for of in counts if of >= n > 0 and of != own and pct.is_rounded(share(n, of))), None)
    if of is not None:
        arithmetic = f"{sum_shown}; {_division(n, of, share(n, of))}"
        return _line(row, Class.OTHER_DENOMINATOR, recomputed, arithmetic, "row_other_count", of=of, own=own)
    fitting = [of for of in range(max(n, 1), report.limit + 1) if pct.is_rounded(share(n, of))]
    near = [count for count in range(own + 1) if pct.is_rounded(share(count, own))]
    values = {
        "limit": report.limit,
        "denominators": _few(fitting) or "∅",
        "counts": _few(near) or "∅",
        "own": own,
    }
    return _line(row, Class.NO_DENOMINATOR_FITS, recomputed, sum_shown, "row_nothing_fits", **values)


def _other_rounding(pct: Printed, exact: Fraction) -> tuple[Class | None, str]:
    if pct.value == half_even(exact, pct.places):
        return Class.ROUNDING, "row_half_even"
    if pct.value == cut_off(exact, pct.places):
        return Class.TRUNCATED, "row_truncated"
    if pct.places and pct.value == half_up(exact, 0):
        return Class.WHOLE_NUMBER_PADDED, "row_padded"
    if any(pct.value == half_up(exact, places) for places in range(1, pct.places)):
        return Class.ROUNDING, "row_fewer_decimals"
    if pct.is_near(exact):
        return Class.ROUNDING, "row_last_digit"
    return None, ""


def _unlike_its_group(report: Report, row: Row, own: int) -> bool:
    """Do all other rows of the group agree on another denominator, which is also the sum of the counts?"""
    others = {other.denominator for other in report.groups[row.key] if other is not row}
    return len(report.groups[row.key]) > 2 and others == {report.sum_of(row.key)} and own not in others


def _without_count(report: Report, row: Row, pct: Printed) -> Iterator[Finding]:
    """GRIM for a percentage: is there any count out of the denominator that prints it?"""
    of = row.denominator or report.total
    if of is None or of >= 10 ** (pct.places + 2):
        yield _line(row, Class.NOT_TESTABLE, "", "", "row_without_count")
        return
    if not any(pct.is_rounded(share(count, of)) for count in range(of + 1)):
        nearest = round(pct.value * of / 100)
        arithmetic = "; ".join(
            _division(c, of, share(c, of)) for c in (nearest - 1, nearest, nearest + 1) if 0 <= c <= of
        )
        yield _line(row, Class.NO_DENOMINATOR_FITS, "", arithmetic, "row_no_count", own=of)


def _mean(report: Report, row: Row, mean: Printed) -> Iterator[Finding]:
    of = row.denominator or row.n or report.total
    printed = mean.text + (f" ± {row.sd.text}" if row.sd else "")
    if of is None or not grim.can_tell(mean, of):
        values = {"of": of or "?", "places": mean.places}
        yield Finding(
            Kind.ROW, row.id, Class.NOT_TESTABLE, printed, "", f"N = {of or '?'}", "mean_not_testable", values
        )
        return
    possible = grim.sums(mean, of)
    if not possible:
        nearest = round(mean.value * of)
        near = "; ".join(
            f"{s}/{of} = {half_up(Fraction(s, of), mean.places + 2)}" for s in (nearest - 1, nearest, nearest + 1)
        )
        yield Finding(Kind.ROW, row.id, Class.MEAN_NOT_POSSIBLE, printed, "", near, "mean_not_possible", {"of": of})
    elif row.sd is not None and not grim.sd_is_possible(mean, row.sd, of):
        shown = f"Σx = {', '.join(map(str, possible[:3]))}; N = {of}"
        yield Finding(Kind.ROW, row.id, Class.SD_NOT_POSSIBLE, printed, "", shown, "sd_not_possible", {"of": of})


def _line(row: Row, what: Class, recomputed: str, arithmetic: str, why: str, **values: object) -> Finding:
    pct = row.pct.text if row.pct else ""
    of = f"/{row.denominator}" if row.denominator else ""
    printed = pct if row.n is None else f"{row.n}{of} ({pct})"
    return Finding(Kind.ROW, row.id, what, printed, recomputed, arithmetic, why, values)


def _division(n: int, of: int, exact: Fraction) -> str:
    return f"{n}/{of} = {half_up(exact, 3)}%"


def _few(numbers: Sequence[int], at_most: int = 6) -> str:
    shown = ", ".join(map(str, numbers[:at_most]))
    return shown + (" …" if len(numbers) > at_most else "")
