"""A conference, a scientific meeting, a case conference: one activity of many people, recorded by one paste of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from lientuc.accounts.permissions import require
from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.law.credits import RuleSet
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.intake.file import kept_problem
from lientuc.registry.models import HealthWorker
from lientuc.trail.enums import ImportState, RowState
from lientuc.trail.models import ImportBatch, ImportRow
from lientuc.trail.record import action

from ..enums import EntrySource
from ..intake.preview import ALREADY
from ..ledger import new_entry
from ..locking import locked_people
from ..models import CreditEntry
from ..queries.imports import NAMES, home_of
from ..queries.people import RECORD, facts_to_record
from ..refresh import refresh_standings
from ..rules import EntryDraft, RecordFacts, problems, tidied

SHEET = "names"
NamedLine = tuple[str, UUID | None]


@action("credits.record_names")
def record_names(*, draft: EntryDraft, lines: Sequence[NamedLine], by: Any, key: str = "") -> ImportBatch:
    """Record one activity for everybody named: the pasted line and the person it means, None where nobody was found.

    Who has a problem (recorded already, not in scope) is parked with it; the whole is kept as a list that can be undone.
    Refused where nobody at all can be recorded.
    """
    require(by, RECORD)
    home = home_of(by)
    if home is None:
        raise Refused(Problem("credits.no_home"))
    draft = tidied(draft)
    batch = ImportBatch.objects.create(
        kind=NAMES,
        file_name=draft.title[:200],
        sha256="",
        sender=str(home.public_id),
        mapping={SHEET: {"headings": ["Họ và tên"], "columns": {"0": "worker_name"}}},
        made_by=str(by.public_id),
    )
    rows, entries = _judged(batch, draft, lines, by)
    if not entries:
        raise Refused([*_shared_problems(rows), Problem("credits.nobody_recorded", "names")])
    CreditEntry.objects.unscoped(WhyUnscoped.RULE).bulk_create(entries, batch_size=1_000)
    ImportRow.objects.bulk_create(rows, batch_size=1_000)
    batch.counts = dict(Counter(str(row.state) for row in rows))
    batch.state = ImportState.TAKEN if len(entries) == len(rows) else ImportState.TAKEN_IN_PART
    batch.save(update_fields=["counts", "state"])
    refresh_standings([entry.worker for entry in entries], today())
    return batch


def _judged(
    batch: ImportBatch, draft: EntryDraft, lines: Sequence[NamedLine], by: Any
) -> tuple[list[ImportRow], list[CreditEntry]]:
    """A row for each line, and an entry for each person without problem."""
    people, facts, rules = *_people(lines, by), RuleSet.default()
    rows, entries = [], []
    for place, (text, named) in enumerate(lines, start=1):
        worker = people.get(named) if named else None
        one = replace(draft, worker=named if worker else None)
        known = facts[worker.pk] if worker else RecordFacts(on=today())
        found = problems(one, known, rules)
        row = ImportRow(batch=batch, sheet=SHEET, number=place, cells=[text], state=_state(found))
        row.problems = [kept_problem(problem, 0) for problem in found]
        if worker and not found:
            facts[worker.pk] = known.with_entry(one)
            entries.append(new_entry(one, worker, source=EntrySource.NAMES, by=by))
            row.subject = str(entries[-1].ref)
        rows.append(row)
    return rows, entries


def _people(lines: Sequence[NamedLine], by: Any) -> tuple[dict[UUID, HealthWorker], dict[int, RecordFacts]]:
    """The people named that `by` may record for, locked, by public id; and what is known of them."""
    wanted = {named for _, named in lines if named}
    rows = HealthWorker.objects.visible_to(by, RECORD).filter(public_id__in=wanted)
    persons = {row.public_id: row.person for row in rows}
    locked = locked_people(persons.values())
    return {public_id: locked[person] for public_id, person in persons.items()}, facts_to_record(locked.values())


def _state(found: Sequence[Problem]) -> RowState:
    if not found:
        return RowState.TAKEN
    return RowState.UNCHANGED if {problem.code for problem in found} <= ALREADY else RowState.PARKED


def _shared_problems(rows: Sequence[ImportRow]) -> list[Problem]:
    """What is wrong with the activity itself: the problems that every line has."""
    found = [{(p["code"], p["field"]) for p in row.problems} for row in rows]
    shared = set.intersection(*found) if found else set()
    return [
        Problem(code, field) for code, field in sorted(shared, key=str) if code not in {"credits.no_worker", *ALREADY}
    ]
