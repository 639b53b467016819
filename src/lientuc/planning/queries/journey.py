"""How far a need is: the lines, classes, persons and certificates that serve it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from lientuc.curricula.enums import VersionState
from lientuc.curricula.models import CurriculumVersion
from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunState
from lientuc.delivery.models import Certificate, CourseRun, Participation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker

from ..models import Need, NeedPerson, PlanLineNeed, PlanLineRun
from ..rules.needs import Stage

CERTIFICATES_SHOWN = 20


@dataclass(frozen=True)
class ClassOfNeed:
    """A class held or to be held for a need; persons are those of the need's unit."""

    title: str
    organiser: str
    starts_on: date
    ends_on: date
    state: str
    trained: int
    certified: int


def stages_of(needs: Sequence[Need]) -> dict[int, Stage]:
    """What classes have done for each need, by its key; four queries whatever the number."""
    lines = _lines_of(needs)
    runs = _runs_of({line for found in lines.values() for line in found})
    trained = _completed(runs)
    certified = _certified(runs)
    found = {}
    for need in needs:
        own = {run for line in lines[need.pk] for run in runs.get(line, ())}
        unit = need.organisation_id
        found[need.pk] = Stage(
            opened=bool(own),
            trained=sum(trained.get((run, unit), 0) for run in own),
            certified=sum(certified.get((run, unit), 0) for run in own),
        )
    return found


def _lines_of(needs: Sequence[Need]) -> dict[int, set[int]]:
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need__in=[need.pk for need in needs])
    lines: dict[int, set[int]] = defaultdict(set)
    for need, line in links.values_list("need_id", "line_id"):
        lines[need].add(line)
    return lines


def _runs_of(lines: Iterable[int]) -> dict[int, set[int]]:
    links = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=set(lines))
    runs: dict[int, set[int]] = defaultdict(set)
    for line, run in links.exclude(run__state=RunState.CANCELLED).values_list("line_id", "run_id"):
        runs[line].add(run)
    return runs


def _learners(runs: dict[int, set[int]]) -> QuerySet[Participation]:
    """Learners who completed one of the runs."""
    rows: QuerySet[Participation] = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        run__in={run for found in runs.values() for run in found},
        state=ParticipationState.COMPLETED,
        role=ParticipationRole.LEARNER,
    )
    return rows.order_by()


def _completed(runs: dict[int, set[int]]) -> dict[tuple[int, int], int]:
    rows = _learners(runs).values_list("run_id", "worker__keeper")
    return {(run, unit): n for run, unit, n in rows.annotate(n=Count("worker", distinct=True))}


def _certified(runs: dict[int, set[int]]) -> dict[tuple[int, int], int]:
    rows = Certificate.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(participation__in=_learners(runs).values("pk"))
    valid = rows.filter(events__isnull=True).order_by()
    counted = valid.values_list("participation__run_id", "participation__worker__keeper")
    return {(run, unit): n for run, unit, n in counted.annotate(n=Count("participation__worker", distinct=True))}


def classes_of(need: Need) -> list[ClassOfNeed]:
    """The classes that carry out the lines a need is in, oldest first; five queries."""
    runs = _runs_of(_lines_of([need])[need.pk])
    trained, certified = _completed(runs), _certified(runs)
    keys = {run for found in runs.values() for run in found}
    rows = CourseRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=keys).select_related("organisation")
    unit = need.organisation_id
    return [
        ClassOfNeed(
            title=row.title,
            organiser=row.organisation.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            state=row.state,
            trained=trained.get((row.pk, unit), 0),
            certified=certified.get((row.pk, unit), 0),
        )
        for row in rows.order_by("starts_on", "pk")
    ]


def certificates_of(need: Need, by: Any) -> list[Certificate]:
    """Certificates given to persons of the need's unit in its classes, as far as `by` may see them."""
    runs = _runs_of(_lines_of([need])[need.pk])
    rows = Certificate.objects.visible_to(by, "delivery.view_certificates").filter(
        participation__in=_learners(runs).filter(worker__keeper=need.organisation_id).values("pk"), events__isnull=True
    )
    return list(rows.order_by("issued_on", "pk")[:CERTIFICATES_SHOWN])


def named_persons(need: Need, by: Any) -> list[HealthWorker]:
    """The persons the unit named, as far as `by` may see its health workers."""
    named = NeedPerson.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need=need).values("worker")
    rows = HealthWorker.objects.visible_to(by, "registry.view_workers").filter(pk__in=named)
    return list(rows.order_by("name_sort", "pk"))


def programmes_on(topic_ids: Iterable[int]) -> set[int]:
    """Topics on which an approved programme exists; one query."""
    rows = CurriculumVersion.objects.unscoped(WhyUnscoped.RULE).filter(
        state=VersionState.APPROVED, curriculum__topic__in=list(topic_ids)
    )
    return set(rows.values_list("curriculum__topic_id", flat=True))
