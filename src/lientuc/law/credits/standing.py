"""The standing of one worker on one day: what is asked, what counts, what is missing, by when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ..certainty import Certainty, weakest
from ..days import DAY, years_later
from ..deadlines import Deadline, renewal_deadline
from ..numbering import Citation
from ..parameters import Value
from ..workers import WorkerFacts
from .amounts import Amount, Unit, total
from .entries import EntryDecision
from .facts import EntryFacts, Exemption
from .lines import entry_order, lines_of
from .regimes import UNITS, Decision, Regime, regime_of
from .rule_set import RuleSet, YearMode
from .windows import Window, YearFloor, floor_of_year, practitioner_window, rolling, staff_years


class Status(StrEnum):
    """met: the hours are there; accruing: not yet, and there is time; short: too late; exempt; not_covered here."""

    MET = "met"
    ACCRUING = "accruing"
    SHORT = "short"
    EXEMPT = "exempt"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Standing:
    """One worker's standing on `on`: amounts in one unit, every line with its reason, every article used.

    `secondary` are counted hours that rest on values less than VERIFIED. `certainty` is the weakest of regime, requirement
    and counted lines; how the window and the deadline were found has a certainty of its own.
    """

    on: date
    regime: Regime
    regime_reason: str
    unit: Unit
    window: Window | None
    window_certainty: Certainty
    required: Amount
    counted: Amount
    secondary: Amount
    yearly: tuple[YearFloor, ...]
    status: Status
    deadline_on: date | None
    deadline_certainty: Certainty
    certainty: Certainty
    lines: tuple[EntryDecision, ...]
    citations: tuple[Citation, ...]
    rule_set: str

    @property
    def window_start(self) -> date | None:
        """First day that counts."""
        return self.window.start if self.window else None

    @property
    def window_end(self) -> date | None:
        """Last day that counts."""
        return self.window.end if self.window else None

    @property
    def shortfall(self) -> Amount:
        """What is missing of the whole, never below nothing."""
        return Amount(self.unit, max(0, (self.required - self.counted).quarter_hours))

    @property
    def required_hours(self) -> Decimal:
        """Hours asked for in the window."""
        return self.required.hours

    @property
    def counted_hours(self) -> Decimal:
        """Hours that count."""
        return self.counted.hours

    @property
    def secondary_hours(self) -> Decimal:
        """Counted hours that rest on values less than VERIFIED."""
        return self.secondary.hours

    @property
    def shortfall_hours(self) -> Decimal:
        """Hours missing."""
        return self.shortfall.hours

    @property
    def yearly_floor_met(self) -> bool:
        """Whether every year has what it asks for; true where no year asks for anything."""
        return all(year.met for year in self.yearly)


@dataclass(frozen=True)
class _Case:
    """Everything one answer rests on."""

    worker: WorkerFacts
    entries: tuple[EntryFacts, ...]
    exemptions: tuple[Exemption, ...]
    on: date
    rules: RuleSet
    decision: Decision

    @property
    def unit(self) -> Unit:
        return UNITS[self.decision.regime]

    @property
    def exempt(self) -> bool:
        return any(e.from_on <= self.on and (e.to_on is None or self.on <= e.to_on) for e in self.exemptions)

    def lines(self, window: Window | None) -> tuple[EntryDecision, ...]:
        return lines_of(self.entries, self.decision.regime, window, self.on, self.rules)


def standing(
    worker: WorkerFacts,
    entries: Iterable[EntryFacts],
    exemptions: Iterable[Exemption],
    on: date,
    rules: RuleSet,
) -> Standing:
    """Where `worker` stands on `on` by `rules`; raises NotInForce only where no text is in force on `on` itself."""
    decision = regime_of(worker, on, rules.parameters)
    ordered = tuple(sorted(entries, key=entry_order))
    case = _Case(worker, ordered, tuple(exemptions), on, rules, decision)
    if decision.regime is Regime.P:
        return _practitioner(case)
    if decision.regime is Regime.S:
        return _staff(case)
    if decision.regime is Regime.P_2013:
        return _practitioner_before_2024(case)
    return _not_covered(case)


def _practitioner(case: _Case) -> Standing:
    """Regime P: the hours of the window, no yearly floor, filed for renewal 60 days before the licence ends."""
    # LAW   Nothing read in Circular 32/2023 exempts a practitioner in long-term training; Circular 22/2013 Art. 4 did.
    # HERE  Exemptions change nothing in regime P.
    # WHY   A silent exemption would let a licence run out; study itself is valued by its own rows.
    law = case.rules.parameters
    required = law.value("credits.p.required_hours", case.on)
    window = practitioner_window(case.worker, case.on, case.rules)
    deadline = renewal_deadline(case.worker, case.on, law)
    lines = case.lines(window)
    enough = total(case.unit, (line.amount for line in lines)) >= Amount.of(case.unit, required.decimal())
    status = Status.MET if enough else _in_time(deadline, case.on)
    return _gathered(case, required, window, lines, (), status, deadline)


def _practitioner_before_2024(case: _Case) -> Standing:
    """48 tiết in two consecutive years ending on the day asked about; nobody is short before two years have run."""
    # LAW   Circular 22/2013 Art. 5(1): two consecutive years, not from when.
    # HERE  The first two years run from the circular's first day or the day of issue of the licence, the later one.
    # WHY   Before the end of them no two years under the rule exist.
    law = case.rules.parameters
    required = law.value("credits.p_2013.required_hours", case.on)
    years = law.value("credits.p_2013.window_years", case.on).whole()
    first = max(required.valid_from, case.worker.licence_issued_on or required.valid_from)
    deadline = Deadline(years_later(first, years) - DAY, Certainty.UNVERIFIED)
    window = rolling(case.on, years)
    lines = case.lines(window)
    enough = total(case.unit, (line.amount for line in lines)) >= Amount.of(case.unit, required.decimal())
    not_yet = Status.EXEMPT if case.exempt else _in_time(deadline, case.on)
    return _gathered(case, required, window, lines, (), Status.MET if enough else not_yet, deadline)


def _staff(case: _Case) -> Standing:
    """Regime S: the whole of five years and the floor of each; a missed floor of a past year cannot be mended."""
    law = case.rules.parameters
    required = law.value("credits.s.required_hours", case.on)
    years = staff_years(case.on, case.rules)
    window = Window(years[0][0], years[-1][1], case.rules.year_mode)
    lines = case.lines(window)
    yearly = tuple(_year(case, lines, start, end) for start, end in years)
    certainty = required.certainty if case.rules.year_mode is YearMode.CALENDAR else Certainty.UNVERIFIED
    deadline = Deadline(date(case.on.year, 12, 31), certainty)
    enough = total(case.unit, (line.amount for line in lines)) >= Amount.of(case.unit, required.decimal())
    if any(not year.met and year.end_on < case.on for year in yearly):
        status = Status.SHORT
    elif enough and all(year.met for year in yearly):
        status = Status.MET
    else:
        status = Status.EXEMPT if case.exempt else Status.ACCRUING
    return _gathered(case, required, window, lines, yearly, status, deadline)


def _year(case: _Case, lines: tuple[EntryDecision, ...], start: date, end: date) -> YearFloor:
    dated = zip(case.entries, lines, strict=True)
    counted = total(case.unit, (line.amount for entry, line in dated if start <= entry.activity_on <= end))
    required = floor_of_year(start, end, case.exemptions, case.rules.parameters)
    return YearFloor(end.year, start, end, required, counted)


def _not_covered(case: _Case) -> Standing:
    """Pharmacy and social work have rules of their own: no hours are counted here."""
    nothing = Amount(case.unit)
    return Standing(
        on=case.on,
        regime=case.decision.regime,
        regime_reason=case.decision.reason,
        unit=case.unit,
        window=None,
        window_certainty=Certainty.UNKNOWN,
        required=nothing,
        counted=nothing,
        secondary=nothing,
        yearly=(),
        status=Status.NOT_COVERED,
        deadline_on=None,
        deadline_certainty=Certainty.UNKNOWN,
        certainty=case.decision.certainty,
        lines=case.lines(None),
        citations=(case.decision.citation,),
        rule_set=case.rules.key,
    )


def _in_time(deadline: Deadline, on: date) -> Status:
    """Where no deadline is known nobody is called short."""
    return Status.SHORT if deadline.on is not None and on > deadline.on else Status.ACCRUING


def _gathered(
    case: _Case,
    required: Value,
    window: Window,
    lines: tuple[EntryDecision, ...],
    yearly: tuple[YearFloor, ...],
    status: Status,
    deadline: Deadline,
) -> Standing:
    counting = [line for line in lines if line.amount]
    doubtful = (line.amount for line in counting if line.certainty is not Certainty.VERIFIED)
    cited = [case.decision.citation, required.citation, *deadline.citations, *(line.citation for line in counting)]
    setting = "window" if case.decision.regime is Regime.P else "year_mode"
    return Standing(
        on=case.on,
        regime=case.decision.regime,
        regime_reason=case.decision.reason,
        unit=case.unit,
        window=window,
        window_certainty=case.rules.parameters.latest(f"credits.settings.{setting}").certainty,
        required=Amount.of(case.unit, required.decimal()),
        counted=total(case.unit, (line.amount for line in lines)),
        secondary=total(case.unit, doubtful),
        yearly=yearly,
        status=status,
        deadline_on=deadline.on,
        deadline_certainty=deadline.certainty,
        certainty=weakest((case.decision.certainty, required.certainty, *(line.certainty for line in counting))),
        lines=lines,
        citations=tuple(dict.fromkeys(citation for citation in cited if citation is not None)),
        rule_set=case.rules.key,
    )
