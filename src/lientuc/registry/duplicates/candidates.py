"""Pairs of records that may be one person: found in the database by equal keys, never by comparing everybody with everybody.

Each search joins two records on something equal (a licence, an old number, a name with something beside it), so that its
cost follows the number of likenesses. Only found pairs are scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from lientuc.core.clock import today
from lientuc.places.scope import WhyUnscoped

from ..enums import Likeness, PairState
from ..models import HealthWorker, Licence, Post
from ..queries.people import posts_in_force
from .models import DuplicatePair
from .rules import SHOWN, RecordFacts, licence_key, likeness, score

_BATCH = 2_000
_KEYS = 500

_LICENCE_KEY = "LTRIM(UPPER(REPLACE(REPLACE({0}.number, ' ', ''), '.', '')), '0')"
_ALIVE = "a.canonical_id IS NULL AND b.canonical_id IS NULL AND a.id <> b.id"
_PEOPLE = "registry_healthworker a JOIN registry_healthworker b"

SEARCHES = (
    # one licence on two records, however the number is written
    f"SELECT a.id, b.id FROM registry_licence la JOIN registry_licence lb ON {_LICENCE_KEY.format('la')} = "
    f"{_LICENCE_KEY.format('lb')} JOIN registry_healthworker a ON a.id = la.worker_id "
    f"JOIN registry_healthworker b ON b.id = lb.worker_id WHERE {_ALIVE}",
    # one old identity number
    f"SELECT a.id, b.id FROM {_PEOPLE} ON a.old_number = b.old_number AND a.old_number <> '' AND b.old_number <> '' "
    f"WHERE {_ALIVE}",
    # one name and one date of birth
    f"SELECT a.id, b.id FROM {_PEOPLE} ON a.name_fold = b.name_fold AND a.birth_year = b.birth_year "
    f"AND a.born_on = b.born_on WHERE {_ALIVE}",
    # one name and one phone
    f"SELECT a.id, b.id FROM {_PEOPLE} ON a.name_fold = b.name_fold AND a.phone = b.phone AND a.phone <> '' "
    f"WHERE {_ALIVE}",
    # one name and one year, one of them without the day: only within a province, the nation has thousands of them
    f"SELECT a.id, b.id FROM {_PEOPLE} ON a.name_fold = b.name_fold AND a.birth_year = b.birth_year "
    "JOIN places_organisation ka ON ka.id = a.keeper_id JOIN places_organisation kb ON kb.id = b.keeper_id "
    f"AND kb.province_code = ka.province_code WHERE {_ALIVE} AND (a.born_on IS NULL OR b.born_on IS NULL)",
    # one name at one unit
    f"SELECT a.id, b.id FROM {_PEOPLE} ON a.name_fold = b.name_fold "
    "JOIN registry_post pa ON pa.worker_id = a.id AND pa.to_on IS NULL "
    f"JOIN registry_post pb ON pb.worker_id = b.id AND pb.to_on IS NULL AND pb.organisation_id = pa.organisation_id "
    f"WHERE {_ALIVE}",
)


# The last search again, for everybody at once: names and units side by side, joined on both.
_EVERYBODY_BY_UNIT = (
    "WITH held AS MATERIALIZED (SELECT w.id, w.name_fold, w.canonical_id, p.organisation_id FROM registry_healthworker w "
    "JOIN registry_post p ON p.worker_id = w.id AND p.to_on IS NULL) SELECT a.id, b.id FROM held a JOIN held b "
    f"ON a.organisation_id = b.organisation_id AND a.name_fold = b.name_fold WHERE {_ALIVE}"
)


def find_pairs(workers: Iterable[int] | None = None) -> int:
    """Look for likenesses of `workers` (keys; everybody when None) and keep them; how many pairs now wait for a person.

    Decided pairs stay as decided; pairs no longer alike are noted as gone.
    """
    keys = None if workers is None else sorted(set(workers))
    if keys == []:
        return 0
    found = _scored(_pairs(keys))
    _note_gone(keys, set(found))
    _keep(found)
    return len(found)


def _parts(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    listed = list(values)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def _pairs(keys: Sequence[int] | None) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for search in SEARCHES if keys is not None else (*SEARCHES[:-1], _EVERYBODY_BY_UNIT):
        for part in [None] if keys is None else list(_parts(keys, _KEYS)):
            found.update(_rows(search, part))
    return found


def _rows(search: str, part: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    wanted = " AND a.id < b.id" if part is None else f" AND a.id IN ({', '.join(['%s'] * len(part))})"
    with connection.cursor() as cursor:
        cursor.execute(search + wanted, list(part or ()))
        for one, other in cursor.fetchall():
            yield (one, other) if one < other else (other, one)


def _scored(pairs: set[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, tuple[Likeness, ...]]]:
    found = {}
    for part in _parts(sorted(pairs), _BATCH):
        facts = facts_of_records({key for pair in part for key in pair})
        for pair in part:
            reasons = likeness(facts[pair[0]], facts[pair[1]])
            points = score(reasons)
            if points >= SHOWN:
                found[pair] = points, reasons
    return found


def facts_of_records(keys: Iterable[int]) -> dict[int, RecordFacts]:
    """What is compared of each record; three queries."""
    wanted = list(keys)
    units: dict[int, set[int]] = {}
    posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(posts_in_force(today()), worker__in=wanted)
    for worker, unit in posts.values_list("worker", "organisation"):
        units.setdefault(worker, set()).add(unit)
    licences: dict[int, set[str]] = {}
    held = Licence.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=wanted)
    for worker, number in held.values_list("worker", "number"):
        licences.setdefault(worker, set()).add(licence_key(number))
    people = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=wanted)
    return {row.pk: _facts(row, units.get(row.pk, set()), licences.get(row.pk, set())) for row in people}


def _facts(row: HealthWorker, units: set[int], licences: set[str]) -> RecordFacts:
    return RecordFacts(
        name=row.name_fold,
        national_number=row.national_number or "",
        old_number=row.old_number,
        born_on=row.born_on,
        birth_year=row.birth_year,
        sex=row.sex,
        phone=row.phone,
        email=row.email,
        units=frozenset(units),
        licences=frozenset(licences - {""}),
    )


def _note_gone(keys: Sequence[int] | None, alike: set[tuple[int, int]]) -> None:
    """Open pairs that were looked at again and are no longer alike; a corrected record mends its own worklist."""
    rows = DuplicatePair.objects.unscoped(WhyUnscoped.REBUILD)
    for part in [None] if keys is None else list(_parts(keys, _KEYS)):
        looked_at = Q() if part is None else Q(first__in=part) | Q(second__in=part)
        waiting = rows.filter(looked_at, state=PairState.OPEN).values_list("pk", "first_id", "second_id")
        gone = [pk for pk, one, other in waiting if (one, other) not in alike]
        for some in _parts(gone, _BATCH):
            rows.filter(pk__in=some).update(state=PairState.GONE)


def _keep(found: dict[tuple[int, int], tuple[int, tuple[Likeness, ...]]]) -> None:
    rows = DuplicatePair.objects.unscoped(WhyUnscoped.REBUILD)
    for part in _parts(found, _BATCH):
        made = [
            DuplicatePair(first_id=one, second_id=other, score=found[one, other][0], reasons=list(found[one, other][1]))
            for one, other in part
        ]
        rows.bulk_create(
            made, update_conflicts=True, unique_fields=["first", "second"], update_fields=["score", "reasons"]
        )
        firsts = {one for one, _ in part}
        gone = rows.filter(first__in=firsts, state=PairState.GONE).values_list("pk", "first_id", "second_id")
        again = [pk for pk, one, other in gone if (one, other) in found]
        rows.filter(pk__in=again).update(state=PairState.OPEN)
