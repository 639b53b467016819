"""Runs: lists, what is open, what takes a person's time, whether the organiser may issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lientuc.core import formats
from lientuc.core.errors import Problem, Refused
from lientuc.core.hours import hours
from lientuc.core.names import fold
from lientuc.law import NotInForce
from lientuc.law.authority import AuthorityDecision, Proof
from lientuc.places.enums import UnitLevel
from lientuc.places.models import Organisation
from lientuc.places.queries import units
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Provider
from lientuc.registry.queries import authority_on

from ..enums import ParticipationState, RunKind, RunState
from ..models import CourseRun, Participation, Session
from ..rules import LIVE, SEATED, Occupied, RunDraft, Slot

TAKING_TIME = [str(state) for state in (ParticipationState.ENROLLED, ParticipationState.COMPLETED)]
SEATED_HERE = Q(
    participations__role__in=[str(role) for role in SEATED],
    participations__state__in=[
        str(state) for state in (ParticipationState.ENROLLED, ParticipationState.COMPLETED, ParticipationState.FAILED)
    ],
)


def runs_for(
    by: Any, *, text: str = "", kind: str = "", state: str = "", year: int | None = None
) -> QuerySet[CourseRun]:
    """Runs `by` may see, filtered, with `seated`: how many seats are taken."""
    rows: QuerySet[CourseRun] = CourseRun.objects.visible_to(by, "delivery.view_runs").select_related("organisation")
    if text:
        rows = rows.filter(Q(title_fold__contains=fold(text)) | Q(organisation__name_fold__contains=fold(text)))
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if year:
        rows = rows.filter(starts_on__year=year)
    return rows.annotate(seated=Count("participations", filter=SEATED_HERE, distinct=True))


def open_runs(on: date) -> QuerySet[CourseRun]:
    """Runs anybody may read about: open, their plan published, and the fee where there is one; the next first."""
    rows: QuerySet[CourseRun] = CourseRun.objects.unscoped(WhyUnscoped.PUBLIC).filter(
        Q(fee_vnd=0) | Q(fee_published_on__lte=on), state=RunState.OPEN, plan_published_on__lte=on, ends_on__gte=on
    )
    rows = rows.select_related("organisation").order_by("starts_on", "pk")
    return rows.annotate(seated=Count("participations", filter=SEATED_HERE, distinct=True))


def enrollable_runs(by: Any, on: date) -> QuerySet[CourseRun]:
    """Runs `by` may send people to: those of the own scope and those published for everybody."""
    published = open_runs(on).order_by().values("pk")
    own = CourseRun.objects.visible_to(by, "delivery.enrol").values("pk")
    rows: QuerySet[CourseRun] = CourseRun.objects.unscoped(WhyUnscoped.PUBLIC)
    rows = rows.filter(Q(pk__in=own) | Q(pk__in=published)).select_related("organisation")
    return rows.annotate(seated=Count("participations", filter=SEATED_HERE, distinct=True))


def provider_of(organisation: Organisation) -> Provider:
    """The organiser as a provider; Refused where it is not entered as one."""
    rows = Provider.objects.unscoped(WhyUnscoped.RULE).select_related("organisation")
    provider: Provider | None = rows.filter(organisation=organisation).first()
    if provider is None:
        raise Refused(Problem("delivery.not_a_provider"))
    return provider


def authority_for(provider: Provider, proofs: Iterable[Proof], day: date) -> tuple[AuthorityDecision, ...]:
    """The answer of `authority_on` for each proof; Refused where a proof does not exist in law on that day."""
    try:
        return tuple(authority_on(provider, proof, day) for proof in proofs)
    except NotInForce as error:
        raise Refused(Problem("delivery.proof_not_in_force", "proofs", {"day": formats.day(error.on)})) from error


def occupied(run: CourseRun) -> Occupied:
    """A run as it takes time; one query."""
    return _occupied([run])[run.pk]


def engagements_of(worker: HealthWorker, *, besides: CourseRun) -> list[Occupied]:
    """The other live runs a person (any of their rows) is enrolled in; two queries."""
    rows = Participation.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(worker=worker.person) | Q(worker__canonical=worker.person),
        state__in=TAKING_TIME,
        run__state__in=[str(state) for state in LIVE],
        run__ends_on__gte=besides.starts_on,
        run__starts_on__lte=besides.ends_on,
    )
    runs = [row.run for row in rows.exclude(run=besides).select_related("run")]
    return list(_occupied(runs).values())


def _occupied(runs: list[CourseRun]) -> dict[int, Occupied]:
    slots: dict[int, list[Slot]] = defaultdict(list)
    sessions = Session.objects.unscoped(WhyUnscoped.RULE).filter(run__in=[run.pk for run in runs])
    for run_id, on_date, starts, ends in sessions.values_list("run_id", "on_date", "starts", "ends"):
        slots[run_id].append(Slot(on_date, starts, ends))
    return {run.pk: Occupied(run.title, run.starts_on, run.ends_on, tuple(slots[run.pk])) for run in runs}


def province_of(organisation: Organisation, on: date) -> str:
    """The name of the province an organisation lies in, as papers print it; empty where it is not known."""
    found = units(level=UnitLevel.PROVINCE, on=on).filter(code=organisation.province_code)
    return str(found.values_list("name", flat=True).first() or "")


def lessons_taught(run: CourseRun) -> dict[int, int]:
    """`{worker id: quarter hours}` of lessons each lecturer of the register taught in a run."""
    rows = Session.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(run=run, lecturer__worker__isnull=False)
    sums = rows.order_by().values("lecturer__worker").annotate(taught=Sum("lessons_quarters"))
    return {row["lecturer__worker"]: row["taught"] for row in sums}


def locked_run(run: CourseRun) -> CourseRun:
    """The row of a run as it is now, held until the transaction ends."""
    rows = CourseRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: CourseRun = rows.select_related("organisation", "curriculum_version").get(pk=run.pk)
    return found


def draft_of(run: CourseRun) -> RunDraft:
    """A run as the draft it was."""
    return RunDraft(
        organisation=run.organisation,
        kind=RunKind(run.kind),
        title=run.title,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        place=run.place,
        capacity=run.capacity,
        proofs=tuple(Proof(code) for code in run.proofs),
        curriculum_version=run.curriculum_version,
        fee_vnd=run.fee_vnd,
        fee_published_on=run.fee_published_on,
        plan_published_on=run.plan_published_on,
        decided_hours=None if run.decided_quarters is None else hours(run.decided_quarters),
        plan_line=run.plan_line,
    )
