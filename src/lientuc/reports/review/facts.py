"""One row for each person and unit: the title, and how licence, standing and age stand; what every count is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from lientuc.credits.models import StandingRow
from lientuc.places.enums import AreaKind
from lientuc.places.models import AreaClass
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Post
from lientuc.registry.queries import posts_in_force
from lientuc.registry.queries.licence_states import licence_state_of
from lientuc.trail.rows import in_force

from ..enums import AgeGroup, Area, StandingState

FACTS = ("person", "organisation", "title_now", "licence", "standing", "age")


def posts_on(on: date) -> Any:
    """Every post in force, with its canonical person and that person's title and year of birth; needs a scope yet."""
    return with_person(Post.objects.unscoped(WhyUnscoped.RULE).filter(posts_in_force(on))).order_by()


def with_person(rows: Any) -> Any:
    """Posts with the canonical person."""
    return rows.annotate(
        person=Coalesce("worker__canonical", "worker"),
        title_now=Coalesce("worker__canonical__title", "worker__title"),
        born_in=Coalesce("worker__canonical__birth_year", "worker__birth_year"),
    )


def with_states(rows: Any, on: date) -> Any:
    """Posts with the codes of the three parts, reckoned by the database."""
    return rows.annotate(licence=licence_state_of("person", on), standing=_standing_code(), age=_age_code(on))


def facts(rows: Any, on: date, *extra: str) -> Any:
    """`FACTS` (and `extra` values) of posts `with_person`, with `held`, the posts of the person there."""
    named = with_states(rows, on).values(*FACTS, *extra)
    return named.annotate(held=Count("pk")).order_by()


def area_of(commune: str, on: date) -> Any:
    """The difficulty area of the commune in the column `commune`."""
    rows = AreaClass.objects.filter(in_force(on), kind=AreaKind.DIFFICULTY, unit_code=OuterRef(commune))
    return Coalesce(Subquery(rows.order_by("pk").values("value")[:1]), Value(str(Area.NONE)), output_field=CharField())


def in_area(commune: str, area: Area, on: date) -> Q:
    """Units whose commune (the column `commune`) lies in an area; outside every list for `none`."""
    rows = AreaClass.objects.filter(in_force(on), kind=AreaKind.DIFFICULTY)
    if area is Area.NONE:
        return ~Q(**{f"{commune}__in": rows.values("unit_code")})
    return Q(**{f"{commune}__in": rows.filter(value=str(area)).values("unit_code")})


def _standing_code() -> Any:
    rows = StandingRow.objects.unscoped(WhyUnscoped.RULE).filter(worker=OuterRef("person"))
    return Coalesce(Subquery(rows.values("status")[:1]), Value(str(StandingState.NOT_RECKONED)))


def _age_code(on: date) -> Case:
    """Ages as years reached in the year of `on`: often only the year of birth is known."""
    below = {AgeGroup.UNDER_30: 30, AgeGroup.FROM_30: 40, AgeGroup.FROM_40: 50}
    return Case(
        When(born_in__isnull=True, then=Value(str(AgeGroup.UNKNOWN))),
        *(When(born_in__gt=on.year - years, then=Value(str(group))) for group, years in below.items()),
        default=Value(str(AgeGroup.FROM_50)),
        output_field=CharField(),
    )


__all__ = ["FACTS", "area_of", "facts", "in_area", "posts_on", "with_person", "with_states"]
