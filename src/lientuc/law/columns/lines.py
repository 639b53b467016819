"""Every entry in columns with what it counts: valued by its own day, the future, the window and repeats taken out."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ..credits.entries import COUNTING, Reason
from .days import day
from .lookups import CERTAINTIES, QUARTERS_DIVISOR, Lookups


def counting_lines(entries: ir.Table, bound: ir.Table, lookups: Lookups) -> ir.Table:
    """The entries that count, each certificate once: `worker, activity_on, quarters, weight`; quarters null where undecided."""
    single = _counting(entries.filter(entries.certificate_key.isnull()), bound, lookups)
    keyed = _counting(entries.filter(entries.certificate_key.notnull()), bound, lookups)
    # Undecided hours count nothing, and may not take the place of a line that counts.
    keyed = keyed.filter(keyed.quarters.notnull())
    ranked = keyed.mutate(place=_place(keyed))
    columns = ("worker", "activity_on", "quarters", "weight")
    return ibis.union(single.select(*columns), ranked.filter(ranked.place == 0).select(*columns))


def _counting(entries: ir.Table, bound: ir.Table, lookups: Lookups) -> ir.Table:
    inside = entries.join(bound.select("worker", "regime_no", "window_start", "window_end"), "worker")
    inside = inside.filter(
        inside.activity_on >= inside.window_start,
        inside.activity_on <= inside.window_end,
        inside.activity_on <= day(lookups.on),
    )
    worth = lookups.worth_table()
    return _valued(inside, worth.filter(worth.known, ~worth.excluded), lookups, how="inner")


def _valued(entries: ir.Table, worth: ir.Table, lookups: Lookups, how: str) -> ir.Table:
    """The entries with what the conversion table says of them and `quarters`, null where there is no worth."""
    dated = entries.mutate(era=lookups.era(entries.activity_on))
    found = dated.join(worth, ["form", "role", "level", "era", "regime_no"], how=how, rname="{name}_of_table")
    base = ibis.ifelse(found.decided_only, found.decided, found.units)
    gross = base * found.per_unit
    cut = ibis.ifelse(gross > found.cap, found.cap, gross)
    return found.mutate(quarters=(cut / QUARTERS_DIVISOR).floor().cast("int64"), capped=gross > found.cap)


def _place(lines: ir.Table) -> ir.IntegerColumn:
    """0 for the line that stays of one certificate: worth most, then earliest, then the entry's number and content."""
    order = [ibis.desc(lines.quarters), *entry_order(lines)]
    window = ibis.window(group_by=[lines.worker, lines.certificate_key], order_by=order)
    return ibis.row_number().over(window)


def entry_order(lines: ir.Table) -> list[ir.Value]:
    """The order of `law.credits.lines.entry_order`; numbers sort by their code points on every engine."""
    return [
        lines.activity_on,
        lines.entry_id,
        lines.form,
        lines.role,
        lines.level,
        lines.units,
        lines.decided.fill_null(-1),
    ]


def lines_explained(entries: ir.Table, bound: ir.Table, lookups: Lookups) -> ir.Table:
    """Every entry with quarter hours, reason, article and certainty: `worker, entry_id, quarters, reason, article, certainty`."""
    held = entries.join(bound.select("worker", "regime_no", "unit", "window_start", "window_end"), "worker")
    found = _valued(held, lookups.worth_table(), lookups, how="left")
    judged = found.mutate(reason=_reason(found, lookups))
    counted = judged.reason.isin(sorted(COUNTING))
    judged = judged.mutate(repeatable=counted & judged.certificate_key.notnull())
    again = ibis.row_number().over(_repeats(judged)) > 0
    judged = judged.mutate(reason=ibis.ifelse(judged.repeatable & again, str(Reason.DUPLICATE), judged.reason))
    counts = judged.reason.isin(sorted(COUNTING))
    covered = judged.unit != "none"
    valued = judged.known & judged.quarters.notnull()
    weight = ibis.cases(
        (~covered | judged.row_weight.isnull(), CERTAINTIES.index("UNKNOWN")),
        (valued, judged.weight),
        else_=judged.row_weight,
    )
    quarters = ibis.ifelse(counts, judged.quarters, 0)
    told = ibis.window(group_by=judged.worker, order_by=[*entry_order(judged), ibis.desc(quarters)])
    return judged.select(
        "worker",
        "entry_id",
        "reason",
        place=ibis.row_number().over(told),
        quarters=quarters,
        article=judged.article.fill_null(""),
        certainty=ibis.cases(*((weight == place, str(word)) for place, word in enumerate(CERTAINTIES))),
    )


def _repeats(judged: ir.Table) -> ibis.expr.builders.WindowBuilder:
    order = [ibis.desc(judged.quarters), *entry_order(judged)]
    return ibis.window(group_by=[judged.worker, judged.certificate_key, judged.repeatable], order_by=order)


def _reason(found: ir.Table, lookups: Lookups) -> ir.StringValue:
    """As the plain law asks, its last word first: not covered, future, window, then the worth itself."""
    outside = (found.activity_on < found.window_start) | (found.activity_on > found.window_end)
    return ibis.cases(
        (found.unit == "none", str(Reason.NOT_COVERED)),
        (found.activity_on > day(lookups.on), str(Reason.FUTURE)),
        (outside, str(Reason.OUTSIDE_WINDOW)),
        (~found.known.fill_null(False), str(Reason.NO_VALUE_KNOWN)),
        (found.quarters.isnull(), str(Reason.HOURS_NOT_DECIDED)),
        (~found.old_law & found.capped, str(Reason.CAPPED)),
        else_=found.worth_reason,
    )
