"""Planned against opened, trained and spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunState
from lientuc.delivery.models import Participation
from lientuc.places.scope import WhyUnscoped

from ..models import Need, Plan, PlanLine, PlanLineNeed, PlanLineRun


@dataclass(frozen=True)
class Carried:
    """What became of a line: classes opened and finished, persons who completed."""

    opened: int = 0
    finished: int = 0
    trained: int = 0


@dataclass(frozen=True)
class Execution:
    """One group of lines: planned, carried out and paid; amounts None where nobody has recorded any."""

    key: str
    name: str
    lines: int
    classes: int
    persons: int
    opened: int
    trained: int
    requested_vnd: int
    allotted_vnd: int | None
    spent_vnd: int | None
    settled_vnd: int | None


def trained_by_need(needs: Sequence[Need]) -> dict[int, int]:
    """Persons of each need's unit who completed a class of one of its lines; two queries."""
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need__in=[need.pk for need in needs])
    lines: dict[int, set[int]] = defaultdict(set)
    for need, line in links.values_list("need_id", "line_id"):
        lines[need].add(line)
    done = _completed(line for found in lines.values() for line in found)
    return {need.pk: sum(done.get((line, need.organisation_id), 0) for line in lines[need.pk]) for need in needs}


def _completed(lines: Iterable[int]) -> dict[tuple[int, int], int]:
    """Learners who completed, by line and by the organisation that keeps them; two queries."""
    runs = dict(
        PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
        .filter(line__in=set(lines))
        .values_list("run_id", "line_id")
    )
    rows = (
        Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
        .filter(run__in=list(runs), state=ParticipationState.COMPLETED, role=ParticipationRole.LEARNER)
        .order_by()
        .values_list("run_id", "worker__keeper")
        .annotate(n=Count("worker", distinct=True))
    )
    found: dict[tuple[int, int], int] = defaultdict(int)
    for run, organisation, n in rows:
        found[runs[run], organisation] += n
    return found


def carried(plan: Plan) -> dict[int, Carried]:
    """What became of each line of a plan; two queries."""
    links = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by()
    counts = (
        links.exclude(run__state=RunState.CANCELLED)
        .values_list("line_id")
        .annotate(opened=Count("pk"), finished=Count("pk", filter=Q(run__state=RunState.FINISHED)))
    )
    trained: dict[int, int] = defaultdict(int)
    people = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        run__in=links.values("run"), state=ParticipationState.COMPLETED, role=ParticipationRole.LEARNER
    )
    by_run = dict(people.order_by().values_list("run_id").annotate(n=Count("pk")))
    if by_run:
        for line, run in links.values_list("line_id", "run_id"):
            trained[line] += by_run.get(run, 0)
    return {line: Carried(opened, finished, trained[line]) for line, opened, finished in counts}


def execution(plan: Plan, lines: Sequence[PlanLine], by: str) -> list[Execution]:
    """Planned against delivered and spent by `source` or by `family` of topics, in the order of their names."""
    done = carried(plan)
    groups: dict[tuple[str, str], list[PlanLine]] = defaultdict(list)
    for line in lines:
        groups[_group(line, by)].append(line)
    return [_execution(key, name, rows, done) for (key, name), rows in sorted(groups.items(), key=lambda g: g[0][1])]


def _group(line: PlanLine, by: str) -> tuple[str, str]:
    if by == "family":
        return line.topic.family, line.topic.family
    return (str(line.source_id or ""), line.source.name if line.source else "")


def _execution(key: str, name: str, lines: Sequence[PlanLine], done: dict[int, Carried]) -> Execution:
    nothing = Carried()
    return Execution(
        key=key,
        name=name,
        lines=len(lines),
        classes=sum(line.classes for line in lines),
        persons=sum(line.persons for line in lines),
        opened=sum(done.get(line.pk, nothing).opened for line in lines),
        trained=sum(done.get(line.pk, nothing).trained for line in lines),
        requested_vnd=sum(line.requested_vnd for line in lines),
        allotted_vnd=added(line.allotted_vnd for line in lines),
        spent_vnd=added(line.spent_vnd for line in lines),
        settled_vnd=added(line.settled_vnd for line in lines),
    )


def added(amounts: Iterable[Any]) -> int | None:
    """The sum of what is known, None where nothing is."""
    known = [vnd for vnd in amounts if vnd is not None]
    return sum(known) if known else None
