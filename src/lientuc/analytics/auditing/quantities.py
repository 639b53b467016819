"""What a sentence's rows amount to: the counts, percentages or means a text may have taken from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .table import Claim, Report, Row, runs_of, share

PERCENT = {"%", "pct", "percent", "per cent", "phần trăm"}
RATIO = {"times", "lần", "ratio", "fold", "x", "tỷ số", "tỉ số"}
MEAN = {"mean", "trung bình", "years", "year", "tuổi", "năm", "months", "tháng", "score", "điểm"}


class Unknown(Exception):
    """The rows of a claim do not say what to compute; the argument names why (a key of `words`)."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of the rows: the exact value and how it was computed."""

    exact: Fraction
    shown: str


def amounts(report: Report, claim: Claim) -> tuple[Amount, ...]:
    """Every reading of the claim's rows in its unit, the best first; raises Unknown where there is none."""
    if not claim.rows.strip():
        raise Unknown("claim_without_rows")
    if "/" in claim.rows:
        return _ratio(report, claim)
    rows = rows_named(report, claim.rows)
    found = tuple(_readings(rows, claim, unit_of(claim, rows)))
    if not found:
        raise Unknown("claim_without_numbers")
    return found


def rows_named(report: Report, expression: str) -> tuple[Row, ...]:
    """Rows joined by `+`, runs in printed order by `..`; raises Unknown for a row that is not there."""
    found: list[Row] = []
    for part in expression.split("+"):
        first, _, last = (side.strip() for side in part.partition(".."))
        found.extend(_run(report, first, last or first))
    return tuple(found)


def _run(report: Report, first: str, last: str) -> Sequence[Row]:
    ids = [row.id for row in report.rows]
    if first not in ids or last not in ids or ids.index(last) < ids.index(first):
        raise Unknown("claim_row_unknown")
    return report.rows[ids.index(first) : ids.index(last) + 1]


def unit_of(claim: Claim, rows: Sequence[Row]) -> str:
    """`pct`, `mean` or `n`: what the claim's number counts."""
    unit = claim.unit.strip().lower()
    if unit in PERCENT or "%" in claim.value:
        return "pct"
    only_means = all(row.mean is not None for row in rows)
    if only_means and (unit in MEAN or all(row.n is None for row in rows)):
        return "mean"
    if unit == "sd" and all(row.sd is not None for row in rows):
        return "sd"
    return "n"


def _readings(rows: Sequence[Row], claim: Claim, unit: str) -> Iterator[Amount]:
    if unit == "mean":
        yield from (Amount(Fraction(row.mean.value), row.mean.text) for row in rows if row.mean)
    elif unit == "sd":
        yield from (Amount(Fraction(row.sd.value), row.sd.text) for row in rows if row.sd)
    elif unit == "n":
        yield from _counted(rows)
    else:
        yield from _percentages(rows, claim.denominator)


def _counted(rows: Sequence[Row]) -> Iterator[Amount]:
    counts = [row.n for row in rows if row.n is not None]
    if len(counts) == len(rows):
        yield Amount(Fraction(sum(counts)), " + ".join(map(str, counts)))


def _percentages(rows: Sequence[Row], of: int | None) -> Iterator[Amount]:
    """Counts over the claim's denominator or the rows' own, then the printed percentages added up."""
    counts = [row.n for row in rows if row.n is not None]
    denominators = {row.denominator for row in rows}
    over = of or (denominators.pop() if len(denominators) == 1 else None)
    if over and len(counts) == len(rows):
        shown = str(counts[0]) if len(counts) == 1 else f"({' + '.join(map(str, counts))})"
        yield Amount(share(sum(counts), over), f"{shown}/{over}")
    shares = [row.pct for row in rows if row.pct is not None]
    if of is None and len(shares) == len(rows):
        total = sum((pct.value for pct in shares), Decimal(0))
        yield Amount(Fraction(total), " + ".join(str(pct.value) for pct in shares))


def _ratio(report: Report, claim: Claim) -> tuple[Amount, ...]:
    above, below = (rows_named(report, side) for side in claim.rows.split("/", 1))
    times = 100 if claim.unit.strip().lower() in PERCENT or "%" in claim.value else 1
    found = []
    for reading in (_counted, _means, _shares):
        over, under = list(reading(above)), list(reading(below))
        if over and under and under[0].exact:
            exact = times * over[0].exact / under[0].exact
            found.append(Amount(exact, f"({over[0].shown})/({under[0].shown})"))
    if not found:
        raise Unknown("claim_without_numbers")
    return tuple(found)


def _means(rows: Sequence[Row]) -> Iterator[Amount]:
    if len(rows) == 1 and rows[0].mean:
        yield Amount(Fraction(rows[0].mean.value), rows[0].mean.text)


def _shares(rows: Sequence[Row]) -> Iterator[Amount]:
    shares = [row.pct for row in rows if row.pct is not None]
    if len(shares) == len(rows):
        yield Amount(Fraction(sum((p.value for p in shares), Decimal(0))), " + ".join(p.text for p in shares))


def whole(rows: Sequence[Row], of: int | None) -> bool | None:
    """Do the rows hold everybody of their denominator? None where the counts are not printed."""
    counts = [row.n for row in rows if row.n is not None]
    over = of or next((row.denominator for row in rows if row.denominator), None)
    return None if len(counts) != len(rows) or not over else sum(counts) == over


def places_of(report: Report, value: Decimal, unit: str) -> tuple[str, ...]:
    """Cells, and sums of neighbouring cells of a group, that print this value; single cells first."""
    found: list[str] = []
    for rows in report.groups.values():
        for run in runs_of(rows):
            if _prints(run, value, unit):
                found.append(run[0].id if len(run) == 1 else f"{run[0].id}..{run[-1].id}")
    return tuple(sorted(found, key=lambda name: ".." in name))


def _prints(run: Sequence[Row], value: Decimal, unit: str) -> bool:
    if unit == "n":
        return all(row.n is not None for row in run) and sum(row.n or 0 for row in run) == value
    if unit in {"mean", "sd"}:
        cell = run[0].mean if unit == "mean" else run[0].sd
        return len(run) == 1 and cell is not None and cell.value == value
    shares = [row.pct.value for row in run if row.pct is not None]
    return len(shares) == len(run) and sum(shares, Decimal(0)) == value


def ends_of(text: str) -> tuple[str, ...]:
    """The two ends of a range such as `20–30`, `20..30`, `từ 20 đến 30`; one text where there is no range."""
    bare = re.sub(r"^\s*(?:từ|from|between)\s+", "", text.strip(), flags=re.IGNORECASE)
    parts = [part.strip() for part in re.split(r"\.\.|[–—;]|(?<=\d)\s*%?\s*-|\bđến\b|\bto\b|\band\b|\bvà\b", bare)]
    return tuple(part for part in parts if part)
