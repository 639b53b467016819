"""What the plain law says of every combination of codes, asked once and laid out as rows to join with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

import ibis
import ibis.expr.types as ir

from ..certainty import Certainty
from ..credits.amounts import Unit
from ..credits.entries import DECIDED, Reason, by_old_law, row_for
from ..credits.facts import Level
from ..credits.regimes import UNITS, Regime, regime_of
from ..credits.rule_set import Pre2024, RuleSet
from ..parameters import Factor, Value
from ..workers import LicenceKind, Title, WorkerFacts
from .tables import UNITS_SCALE

# Certainties by weight, the surest first: the weakest of many is a maximum.
CERTAINTIES = tuple(Certainty)
REGIMES = tuple(Regime)
# Parameters have at most two decimals; quarter hours are whole. A worth is units × value × rate, and so scaled:
_CENTS = 100
QUARTERS_DIVISOR = UNITS_SCALE * _CENTS * _CENTS // 4
_NO_CAP = 2**51
# Engines divide whole numbers as 64-bit floats: exact while a product stays below 2^52.
_MOST_UNITS = 100_000 * UNITS_SCALE


def hundredths(value: Decimal) -> int:
    """A parameter as whole hundredths; ValueError where it has more than two decimals."""
    scaled = value * _CENTS
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than two decimals")
    return int(scaled)


@dataclass(frozen=True)
class Lookups:
    """The rule set on one day as small tables; raises NotInForce where no text is in force on that day."""

    rules: RuleSet
    on: date

    @cached_property
    def regime_rows(self) -> list[dict[str, Any]]:
        """The regime of every title, licence and practice, as `regime_of` decides it."""
        return [self._regime_row(*key) for key in product(Title, LicenceKind, (True, False))]

    @cached_property
    def regimes(self) -> tuple[Regime, ...]:
        """The regimes somebody may fall under on the day."""
        met = {row["regime"] for row in self.regime_rows}
        return tuple(regime for regime in REGIMES if regime.value in met)

    @cached_property
    def breaks(self) -> tuple[date, ...]:
        """Days on which the worth of some activity changes, in order; between two of them nothing does."""
        law = self.rules.parameters
        dated: list[Factor | Value] = [*law.factors, *law.values["credits.p.required_hours"]]
        ends = {row.valid_to + timedelta(days=1) for row in dated if row.valid_to is not None}
        return tuple(sorted({row.valid_from for row in dated} | ends))

    def weight(self, value: Value) -> int:
        """How doubtful a parameter is, as a number."""
        return CERTAINTIES.index(value.certainty)

    def regime_table(self) -> ir.Table:
        """`title, licence, practising` → `regime`, its place in `REGIMES`, the certainty's weight and the reason."""
        return ibis.memtable(self.regime_rows, schema=ibis.schema(_REGIME_SCHEMA))

    def worth_table(self) -> ir.Table:
        """`form, role, level, era, regime_no` → what a unit is worth, scaled; no row where the law has none.

        No cell is null: on its way to Spark a column of whole numbers with a gap would lose them all.
        """
        return ibis.memtable(list(self._worth_rows()), schema=ibis.schema(_WORTH_SCHEMA))

    def era(self, activity_on: ir.DateValue) -> ir.IntegerValue:
        """In which stretch of unchanged law a day lies: 0 before the first break."""
        steps = [(activity_on < ibis.date(b.year, b.month, b.day), place) for place, b in enumerate(self.breaks)]
        return ibis.cases(*steps, else_=len(self.breaks)).cast("int8")

    def _regime_row(self, title: Title, licence: LicenceKind, practising: bool) -> dict[str, Any]:
        decided = regime_of(WorkerFacts(title, licence, practising), self.on, self.rules.parameters)
        return {
            "title": title.value,
            "licence": licence.value,
            "practising": practising,
            "regime": decided.regime.value,
            "regime_no": REGIMES.index(decided.regime),
            "regime_weight": CERTAINTIES.index(decided.certainty),
            "unit": UNITS[decided.regime].value,
        }

    def _worth_rows(self) -> Iterator[dict[str, Any]]:
        counting = [regime for regime in self.regimes if UNITS[regime] is not Unit.NONE]
        firsts = (date.min, *self.breaks)
        for form, role, level in sorted(self._kinds()):
            for regime, (era, first) in product(counting, enumerate(firsts)):
                row = row_for(form, role, level, first, regime, self.rules)
                if row is not None:
                    kind = {"form": form, "role": role, "level": level, "era": era, "regime_no": REGIMES.index(regime)}
                    yield kind | self._worth(row, regime, first)

    def _kinds(self) -> set[tuple[str, str, str]]:
        levels = ("", *(level.value for level in Level))
        return {
            (row.form, role, level)
            for row in self.rules.parameters.factors
            for role, level in product(row.roles, row.levels or levels)
        }

    def _worth(self, row: Factor, regime: Regime, first: date) -> dict[str, Any]:
        law = self.rules.parameters
        old = by_old_law(regime, first, law)
        rate = law.latest("credits.p.credit_hours_per_old_lesson")
        excluded = old and self.rules.pre2024 is Pre2024.EXCLUDE
        reason = Reason.PRE2024_EXCLUDED if excluded else Reason.COUNTED_PRE2024 if old else Reason.COUNTED
        times = hundredths(rate.decimal()) if old else _CENTS
        per_unit = 0 if row.value is None else _bounded(hundredths(row.value) * times)
        return {
            "known": row.value is not None,
            "per_unit": per_unit,
            "cap": _NO_CAP if row.cap_hours is None else hundredths(row.cap_hours) * UNITS_SCALE * times,
            "decided_only": row.unit == DECIDED,
            "excluded": excluded,
            "weight": CERTAINTIES.index(rate.certainty if old else row.certainty),
            "row_weight": CERTAINTIES.index(row.certainty),
            "worth_reason": reason.value,
            "old_law": old,
            "article": row.article,
        }


def _bounded(per_unit: int) -> int:
    if per_unit * _MOST_UNITS >= 2**52:
        raise ValueError("a unit is worth more hours than columns can hold exactly")
    return per_unit


_REGIME_SCHEMA = {
    "title": "string",
    "licence": "string",
    "practising": "boolean",
    "regime": "string",
    "regime_no": "int8",
    "regime_weight": "int8",
    "unit": "string",
}
_WORTH_SCHEMA = {
    "form": "string",
    "role": "string",
    "level": "string",
    "era": "int8",
    "regime_no": "int8",
    "known": "boolean",
    "per_unit": "int64",
    "cap": "int64",
    "decided_only": "boolean",
    "excluded": "boolean",
    "weight": "int8",
    "row_weight": "int8",
    "worth_reason": "string",
    "old_law": "boolean",
    "article": "string",
}
