"""One health worker's page: who, posts, licence, standing and what is missing, papers, classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import segno
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from lientuc.credits.queries import Explained, standing_of
from lientuc.delivery.enums import CertificateStatus, ParticipationState
from lientuc.delivery.models import Certificate, CourseRun, Participation
from lientuc.delivery.queries import open_runs, status_of, with_status
from lientuc.law import NotInForce
from lientuc.law.credits import Regime, Standing, Status
from lientuc.law.deadlines import Deadline, licence_end, renewal_deadline
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.enums import LicenceState
from lientuc.registry.models import HealthWorker, Leave, Licence, Post
from lientuc.registry.queries import licence_state, posts_of
from lientuc.registry.queries.facts import counting_licence, facts_from, licence_facts

PEOPLE = "registry.view_workers"
STANDINGS = "credits.view_entries"
PAPERS = "delivery.view_certificates"
CLASSES = "delivery.view_participations"

CLASSES_SHOWN = 6
_LOOKED_AT = 100
_HERE = [str(ParticipationState.ENROLLED), str(ParticipationState.WAITLISTED)]


@dataclass(frozen=True)
class Paper:
    """A certificate with what it is worth now and the address that proves it."""

    certificate: Certificate
    status: CertificateStatus

    @property
    def address(self) -> str:
        """Where anybody may check it."""
        path = reverse("delivery:verify", args=[self.certificate.verification_code])
        return f"{settings.PUBLIC_ADDRESS}{path}"

    @property
    def qr(self) -> str:
        """The address as a picture for an `img`."""
        uri: str = segno.make(self.address, error="m", micro=False).svg_data_uri(border=2, scale=3)
        return uri


@dataclass(frozen=True)
class LicenceShown:
    """The licence that counts, how it stands, when it ends and by when its renewal is filed."""

    licence: Licence | None
    state: LicenceState
    end: Deadline | None
    renewal: Deadline | None


@dataclass(frozen=True)
class OpenClass:
    """A class that would close part of the gap: the quarter hours its programme gives, and how many of them are still missing.

    `in_time` says whether it ends by the deadline; a class after it would not mend the standing.
    """

    run: CourseRun
    quarters: int
    adds: int
    free: int
    in_time: bool

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken."""
        return self.free <= 0


@dataclass(frozen=True)
class Person:
    """What a reader may see of one person; a part that is None is not open to this reader."""

    worker: HealthWorker
    on: date
    posts: tuple[Post, ...]
    licence: LicenceShown
    explained: Explained | None
    papers: tuple[Paper, ...] | None
    classes: tuple[Participation, ...] | None
    open_classes: tuple[OpenClass, ...]

    @cached_property
    def missing(self) -> bool:
        """Whether hours are missing that are still asked for."""
        if self.explained is None:
            return False
        standing = self.explained.standing
        return bool(standing.shortfall) and standing.status in {Status.SHORT, Status.ACCRUING}

    @cached_property
    def missing_this_year(self) -> Any:
        """The year of regime S that holds this day, where its floor is not yet met; else None."""
        years = self.explained.standing.yearly if self.explained else ()
        return next((year for year in years if year.start_on <= self.on <= year.end_on and not year.met), None)

    @property
    def required_quarters(self) -> int:
        """What is asked for, in quarter hours."""
        return self.explained.standing.required.quarter_hours if self.explained else 0


def own_worker(user: Any) -> HealthWorker | None:
    """The record of the signed-in person, the canonical one; None where the account is linked to no record."""
    rows = HealthWorker.objects.within(Scope(self_user=user.pk)).filter(user=user)
    row: HealthWorker | None = rows.select_related("keeper", "canonical__keeper").first()
    return row and (row.canonical or row)


def person(by: Any, worker: HealthWorker, on: date, *, own: bool) -> Person:
    """Everything `by` may see of `worker` on a day; at most eight queries, so that the page stays within twelve."""
    may_see = own or HealthWorker.objects.visible_to(by, STANDINGS).filter(pk=worker.pk).exists()
    licences = list(Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(_of(worker, "worker")))
    explained = _standing(worker, licences, on) if may_see else None
    classes = _classes(by, worker, on, own=own)
    return Person(
        worker=worker,
        on=on,
        posts=tuple(posts_of(worker)),
        licence=_licence(worker, licences, on),
        explained=explained,
        papers=_papers(by, worker, own=own),
        classes=classes,
        open_classes=_open_classes(worker, explained, classes or (), on) if explained else (),
    )


