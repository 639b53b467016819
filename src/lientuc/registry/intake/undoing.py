"""A taken list is taken back: rows nobody refers to are deleted, changed values return, the rest stays with its reason.

Rows of the register are otherwise never deleted; these were made by one file and nothing was built on them. Hours in the
ledger are not touched here: they are reversed in their own room, and whoever has any stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lientuc.places.scope import WhyUnscoped
from lientuc.trail.models import Attachment, ImportBatch

from ..enums import PairState, WhyKept
from ..models import DuplicatePair
from .people import LICENCE, PERSON, POST, SHAPES, Shape
from .staging import chunks

# Why a row stays: somebody changed it since, it has an account, it is one person with another, or a room holds it.
_UNDECIDED = (str(PairState.OPEN), str(PairState.GONE))
CHANGED, ACCOUNT, MERGED = WhyKept.CHANGED, WhyKept.ACCOUNT, WhyKept.MERGED


def take_back(batch: ImportBatch) -> dict[str, int]:
    """Undo all that a batch wrote; how many rows of each kind went, how many values returned, how many rows stay."""
    done: Counter[str] = Counter()
    for shape in SHAPES:
        done["values"] += _return_values(shape, batch)
    for part in chunks(_new(PERSON, batch)):
        done += _remove_people(batch, part)
    for shape in (POST, LICENCE):
        for part in chunks(_new(shape, batch)):
            done[shape.model._meta.model_name] += _remove_parts(shape, batch, part)
    done["kept"] = sum(_staged(shape, batch).exclude(remark="").count() for shape in SHAPES)
    return {name: count for name, count in done.items() if count}


@dataclass(frozen=True)
class Kept:
    """A row that an undo left: whose it is, what it is, and why."""

    person: str
    what: str
    why: str


def kept_after_undo(batch: ImportBatch, most: int) -> list[Kept]:
    """What stayed after an undo, people first."""
    kept = []
    for shape in SHAPES:
        for row in _staged(shape, batch).exclude(remark__in=["", "person"]).order_by("pk")[:most]:
            kept.append((row.worker_ref, shape.model._meta.model_name, row.remark))
    rows = PERSON.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=[ref for ref, *_ in kept])
    names = dict(rows.values_list("public_id", "full_name"))
    return [Kept(names.get(ref, ""), what, why) for ref, what, why in kept[:most]]


def _staged(shape: Shape, batch: ImportBatch) -> QuerySet[Any]:
    return shape.staged.objects.filter(batch=batch)  # type: ignore[no-any-return]


def _new(shape: Shape, batch: ImportBatch) -> list[Any]:
    return list(_staged(shape, batch).filter(is_new=True).order_by("pk"))


def _return_values(shape: Shape, batch: ImportBatch) -> int:
    """Values that a list changed become what they were, where they still are what the list made them."""
    returned = 0
    for part in chunks(_staged(shape, batch).filter(is_new=False).order_by("-step", "pk").iterator(2_000)):
        rows = _rows(shape, [getattr(staged, shape.ref) for staged in part])
        changed, columns, moved = [], set(), []
        for staged in part:
            row = rows[getattr(staged, shape.ref)]
            back = [n for n in staged.before if getattr(row, n) == getattr(staged, shape.staged_name(n))]
            for name in back:
                setattr(row, name, shape.model._meta.get_field(name.removesuffix("_id")).to_python(staged.before[name]))
            columns |= set(back)
            changed += [row] if back else []
            moved += [staged.pk] if len(back) < len(staged.before) else []
            returned += len(back)
        if changed:
            fields = sorted({name.removesuffix("_id") for name in columns})
            table = shape.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
            table.bulk_update(list({row.pk: row for row in changed}.values()), fields, batch_size=500)
        _staged(shape, batch).filter(pk__in=moved).update(remark=CHANGED)
    return returned


def _rows(shape: Shape, refs: Iterable[UUID]) -> dict[UUID, Any]:
    """Rows of the register by public id, locked in the order of their keys."""
    rows = shape.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=list(refs))
    return {row.public_id: row for row in rows.order_by("pk").select_for_update(no_key=True)}


def _remove_people(batch: ImportBatch, part: Sequence[Any]) -> Counter[str]:
    rows = _rows(PERSON, [staged.worker_ref for staged in part])
    why = _why_people_stay(batch, part, rows)
    _remark(PERSON, batch, why)
    for shape in (POST, LICENCE):
        mine = _staged(shape, batch).filter(worker_ref__in=list(why))
        mine.filter(is_new=True, remark="").update(remark="person")
    free = [ref for ref in rows if ref not in why]
    keys = [rows[ref].pk for ref in free]
    done = Counter(healthworker=len(keys))
    for shape in (POST, LICENCE):
        refs = list(_staged(shape, batch).filter(is_new=True, worker_ref__in=free).values_list(shape.ref, flat=True))
        done[shape.model._meta.model_name] = len(refs)
        _delete(shape.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=refs))
    for model, column in _derived():
        _delete(model._base_manager.filter(**{f"{column}__in": keys}))
    pairs = DuplicatePair._base_manager.filter(state__in=_UNDECIDED)
    _delete(pairs.filter(Q(first__in=keys) | Q(second__in=keys)))
    _delete(PERSON.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=keys))
    return done


def _why_people_stay(batch: ImportBatch, part: Sequence[Any], rows: dict[UUID, Any]) -> dict[UUID, str]:
    why: dict[UUID, str] = {}
    refs = {row.pk: ref for ref, row in rows.items()}
    for model, column in _referring(PERSON):
        held = model._base_manager.filter(**{f"{column}__in": list(refs)})
        if model is DuplicatePair:
            held = held.exclude(state__in=_UNDECIDED)
        for shape in (POST, LICENCE):
            if model is shape.model:
                held = held.exclude(public_id__in=_staged(shape, batch).filter(is_new=True).values(shape.ref))
        for pk in set(held.values_list(column, flat=True)):
            why.setdefault(refs[pk], _room_of(model))
    owners = {f"registry.healthworker:{ref}": ref for ref in rows}
    for owner in Attachment.objects.filter(owner__in=list(owners)).values_list("owner", flat=True):
        why.setdefault(owners[owner], WhyKept.TRAIL)
    for staged in part:
        row = rows.get(staged.worker_ref)
        if row is not None and row.canonical_id is not None:
            why[staged.worker_ref] = MERGED
        elif row is not None and row.user_id is not None:
            why[staged.worker_ref] = ACCOUNT
        elif row is not None and _differs(PERSON, staged, row):
            why.setdefault(staged.worker_ref, CHANGED)
    return why


def _remove_parts(shape: Shape, batch: ImportBatch, part: Sequence[Any]) -> int:
    """Posts and licences given to people whom the register held before."""
    rows = _rows(shape, [getattr(s, shape.ref) for s in part if not s.remark])
    refs = {row.pk: ref for ref, row in rows.items()}
    why: dict[UUID, str] = {}
    for model, column in _referring(shape):
        held = model._base_manager.filter(**{f"{column}__in": list(refs)})
        why |= {refs[pk]: _room_of(model) for pk in set(held.values_list(column, flat=True))}
    for staged in part:
        row = rows.get(getattr(staged, shape.ref))
        if row is not None and _differs(shape, staged, row):
            why.setdefault(row.public_id, CHANGED)
    _remark(shape, batch, why)
    free = [row.pk for ref, row in rows.items() if ref not in why]
    _delete(shape.model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=free))
    return len(free)


def _differs(shape: Shape, staged: Any, row: Any) -> bool:
    """Whether somebody changed a row since the list made it."""
    if shape is POST and (row.to_on is not None):
        return True
    return any(getattr(row, n) != getattr(staged, shape.staged_name(n)) for n in shape.columns)


def _remark(shape: Shape, batch: ImportBatch, why: dict[UUID, str]) -> None:
    by_reason: dict[str, list[UUID]] = defaultdict(list)
    for ref, reason in why.items():
        by_reason[reason].append(ref)
    for reason, refs in by_reason.items():
        _staged(shape, batch).filter(**{f"{shape.ref}__in": refs}, is_new=True).update(remark=reason)


def _referring(shape: Shape) -> Iterator[tuple[Any, str]]:
    """Every table with a column that points to rows of this kind, in whatever room; values reckoned from them do not count."""
    for relation in shape.model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            if not getattr(relation.related_model, "derived", False):
                yield relation.related_model, relation.field.attname


def _room_of(model: Any) -> str:
    room = model._meta.app_label
    return room if room in set(WhyKept) else WhyKept.OTHER


def _derived() -> Iterator[tuple[Any, str]]:
    """Tables of values reckoned from a person, which go with the person."""
    for relation in PERSON.model._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            if getattr(relation.related_model, "derived", False):
                yield relation.related_model, relation.field.attname


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()
