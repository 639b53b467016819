"""What the methods section states against what the tables print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .findings import Class, Finding, Kind
from .printed import half_up, read_number
from .table import Method, Report, share

_YES = {"", "yes", "true", "1", "có", "co", "x", "đúng"}


def check_methods(report: Report) -> Iterator[Finding]:
    """At most one finding for each statement; a statement we know no test for is said to be untestable."""
    for method in report.methods:
        check = _CHECKS.get(method.statement)
        if check is not None:
            yield from check(report, method)
        else:
            yield _line(method, Class.NOT_TESTABLE, "", "", "method_unknown", statement=method.statement)


def _complete_cases(report: Report, method: Method) -> Iterator[Finding]:
    """Incomplete records removed: then every question has the same denominator."""
    if method.value.strip().lower() not in _YES:
        return
    total = report.total or report.limit
    unlike = sorted({row.denominator for row in report.rows if row.denominator and row.denominator != total})
    if unlike:
        shown = ", ".join(f"{of} ≠ {total}" for of in unlike)
        yield _line(method, Class.METHOD_VS_TABLE, ", ".join(map(str, unlike)), shown, "method_complete", total=total)


def _total(report: Report, method: Method) -> Iterator[Finding]:
    """No question can have more answers than there were respondents."""
    total = report.total
    if total is None:
        yield _line(method, Class.NOT_TESTABLE, "", "", "method_not_a_number", value=method.value)
        return
    above = sorted({row.denominator for row in report.rows if row.denominator and row.denominator > total})
    if above:
        shown = ", ".join(f"{of} > {total}" for of in above)
        yield _line(method, Class.METHOD_VS_TABLE, str(above[-1]), shown, "method_total", total=total)


def _decimals(report: Report, method: Method) -> Iterator[Finding]:
    """Percentages are printed with so many decimals."""
    if not method.value.strip().isdecimal():
        yield _line(method, Class.NOT_TESTABLE, "", "", "method_not_a_number", value=method.value)
        return
    unlike = [row.id for row in report.rows if row.pct and row.pct.places != int(method.value)]
    if unlike:
        yield _line(method, Class.METHOD_VS_TABLE, str(len(unlike)), ", ".join(unlike[:6]), "method_decimals")


def _response_rate(report: Report, method: Method) -> Iterator[Finding]:
    """Respondents over people invited."""
    stated, invited = read_number(method.value), _stated(report, "n_invited")
    if stated is None or not invited or not report.total:
        yield _line(method, Class.NOT_TESTABLE, "", "", "method_rate_unknown")
        return
    exact = share(report.total, invited)
    right = half_up(exact, stated.places)
    if right != stated.value:
        shown = f"{report.total}/{invited} = {half_up(exact, 3)}%"
        yield _line(method, Class.METHOD_VS_TABLE, str(right), shown, "method_rate")


def _stated(report: Report, statement: str) -> int | None:
    text = next((m.value for m in report.methods if m.statement == statement), "")
    digits = re.sub(r"[\s.]", "", text)
    return int(digits) if digits.isdecimal() else None


def _nothing(report: Report, method: Method) -> Iterator[Finding]:
    """A number other statements use."""
    yield from ()


_CHECKS: Mapping[str, Callable[[Report, Method], Iterator[Finding]]] = {
    "complete_cases_only": _complete_cases,
    "n_total": _total,
    "decimals": _decimals,
    "response_rate": _response_rate,
    "n_invited": _nothing,
}


def _line(method: Method, what: Class, recomputed: str, arithmetic: str, why: str, **values: object) -> Finding:
    return Finding(Kind.METHOD, method.statement, what, method.value, recomputed, arithmetic, why, values)
