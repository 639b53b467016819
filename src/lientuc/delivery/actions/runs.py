"""Planning, opening, publishing and cancelling runs; their lecturers and sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.hours import quarters
from lientuc.core.names import tidy
from lientuc.curricula.queries import approved_on
from lientuc.law import shipped
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.queries import facts_of
from lientuc.trail.record import action

from .. import rules
from ..enums import RunKind, RunState
from ..models import CourseRun, RunLecturer, Session
from ..queries import authority_for, draft_of, locked_run, occupied, provider_of
from ..rules import LecturerDraft, RunDraft, SessionDraft


@action("delivery.plan_run")
def plan_run(*, draft: RunDraft, by: Any, key: str = "") -> CourseRun:
    """Write down a run that is not open yet; authority and programme are asked when it opens."""
    require(by, "delivery.open_run", draft.organisation)
    refuse_if(rules.draft_problems(draft))
    return _write(draft, RunState.PLANNED)


@action("delivery.open_run")
def open_run(*, draft: RunDraft, by: Any, key: str = "") -> CourseRun:
    """Open a run: the organiser may issue its papers, the programme is approved, the fee is public (Circular 22/2013)."""
    require(by, "delivery.open_run", draft.organisation)
    refuse_if((*rules.draft_problems(draft), *_opening_problems(draft)))
    return _write(draft, RunState.OPEN)


@action("delivery.confirm_run")
def confirm_run(*, run: CourseRun, by: Any, key: str = "") -> CourseRun:
    """Open a planned run; the same questions as `open_run`."""
    require(by, "delivery.open_run", run.organisation)
    run = locked_run(run)
    draft = draft_of(run)
    refuse_if(
        (
            *rules.why_not_move(run.state, RunState.OPEN),
            *rules.draft_problems(draft),
            *_opening_problems(draft),
        )
    )
    run.state = RunState.OPEN
    run.save(update_fields=["state"])
    return run


@action("delivery.publish_run")
def publish_run(*, run: CourseRun, published_on: date, by: Any, key: str = "") -> CourseRun:
    """Record that plan and fee were made public on a day; the first day of publication stays."""
    require(by, "delivery.open_run", run.organisation)
    run = locked_run(run)
    if published_on > today():
        raise Refused(Problem("delivery.published_in_future", "published_on"))
    if run.state not in {RunState.PLANNED, RunState.OPEN, RunState.RUNNING}:
        raise Refused(Problem("delivery.wrong_state"))
    run.plan_published_on = run.plan_published_on or published_on
    run.fee_published_on = run.fee_published_on or published_on
    run.save(update_fields=["plan_published_on", "fee_published_on"])
    return run


@action("delivery.cancel_run")
def cancel_run(*, run: CourseRun, reason: str, by: Any, key: str = "") -> CourseRun:
    """Give up a run that is not finished, with the reason."""
    require(by, "delivery.open_run", run.organisation)
    run = locked_run(run)
    refuse_if(rules.why_not_move(run.state, RunState.CANCELLED))
    if not reason.strip():
        raise Refused(Problem("delivery.reason_missing", "reason"))
    run.state, run.cancel_reason = RunState.CANCELLED, tidy(reason)
    run.cancelled_at, run.cancelled_by = now(), str(by.public_id)
    run.save(update_fields=["state", "cancel_reason", "cancelled_at", "cancelled_by"])
    return run


@action("delivery.add_lecturer")
def add_lecturer(*, run: CourseRun, draft: LecturerDraft, by: Any, key: str = "") -> RunLecturer:
    """Name a lecturer who meets Circular 22/2013 Art. 9 as amended on the first day of the run."""
    require(by, "delivery.open_run", run.organisation)
    _refuse_over(run)
    licence_ok = draft.licence_ok
    if draft.worker is not None:
        licence_ok = facts_of(draft.worker, run.starts_on).practising
        if RunLecturer.objects.unscoped(WhyUnscoped.RULE).filter(run=run, worker=draft.worker).exists():
            raise Refused(Problem("delivery.lecturer_twice", "worker"))
    least = shipped().known("programme.lecturer_experience_months", run.starts_on)
    refuse_if(rules.lecturer_problems(draft, least_months=least, licence_ok=licence_ok))
    return RunLecturer.objects.create(
        run=run,
        name=tidy(draft.name),
        workplace=tidy(draft.workplace),
        worker=draft.worker,
        months_experience=draft.months_experience,
        clinical=draft.clinical,
        licence_ok=licence_ok,
    )


@action("delivery.plan_session")
def plan_session(*, run: CourseRun, draft: SessionDraft, by: Any, key: str = "") -> Session:
    """Add a session to a run that is not over."""
    require(by, "delivery.open_run", run.organisation)
    _refuse_over(run)
    lecturers = set(RunLecturer.objects.unscoped(WhyUnscoped.RULE).filter(run=run).values_list("pk", flat=True))
    refuse_if(rules.session_problems(draft, occupied(run), kind=RunKind(run.kind), lecturers=lecturers))
    return Session.objects.create(
        run=run,
        title=tidy(draft.title),
        on_date=draft.on_date,
        starts=draft.starts,
        ends=draft.ends,
        lessons_quarters=quarters(draft.lessons),
        lecturer_id=draft.lecturer,
        place=tidy(draft.place),
    )


def _opening_problems(draft: RunDraft) -> tuple[Problem, ...]:
    provider = provider_of(draft.organisation)
    version = draft.curriculum_version
    reason = approved_on(version, draft.starts_on).reason if version else "approved"
    own = version is None or version.curriculum.organisation_id == draft.organisation.pk
    authority = authority_for(provider, draft.proofs, draft.starts_on)
    return tuple(rules.why_not_open(draft, authority=authority, approval_reason=reason, own_curriculum=own))


def _write(draft: RunDraft, state: RunState) -> CourseRun:
    version = draft.curriculum_version if draft.kind is RunKind.CLASS else None
    return CourseRun.objects.create(
        organisation=draft.organisation,
        curriculum_version=version,
        kind=draft.kind,
        title=tidy(draft.title),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        place=tidy(draft.place),
        capacity=draft.capacity,
        fee_vnd=draft.fee_vnd,
        fee_published_on=draft.fee_published_on,
        plan_published_on=draft.plan_published_on,
        proofs=[proof.value for proof in draft.proofs],
        min_attendance_percent=version.min_attendance_percent if version else 0,
        decided_quarters=None if draft.decided_hours is None else quarters(draft.decided_hours),
        state=state,
        plan_line=draft.plan_line,
    )


def _refuse_over(run: CourseRun) -> None:
    if run.state in {RunState.FINISHED, RunState.CANCELLED}:
        raise Refused(Problem("delivery.wrong_state"))
