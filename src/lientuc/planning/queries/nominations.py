"""Seats handed to units, who of a unit could take them and why, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from lientuc.core.clock import today
from lientuc.credits.models import StandingRow
from lientuc.delivery.enums import ParticipationState
from lientuc.delivery.models import Participation
from lientuc.law import NotInForce
from lientuc.law.release import OnCallMinimum, PlaceKind, on_call_minimum
from lientuc.law.workers import Title
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Leave
from lientuc.registry.queries import workers_of
from lientuc.registry.queries.facts import exempting_bases

from ..enums import NominationState, SeatsState
from ..models import NeedPerson, Nomination, Plan, PlanLine, PlanLineNeed, UnitSeats
from ..policy import policy
from ..rules.nominations import Colleague, SeatsFacts

NOMINATE = "planning.nominate"
GOING = (NominationState.PROPOSED, NominationState.CHOSEN)
_PLACES = {OrganisationKind.STATION: PlaceKind.STATION, OrganisationKind.STATION_POINT: PlaceKind.POINT}
_DAYS = 365


@dataclass(frozen=True)
class Candidate:
    """A person of the unit with what speaks for and against sending him; `suit` from 0 to 10, weights by the policy.

    `elsewhere` is a line held in the same quarter for certain, `beside` one that may be; `away` is the first leave in these
    quarters, `exempt` says that the text in force exempts from the duty for it.
    """

    worker: HealthWorker
    state: NominationState | None
    suit: float
    named_for_need: bool
    hours_missing: int
    last_course_on: date | None
    on_leave: bool
    elsewhere: str
    beside: str = ""
    away: Leave | None = None
    exempt: bool = False

    @property
    def goes(self) -> bool:
        """Proposed or chosen."""
        return self.state in GOING


def seats_for(by: Any, *, state: str = "", text: str = "") -> QuerySet[UnitSeats]:
    """Seats that `by` may fill, with how many persons are named, by unit and line."""
    rows: QuerySet[UnitSeats] = UnitSeats.objects.visible_to(by, NOMINATE)
    rows = rows.select_related("organisation", "line__plan", "line__topic").annotate(
        named=Count("nominations", filter=Q(nominations__state__in=[str(each) for each in GOING]))
    )
    if text:
        rows = rows.filter(Q(organisation__name_fold__contains=text) | Q(line__title__icontains=text))
    if state:
        rows = rows.filter(confirmed_at__isnull=state != SeatsState.CONFIRMED)
    return rows


def state_of_seats(row: Any) -> SeatsState:
    """How far a unit is; a confirmation with fewer persons than seats is one in part."""
    if row.confirmed_at is None:
        return SeatsState.OPEN
    return SeatsState.CONFIRMED if row.named >= row.seats else SeatsState.PART


def wanted_seats(plan: Plan) -> dict[tuple[int, int], int]:
    """Seats of each line and unit, from the needs its lines serve; one query."""
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by()
    rows = links.values_list("line_id", "need__organisation_id").annotate(n=Sum("persons"))
    return {(line, unit): persons for line, unit, persons in rows}


def candidates(seats: UnitSeats) -> list[Candidate]:
    """Everybody at work in the unit, the most suitable first; eight queries."""
    people = _people(seats)
    ids = [person.pk for person in people]
    states = dict(_rows(Nomination).filter(seats=seats).values_list("worker_id", "state"))
    named = set(_named_for(seats, ids))
    missing = dict(_rows(StandingRow).filter(worker__in=ids).values_list("worker_id", "shortfall_quarters"))
    last, leaves, (elsewhere, beside) = _last_courses(ids), _leaves(seats.line, ids), _elsewhere(seats)
    exempting = exempting_bases(first_day(seats.line))
    found = []
    for person in people:
        facts = (person.pk in named, missing.get(person.pk, 0), last.get(person.pk))
        state, away = states.get(person.pk), leaves.get(person.pk)
        found.append(
            Candidate(
                person,
                NominationState(state) if state else None,
                _suit(*facts),
                *facts,
                on_leave=away is not None and _throughout(away, seats.line),
                elsewhere=elsewhere.get(person.pk, ""),
                beside=beside.get(person.pk, ""),
                away=away,
                exempt=away is not None and away.basis in exempting,
            )
        )
    return sorted(found, key=lambda each: (not each.goes, each.on_leave or bool(each.elsewhere), -each.suit))


def _rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.ROW_IN_HAND)


def _people(seats: UnitSeats) -> list[HealthWorker]:
    return list(workers_of(seats.organisation, max(today(), first_day(seats.line))))


def first_day(line: PlanLine) -> date:
    """The first day of the line's quarters."""
    return date(line.year, 3 * (line.from_quarter - 1) + 1, 1)


