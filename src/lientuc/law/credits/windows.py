"""From which day to which day hours count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ..days import DAY, days_between, days_covered, years_later
from ..deadlines import licence_end
from ..parameters import Parameters
from ..workers import LicenceKind, WorkerFacts
from .amounts import Amount, Unit
from .facts import Exemption
from .rule_set import RuleSet, WindowMode, YearMode


@dataclass(frozen=True)
class Window:
    """Both days count. `basis` says how it was found: a window mode, or `rolling` where the licence's dates are missing."""

    start: date
    end: date
    basis: str

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.start <= day <= self.end


@dataclass(frozen=True)
class YearFloor:
    """One year of regime S: hours it asks for and hours it has; `year` is the calendar year of its last day."""

    year: int
    start_on: date
    end_on: date
    required: Amount
    counted: Amount

    @property
    def met(self) -> bool:
        """Whether the year has what it asks for."""
        return self.counted >= self.required


def rolling(on: date, years: int) -> Window:
    """`years` years up to and including `on`: the day `on` − years is outside, the next one inside."""
    return Window(years_later(on, -years) + DAY, on, WindowMode.ROLLING)


def practitioner_window(worker: WorkerFacts, on: date, rules: RuleSet) -> Window:
    """The window of regime P by the rule set; rolling where the licence has no date to start from."""
    # LAW   Circular 32/2023 Art. 3(1) says five consecutive years and not from when.
    # HERE  A setting: five years ending on the day asked about, the term of the licence, or five years from conversion.
    # WHY   Open question 3 of the rule book; each reading must be shown until the ministry answers.
    years = rules.parameters.value("credits.p.window_years", on).whole()
    if rules.window is WindowMode.LICENCE:
        return _licence_term(worker, on, years, rules.parameters) or rolling(on, years)
    if rules.window is WindowMode.CONVERSION:
        return _since_conversion(worker, on, years) or rolling(on, years)
    return rolling(on, years)


def _licence_term(worker: WorkerFacts, on: date, years: int, law: Parameters) -> Window | None:
    """Day of issue to last day; an unconverted certificate's term is the last five years before it runs out."""
    end = licence_end(worker, on, law).on
    if end is None:
        return None
    old = worker.licence_kind is LicenceKind.CCHN
    start = worker.converted_on if old else worker.licence_issued_on
    if start is None or worker.unconverted_on(on):
        start = years_later(end, -years) + DAY
    return Window(start, end, WindowMode.LICENCE)


def _since_conversion(worker: WorkerFacts, on: date, years: int) -> Window | None:
    """The five years from the conversion day in which `on` lies."""
    if worker.converted_on is None or on < worker.converted_on:
        return None
    first = worker.converted_on
    start, passed = first, 0
    while years_later(first, passed + years) <= on:
        passed += years
        start = years_later(first, passed)
    return Window(start, years_later(first, passed + years) - DAY, WindowMode.CONVERSION)


def staff_years(on: date, rules: RuleSet) -> tuple[tuple[date, date], ...]:
    """First and last day of each year of regime S's window, earliest first."""
    count = rules.parameters.value("credits.s.window_years", on).whole()
    if rules.year_mode is YearMode.CALENDAR:
        return tuple((date(year, 1, 1), date(year, 12, 31)) for year in range(on.year - count + 1, on.year + 1))
    ends = [years_later(on, -back) for back in range(count, -1, -1)]
    return tuple((earlier + DAY, later) for earlier, later in pairwise(ends))


def floor_of_year(start: date, end: date, exemptions: tuple[Exemption, ...], law: Parameters) -> Amount:
    """What one year asks for: nothing if wholly exempt, its share rounded down to a quarter hour if partly."""
    # LAW   Circular 22/2013 asks for 12 tiết in every year and is in force from 01/10/2013.
    # HERE  A year that ended before that day asks for nothing.
    # WHY   Its hours have no known value by the older circular; the house does not invent a breach.
    floor = law.known("credits.s.yearly_hours", end)
    if floor is None:
        return Amount(Unit.LESSON)
    periods = [(exempt.from_on, exempt.to_on or date.max) for exempt in exemptions]
    days = days_between(start, end)
    asked = days - days_covered(start, end, periods)
    return Amount.rounded_down(Unit.LESSON, floor.decimal() * asked / days)
