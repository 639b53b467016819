"""The standing of every worker in columns: the sums, the years of regime S, the status."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from ..credits.regimes import Regime
from ..credits.rule_set import RuleSet
from ..credits.standing import Status
from .days import day, days_after, days_from
from .lines import counting_lines, lines_explained
from .lookups import REGIMES, Lookups, hundredths
from .windows import bound_workers, staff_year_days

_S, _P_2013 = REGIMES.index(Regime.S), REGIMES.index(Regime.P_2013)
Years = tuple[tuple[date, date], ...]


def standings(workers: ir.Table, entries: ir.Table, exemptions: ir.Table, on: date, rules: RuleSet) -> ir.Table:
    """One row a worker: what `law.credits.standing` answers, amounts in quarter hours; raises NotInForce for `on` itself.

    Columns: worker, regime, unit, window_start, window_end, required, counted, secondary, shortfall, yearly_floor_met,
    status, deadline_on, certainty_weight.
    """
    lookups, years = Lookups(rules, on), staff_year_days(rules, on)
    bound = bound_workers(workers, lookups)
    sums = _sums(counting_lines(entries, bound, lookups), years)
    exempt = _exempt_days(exemptions, on, years)
    found = bound.join(sums, "worker", how="left", rname="{name}_of_lines")
    found = found.join(exempt, "worker", how="left", rname="{name}_of_leaves")
    found = _filled(found, years)
    found = found.mutate(**_year_columns(found, rules, years, on))
    return found.select(
        "worker",
        "regime",
        "unit",
        "window_start",
        "window_end",
        "deadline_on",
        "required",
        "counted",
        "secondary",
        shortfall=ibis.ifelse(found.required > found.counted, found.required - found.counted, 0),
        yearly_floor_met=found.floors_met,
        status=_status(found, on),
        certainty_weight=ibis.greatest(found.regime_weight, found.requirement_weight, found.line_weight),
    )


def explained_lines(workers: ir.Table, entries: ir.Table, exemptions: ir.Table, on: date, rules: RuleSet) -> ir.Table:
    """One row an entry: worker, entry_id, reason, place (0, 1 … in the order the law tells them), quarters, article, certainty."""
    lookups = Lookups(rules, on)
    return lines_explained(entries, bound_workers(workers, lookups), lookups)


def _sums(lines: ir.Table, years: Years) -> ir.Table:
    """Sums a worker. Cases, not filters: an engine walks the groups once for all of them."""
    yearly = {
        f"counted_{place}": ibis.ifelse(lines.activity_on.between(day(start), day(end)), lines.quarters, 0).sum()
        for place, (start, end) in enumerate(years)
    }
    return lines.group_by("worker").aggregate(
        counted=lines.quarters.sum(),
        secondary=ibis.ifelse(lines.weight > 0, lines.quarters, 0).sum(),
        line_weight=ibis.ifelse(lines.quarters > 0, lines.weight, 0).max(),
        **yearly,
    )


def _exempt_days(exemptions: ir.Table, on: date, years: Years) -> ir.Table:
    """Days of each year in at least one exemption, and whether `on` is; one row for each worker who has any."""
    closed = exemptions.mutate(to_on=exemptions.to_on.fill_null(day(date.max)))
    earlier = ibis.window(group_by=closed.worker, order_by=[closed.from_on, closed.to_on], preceding=(None, 1))
    closed = closed.mutate(reached=closed.to_on.max().over(earlier))
    days = {f"exempt_{place}": _new_days(closed, start, end).sum() for place, (start, end) in enumerate(years)}
    holds = (closed.from_on <= day(on)) & (closed.to_on >= day(on))
    return closed.group_by("worker").aggregate(exempt_now=holds.any(), **days)


def _new_days(closed: ir.Table, start: date, end: date) -> ir.IntegerValue:
    """Days of the year that no earlier exemption of the worker has covered yet."""
    first = ibis.ifelse(closed.from_on > day(start), closed.from_on, day(start))
    last = ibis.ifelse(closed.to_on < day(end), closed.to_on, day(end))
    overlapped = closed.reached.notnull() & (closed.reached >= first)
    first = ibis.ifelse(
        overlapped, days_after(ibis.ifelse(closed.reached < day(end), closed.reached, day(end)), 1), first
    )
    return days_from(first, last)


def _filled(found: ir.Table, years: Years) -> ir.Table:
    """Nothing counted, nothing exempt where a worker has no line."""
    numbers = ["counted", "secondary", "line_weight"]
    numbers += [f"{name}_{place}" for name in ("counted", "exempt") for place in range(len(years))]
    filled = {name: found[name].fill_null(0).cast("int64") for name in numbers}
    return found.mutate(**filled, exempt_now=found.exempt_now.fill_null(False))


def _year_columns(found: ir.Table, rules: RuleSet, years: Years, on: date) -> dict[str, ir.Value]:
    """Whether every year has its floor, and whether a past one missed it; regime S only."""
    met, missed = ibis.literal(True), ibis.literal(False)
    for place, (start, end) in enumerate(years):
        enough = found[f"counted_{place}"] >= _floor(found[f"exempt_{place}"], start, end, rules)
        met = met & enough
        if end < on:
            missed = missed | ~enough
    staff = found.regime_no == _S
    return {"floors_met": ~staff | met, "floor_missed": staff & missed}


def _floor(exempt: ir.IntegerValue, start: date, end: date, rules: RuleSet) -> ir.IntegerValue:
    """Quarter hours one year asks for: the share of the days not exempt, rounded down."""
    floor = rules.parameters.known("credits.s.yearly_hours", end)
    if floor is None:
        return ibis.literal(0, "int64")
    days = (end - start).days + 1
    quarters = (days - exempt) * (hundredths(floor.decimal()) * 4)
    return (quarters / (100 * days)).floor().cast("int64")


def _status(found: ir.Table, on: date) -> ir.StringValue:
    enough = found.counted >= found.required
    staff, before_2024 = found.regime_no == _S, found.regime_no == _P_2013
    may_be_exempt = (staff | before_2024) & found.exempt_now
    late = ~staff & (found.deadline_on < day(on))
    return ibis.cases(
        (found.unit == "none", str(Status.NOT_COVERED)),
        (found.floor_missed, str(Status.SHORT)),
        (enough & found.floors_met, str(Status.MET)),
        (may_be_exempt, str(Status.EXEMPT)),
        (late, str(Status.SHORT)),
        else_=str(Status.ACCRUING),
    )
