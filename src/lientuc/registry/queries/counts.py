"""Heads and posts: persons are counted once, their posts separately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import F
from django.db.models.functions import Coalesce

from ..models import Post
from .people import posts_in_force


class GroupBy(StrEnum):
    """What heads are counted by; the value is the lookup from a post."""

    CARE_LEVEL = "organisation__care_level"
    COMMUNE = "organisation__commune_code"
    PROVINCE = "organisation__province_code"
    KIND = "organisation__kind"
    ORGANISATION = "organisation"
    TITLE = "title_now"
    SPECIALTY = "specialty_now"
    POST_KIND = "kind"


@dataclass(frozen=True)
class Count:
    """One group: its code (an organisation's id, a title, a commune code …), its persons and their posts there."""

    group: str | int
    persons: int
    posts: int


@dataclass(frozen=True)
class Headcount:
    """Groups in order of their code; `persons` counts somebody in two groups once, so groups may add up to more."""

    groups: tuple[Count, ...]
    persons: int
    posts: int


def headcount(
    *, by: Any, on: date, group_by: GroupBy, permission: str = "registry.view_workers", **filters: Any
) -> Headcount:
    """Persons and posts in force on a day that `by` may see, by group; `filters` are lookups on posts. Two queries."""
    posts = (
        Post.objects.visible_to(by, permission)
        .filter(posts_in_force(on), **filters)
        .annotate(
            person=Coalesce("worker__canonical", "worker"),
            title_now=Coalesce("worker__canonical__title", "worker__title"),
            specialty_now=Coalesce("worker__canonical__specialty", "worker__specialty"),
        )
        .order_by()
    )
    counts = {"persons": CountOf("person", distinct=True), "posts_held": CountOf("pk", distinct=True)}
    groups = posts.values(group=F(str(group_by))).annotate(**counts).order_by("group")
    whole = posts.aggregate(**counts)
    return Headcount(
        groups=tuple(Count(row["group"], row["persons"], row["posts_held"]) for row in groups),
        persons=whole["persons"],
        posts=whole["posts_held"],
    )
