"""Who is meant by a number, and what the ledger and the register hold of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from lientuc.core.clock import today
from lientuc.core.errors import Problem
from lientuc.core.names import fold, tidy
from lientuc.law.credits import RuleSet, regime_of
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Licence
from lientuc.registry.queries import facts_of_many

from ..models import CreditEntry
from ..rules import Activity, EntryDraft, RecordFacts, remarks

RECORD = "credits.record_entry"


def worker_named(*, by: Any, text: str) -> UUID | None:
    """The public id of the one person `by` may record for under a national number, a licence number or a public id."""
    return workers_named(by=by, texts=[text]).get(tidy(text))


def workers_named(*, by: Any, texts: Iterable[str]) -> dict[str, UUID]:
    """`{text: public id}` for the texts that name exactly one person in scope; three queries however many texts."""
    wanted = {tidy(text) for text in texts if tidy(text)}
    rows = HealthWorker.objects.visible_to(by, RECORD)
    found: dict[str, set[UUID]] = defaultdict(set)
    for part in _parts(sorted(wanted)):
        _gather(found, rows.filter(national_number__in=part), "national_number")
        _gather(found, rows.filter(public_id__in=[text for text in part if _is_public_id(text)]), "public_id")
        licences = Licence.objects.unscoped(WhyUnscoped.RULE).filter(number__in=part, worker__in=rows)
        for number, person in licences.values_list("number", _PERSON_OF_LICENCE):
            found[number].add(person)
    return {text: next(iter(persons)) for text, persons in found.items() if len(persons) == 1}


_PERSON = Coalesce("canonical__public_id", "public_id")
_PERSON_OF_LICENCE = Coalesce("worker__canonical__public_id", "worker__public_id")


def _parts(texts: list[str], size: int = 2_000) -> Iterable[list[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))


def _gather(found: dict[str, set[UUID]], rows: Any, field: str) -> None:
    for text, person in rows.values_list(field, _PERSON):
        found[str(text)].add(person)


def _is_public_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def facts_to_record(
    workers: Iterable[HealthWorker], on: date | None = None, without: Any = None
) -> dict[int, RecordFacts]:
    """`{worker id: facts}` for canonical persons: regime, birth, certificates and activities in force; three queries.

    `without`: public ids (a subquery) of entries that are left out.
    """
    people, on = list(workers), on or today()
    law = facts_of_many(people, on)
    certificates: dict[int, set[str]] = defaultdict(set)
    activities: dict[int, set[Activity]] = defaultdict(set)
    for person, key, *activity, title in _entries_in_force({worker.person for worker in people}, without):
        activities[person].add((*activity, fold(title)))
        if key:
            certificates[person].add(key)
    return {
        worker.pk: RecordFacts(
            on=on,
            regime=regime_of(law[worker.pk][0], on).regime,
            worker_name=worker.full_name,
            born_on=worker.born_on,
            birth_year=worker.birth_year,
            certificates=frozenset(certificates[worker.person]),
            activities=frozenset(activities[worker.person]),
        )
        for worker in people
    }


def _entries_in_force(persons: set[int], without: Any) -> Any:
    rows = CreditEntry.objects.unscoped(WhyUnscoped.RULE).filter(of_persons(persons), reversal__isnull=True)
    if without is not None:
        rows = rows.exclude(public_id__in=without)
    return rows.annotate(person=Coalesce("worker__canonical", F("worker"))).values_list(
        "person", "certificate_key", "activity_on", "form", "role", "title"
    )


def of_persons(persons: Iterable[int]) -> Q:
    """Entries of these canonical persons, recorded under any of their rows."""
    keys = list(persons)
    return Q(worker__in=keys) | Q(worker__canonical__in=keys)


def remarks_of(entry: CreditEntry) -> list[Problem]:
    """What the writer of an entry should know although it was recorded; two queries."""
    facts = facts_to_record([entry.worker])[entry.worker.pk]
    draft = EntryDraft(
        worker=entry.worker.public_id,
        activity_on=entry.activity_on,
        form=entry.form,
        role=entry.role,
        level=entry.level,
        units=entry.units,
        decided_hours=entry.facts.decided_hours,
        basis=entry.basis,
        title=entry.title,
    )
    return remarks(draft, facts, RuleSet.default())
