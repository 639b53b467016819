"""Enrolling and withdrawing people."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from lientuc.accounts.permissions import require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import NotAllowed, Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.trail.record import action

from .. import rules
from ..enums import ParticipationRole, ParticipationState, RunKind, RunState
from ..models import CourseRun, Participation
from ..queries import engagements_of, enrollable_runs, locked_run, occupied, seats_taken
from ..rules import SEATED, EnrolFacts


@action("delivery.enrol")
def enrol(
    *,
    run: CourseRun,
    worker: HealthWorker,
    by: Any,
    role: ParticipationRole = ParticipationRole.LEARNER,
    sent_by: Organisation | None = None,
    reports: int = 0,
    key: str = "",
) -> Participation:
    """Put a person of `by`'s own people into a run; past the last seat they wait. The run's row is locked while seats are counted."""
    require_row(by, "delivery.enrol", worker)
    if not enrollable_runs(by, today()).filter(pk=run.pk).exists():
        raise NotAllowed(Problem("delivery.run_not_open"))
    run = locked_run(run)
    person = worker.canonical or worker
    refuse_if(rules.why_not_enrol(_facts(run, person, role)))
    is_full = role in SEATED and seats_taken(run) >= run.capacity
    return Participation.objects.create(
        run=run,
        worker=person,
        role=role,
        sent_by=sent_by or person.keeper,
        reports=reports,
        state=ParticipationState.WAITLISTED if is_full else ParticipationState.ENROLLED,
        enrolled_by=str(by.public_id),
    )


@action("delivery.withdraw")
def withdraw(*, participation: Participation, reason: str, by: Any, key: str = "") -> Participation:
    """Take a person out of a run; whoever waits longest gets the seat."""
    require_row(by, "delivery.enrol", participation)
    run = locked_run(participation.run)
    participation.refresh_from_db(fields=["state"])
    refuse_if(rules.why_not_withdraw(participation.state))
    if not reason.strip():
        raise Refused(Problem("delivery.reason_missing", "reason"))
    participation.state, participation.withdraw_reason = ParticipationState.WITHDRAWN, tidy(reason)
    participation.withdrawn_at, participation.withdrawn_by = now(), str(by.public_id)
    participation.save(update_fields=["state", "withdraw_reason", "withdrawn_at", "withdrawn_by"])
    if run.state in {RunState.OPEN, RunState.RUNNING}:
        _fill_seats(run)
    return participation


def _facts(run: CourseRun, person: HealthWorker, role: ParticipationRole) -> EnrolFacts:
    mine = occupied(run)
    clashes = [other.title for other in engagements_of(person, besides=run) if other.clashes(mine)]
    live = Participation.objects.unscoped(WhyUnscoped.RULE).filter(run=run, role=role)
    return EnrolFacts(
        run_kind=RunKind(run.kind),
        run_state=RunState(run.state),
        run_ends_on=run.ends_on,
        role=role,
        on=today(),
        already=live.filter(_person(person)).exclude(state=ParticipationState.WITHDRAWN).exists(),
        left=bool(person.left_on and person.left_on < run.starts_on),
        clash_title=clashes[0] if clashes else "",
    )


def _person(person: HealthWorker) -> Q:
    """Participations of any row of the person."""
    return Q(worker=person) | Q(worker__canonical=person)


def _fill_seats(run: CourseRun) -> None:
    free = run.capacity - seats_taken(run)
    waiting = Participation.objects.unscoped(WhyUnscoped.RULE).filter(run=run, state=ParticipationState.WAITLISTED)
    next_in = list(waiting.order_by("enrolled_at", "pk").values_list("pk", flat=True)[: max(0, free)])
    waiting.filter(pk__in=next_in).update(state=ParticipationState.ENROLLED)
