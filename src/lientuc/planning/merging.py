"""Needs of one unit and topic that are one need: one speaks, the others stay with their ground and can be parted again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped

from .enums import NeedState
from .linking import below
from .models import Need
from .rules.needs import persons_of, same_needs


def merge_same(organisation: Organisation) -> None:
    """Merge what is raised twice at an organisation and below; needs a person accepted wait for that person."""
    rows = Need.objects.within(below(organisation)).filter(state=NeedState.RAISED, kept_apart=False).order_by("pk")
    changed = []
    for first, others in same_needs(rows):
        changed += _merged(first, others)
    _save(changed)


def merge_with_same(need: Need) -> None:
    """Merge one need with the others of its unit and topic that are as far; `need` is brought up to date."""
    if need.kept_apart:
        return
    # A raised need joins raised ones, an accepted one accepted ones: nobody decides about a need by deciding about another.
    rows = Need.objects.unscoped(WhyUnscoped.RULE).filter(organisation=need.organisation_id, state=need.state)
    for first, others in same_needs(rows.order_by("pk")):
        if need.pk in {first.pk, *(other.pk for other in others)}:
            _save(_merged(first, others))
            need.refresh_from_db()


def _merged(first: Need, others: Sequence[Need]) -> list[Need]:
    """`first` speaks for `others`, and for those they and it spoke for."""
    speaking = [first.pk, *(other.pk for other in others)]
    inner = list(Need.objects.unscoped(WhyUnscoped.RULE).filter(merged_into__in=speaking).order_by("pk"))
    for other in others:
        _to_own_words(other)
    for other in (*others, *inner):
        other.state, other.merged_into = NeedState.MERGED, first
    _speak(first, [*others, *inner])
    return [first, *others, *inner]


def _speak(first: Need, others: Sequence[Need]) -> None:
    """What `first` says is what all together say: most persons, earliest deadline, highest priority.

    Its own words are kept beside, so that it can fall back on them when the others are parted from it.
    """
    _to_own_words(first)
    if others:
        first.detail = first.detail | {"own": _words(first)}
    together = [first, *others]
    first.deadline_on = min((need.deadline_on for need in together if need.deadline_on), default=None)
    strongest = max(together, key=lambda need: need.priority)
    first.persons, first.priority, first.factors = persons_of(together), strongest.priority, strongest.factors


def _words(need: Need) -> dict[str, Any]:
    deadline = need.deadline_on.isoformat() if need.deadline_on else None
    return {"persons": need.persons, "deadline_on": deadline, "priority": need.priority, "factors": need.factors}


def _to_own_words(need: Need) -> None:
    own = need.detail.get("own")
    if own:
        need.persons, need.priority, need.factors = own["persons"], own["priority"], own["factors"]
        need.deadline_on = date.fromisoformat(own["deadline_on"]) if own["deadline_on"] else None
        need.detail = {name: value for name, value in need.detail.items() if name != "own"}


def part(need: Need) -> None:
    """Let a merged need speak for itself again, and stay apart from the others."""
    first = need.merged_into
    need.state = NeedState.ACCEPTED if need.decided_at and need.topic_id else NeedState.RAISED
    need.merged_into, need.kept_apart = None, True
    _to_own_words(need)
    need.save()
    if first is not None:
        _speak(first, list(Need.objects.unscoped(WhyUnscoped.RULE).filter(merged_into=first).order_by("pk")))
        _save([first])


def merge(first: Need, other: Need) -> None:
    """Merge `other` into `first` because a person says they are the same."""
    first.kept_apart = other.kept_apart = False
    merged = _merged(first, [other])
    Need.objects.unscoped(WhyUnscoped.RULE).filter(pk__in=[first.pk, other.pk]).update(kept_apart=False)
    _save(merged)


def speak_for(firsts: Iterable[int]) -> None:
    """Bring raised needs up to date with those merged into them; two queries."""
    rows = Need.objects.unscoped(WhyUnscoped.RULE)
    speaking = list(rows.filter(pk__in=set(firsts), state=NeedState.RAISED))
    others: dict[int, list[Need]] = defaultdict(list)
    for need in rows.filter(merged_into__in=speaking):
        others[need.merged_into_id].append(need)
    for first in speaking:
        _speak(first, others[first.pk])
    _save(speaking)


def _save(needs: Sequence[Need]) -> None:
    fields = ["state", "merged_into", "persons", "deadline_on", "priority", "factors", "detail"]
    Need.objects.unscoped(WhyUnscoped.RULE).bulk_update(needs, fields, batch_size=500)