def _standing(worker: HealthWorker, licences: list[Licence], on: date) -> Explained | None:
    leaves = Leave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(_of(worker, "worker")).order_by("from_on")
    try:
        return standing_of(worker, on, known=facts_from(worker.title, licences, leaves, on))
    except NotInForce:
        return None


def _licence(worker: HealthWorker, rows: list[Licence], on: date) -> LicenceShown:
    held = [row for row in rows if row.withdrawn_on is None or row.withdrawn_on > on]
    licence = counting_licence(held, on)
    if licence is None:
        return LicenceShown(None, LicenceState.NONE, None, None)
    facts = licence_facts(worker.title, licence)
    return LicenceShown(licence, licence_state([licence], on), licence_end(facts, on), renewal_deadline(facts, on))


def _of(worker: HealthWorker, path: str) -> Q:
    """Rows of the person, the merged rows' too."""
    return Q(**{path: worker.person}) | Q(**{f"{path}__canonical": worker.person})


def _seen(model: Any, by: Any, permission: str, *, own: bool) -> QuerySet[Any]:
    """A person's own rows, or those an officer may see."""
    rows: QuerySet[Any] = model.objects.all()
    return rows.unscoped(WhyUnscoped.ROW_IN_HAND) if own else rows.visible_to(by, permission)  # type: ignore[attr-defined, no-any-return]


def _papers(by: Any, worker: HealthWorker, *, own: bool) -> tuple[Paper, ...] | None:
    if not own and by.why_not(PAPERS) is not None:
        return None
    rows = _seen(Certificate, by, PAPERS, own=own).filter(_of(worker, "participation__worker"))
    rows = with_status(rows).select_related("issuer", "participation__run").defer("pdf")
    return tuple(Paper(row, status_of(row)) for row in rows.order_by("-issued_on", "-pk"))


def _classes(by: Any, worker: HealthWorker, on: date, *, own: bool) -> tuple[Participation, ...] | None:
    if not own and by.why_not(CLASSES) is not None:
        return None
    rows = _seen(Participation, by, CLASSES, own=own).filter(
        _of(worker, "worker"), state__in=_HERE, run__ends_on__gte=on
    )
    return tuple(rows.select_related("run__organisation").order_by("run__starts_on", "pk"))


def _open_classes(
    worker: HealthWorker, explained: Explained, classes: tuple[Participation, ...], on: date
) -> tuple[OpenClass, ...]:
    """Published classes for the person's title that give hours of the person's regime, those that add most first.

    Classes with free seats stand before full ones, those that end by the deadline before later ones.
    """
    missing = _missing_quarters(explained.standing, on)
    if not missing:
        return ()
    enrolled = {row.run_id for row in classes}
    field = "lesson_quarters" if explained.standing.regime is Regime.S else "credit_quarters"
    rows: QuerySet[Any] = (
        open_runs(on)
        .select_related("organisation", "curriculum_version")
        .filter(starts_on__gte=on, **{f"curriculum_version__{field}__gt": 0})
    )
    deadline = explained.standing.deadline_on
    found = []
    for run in rows[:_LOOKED_AT]:
        if run.pk not in enrolled and _is_for(run, worker):
            given = getattr(run.curriculum_version, field)
            in_time = deadline is None or run.ends_on <= deadline
            found.append(OpenClass(run, given, min(given, missing), run.capacity - run.seated, in_time))
    found.sort(key=lambda row: (row.is_full, not row.in_time, -row.adds, row.run.starts_on, row.run.pk))
    return tuple(found[:CLASSES_SHOWN])


def _missing_quarters(standing: Standing, on: date) -> int:
    """What a class could add: the hours short of the whole, or of this year's floor where that is more."""
    year = next((one for one in standing.yearly if one.start_on <= on <= one.end_on and not one.met), None)
    of_year = (year.required - year.counted).quarter_hours if year else 0
    return max(standing.shortfall.quarter_hours, of_year)


def _is_for(run: CourseRun, worker: HealthWorker) -> bool:
    """A programme that names no titles is for everybody."""
    titles = run.curriculum_version.audience_titles if run.curriculum_version else []
    return not titles or worker.title in titles
