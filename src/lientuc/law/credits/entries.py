"""What one entry is worth by the text of its own day, and what it counts towards the regime asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ..certainty import Certainty
from ..numbering import Citation, cite
from ..parameters import Factor, Parameters
from .amounts import Amount, Unit
from .facts import EntryFacts
from .regimes import UNITS, Regime
from .rule_set import Pre2024, RuleSet


class Reason(StrEnum):
    """Why an entry counts what it counts; only the first three count anything."""

    COUNTED = "counted"
    CAPPED = "capped"
    COUNTED_PRE2024 = "counted_pre2024"
    NO_VALUE_KNOWN = "no_value_known"
    HOURS_NOT_DECIDED = "hours_not_decided"
    PRE2024_EXCLUDED = "pre2024_excluded"
    FUTURE = "future"
    OUTSIDE_WINDOW = "outside_window"
    DUPLICATE = "duplicate"
    NOT_COVERED = "not_covered"


COUNTING = frozenset({Reason.COUNTED, Reason.CAPPED, Reason.COUNTED_PRE2024})
DECIDED = "decided"


@dataclass(frozen=True)
class EntryDecision:
    """What one entry counts: `amount` is counted, `worth` is what it would count inside the window and alone."""

    entry_id: str
    amount: Amount
    worth: Amount
    reason: Reason
    rule_id: str
    article: str
    certainty: Certainty

    @property
    def hours(self) -> Decimal:
        """Hours counted, in the unit of `amount`."""
        return self.amount.hours

    @property
    def quarter_hours(self) -> int:
        """Quarter hours counted."""
        return self.amount.quarter_hours

    @property
    def counted(self) -> bool:
        """Whether the entry is among those that count."""
        return self.reason in COUNTING

    @property
    def citation(self) -> Citation | None:
        """Where its worth is written; None where no row was seen."""
        return cite(self.article, self.certainty) if self.article else None


def hours_of(entry: EntryFacts, regime: Regime, rules: RuleSet) -> EntryDecision:
    """What `entry` counts towards `regime` by the text in force on its day, before windows and duplicates.

    Regime P before 01/01/2024 is valued by Circular 22/2013, then read as credit hours one to one, never VERIFIED.
    """
    unit = UNITS[regime]
    if unit is Unit.NONE:
        return _nothing(entry, unit, Reason.NOT_COVERED, None)
    row = row_for(entry.form, entry.role, entry.level, entry.activity_on, regime, rules)
    if row is None or row.value is None:
        return _nothing(entry, unit, Reason.NO_VALUE_KNOWN, row)
    if row.unit == DECIDED and entry.decided_hours is None:
        return _nothing(entry, unit, Reason.HOURS_NOT_DECIDED, row)
    worth, capped = _worth(entry, row, row.value)
    if regime is Regime.P and row.regime != Regime.P:
        return _before_2024(entry, row, worth, rules)
    amount = Amount.rounded_down(unit, worth)
    reason = Reason.CAPPED if capped else Reason.COUNTED
    return EntryDecision(entry.entry_id, amount, amount, reason, row.rule_id, row.article, row.certainty)


def by_old_law(regime: Regime, on: date, law: Parameters) -> bool:
    """Whether a practitioner's activity of this day is valued by Circular 22/2013: before 01/01/2024."""
    return regime is Regime.P and law.known("credits.p.required_hours", on) is None


def row_for(form: str, role: str, level: str, on: date, regime: Regime, rules: RuleSet) -> Factor | None:
    """The row of the conversion table that values an activity of this day for `regime`; None where no row was seen."""
    practitioner = regime is Regime.P and not by_old_law(regime, on, rules.parameters)
    table = Regime.P if practitioner else Regime.S
    return rules.parameters.factor(table, form, role, level, on, rules.factor_set.value)


def _worth(entry: EntryFacts, row: Factor, per_unit: Decimal) -> tuple[Decimal, bool]:
    """Hours of the entry in the unit of its table, and whether the cap cut them."""
    base = entry.decided_hours if row.unit == DECIDED and entry.decided_hours is not None else entry.units
    hours = base * per_unit
    if row.cap_hours is not None and hours > row.cap_hours:
        return row.cap_hours, True
    return hours, False


def _before_2024(entry: EntryFacts, row: Factor, lessons: Decimal, rules: RuleSet) -> EntryDecision:
    """The one door from tiết to giờ tín chỉ."""
    # LAW   Art. 3(1) of Circular 32/2023 says 1 giờ tín chỉ = 1 tiết for short courses; nothing read speaks of hours of before.
    # HERE  Every lesson valued by Circular 22/2013 is read as `credits.p.credit_hours_per_old_lesson`, marked uncertain.
    # WHY   Practitioners in the middle of five years would otherwise start at nothing; `pre2024 = exclude` shows that reading.
    rate = rules.parameters.latest("credits.p.credit_hours_per_old_lesson")
    worth = Amount.rounded_down(Unit.CREDIT_HOUR, lessons * rate.decimal())
    if rules.pre2024 is Pre2024.EXCLUDE:
        nothing = Amount(Unit.CREDIT_HOUR)
        return EntryDecision(
            entry.entry_id, nothing, worth, Reason.PRE2024_EXCLUDED, row.rule_id, row.article, rate.certainty
        )
    return EntryDecision(entry.entry_id, worth, worth, Reason.COUNTED_PRE2024, row.rule_id, row.article, rate.certainty)


def _nothing(entry: EntryFacts, unit: Unit, reason: Reason, row: Factor | None) -> EntryDecision:
    rule_id, article = (row.rule_id, row.article) if row is not None else ("", "")
    certainty = row.certainty if row is not None else Certainty.UNKNOWN
    return EntryDecision(entry.entry_id, Amount(unit), Amount(unit), reason, rule_id, article, certainty)
