"""Classes that are planned and not yet open, and that would close part of a gap: an upper room that knows plans tells of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from lientuc.law.credits import Standing, Status
from lientuc.registry.models import HealthWorker

_MONTHS = 3


@dataclass(frozen=True)
class PlannedClass:
    """A line of an approved plan with `classes` that nobody has opened yet, of `seats` each, in quarters of `year`.

    `for_unit`: the line serves a need of the person's own unit; otherwise its topic is what the person's title is mostly taught.
    """

    title: str
    planner: str
    year: int
    from_quarter: int
    to_quarter: int
    classes: int
    seats: int
    for_unit: bool

    @property
    def starts_on(self) -> date:
        """The first day of its first quarter."""
        return date(self.year, _MONTHS * self.from_quarter - 2, 1)

    def in_time(self, deadline: date | None) -> bool:
        """Whether it may begin by the deadline."""
        return deadline is None or self.starts_on <= deadline


Teller = Callable[[HealthWorker, date], Iterable[PlannedClass]]
_tellers: list[Teller] = []


def tell_of_plans(teller: Teller) -> None:
    """Say who knows of planned classes; once, in a room's `AppConfig.ready`."""
    if teller not in _tellers:
        _tellers.append(teller)


def planned_classes(worker: HealthWorker, standing: Standing) -> list[tuple[PlannedClass, bool]]:
    """Planned classes for somebody who lacks hours, each with whether it may begin in time; none where nothing is missing."""
    if not _lacks(standing):
        return []
    found = (one for teller in _tellers for one in teller(worker, standing.on))
    shown = [(one, one.in_time(standing.deadline_on)) for one in found]
    return sorted(shown, key=lambda pair: (not pair[1], not pair[0].for_unit, pair[0].starts_on, pair[0].title))


def _lacks(standing: Standing) -> bool:
    this_year = any(year.start_on <= standing.on <= year.end_on and not year.met for year in standing.yearly)
    open_still = standing.status in {Status.SHORT, Status.ACCRUING}
    return open_still and (this_year or bool(standing.shortfall))
