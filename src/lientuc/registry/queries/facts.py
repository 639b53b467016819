"""What the law floor must know of workers: the licence that counts, and the times exempt from the duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from lientuc.core.clock import today
from lientuc.law import workers as law
from lientuc.law.credits import Exemption, ExemptionBasis, exempts
from lientuc.law.parameters import shipped
from lientuc.places.scope import WhyUnscoped

from ..enums import LeaveBasis, LicenceKind
from ..models import HealthWorker, Leave, Licence

Facts = tuple[law.WorkerFacts, tuple[Exemption, ...]]

# Above this many people the key list is cut: a statement holds some thousand values.
_KEYS = 5_000


def facts_of(worker: HealthWorker, on: date | None = None) -> law.WorkerFacts:
    """What the law must know of one worker on a day (today when not said)."""
    return facts_of_many([worker], on)[worker.pk][0]


def facts_of_many(workers: Iterable[HealthWorker], on: date | None = None) -> dict[int, Facts]:
    """`{worker id: (facts, exemptions)}`; two queries for each 5,000 people, and one more where duplicates are among them.

    A merged duplicate is answered for by its canonical person, with the licences and leaves of both rows.
    """
    rows, on = list(workers), on or today()
    found: dict[int, Facts] = {}
    for start in range(0, len(rows), _KEYS):
        found |= _facts_of_some(rows[start : start + _KEYS], on)
    return found


def _facts_of_some(rows: list[HealthWorker], on: date) -> dict[int, Facts]:
    persons = {row.person for row in rows}
    titles = {row.pk: row.title for row in rows if row.canonical_id is None}
    elsewhere = persons - titles.keys()
    if elsewhere:
        others = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=elsewhere)
        titles |= dict(others.values_list("pk", "title"))
    licences = _by_person(Licence.objects.unscoped(WhyUnscoped.ROW_IN_HAND), persons)
    leaves = _by_person(Leave.objects.unscoped(WhyUnscoped.ROW_IN_HAND).order_by("from_on"), persons)
    known = {
        person: (_worker_facts(titles[person], licences[person], on), _exemptions(leaves[person], on))
        for person in persons
    }
    return {row.pk: known[row.person] for row in rows}


def _by_person(rows: QuerySet[Any], persons: set[int]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    mine = Q(worker__in=persons) | Q(worker__canonical__in=persons)
    for row in rows.filter(mine).select_related("worker"):
        grouped[row.worker.person].append(row)
    return grouped


def _worker_facts(title: str, licences: list[Licence], on: date) -> law.WorkerFacts:
    licence = counting_licence(licences, on)
    if licence is None:
        return law.WorkerFacts(law.Title(title))
    return licence_facts(title, licence)


def facts_from(title: str, licences: Iterable[Licence], leaves: Iterable[Leave], on: date) -> Facts:
    """The facts of one person whose licences and leaves are at hand already; no query."""
    return _worker_facts(title, list(licences), on), _exemptions(leaves, on)


def licence_facts(title: str, licence: Licence) -> law.WorkerFacts:
    """A worker with one licence, as the law asks."""
    return law.WorkerFacts(
        title=law.Title(title),
        licence_kind=law.LicenceKind(licence.kind),
        practising=licence.practising,
        licence_issued_on=licence.issued_on,
        licence_valid_to=licence.valid_to,
        converted_on=licence.converted_on,
    )


def counting_licence(licences: Iterable[Licence], on: date) -> Licence | None:
    """The licence that counts on a day: practised before unused, GPHN before CCHN, then the latest issued."""
    held = [
        licence
        for licence in licences
        if (licence.withdrawn_on is None or licence.withdrawn_on > on)
        and (licence.issued_on is None or licence.issued_on <= on)
    ]
    return max(held, key=_weight, default=None)


def _weight(licence: Licence) -> tuple[bool, bool, date, int]:
    return licence.practising, licence.kind == LicenceKind.GPHN, licence.issued_on or date.min, licence.pk


# What the law calls the bases under which a leave is recorded.
LAW_BASES = {
    LeaveBasis.LONG_STUDY: ExemptionBasis.LONG_TERM_TRAINING,
    LeaveBasis.MATERNITY: ExemptionBasis.MATERNITY,
    LeaveBasis.SICKNESS: ExemptionBasis.SICKNESS,
    LeaveBasis.SECONDED_ABROAD: ExemptionBasis.SECONDED_ABROAD,
    LeaveBasis.OTHER: ExemptionBasis.OTHER,
}


def exempting_bases(on: date) -> frozenset[LeaveBasis]:
    """The bases of leave that exempt from the duty by the text in force on `on`."""
    return frozenset(basis for basis, named in LAW_BASES.items() if exempts(named, on, shipped()))


def _exemptions(leaves: Iterable[Leave], on: date) -> tuple[Exemption, ...]:
    """The leaves that exempt; the others stay in the register and shrink nothing."""
    exempting = exempting_bases(on)
    return tuple(Exemption(leave.from_on, leave.to_on, leave.basis) for leave in leaves if leave.basis in exempting)
