"""Who can be released for training without leaving a station below its on-call minimum (Decree 192/2026, A-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lientuc.law import NotInForce
from lientuc.law.numbering import Citation
from lientuc.law.release import OnCallMinimum, PlaceKind, on_call_minimum, release_decision
from lientuc.law.workers import Title
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Leave
from lientuc.registry.queries import workers_of
from lientuc.trail.rows import in_force

from ..models import CourseRun, Participation
from ..rules import LIVE
from .runs import TAKING_TIME

_PLACES = {OrganisationKind.STATION: PlaceKind.STATION, OrganisationKind.STATION_POINT: PlaceKind.POINT}


@dataclass(frozen=True)
class Releasable:
    """One person present on a day: may be released, or why not (`too_few`, `no_lead`) by which article.

    `reason` is `no_rule` where no on-call minimum binds the organisation on that day.
    """

    worker: HealthWorker
    allowed: bool
    reason: str
    citation: Citation | None


def releasable(organisation: Organisation, on: date) -> tuple[Releasable, ...]:
    """Everybody at work at `organisation` on a day, with whether those who stay could man one shift; three queries."""
    return _releasable(organisation, on, _away_in_training(on))


def release_warning(worker: HealthWorker, run: CourseRun) -> Releasable | None:
    """Why the person's station could not spare them on the first day of a run, enrolled there already or not; None: it can."""
    organisation = worker.keeper
    if OrganisationKind(organisation.kind) not in _PLACES:
        return None
    on = run.starts_on
    others = _away_in_training(on).exclude(run=run, worker=worker)
    for row in _releasable(organisation, on, others):
        if row.worker.pk == worker.pk and not row.allowed:
            return row
    return None


def _releasable(organisation: Organisation, on: date, training: QuerySet[Participation]) -> tuple[Releasable, ...]:
    present = _present(organisation, on, training)
    minimum = _minimum(organisation, on)
    if minimum is None:
        return tuple(Releasable(worker, True, "no_rule", None) for worker in present)
    return tuple(_released(worker, present, minimum) for worker in present)


def _away_in_training(on: date) -> QuerySet[Participation]:
    rows: QuerySet[Participation] = Participation.objects.unscoped(WhyUnscoped.RULE).filter(
        state__in=TAKING_TIME,
        run__state__in=[str(state) for state in LIVE],
        run__starts_on__lte=on,
        run__ends_on__gte=on,
    )
    return rows


def _present(organisation: Organisation, on: date, training: QuerySet[Participation]) -> list[HealthWorker]:
    staff = list(workers_of(organisation, on))
    ids = [worker.pk for worker in staff]
    leaves = Leave.objects.unscoped(WhyUnscoped.RULE).filter(in_force(on), worker__in=ids)
    away = set(leaves.values_list("worker_id", flat=True))
    away |= set(training.filter(worker__in=ids).values_list("worker_id", flat=True))
    return [worker for worker in staff if worker.pk not in away and not (worker.left_on and worker.left_on < on)]


def _minimum(organisation: Organisation, on: date) -> OnCallMinimum | None:
    place = _PLACES.get(OrganisationKind(organisation.kind))
    if place is None:
        return None
    try:
        return on_call_minimum(place, on)
    except NotInForce:
        return None


def _released(worker: HealthWorker, present: list[HealthWorker], minimum: OnCallMinimum) -> Releasable:
    staying = [Title(other.title) for other in present if other.pk != worker.pk]
    decision = release_decision(staying, minimum)
    return Releasable(worker, decision.enough, decision.reason, decision.citation)
