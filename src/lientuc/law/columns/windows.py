"""Each worker's regime, window, requirement and deadline in columns, as `law.credits` and `law.deadlines` find them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from ..credits.regimes import Regime
from ..credits.rule_set import RuleSet, WindowMode
from ..credits.windows import rolling, staff_years
from .days import day, days_after, in_year, years_after
from .lookups import REGIMES, Lookups, hundredths

_NO_DAY = ibis.null("date")
Pair = tuple[ir.DateValue, ir.DateValue]


def bound_workers(workers: ir.Table, lookups: Lookups) -> ir.Table:
    """The workers with regime, unit, certainty, window, requirement (quarter hours) and deadline; one row each."""
    found = workers.join(lookups.regime_table(), ["title", "licence", "practising"])
    columns = {regime: _COLUMNS[regime](found, lookups) for regime in lookups.regimes}
    names = ("window_start", "window_end", "deadline_on", "required")
    chosen = {
        name: _by_regime(found, {r: found_columns[name] for r, found_columns in columns.items()}) for name in names
    }
    return found.select(
        "worker",
        "regime",
        "regime_no",
        "unit",
        "regime_weight",
        **chosen,
        requirement_weight=_by_regime(found, {r: c["weight"] for r, c in columns.items()}),
    )


def _by_regime(found: ir.Table, values: dict[Regime, ir.Value]) -> ir.Value:
    cases = [(found.regime_no == REGIMES.index(regime), value) for regime, value in values.items()]
    return ibis.cases(*cases)


def _practitioner(found: ir.Table, lookups: Lookups) -> dict[str, ir.Value]:
    law, on = lookups.rules.parameters, lookups.on
    required = law.value("credits.p.required_hours", on)
    start, end = _practitioner_window(found, lookups.rules, on)
    notice = law.value("licence.renewal_notice_days", on).whole()
    deadline = days_after(licence_end(found, lookups.rules, on), -notice)
    return _columns(start, end, deadline, required.decimal(), lookups.weight(required))


def _practitioner_before_2024(found: ir.Table, lookups: Lookups) -> dict[str, ir.Value]:
    law, on = lookups.rules.parameters, lookups.on
    required = law.value("credits.p_2013.required_hours", on)
    years = law.value("credits.p_2013.window_years", on).whole()
    begun = day(required.valid_from)
    first = ibis.ifelse(found.issued_on > begun, found.issued_on, begun)
    window = rolling(on, years)
    deadline = days_after(years_after(first, years), -1)
    return _columns(day(window.start), day(window.end), deadline, required.decimal(), lookups.weight(required))


def _staff(found: ir.Table, lookups: Lookups) -> dict[str, ir.Value]:
    required = lookups.rules.parameters.value("credits.s.required_hours", lookups.on)
    years = staff_years(lookups.on, lookups.rules)
    deadline = day(date(lookups.on.year, 12, 31))
    return _columns(day(years[0][0]), day(years[-1][1]), deadline, required.decimal(), lookups.weight(required))


def _not_covered(found: ir.Table, lookups: Lookups) -> dict[str, ir.Value]:
    return _columns(_NO_DAY, _NO_DAY, _NO_DAY, Decimal(0), 0)


_COLUMNS: dict[Regime, Callable[[ir.Table, Lookups], dict[str, ir.Value]]] = {
    Regime.P: _practitioner,
    Regime.S: _staff,
    Regime.P_2013: _practitioner_before_2024,
    Regime.PHARMACY: _not_covered,
    Regime.SOCIAL_WORK: _not_covered,
}


def _columns(
    start: ir.DateValue, end: ir.DateValue, deadline: ir.DateValue, required: Decimal, weight: int
) -> dict[str, ir.Value]:
    return {
        "window_start": start,
        "window_end": end,
        "deadline_on": deadline,
        "required": ibis.literal(quarters_of(required), "int64"),
        "weight": ibis.literal(weight, "int8"),
    }


def quarters_of(hours: Decimal) -> int:
    """Whole quarter hours of a requirement; ValueError where it is not a multiple of 0.25."""
    scaled = hundredths(hours)
    if scaled % 25:
        raise ValueError(f"{hours} is not a whole number of quarter hours")
    return scaled // 25


def licence_end(found: ir.Table, rules: RuleSet, on: date) -> ir.DateValue:
    """The last day of the licence as `law.deadlines.licence_end` finds it; null where none can be told."""
    law = rules.parameters
    last_year = law.value("licence.unconverted_end_year", on).whole()
    term = law.value("licence.term_years", on).whole()
    converted_term = law.value("licence.converted_term_years", on).whole()
    return ibis.cases(
        (unconverted(found, on) & found.issued_on.notnull(), in_year(found.issued_on, last_year)),
        (found.valid_to.notnull(), found.valid_to),
        ((found.licence == "gphn") & found.issued_on.notnull(), years_after(found.issued_on, term)),
        (found.converted_on <= day(on), years_after(found.converted_on, converted_term)),
    )


def unconverted(found: ir.Table, on: date) -> ir.BooleanValue:
    """Whether the licence is still a certificate of the old law on this day."""
    later = found.converted_on.isnull() | (found.converted_on > day(on))
    return (found.licence == "cchn") & later


def _practitioner_window(found: ir.Table, rules: RuleSet, on: date) -> Pair:
    years = rules.parameters.value("credits.p.window_years", on).whole()
    always = rolling(on, years)
    otherwise = (day(always.start), day(always.end))
    if rules.window is WindowMode.LICENCE:
        return _licence_term(found, rules, on, years, otherwise)
    if rules.window is WindowMode.CONVERSION:
        return _since_conversion(found, on, years, otherwise)
    return otherwise


def _licence_term(found: ir.Table, rules: RuleSet, on: date, years: int, otherwise: Pair) -> Pair:
    end = licence_end(found, rules, on)
    first = ibis.ifelse(found.licence == "cchn", found.converted_on, found.issued_on)
    last_years = days_after(years_after(end, -years), 1)
    start = ibis.ifelse(first.isnull() | unconverted(found, on), last_years, first)
    known = end.notnull()
    return ibis.ifelse(known, start, otherwise[0]), ibis.ifelse(known, end, otherwise[1])


def _since_conversion(found: ir.Table, on: date, years: int, otherwise: Pair) -> Pair:
    """Whole years passed since conversion, cut to the last full period."""
    first = found.converted_on
    begun = first <= day(on)
    elapsed = on.year - first.year()
    passed = elapsed - (in_year(first, on.year) > day(on)).cast("int32")
    start_year = first.year() + (passed / years).floor().cast("int32") * years
    start = ibis.ifelse(begun, in_year(first, start_year), otherwise[0])
    end = ibis.ifelse(begun, days_after(in_year(first, start_year + years), -1), otherwise[1])
    return start, end


def staff_year_days(rules: RuleSet, on: date) -> tuple[tuple[date, date], ...]:
    """First and last day of each year of regime S's window; none where the rule has no text on the day."""
    if rules.parameters.known("credits.s.window_years", on) is None:
        return ()
    return staff_years(on, rules)


__all__ = ["bound_workers", "licence_end", "quarters_of", "staff_year_days"]
