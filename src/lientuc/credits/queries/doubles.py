"""Where the same hours might count twice: the same certificate, the same activity, one window after another regime's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from lientuc.law.credits import Regime
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Licence

from ..enums import DoubleKind
from ..models import CreditEntry, StandingRow
from .people import of_persons
from .standings import VIEW

_PERSON = Coalesce("worker__canonical", "worker")


@dataclass(frozen=True)
class Double:
    """Entries in force of one person that are, or may be, the same hours.

    `since`: the day from which a person's licence brought another regime, None for the other kinds.
    """

    kind: DoubleKind
    worker: HealthWorker
    entries: tuple[CreditEntry, ...]
    since: date | None = None


@dataclass(frozen=True)
class Chosen:
    """Which doubles to look for."""

    kind: str = ""
    organisation: Organisation | None = None
    worker: HealthWorker | None = None


def doubles_of(*, by: Any, chosen: Chosen, most: int | None = None) -> list[Double]:
    """Doubles among what `by` may see, at most `most` of each kind; at most seven queries."""
    kinds = [DoubleKind(chosen.kind)] if chosen.kind else list(DoubleKind)
    found: list[Double] = []
    for kind in kinds:
        if kind is DoubleKind.REGIME_CHANGED:
            found += _regime_changed(by, chosen, most)
        else:
            found += _alike(kind, by, chosen, most)
    return found


def _entries(by: Any, chosen: Chosen) -> QuerySet[Any]:
    rows: QuerySet[CreditEntry] = CreditEntry.objects.visible_to(by, VIEW).filter(reversal__isnull=True)
    if chosen.organisation is not None:
        rows = rows.filter(worker__keeper=chosen.organisation)
    if chosen.worker is not None:
        rows = rows.filter(of_persons([chosen.worker.person]))
    return rows.annotate(person=_PERSON, title_low=Lower("title"))


# What entries of one person have in common; the law counts the first kind once by itself.
_COMMON = {
    DoubleKind.SAME_CERTIFICATE: ("certificate_key",),
    DoubleKind.SAME_ACTIVITY: ("activity_on", "title_low"),
}


def _alike(kind: DoubleKind, by: Any, chosen: Chosen, most: int | None) -> list[Double]:
    common = ("person", *_COMMON[kind])
    rows = _entries(by, chosen)
    if kind is DoubleKind.SAME_CERTIFICATE:
        rows = rows.exclude(certificate_key="")
    groups = rows.order_by().values_list(*common).annotate(n=Count("pk")).filter(n__gt=1).order_by(*common)
    keys = [group[:-1] for group in (groups if most is None else groups[:most])]
    listed = rows.filter(person__in={key[0] for key in keys}).select_related("worker__keeper", "worker__canonical")
    by_key: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in listed.order_by("activity_on", "pk"):
        by_key[tuple(getattr(row, name) for name in common)].append(row)
    found = [Double(kind, _person(by_key[key][0]), tuple(by_key[key])) for key in keys]
    return sorted(found, key=lambda double: (double.worker.name_sort, double.worker.pk))


def _person(entry: CreditEntry) -> HealthWorker:
    worker: HealthWorker = entry.worker.canonical or entry.worker
    return worker


def _regime_changed(by: Any, chosen: Chosen, most: int | None) -> list[Double]:
    """People whose window of regime P holds entries of before their first practised licence, when regime S asked for them."""
    first = (
        Licence.objects.unscoped(WhyUnscoped.RULE)
        .filter(Q(worker=OuterRef("worker")) | Q(worker__canonical=OuterRef("worker")), practising=True)
        .order_by()
        .values(one=F("practising"))
        .annotate(first=Min("issued_on"))
        .values("first")
    )
    rows = StandingRow.objects.visible_to(by, VIEW).filter(regime=Regime.P, window_start_on__isnull=False)
    if chosen.organisation is not None:
        rows = rows.filter(worker__keeper=chosen.organisation)
    if chosen.worker is not None:
        rows = rows.filter(worker=chosen.worker.person)
    rows = rows.annotate(since=Subquery(first)).filter(since__gt=F("window_start_on"))
    listed = list(rows.select_related("worker__keeper").order_by("worker__name_sort", "pk"))
    entries = _before(by, chosen, listed)
    found = [
        Double(DoubleKind.REGIME_CHANGED, row.worker, tuple(entries[row.worker_id]), row.since)
        for row in listed
        if entries[row.worker_id]
    ]
    return found if most is None else found[:most]


def _before(by: Any, chosen: Chosen, rows: Iterable[Any]) -> dict[int, list[CreditEntry]]:
    """What counts in each person's window although it was done before the licence."""
    since = {row.worker_id: (row.window_start_on, row.since) for row in rows}
    found: dict[int, list[Any]] = defaultdict(list)
    if not since:
        return found
    entries = _entries(by, chosen).filter(
        person__in=list(since),
        activity_on__gte=min(start for start, _ in since.values()),
        activity_on__lt=max(first for _, first in since.values()),
    )
    for entry in entries.select_related("worker__keeper").order_by("activity_on", "pk"):
        start, first = since[entry.person]
        if start <= entry.activity_on < first:
            found[entry.person].append(entry)
    return found
