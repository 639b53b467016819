"""The rows a reorganisation changes: each change is kept with what was before, so that it can be shown and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Q

from lientuc.core.ids import new_public_id
from lientuc.places.enums import Line
from lientuc.places.models import Organisation, OrganisationLine, OrganisationSuccession
from lientuc.places.succession import Passing, all_of, named_at

from ..enums import MoveKind
from ..models import HealthWorker, Post, Provider, ProviderAuthority
from .models import Reorganisation, ReorganisationMove, ReorganisationPart

_BATCH = 1_000

# What a reorganisation writes about itself is no use made of a new unit.
_OWN = (Reorganisation, ReorganisationPart, OrganisationSuccession)


class Ledger:
    """Every change of one reorganisation, written at the end."""

    def __init__(self, reorganisation: Reorganisation) -> None:
        self.reorganisation = reorganisation
        self._moves: list[ReorganisationMove] = []

    def change(self, rows: Iterable[Any], kind: MoveKind, **values: Any) -> int:
        """Set columns of rows, keeping what they held; how many rows changed."""
        listed = list(rows)
        for row in listed:
            before = {name: _plain(getattr(row, name)) for name in values}
            for name, value in values.items():
                setattr(row, name, value)
            self._note(row, kind, before, {name: _plain(value) for name, value in values.items()})
        if listed:
            names = [type(listed[0])._meta.get_field(name).name for name in values]
            all_of(type(listed[0])).bulk_update(listed, names, batch_size=_BATCH)
        return len(listed)

    def make(self, rows: Iterable[Any]) -> list[Any]:
        """Insert rows and keep that they are new."""
        listed = list(rows)
        for model, some in _by_model(listed).items():
            model._base_manager.bulk_create(some, batch_size=_BATCH)
        for row in listed:
            self._note(row, MoveKind.MADE, {}, {})
        return listed

    def made(self, row: Any) -> None:
        """Keep that a row is new which another action inserted."""
        self._note(row, MoveKind.MADE, {}, {})

    def write(self) -> dict[str, int]:
        """Store everything; rows by table."""
        ReorganisationMove._base_manager.bulk_create(self._moves, batch_size=_BATCH)
        counts: dict[str, int] = defaultdict(int)
        for move in self._moves:
            counts[move.table] += 1
        return dict(counts)

    def _note(self, row: Any, kind: MoveKind, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self._moves.append(
            ReorganisationMove(
                reorganisation=self.reorganisation,
                table=row._meta.label,
                row_id=row.pk,
                kind=kind,
                before=dict(before),
                after=dict(after),
            )
        )


def _by_model(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[type(row)].append(row)
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date | datetime) else value


def pass_open_work(ledger: Ledger, passing: Passing, unit: Organisation, heir: Organisation, on: date, only: Q) -> None:
    """Let one kind of open work go on at `heir`; `only` narrows it to those who go (a split)."""
    rows = list(passing.rows(unit).filter(only))
    staying = set(passing.staying(unit, heir))
    column = passing.model._meta.get_field(passing.column).attname
    if passing.dated is None:
        ledger.change((row for row in rows if row.pk not in staying), MoveKind.MOVED, **{column: heir.pk})
        return
    begun = [row for row in rows if row.from_on is None or row.from_on < on]
    later = [row for row in rows if row.from_on is not None and row.from_on >= on and row.pk not in staying]
    anew = [_anew(row, column, heir.pk, on) for row in begun if row.pk not in staying]
    ledger.change(begun, MoveKind.ENDED, to_on=passing.last_day(on), **passing.dated)
    ledger.change(later, MoveKind.MOVED, **{column: heir.pk})
    ledger.make(anew)


def _anew(row: Any, column: str, heir: int, on: date) -> Any:
    """A copy of a dated row that begins at the heir."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    values |= {column: heir, "from_on": on, "to_on": None, "public_id": new_public_id()}
    return type(row)(**values)


def pass_lines(ledger: Ledger, unit: Organisation, heir: Organisation, on: date) -> None:
    """The units below stand below the heir from the day on; the unit itself stays where it was, or nobody would see its history."""
    below = list(OrganisationLine.objects.filter(parent=unit, to_on__isnull=True).exclude(organisation=heir))
    last = on - timedelta(days=1)
    begun = [line for line in below if line.from_on < on]
    later = [line for line in below if line.from_on >= on]
    ledger.change(begun, MoveKind.ENDED, to_on=last)
    ledger.change(later, MoveKind.MOVED, parent_id=heir.pk)
    ledger.make(
        OrganisationLine(organisation_id=line.organisation_id, line=line.line, parent=heir, from_on=on)
        for line in begun
    )