def last_day(line: PlanLine) -> date:
    """The last day of the line's quarters."""
    end = 3 * line.to_quarter
    return date(line.year + end // 12, end % 12 + 1, 1) - timedelta(days=1)


def _named_for(seats: UnitSeats, ids: Iterable[int]) -> QuerySet[Any]:
    mine = _rows(NeedPerson).filter(need__organisation=seats.organisation_id, need__topic=seats.line.topic_id)
    found: QuerySet[Any] = mine.filter(worker__in=ids).values_list("worker_id", flat=True)
    return found


def _last_courses(ids: Iterable[int]) -> dict[int, date]:
    rows = _rows(Participation).filter(worker__in=ids, state=ParticipationState.COMPLETED).order_by()
    return dict(rows.values_list("worker_id").annotate(last=Max("run__ends_on")))


def _leaves(line: PlanLine, ids: Iterable[int]) -> dict[int, Leave]:
    """The leave of each person in the line's quarters, one throughout them before others."""
    rows = _rows(Leave).filter(worker__in=ids, from_on__lte=last_day(line), to_on__gte=first_day(line))
    return {
        row.worker_id: row for row in sorted(rows, key=lambda row: (_throughout(row, line), -row.from_on.toordinal()))
    }


def _throughout(leave: Leave, line: PlanLine) -> bool:
    """Whoever is back for part of the quarters can still be sent."""
    return leave.from_on <= first_day(line) and leave.to_on >= last_day(line)


def _elsewhere(seats: UnitSeats) -> tuple[dict[int, str], dict[int, str]]:
    """People named for another line of these quarters: both can only be held in one and the same, or they may be."""
    line = seats.line
    rows = _rows(Nomination).filter(
        seats__organisation=seats.organisation_id,
        seats__line__year=line.year,
        seats__line__from_quarter__lte=line.to_quarter,
        seats__line__to_quarter__gte=line.from_quarter,
        state__in=[str(state) for state in GOING],
    )
    certain: dict[int, str] = {}
    possible: dict[int, str] = {}
    for row in rows.exclude(seats=seats).select_related("seats__line").order_by("pk"):
        other = row.seats.line
        one_quarter = {line.from_quarter, line.to_quarter, other.from_quarter, other.to_quarter}
        (certain if len(one_quarter) == 1 else possible).setdefault(row.worker_id, other.title)
    return certain, possible


def _suit(named: bool, missing: int, last: date | None) -> float:
    chosen = policy().naming
    long_ago = last is None or (today() - last).days > chosen["years_without_course"] * _DAYS
    parts = (
        chosen["named_for_need"] * named,
        chosen["hours_due"] * (missing > 0),
        chosen["no_course_in_years"] * long_ago,
    )
    return float(min(10, 1 + sum(parts)))


def facts_of(seats: UnitSeats, people: Sequence[Candidate]) -> SeatsFacts:
    """What the rules ask about the persons of a unit."""
    return SeatsFacts(
        people={
            str(each.worker.public_id): Colleague(
                str(each.worker.public_id),
                each.worker.full_name,
                Title(each.worker.title),
                each.on_leave,
                each.elsewhere,
            )
            for each in people
        },
        seats=seats.seats,
        classes=seats.line.classes,
        minimum=minimum_of(seats.organisation, first_day(seats.line)),
    )


def minimum_of(organisation: Organisation, on: date) -> OnCallMinimum | None:
    """The on-call minimum that binds a unit on a day; None where none does."""
    place = _PLACES.get(OrganisationKind(organisation.kind))
    if place is None:
        return None
    try:
        return on_call_minimum(place, on)
    except NotInForce:
        return None
