"""A list judged part by part and staged beside the register, so that taking it is one short, set-based step.

Staging touches nothing that anybody else reads or writes. Each part of the list is kept in a short transaction of its own;
a process that dies in the middle leaves staged rows without a judgement, which the next run clears away first.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction

from lientuc.core.clock import today
from lientuc.core.errors import Problem, Refused
from lientuc.trail.enums import RowState
from lientuc.trail.models import ImportBatch

from .behind import Behind
from .inserting import insert_rows
from .judging import Judged, KeptRow, RowReader, judge
from .people import LICENCE, PERSON, POST, Part, Shape, as_kept
from .places import Places
from .register import Passed

CHUNK = 5_000
Keep = Callable[[Sequence[KeptRow], Sequence[Judged]], None]
Told = Callable[[int], None]


@dataclass
class Tally:
    """What was found so far in a list."""

    rows: int = 0
    new: int = 0
    states: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, judged: Sequence[Judged]) -> None:
        """Count one part."""
        self.rows += len(judged)
        self.states.update(str(row.state) for row in judged)
        self.codes.update(problem.code for row in judged for problem in row.problems)
        self.new += sum(row.plan is not None and row.plan.is_new for row in judged)

    def counts(self) -> dict[str, Any]:
        """The counts as a batch keeps them."""
        return {
            "rows": self.rows,
            "good": self.states[RowState.GOOD],
            "bad": self.states[RowState.BAD],
            "unchanged": self.states[RowState.UNCHANGED],
            "new": self.new,
            "lost_zeros": self.codes["registry.number_lost_zeros"],
            "codes": dict(self.codes.most_common()),
        }


def stage(
    batch: ImportBatch,
    by: Any,
    sender: int,
    parts: Iterable[Sequence[KeptRow]],
    *,
    keep: Keep,
    step: int = 0,
    told: Told = lambda _: None,
) -> Tally:
    """Judge a list and stage what taking it would write; `keep` stores what becomes of the rows themselves.

    Raises Refused where another process has begun to stage the same list meanwhile.
    """
    token = _begin(batch, step)
    places = Places(by)
    reader = RowReader(batch.mapping, places, sender)
    passed, tally, on = Passed(batch, step), Tally(), today()

    def write(rows: Sequence[KeptRow], judged: Sequence[Judged]) -> None:
        with transaction.atomic():
            _hold(batch, token)
            keep(rows, judged)
            write_staged(batch, step, judged)

    with _without_collector(), Behind() as behind:
        passed.settle = behind.settle
        for rows in parts:
            judged = judge(reader.read(rows), places=places, on=on, passed=passed)
            behind.do(write, rows, judged)
            tally.add(judged)
            told(tally.rows)
    return tally


@contextmanager
def _without_collector() -> Iterator[None]:
    """Drafts and plans hold no cycles: looking for some takes a fifth of the time of judging."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _begin(batch: ImportBatch, step: int) -> str:
    """Clear what an earlier, perhaps killed, run left, and claim the list."""
    token = uuid4().hex
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        clear(batch, step)
        batch.counts = {**held.counts, "staging": token}
        batch.save(update_fields=["counts"])
    return token


def _hold(batch: ImportBatch, token: str) -> None:
    held = ImportBatch.objects.select_for_update().filter(pk=batch.pk).values_list("counts", flat=True).first()
    if held is None or held.get("staging") != token:
        raise Refused(Problem("registry.staged_elsewhere"))


def clear(batch: ImportBatch, step: int | None = None) -> None:
    """Forget what was staged for a list."""
    mine = {"batch": batch} if step is None else {"batch": batch, "step": step}
    for shape in (PERSON, POST, LICENCE):
        shape.staged.objects.filter(**mine).delete()


def write_staged(batch: ImportBatch, step: int, judged: Sequence[Judged]) -> None:
    """Keep the parts that rows make or change; a part met again replaces what an earlier row staged."""
    plans = [(row.number, row.plan) for row in judged if row.plan is not None and not row.plan.is_empty]
    people = _once((n, plan.person, None) for n, plan in plans if plan.is_new or plan.changes_person)
    posts = _once((n, plan.post, plan.person) for n, plan in plans if plan.post is not None)
    licences = _once((n, plan.licence, plan.person) for n, plan in plans if plan.licence is not None)
    for shape, parts in ((PERSON, people), (POST, posts), (LICENCE, licences)):
        again = [part.public_id for _, part, _ in parts if part.staged]
        for start in range(0, len(again), CHUNK):
            mine = {"batch": batch, "step": step, f"{shape.ref}__in": again[start : start + CHUNK]}
            shape.staged.objects.filter(**mine).delete()
        _insert(batch, step, shape, parts)


def _once(parts: Iterable[tuple[int, Any, Any]]) -> list[tuple[int, Any, Any]]:
    return list({part.public_id: (number, part, person) for number, part, person in parts}.values())


def _insert(batch: ImportBatch, step: int, shape: Shape, parts: Sequence[tuple[int, Part, Any]]) -> None:
    own = shape.columns
    columns = ["batch_id", "step", "number", "is_new", "before", "remark"]
    refs = ["worker_ref"] if shape is PERSON else ["worker_ref", shape.ref]
    more = ["name_fold"] if shape is POST else []
    insert_rows(
        shape.staged._meta.db_table,
        [*columns, *refs, *more, *(shape.staged_name(name) for name in own)],
        _values(batch.pk, step, shape, parts),
    )


def _values(batch: int, step: int, shape: Shape, parts: Iterable[tuple[int, Part, Any]]) -> Iterator[list[Any]]:
    own = shape.columns
    for number, part, person in parts:
        before = json.dumps(as_kept(part.before), ensure_ascii=False) if part.before else "{}"
        values = [batch, step, number, part.is_new, before, ""]
        if person is not None:
            values.append(person.public_id)
        values.append(part.public_id)
        if shape is POST:
            values.append(person.name_fold)
        values += [getattr(part, name) for name in own]
        yield values


def chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Rows in parts."""
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) >= size:
            yield part
            part = []
    if part:
        yield part
