"""Reads for whoever decides about two records: the list, the two sides, what hangs on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, ForeignKey, Q, QuerySet

from lientuc.core.names import fold
from lientuc.places.scope import WhyUnscoped

from ..enums import Likeness, PairState, Side
from ..models import HealthWorker, Leave, Licence, Post
from .models import DuplicatePair, WorkerMerge
from .rules import FIELDS

MERGE = "registry.merge_workers"

# What upper rooms keep about a person, worth telling before a merge: table and the column that names the person.
HANGING = ("credits.creditentry", "delivery.certificate", "delivery.participation", "delivery.runlecturer")


@dataclass(frozen=True)
class Choice:
    """One field of two records: both values, and whose survives when nobody chooses."""

    field: str
    main: Any
    other: Any
    default: Side

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.main != self.other and (self.main or self.other))


@dataclass(frozen=True)
class Record:
    """One of two records with its history; `hanging` counts what upper rooms keep: `{table: rows}`."""

    worker: HealthWorker
    posts: tuple[Post, ...]
    licences: tuple[Licence, ...]
    leaves: tuple[Leave, ...]
    hanging: Mapping[str, int]

    @property
    def weight(self) -> tuple[int, bool, int, int]:
        """What makes a record the better main one: more kept about it, a national number, open posts, the older row."""
        open_posts = sum(post.to_on is None for post in self.posts)
        return sum(self.hanging.values()), bool(self.worker.national_number), open_posts, -self.worker.pk


def pairs(
    *, by: Any, state: str = PairState.OPEN, text: str = "", organisation: Any = None, worker: Any = None
) -> QuerySet[DuplicatePair]:
    """The pairs whose records `by` may both see, the likeliest first where ordered so; one query."""
    rows: QuerySet[DuplicatePair] = DuplicatePair.objects.visible_to(by, MERGE)
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(first__name_fold__contains=fold(text)) | Q(second__name_fold__contains=fold(text)))
    if organisation is not None:
        rows = rows.filter(Q(first__keeper=organisation) | Q(second__keeper=organisation))
    if worker is not None:
        rows = rows.filter(Q(first__public_id=worker) | Q(second__public_id=worker))
    return rows.select_related("first__keeper", "second__keeper", "decided_by")


def reasons_of(pair: DuplicatePair) -> tuple[Likeness, ...]:
    """Why the pair was found."""
    return tuple(Likeness(code) for code in pair.reasons)


def records_of(pair: DuplicatePair) -> tuple[Record, Record]:
    """Both records with their histories, the one that should go on first."""
    workers = (pair.first, pair.second)
    hanging = hanging_on([worker.pk for worker in workers])
    records = [_record(worker, hanging[worker.pk]) for worker in workers]
    one, other = sorted(records, key=lambda record: record.weight, reverse=True)
    return one, other


def _record(worker: HealthWorker, hanging: Mapping[str, int]) -> Record:
    mine: dict[str, Any] = {"worker": worker}
    reason = WhyUnscoped.ROW_IN_HAND
    posts = Post.objects.unscoped(reason).filter(**mine).select_related("organisation")
    return Record(
        worker=worker,
        posts=tuple(posts.order_by("-from_on", "pk")),
        licences=tuple(Licence.objects.unscoped(reason).filter(**mine).order_by("-issued_on", "pk")),
        leaves=tuple(Leave.objects.unscoped(reason).filter(**mine).order_by("-from_on", "pk")),
        hanging=hanging,
    )


def hanging_on(keys: list[int]) -> dict[int, dict[str, int]]:
    """`{worker: {table: rows}}` of what upper rooms keep about these records; one query for each table."""
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    for table in HANGING:
        model = apps.get_model(table)
        path = _path_to_worker(model)
        rows = model._base_manager.filter(**{f"{path}__in": keys}).order_by()
        for key, count in rows.values_list(path).annotate(n=Count("pk")):
            found[key][table] = count
    return found


def _path_to_worker(model: Any) -> str:
    """The lookup from a table to the person: its own foreign key, or that of the row it belongs to."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is HealthWorker:
            return str(field.name)
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model._meta.app_label == model._meta.app_label:
            return f"{field.name}__{_path_to_worker(field.related_model)}"
    raise LookupError(f"{model._meta.label} names no person")


def choices_between(main: HealthWorker, other: HealthWorker) -> list[Choice]:
    """Field by field what each record says and whose value survives by itself."""
    return [_choice(field, getattr(main, field), getattr(other, field)) for field in FIELDS]


def _choice(field: str, main: Any, other: Any) -> Choice:
    return Choice(field, main, other, Side.MAIN if main or not other else Side.OTHER)


def merges_of(worker: HealthWorker) -> QuerySet[WorkerMerge]:
    """The merges into a person's record, the latest first."""
    rows = WorkerMerge.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(canonical=worker.person)
    return rows.select_related("duplicate", "merged_by", "undone_by").order_by("-merged_at")