def mend_responsibility(ledger: Ledger, heir: Organisation) -> None:
    """People whose responsible post ended where they had another one: the heir's post answers now."""
    people = Post._base_manager.filter(organisation=heir, to_on__isnull=True).values("worker")
    held = Q(posts__to_on__isnull=True, posts__responsible_for_training=True)
    without = (
        HealthWorker._base_manager.filter(pk__in=people)
        .annotate(answering=Count("posts", filter=held))
        .filter(answering=0)
    )
    posts = Post._base_manager.filter(organisation=heir, to_on__isnull=True, worker__in=without.values("pk"))
    ledger.change(posts, MoveKind.MOVED, responsible_for_training=True)


def pass_authority(ledger: Ledger, unit: Organisation, heir: Organisation, on: date, decision: str) -> None:
    """A provider's codes end with it; where a decision says so they go on at the heir."""
    codes = list(
        ProviderAuthority._base_manager.filter(provider__organisation=unit, to_on__isnull=True, from_on__lt=on)
    )
    if not codes:
        return
    ledger.change(codes, MoveKind.ENDED, to_on=on - timedelta(days=1))
    if not decision:
        return
    provider = Provider._base_manager.filter(organisation=heir).first()
    if provider is None:
        (provider,) = ledger.make([Provider(organisation=heir)])
    anew = [_anew(code, "provider_id", provider.pk, on) for code in codes]
    for code in anew:
        code.decision = decision
    ledger.make(anew)


def changed_since(reorganisation: Reorganisation) -> int:
    """Rows that no longer stand as the reorganisation left them."""
    changed = 0
    for table, moves in _moves_by_table(reorganisation).items():
        rows = all_of(apps.get_model(table)).in_bulk([move.row_id for move in moves])
        final: dict[int, dict[str, Any]] = {move.row_id: {} for move in moves}
        for move in moves:
            final[move.row_id] |= move.after
        for row_id, after in final.items():
            row = rows.get(row_id)
            changed += row is None or any(_plain(getattr(row, name)) != value for name, value in after.items())
    return changed


def added_since(reorganisation: Reorganisation, heir: Organisation) -> dict[str, int]:
    """Rows that name a newly founded unit and were not brought there by the reorganisation: `{table: rows}`."""
    known = {(table, move.row_id) for table, moves in _moves_by_table(reorganisation).items() for move in moves}
    added: dict[str, int] = {}
    for model, _, rows in named_at(heir):
        if model in _OWN:
            continue
        new = sum((model._meta.label, key) not in known for key in rows.values_list("pk", flat=True))
        if new:
            added[model._meta.label] = added.get(model._meta.label, 0) + new
    return added


def _moves_by_table(reorganisation: Reorganisation) -> dict[str, list[ReorganisationMove]]:
    found: dict[str, list[ReorganisationMove]] = defaultdict(list)
    for move in ReorganisationMove._base_manager.filter(reorganisation=reorganisation).order_by("pk"):
        found[move.table].append(move)
    return found


def take_back(reorganisation: Reorganisation, keep: tuple[str, int] | None) -> None:
    """Undo every change, the last first; `keep` is the founded unit, which is closed and not deleted."""
    moves = ReorganisationMove._base_manager.filter(reorganisation=reorganisation).order_by("-pk")
    for some in _runs(moves):
        model = apps.get_model(some[0].table)
        if some[0].kind == MoveKind.MADE:
            keys = [move.row_id for move in some if (move.table, move.row_id) != keep]
            all_of(model).filter(pk__in=keys).delete()
        else:
            _restore(model, some)


def _runs(moves: Iterable[ReorganisationMove]) -> Iterator[list[ReorganisationMove]]:
    """Neighbours of one table and kind together: a row comes once in each."""
    run: list[ReorganisationMove] = []
    for move in moves:
        if run and (run[0].table, run[0].kind, set(run[0].before)) != (move.table, move.kind, set(move.before)):
            yield run
            run = []
        run.append(move)
    if run:
        yield run


def _restore(model: Any, moves: list[ReorganisationMove]) -> None:
    rows = all_of(model).in_bulk([move.row_id for move in moves])
    names = set(moves[0].before)
    for move in moves:
        for name, value in move.before.items():
            field = model._meta.get_field(name)
            setattr(rows[move.row_id], name, field.to_python(value))
    all_of(model).bulk_update(
        list(rows.values()), [model._meta.get_field(name).name for name in names], batch_size=_BATCH
    )


def lines_of(unit: Organisation) -> dict[Line, Organisation]:
    """A unit's present parent on each line."""
    rows = OrganisationLine.objects.filter(organisation=unit, to_on__isnull=True).select_related("parent")
    return {Line(row.line): row.parent for row in rows}
