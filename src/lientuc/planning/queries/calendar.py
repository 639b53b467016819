"""The calendar of a scenario: classes by quarter, each class in its weeks with its company, narrowed by unit or performer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..models import Scenario

WEEKS_SHOWN = 13
_DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class ClassInWeeks:
    """One class of a quarter (1 to 4): its weeks, counted from 1 in the quarter, and who goes (unit, persons)."""

    title: str
    topic: tuple[str, str]
    performer: str
    quarter: int
    number: int
    week: int
    weeks: int
    first_on: date
    last_on: date
    company: tuple[tuple[str, int], ...]

    @property
    def persons(self) -> int:
        """Everybody who goes."""
        return sum(persons for _, persons in self.company)

    @property
    def last_week(self) -> int:
        """The last of its weeks."""
        return self.week + self.weeks - 1

    @property
    def strip(self) -> list[tuple[int, bool]]:
        """The weeks of the quarter as places, and whether the class is held in each."""
        return [(10 * (week - 1), self.week <= week < self.week + self.weeks) for week in range(1, WEEKS_SHOWN + 1)]


@dataclass(frozen=True)
class GridRow:
    """An offer's classes in each quarter."""

    title: str
    performer: str
    counts: tuple[int, int, int, int]


@dataclass(frozen=True)
class BusyWeek:
    """The fullest week of a unit: how many are away, of how many at most."""

    unit: str
    quarter: int
    week: int
    away: int
    most: int


@dataclass(frozen=True)
class ShownCalendar:
    """What the page shows; `unplaced` are persons for whom no week leaves their unit enough staff (unit, title, persons)."""

    grid: list[GridRow]
    classes: list[ClassInWeeks]
    busiest: list[BusyWeek]
    unplaced: list[tuple[str, str, int]]


def calendar_of(scenario: Scenario, year: int, *, unit: str = "", performer: str = "") -> ShownCalendar:
    """The calendar of a scenario, narrowed to a unit or a performer by name."""
    names = scenario.names
    every = [_class(row, names, year) for row in scenario.calendar.get("classes", ())]
    classes = [each for each in every if _fits(each, unit, performer)]
    return ShownCalendar(
        grid=_grid(classes),
        classes=sorted(classes, key=lambda each: (each.quarter, each.week, each.title, each.number)),
        busiest=_busiest(every, names, unit),
        unplaced=[
            (_unit(names, row["organisation"]), _offer(names, row["offering"])["title"], row["persons"])
            for row in scenario.calendar.get("unplaced", ())
            if not unit or _unit(names, row["organisation"]) == unit
        ],
    )


def choices_of(scenario: Scenario) -> tuple[list[str], list[str]]:
    """Units and performers that occur in the calendar, by name."""
    classes = scenario.calendar.get("classes", ())
    units = {_unit(scenario.names, name) for row in classes for name, _ in row["persons"]}
    performers = {_offer(scenario.names, row["offering"])["performer"] for row in classes}
    return sorted(units), sorted(performers - {""})


def first_day_of_week(year: int, quarter: int, week: int) -> date:
    """The Monday of a week (from 1) of a quarter (from 1): weeks begin with the first Monday of the quarter."""
    first = date(year, 3 * (quarter - 1) + 1, 1)
    monday = first + timedelta(days=-first.weekday() % _DAYS_OF_WEEK)
    return monday + timedelta(days=_DAYS_OF_WEEK * (week - 1))


def _class(row: Mapping[str, Any], names: Mapping[str, Any], year: int) -> ClassInWeeks:
    offer = _offer(names, row["offering"])
    quarter = row["quarter"] + 1
    first = first_day_of_week(year, quarter, row["week"])
    vi, en = names.get("topics", {}).get(offer["topic"], ["", ""])
    return ClassInWeeks(
        title=offer["title"],
        topic=(vi, en),
        performer=offer["performer"],
        quarter=quarter,
        number=row["number"],
        week=row["week"],
        weeks=row["weeks"],
        first_on=first,
        last_on=first + timedelta(days=_DAYS_OF_WEEK * row["weeks"] - 3),
        company=tuple((_unit(names, name), persons) for name, persons in row["persons"]),
    )


def _offer(names: Mapping[str, Any], key: str) -> dict[str, str]:
    found: dict[str, str] = names.get("offers", {}).get(key, {"title": key, "performer": "", "topic": ""})
    return found


def _unit(names: Mapping[str, Any], key: str) -> str:
    return str(names.get("units", {}).get(key, key))


def _fits(each: ClassInWeeks, unit: str, performer: str) -> bool:
    here = not unit or unit in {name for name, _ in each.company}
    return here and (not performer or each.performer == performer)


def _grid(classes: Iterable[ClassInWeeks]) -> list[GridRow]:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for each in classes:
        counts[each.title, each.performer][each.quarter - 1] += 1
    return [
        GridRow(title, performer, (row[0], row[1], row[2], row[3]))
        for (title, performer), row in sorted(counts.items())
    ]


def _busiest(classes: Sequence[ClassInWeeks], names: Mapping[str, Any], only: str) -> list[BusyWeek]:
    """The fullest week of each unit, the tightest units first."""
    limits = {_unit(names, key): most for key, most in names.get("most_away", {}).items()}
    away: dict[tuple[str, int, int], int] = defaultdict(int)
    for each in classes:
        for week in range(each.week, each.week + each.weeks):
            for unit, persons in each.company:
                away[unit, each.quarter, week] += persons
    fullest: dict[str, BusyWeek] = {}
    for (unit, quarter, week), persons in sorted(away.items()):
        if unit not in fullest or persons > fullest[unit].away:
            fullest[unit] = BusyWeek(unit, quarter, week, persons, limits.get(unit, 0))
    rows = [each for each in fullest.values() if not only or each.unit == only]
    return sorted(rows, key=lambda each: (each.away - each.most, each.unit), reverse=True)
