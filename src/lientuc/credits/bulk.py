"""Everybody's standing at once: the law over columns of an extract, and the table of standings written from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from lientuc.core.clock import today
from lientuc.law import Certainty, columns
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker
from lientuc.registry.queries import facts_of_many

from .extract import MEMORY, Extract, refreshed_extract
from .locking import locked_people
from .models import CreditEntry, Reversal, StandingRow
from .refresh import BATCH, COLUMNS, refresh_standings

_CERTAINTIES = tuple(Certainty)


@dataclass(frozen=True)
class Moved:
    """People of one province, title and care level who go from one status to another (or stay)."""

    province_code: str
    title: str
    care_level: str
    before: str
    after: str
    persons: int


def refresh_whole(on: date, told: Callable[[int], None] = lambda _: None) -> int:
    """Reckon everybody by columns and write every standing; how many persons. Whoever changed meanwhile is left to the plain law."""
    rules = RuleSet.default()
    extract = refreshed_extract(on, anew=True)
    written = 0
    for rows in _standings(extract, rules):
        _write(rows, extract, rules)
        written += len(rows)
        told(min(99, written * 100 // max(1, extract.persons)))
    return written


def moved_by(extract: Extract, rules: RuleSet) -> list[Moved]:
    """Who changes status where `rules` replace those in force, by province × title × care level; everybody is in one group."""
    with TemporaryDirectory(prefix="lientuc-what-if-") as spill:
        backend = _engine(spill)
        before = backend.read_parquet(prepared(extract))
        after = _answers(backend, extract, rules).select("worker", after="status")
        people = backend.read_parquet(extract.path("workers")).select("worker", "province_code", "title", "care_level")
        joined = people.join(before, "worker").join(after, "worker")
        groups = joined.group_by("province_code", "title", "care_level", "before", "after").aggregate(
            persons=joined.count()
        )
        return [Moved(**row) for row in backend.to_pyarrow(groups.order_by(groups.columns[:5])).to_pylist()]


def prepared(extract: Extract) -> Path:
    """The file of everybody's status by the rules in force: reckoned once for an extract, then kept beside it."""
    rules = RuleSet.default()
    kept = extract.path(f"status-{rules.key}")
    if not kept.exists():
        half = kept.with_suffix(f".{os.getpid()}.part")
        with TemporaryDirectory(prefix="lientuc-standings-") as spill:
            backend = _engine(spill)
            backend.to_parquet(_answers(backend, extract, rules).select("worker", before="status"), half)
        half.replace(kept)
    return kept


def _engine(spill: str) -> Any:
    return ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=spill)


def _answers(backend: Any, extract: Extract, rules: RuleSet) -> ibis.Table:
    schemas = {"workers": columns.WORKERS, "entries": columns.ENTRIES, "exemptions": columns.EXEMPTIONS}
    tables = [backend.read_parquet(extract.path(name)).select(*schema.names) for name, schema in schemas.items()]
    return columns.standings(tables[0], tables[1], tables[2], extract.day, rules)


def _standings(extract: Extract, rules: RuleSet) -> Iterator[list[dict[str, Any]]]:
    with TemporaryDirectory(prefix="lientuc-standings-") as spill:
        backend = _engine(spill)
        found = _answers(backend, extract, rules)
        for batch in backend.to_pyarrow_batches(found.order_by("worker"), chunk_size=BATCH):
            rows = batch.to_pylist()
            for start in range(0, len(rows), BATCH):
                yield rows[start : start + BATCH]


@transaction.atomic
def _write(rows: list[dict[str, Any]], extract: Extract, rules: RuleSet) -> None:
    """Under the people's locks: rows of people whose entries or licence changed since the extract are reckoned by the plain law."""
    people = locked_people([row["worker"] for row in rows])
    changed = _changed_since(extract, people)
    kept = [row for row in rows if row["worker"] in people and row["worker"] not in changed]
    StandingRow.objects.unscoped(WhyUnscoped.REBUILD).bulk_create(
        [_standing_row(row, extract.day, rules.key) for row in kept],
        update_conflicts=True,
        unique_fields=["worker"],
        update_fields=COLUMNS,
        batch_size=BATCH,
    )
    if changed:
        refresh_standings([people[key] for key in sorted(changed)], extract.day, rules)


def _changed_since(extract: Extract, people: dict[int, HealthWorker]) -> set[int]:
    """People with entries or reversals later than the extract, or merged, left or licensed otherwise since it was made."""
    person = Coalesce("worker__canonical", F("worker"))
    newer = CreditEntry.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__gt=extract.entry_mark)
    taken_back = Reversal.objects.unscoped(WhyUnscoped.REBUILD).filter(pk__gt=extract.reversal_mark)
    of_entry = Coalesce("entry__worker__canonical", F("entry__worker"))
    touched = {*newer.values_list(person, flat=True), *taken_back.values_list(of_entry, flat=True)}
    merged = {key for key, row in people.items() if row.canonical_id is not None}
    return {key for key in people if key in touched} | merged | _changed_facts(extract, people)


def _changed_facts(extract: Extract, people: dict[int, HealthWorker]) -> set[int]:
    """Whose facts are no longer those of the extract."""
    facts = facts_of_many(people.values(), extract.day)
    return {key for key, known in _facts_of(extract, people).items() if known != _plain(facts[key])}


def _facts_of(extract: Extract, people: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    keys = sorted(people)
    if not keys:
        return {}
    between = [("worker", ">=", keys[0]), ("worker", "<=", keys[-1])]
    workers = pq.read_table(extract.path("workers"), filters=between).to_pylist()
    leaves: dict[int, list[tuple[Any, Any]]] = {}
    for row in pq.read_table(extract.path("exemptions"), filters=between).to_pylist():
        leaves.setdefault(row["worker"], []).append((row["from_on"], row["to_on"] or date.max))
    names = columns.WORKERS.names[1:]
    return {row["worker"]: (*(row[name] for name in names), sorted(leaves.get(row["worker"], []))) for row in workers}


def _plain(facts: Any) -> tuple[Any, ...]:
    worker, exemptions = facts
    return (
        worker.title.value,
        worker.licence_kind.value,
        worker.practising,
        worker.licence_issued_on,
        worker.licence_valid_to,
        worker.converted_on,
        sorted((e.from_on, e.to_on or date.max) for e in exemptions),
    )


def _standing_row(row: dict[str, Any], on: date, rule_set: str) -> StandingRow:
    return StandingRow(
        worker_id=row["worker"],
        on_date=on,
        regime=row["regime"],
        unit=row["unit"],
        required_quarters=row["required"],
        counted_quarters=row["counted"],
        secondary_quarters=row["secondary"],
        shortfall_quarters=row["shortfall"],
        yearly_floor_met=row["yearly_floor_met"],
        status=row["status"],
        certainty=_CERTAINTIES[row["certainty_weight"]].value,
        deadline_on=row["deadline_on"],
        window_start_on=row["window_start"],
        window_end_on=row["window_end"],
        rule_set=rule_set,
        refreshed_on=today(),
    )
