"""What finished runs still owe the ledger: who completed, with the draft each participation makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lientuc.core.errors import Problem
from lientuc.core.hours import hours
from lientuc.delivery.enums import ParticipationRole, ParticipationState, RunKind, RunState
from lientuc.delivery.models import Certificate, CourseRun, Participation
from lientuc.delivery.queries import lessons_taught
from lientuc.delivery.rules import activity_of
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker

from ..models import CreditEntry
from ..rules import LONGEST, EntryDraft, problems
from .people import facts_to_record

AWARD = "credits.award_run"


@dataclass(frozen=True)
class Award:
    """One completed participation: its draft, and what stands in the way; `awarded` where the ledger has it already."""

    participation: Participation
    worker: HealthWorker
    draft: EntryDraft
    problems: tuple[Problem, ...]
    awarded: bool


def awards_of(run: CourseRun) -> list[Award]:
    """Everybody who completed a finished run, by name, with what the ledger would take; seven queries."""
    rows = _completed([run]).select_related("worker__keeper", "worker__canonical__keeper")
    people = list(rows.order_by("worker__name_sort", "pk"))
    done = _recorded(people)
    workers = {row.pk: row.worker.canonical or row.worker for row in people}
    facts = facts_to_record(list({worker.pk: worker for worker in workers.values()}.values()))
    numbers, taught, rules = _certificates(run), lessons_taught(run), RuleSet.default()
    found = []
    for row in people:
        worker = workers[row.pk]
        draft = _draft(row, run, worker, numbers.get(row.pk, ""), taught.get(row.worker_id, 0))
        awarded = str(row.ref) in done
        wrong = () if awarded else tuple(problems(draft, facts[worker.pk], rules))
        found.append(Award(row, worker, draft, wrong, awarded))
    return found


def runs_to_award(*, by: Any) -> QuerySet[CourseRun]:
    """The finished runs whose hours `by` may award."""
    rows: QuerySet[CourseRun] = CourseRun.objects.visible_to(by, AWARD).filter(state=RunState.FINISHED)
    return rows.select_related("organisation", "curriculum_version")


def counts_of(runs: Iterable[CourseRun]) -> dict[int, tuple[int, int]]:
    """`{run id: (people who completed, people awarded)}`; two queries."""
    people = list(_completed(runs).only("public_id", "run_id"))
    done = _recorded(people)
    completed = Counter(row.run_id for row in people)
    awarded = Counter(row.run_id for row in people if str(row.ref) in done)
    return {run_id: (count, awarded[run_id]) for run_id, count in completed.items()}


def _completed(runs: Iterable[CourseRun]) -> QuerySet[Participation]:
    rows: QuerySet[Participation] = Participation.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    return rows.filter(run__in=list(runs), state=ParticipationState.COMPLETED, frozen_at__isnull=False)


def _recorded(people: Iterable[Participation]) -> set[str]:
    refs = [str(row.ref) for row in people]
    entries = CreditEntry.objects.unscoped(WhyUnscoped.RULE).filter(participation_ref__in=refs)
    return set(entries.values_list("participation_ref", flat=True))


def _certificates(run: CourseRun) -> dict[int, str]:
    """The number of the latest edition that was not revoked, by participation."""
    rows = Certificate.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(participation__run=run, events__isnull=True)
    return dict(rows.order_by("edition").values_list("participation", "number"))


def _draft(row: Participation, run: CourseRun, worker: HealthWorker, number: str, taught: int) -> EntryDraft:
    """What the participation is to the ledger: the same facts its hours were frozen from."""
    version = run.curriculum_version
    activity = activity_of(
        RunKind(run.kind),
        ParticipationRole(row.role),
        lessons=hours(version.total_quarters if version else 0),
        taught=hours(taught),
        attended=row.sessions_attended or 0,
        reports=row.reports,
    )
    decided = None if run.decided_quarters is None else hours(run.decided_quarters)
    return EntryDraft(
        worker=worker.public_id,
        activity_on=run.ends_on,
        form=activity.form,
        role=activity.role,
        units=activity.units,
        decided_hours=decided,
        basis="" if decided is None else f"{run.organisation.name}, {run.ends_on:%d/%m/%Y}"[: LONGEST["basis"]],
        title=run.title,
        issuer=run.organisation.name,
        certificate_number=number,
    )
