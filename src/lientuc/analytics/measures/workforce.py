"""Headcounts of the workforce: people, never posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .rate import Rate


@dataclass(frozen=True, slots=True)
class Post:
    """One post held on the day counted: the canonical person, and the group it is counted under."""

    person: str
    group: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """People by group. Someone with posts in two groups counts in both, once in `people`; `in_several` says how many.

    Groups therefore add up to `people` only where `in_several` is 0.
    """

    by_group: Mapping[str, int]
    people: int
    in_several: int


def headcount(posts: Iterable[Post]) -> Headcount:
    """People holding a post, by group in order of first appearance. Grain: a canonical person on one day."""
    groups: dict[str, set[str]] = {}
    groups_of: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        groups.setdefault(post.group, set()).add(post.person)
        groups_of[post.person].add(post.group)
    return Headcount(
        by_group={group: len(people) for group, people in groups.items()},
        people=len(groups_of),
        in_several=sum(len(held) > 1 for held in groups_of.values()),
    )


def coverage_rate(staff: Collection[str], trained: Collection[str]) -> Rate:
    """Staff of today who are trained, of the staff of today.

    Numerator: canonical persons in both. Denominator: canonical persons in post on the day. Those trained who have
    left are `left_out`, under `no_longer_in_post`.
    """
    in_post, with_training = set(staff), set(trained)
    return Rate(
        measure="training_coverage",
        grain="person",
        numerator=len(in_post & with_training),
        denominator=len(in_post),
        left_out={"no_longer_in_post": len(with_training - in_post)},
    )
