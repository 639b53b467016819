"""Writes about records of one person: merged, taken apart again, or remembered as two persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from ..enums import PairState, Side
from ..models import HealthWorker, Leave, Licence, Post
from .models import DuplicatePair, WorkerMerge
from .rules import FIELDS, MergeFacts, licence_key, merge_problems, survivors

MERGE = "registry.merge_workers"


@action("registry.merge_workers")
def merge_workers(
    *,
    duplicate: HealthWorker,
    canonical: HealthWorker,
    reason: str,
    by: Any,
    chosen: Mapping[str, Side] | None = None,
    key: str = "",
) -> HealthWorker:
    """Say that two records are one person: `canonical` goes on with the values `chosen`, reads follow it.

    Posts, licences and leaves come over; ledger, certificates and classes stay where they are and are read through
    `canonical`. Everything changed is kept with the merge, so that `unmerge_worker` restores it.
    """
    require(by, MERGE, duplicate.keeper)
    require(by, MERGE, canonical.keeper)
    duplicate, canonical = _locked(duplicate, canonical)
    refuse_if(merge_problems(_facts(duplicate, canonical), reason))
    changes = _join(duplicate, canonical, chosen or {})
    WorkerMerge.objects.create(
        duplicate=duplicate, canonical=canonical, reason=tidy(reason)[:200], changes=changes, merged_by=by
    )
    _decide(duplicate, canonical, PairState.MERGED, reason, by)
    return duplicate


@action("registry.unmerge_worker")
def unmerge_worker(*, duplicate: HealthWorker, reason: str, by: Any, key: str = "") -> HealthWorker:
    """Undo a merge: two persons after all. What was changed since the merge stays with the main record."""
    require(by, MERGE, duplicate.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    if duplicate.canonical_id is None:
        raise Refused(Problem("registry.not_merged", "duplicate"))
    main = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).get(pk=duplicate.canonical_id)
    duplicate, canonical = _locked(duplicate, main)
    merge = WorkerMerge.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(duplicate=duplicate, undone_at__isnull=True)
    done = merge.first()
    _part(duplicate, canonical, done.changes if done else {})
    if done:
        done.undone_at, done.undone_by, done.undo_reason = now(), by, tidy(reason)[:200]
        done.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _decide(duplicate, canonical, PairState.DISTINCT, reason, by)
    return duplicate


@action("registry.tell_apart")
def tell_apart(*, pair: DuplicatePair, reason: str, by: Any, key: str = "") -> DuplicatePair:
    """Remember that two records were looked at and are two persons; the finder does not bring them up again."""
    require(by, MERGE, pair.first.keeper)
    require(by, MERGE, pair.second.keeper)
    if not tidy(reason):
        raise Refused(Problem("registry.reason_missing", "reason"))
    if pair.state == PairState.MERGED:
        raise Refused(Problem("registry.already_merged", "duplicate"))
    _close([pair], PairState.DISTINCT, reason, by)
    return pair


@action("registry.look_again")
def look_again(*, pair: DuplicatePair, by: Any) -> DuplicatePair:
    """Put a pair that was told apart back on the list."""
    require(by, MERGE, pair.first.keeper)
    require(by, MERGE, pair.second.keeper)
    if pair.state != PairState.DISTINCT:
        raise Refused(Problem("registry.pair_not_told_apart"))
    pair.state, pair.decided_at, pair.decided_by, pair.remark = PairState.OPEN, None, None, ""
    pair.save(update_fields=["state", "decided_at", "decided_by", "remark"])
    return pair


def _locked(duplicate: HealthWorker, canonical: HealthWorker) -> tuple[HealthWorker, HealthWorker]:
    """Both rows as they are now, locked in the order of their keys, so that two merges pass one after the other."""
    rows = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=[duplicate.pk, canonical.pk])
    found = {row.pk: row for row in rows.select_for_update().order_by("pk")}
    for row, given in ((found[duplicate.pk], duplicate), (found[canonical.pk], canonical)):
        for field in row._meta.concrete_fields:
            setattr(given, field.attname, getattr(row, field.attname))
    return duplicate, canonical


def _facts(duplicate: HealthWorker, canonical: HealthWorker) -> MergeFacts:
    rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE)
    return MergeFacts(
        same=duplicate.pk == canonical.pk,
        duplicate_merged=duplicate.canonical_id is not None or rows.filter(canonical=duplicate).exists(),
        canonical_merged=canonical.canonical_id is not None,
        two_accounts=duplicate.user_id is not None and canonical.user_id is not None,
    )


def _join(duplicate: HealthWorker, canonical: HealthWorker, chosen: Mapping[str, Side]) -> dict[str, Any]:
    """Let `canonical` stand for both; returns everything that was changed."""
    before = {field: getattr(canonical, field) for field in FIELDS}
    taken = survivors(before, {field: getattr(duplicate, field) for field in FIELDS}, chosen)
    changes = {
        "fields": {field: [_plain(before[field]), _plain(value)] for field, value in taken.items()},
        "keeper": duplicate.keeper_id,
        "user": duplicate.user_id,
        "left": [_plain(canonical.left_on), canonical.left_reason],
        **_bring_over(duplicate, canonical),
    }
    user = duplicate.user_id
    duplicate.canonical, duplicate.keeper_id, duplicate.user_id = canonical, canonical.keeper_id, None
    duplicate.save(update_fields=["canonical", "keeper", "user"])
    for field, value in taken.items():
        setattr(canonical, field, value)
    canonical.user_id = canonical.user_id or user
    _count_again(canonical)
    canonical.save()
    return changes


def _bring_over(duplicate: HealthWorker, canonical: HealthWorker) -> dict[str, Any]:
    """Posts, licences and leaves follow the main record; what it has already stays behind with the duplicate."""
    posts = _of(Post, duplicate)
    held = set(_of(Post, canonical).filter(to_on__isnull=True).values_list("organisation", flat=True))
    twice = Q(to_on__isnull=True, organisation__in=held)
    has_responsible = _of(Post, canonical).filter(to_on__isnull=True, responsible_for_training=True).exists()
    asked = posts.filter(to_on__isnull=True, responsible_for_training=True)
    freed = _keys(asked if has_responsible else asked.filter(twice))
    moved = _keys(posts.exclude(twice))
    _of(Post, duplicate).filter(pk__in=freed).update(responsible_for_training=False)
    _of(Post, duplicate).filter(pk__in=moved).update(worker=canonical)
    known = {licence_key(number) for number in _of(Licence, canonical).values_list("number", flat=True)}
    licences = [
        pk for pk, number in _of(Licence, duplicate).values_list("pk", "number") if licence_key(number) not in known
    ]
    _of(Licence, duplicate).filter(pk__in=licences).update(worker=canonical)
    leaves = _keys(_of(Leave, duplicate))
    _of(Leave, duplicate).filter(pk__in=leaves).update(worker=canonical)
    return {"posts": moved, "freed": freed, "licences": licences, "leaves": leaves}


def _part(duplicate: HealthWorker, canonical: HealthWorker, changes: Mapping[str, Any]) -> None:
    """Give back what the merge brought over, as far as it was not changed since."""
    for model, name in ((Post, "posts"), (Licence, "licences"), (Leave, "leaves")):
        rows = model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=changes.get(name, []), worker=canonical)
        rows.update(worker=duplicate)
    if changes.get("freed") and not _of(Post, duplicate).filter(_RESPONSIBLE).exists():
        freed = _of(Post, duplicate).filter(pk__in=changes["freed"], to_on__isnull=True).order_by("pk")[:1]
        _of(Post, duplicate).filter(pk__in=_keys(freed)).update(responsible_for_training=True)
    for field, (before, after) in changes.get("fields", {}).items():
        if _plain(getattr(canonical, field)) == after:
            setattr(canonical, field, _value(field, before))
    if changes.get("user") and canonical.user_id == changes["user"]:
        canonical.user_id, duplicate.user_id = None, changes["user"]
    if _number_taken(duplicate, canonical):
        raise Refused(Problem("registry.number_taken", "national_number"))
    _count_again(canonical)
    canonical.save()
    duplicate.canonical, duplicate.keeper_id = None, changes.get("keeper", duplicate.keeper_id)
    _count_again(duplicate)
    duplicate.save()


_RESPONSIBLE = Q(to_on__isnull=True, responsible_for_training=True)


def _count_again(worker: HealthWorker) -> None:
    """A person with an open post has not left; the post that answers for training names the keeper."""
    posts = _of(Post, worker).filter(to_on__isnull=True).order_by("-responsible_for_training", "-share", "pk")
    first = posts.first()
    if first is None:
        return
    worker.left_on, worker.left_reason = None, ""
    if first.responsible_for_training:
        worker.keeper_id = first.organisation_id
        merged = HealthWorker.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(canonical=worker)
        merged.update(keeper=first.organisation_id)


def _number_taken(duplicate: HealthWorker, canonical: HealthWorker) -> bool:
    if not duplicate.national_number:
        return False
    rows = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True)
    others = rows.filter(national_number=duplicate.national_number).exclude(pk__in=[duplicate.pk, canonical.pk])
    return others.exists() or canonical.national_number == duplicate.national_number


def _of(model: Any, worker: HealthWorker) -> Any:
    return model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(worker=worker)


def _keys(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _value(field: str, plain: Any) -> Any:
    return date.fromisoformat(plain) if field == "born_on" and plain else plain


def _decide(one: HealthWorker, other: HealthWorker, state: PairState, reason: str, by: Any) -> None:
    """The pair of these two, found or not, now has a decision."""
    first, second = sorted((one, other), key=lambda row: row.pk)
    pairs = DuplicatePair.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    pair, _ = pairs.get_or_create(first=first, second=second, defaults={"score": 0})
    _close([pair], state, reason, by)
    if state is PairState.MERGED:
        also = pairs.filter(Q(first=one) | Q(second=one), state=PairState.OPEN).exclude(pk=pair.pk)
        also.update(state=PairState.GONE)


def _close(pairs: Iterable[DuplicatePair], state: PairState, reason: str, by: Any) -> None:
    for pair in pairs:
        pair.state, pair.remark = state, tidy(reason)[:200]
        pair.decided_at, pair.decided_by = now(), by
        pair.save(update_fields=["state", "remark", "decided_at", "decided_by"])
