"""Planned against opened, trained and spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunState
from lientuc.delivery.models import Certificate, CertificateEvent, Participation
from lientuc.places.enums import CareLevel
from lientuc.places.scope import WhyUnscoped

from ..models import Need, Plan, PlanLine, PlanLineNeed, PlanLineRun


@dataclass(frozen=True)
class Carried:
    """What became of a line: classes opened and finished, persons who completed, persons who hold a paper for it."""

    opened: int = 0
    finished: int = 0
    trained: int = 0
    granted: int = 0


@dataclass(frozen=True)
class Execution:
    """One group of lines: planned, carried out and paid; amounts None where nobody has recorded any.

    Classes are None where a class is shared by several groups: levels of care send their people to the same ones.
    """

    key: str
    name: str
    lines: int
    classes: int | None
    persons: int
    opened: int | None
    trained: int
    granted: int
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
    """What became of each line of a plan; at most three queries."""
    links = PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by()
    counts = list(
        links.exclude(run__state=RunState.CANCELLED)
        .values_list("line_id")
        .annotate(opened=Count("pk"), finished=Count("pk", filter=Q(run__state=RunState.FINISHED)))
    )
    trained: dict[int, int] = defaultdict(int)
    granted: dict[int, int] = defaultdict(int)
    if counts:
        for (line, _), (done, held) in completed(links).items():
            trained[line] += done
            granted[line] += held
    return {line: Carried(opened, finished, trained[line], granted[line]) for line, opened, finished in counts}


def completed(links: QuerySet[PlanLineRun]) -> dict[tuple[int, str], tuple[int, int]]:
    """Learners who completed and who hold a certificate in force, by line and level of care of their unit; two queries."""
    lines = dict(links.values_list("run_id", "line_id"))
    revoked = CertificateEvent.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(certificate=OuterRef("pk"))
    held = Certificate.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(~Exists(revoked), participation=OuterRef("pk"))
    rows = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        run__in=list(lines), state=ParticipationState.COMPLETED, role=ParticipationRole.LEARNER
    )
    found: dict[tuple[int, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    counted = rows.annotate(held=Exists(held)).order_by().values_list("run_id", "worker__keeper__care_level", "held")
    for run, level, holds, n in counted.annotate(n=Count("pk")):
        done, papers = found[lines[run], level or CareLevel.NONE]
        found[lines[run], level or CareLevel.NONE] = done + n, papers + (n if holds else 0)
    return dict(found)


def execution(lines: Sequence[PlanLine], done: Mapping[int, Carried], by: str) -> list[Execution]:
    """Planned against delivered and spent by `line`, `source` or `family` of topics, in the order of the plan or of names."""
    groups: dict[tuple[str, str], list[PlanLine]] = {}
    for line in lines:
        groups.setdefault(_group(line, by), []).append(line)
    ordered = groups.items() if by == "line" else sorted(groups.items(), key=lambda group: group[0][1])
    return [_execution(key, name, rows, done) for (key, name), rows in ordered]


def _group(line: PlanLine, by: str) -> tuple[str, str]:
    if by == "line":
        return str(line.public_id), line.title
    if by == "family":
        return line.topic.family, line.topic.family
    return (str(line.source_id or ""), line.source.name if line.source else "")


def _execution(key: str, name: str, lines: Sequence[PlanLine], done: Mapping[int, Carried]) -> Execution:
    nothing = Carried()
    found = [done.get(line.pk, nothing) for line in lines]
    return Execution(
        key=key,
        name=name,
        lines=len(lines),
        classes=sum(line.classes for line in lines),
        persons=sum(line.persons for line in lines),
        opened=sum(each.opened for each in found),
        trained=sum(each.trained for each in found),
        granted=sum(each.granted for each in found),
        requested_vnd=sum(line.requested_vnd for line in lines),
        allotted_vnd=added(line.allotted_vnd for line in lines),
        spent_vnd=added(line.spent_vnd for line in lines),
        settled_vnd=added(line.settled_vnd for line in lines),
    )


def by_level(plan: Plan, lines: Sequence[PlanLine]) -> list[Execution]:
    """The same by level of care of the units that send people; money goes with persons, so that the levels add up.

    Seats that no need stands behind are a level of their own (empty key).
    """
    seats = _seats(plan, lines)
    done = completed(PlanLineRun.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by())
    levels = sorted({level for by in seats.values() for level in by} | {level for _, level in done}, key=_place_of)
    split = {line.pk: {name: _split(getattr(line, name), seats[line.pk]) for name in _MONEY} for line in lines}
    return [_level(level, lines, seats, done, split) for level in levels]


_MONEY = ("requested_vnd", "allotted_vnd", "spent_vnd", "settled_vnd")
_ORDER = (*(str(level) for level in CareLevel), "")


def _place_of(level: str) -> int:
    return _ORDER.index(level)


def _seats(plan: Plan, lines: Sequence[PlanLine]) -> dict[int, dict[str, int]]:
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by()
    found: dict[int, dict[str, int]] = {line.pk: {} for line in lines}
    for line, level, n in links.values_list("line_id", "need__organisation__care_level").annotate(n=Sum("persons")):
        found[line][level] = n
    for line in lines:
        free = line.persons - sum(found[line.pk].values())
        if free > 0:
            found[line.pk][""] = free
    return found


def _split(amount: int | None, seats: Mapping[str, int]) -> dict[str, int | None]:
    """An amount divided by persons, whole đồng, the last level takes what rounding leaves."""
    if amount is None:
        return dict.fromkeys(seats)
    total, left = sum(seats.values()), amount
    shares: dict[str, int | None] = {}
    for level, persons in seats.items():
        shares[level] = amount * persons // total
        left -= shares[level] or 0
    last = next(reversed(shares))
    shares[last] = (shares[last] or 0) + left
    return shares


def _level(
    level: str,
    lines: Sequence[PlanLine],
    seats: Mapping[int, Mapping[str, int]],
    done: Mapping[tuple[int, str], tuple[int, int]],
    split: Mapping[int, Mapping[str, Mapping[str, int | None]]],
) -> Execution:
    mine = [line for line in lines if level in seats[line.pk] or (line.pk, level) in done]

    def money(name: str) -> int | None:
        return added(split[line.pk][name].get(level) for line in mine)

    return Execution(
        key=level,
        name=level,
        lines=len(mine),
        classes=None,
        persons=sum(seats[line.pk].get(level, 0) for line in mine),
        opened=None,
        trained=sum(done.get((line.pk, level), (0, 0))[0] for line in mine),
        granted=sum(done.get((line.pk, level), (0, 0))[1] for line in mine),
        requested_vnd=money("requested_vnd") or 0,
        allotted_vnd=money("allotted_vnd"),
        spent_vnd=money("spent_vnd"),
        settled_vnd=money("settled_vnd"),
    )


def added(amounts: Iterable[Any]) -> int | None:
    """The sum of what is known, None where nothing is."""
    known = [vnd for vnd in amounts if vnd is not None]
    return sum(known) if known else None
