"""Reads for the wizard: what will move, what stays as history, who may be chosen, what has been done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lientuc.core.phrases import Phrase
from lientuc.places.models import Organisation, OrganisationLine
from lientuc.places.scope import WhyUnscoped
from lientuc.places.succession import named_at, passings
from lientuc.trail.rows import ImmutableRow

from ..enums import PartRole
from ..models import HealthWorker, Post, ProviderAuthority
from ..queries.people import posts_in_force
from .models import Reorganisation, ReorganisationPart

EDIT = "registry.edit_organisations"
BELOW = Phrase("đơn vị cấp dưới", "units below")


@dataclass(frozen=True)
class Moving:
    """One kind of thing at one unit: how many go to the heir, how many stay because the heir has them already."""

    unit: Organisation
    name: Phrase
    count: int
    staying: int = 0


def reorganisations(*, by: Any) -> QuerySet[Reorganisation]:
    """The reorganisations of units `by` answers for."""
    rows: QuerySet[Reorganisation] = Reorganisation.objects.visible_to(by, EDIT)
    return rows.select_related("organisation", "heir", "prepared_by")


def parts_of(row: Reorganisation) -> list[ReorganisationPart]:
    """The units in it, in the order written down."""
    parts = ReorganisationPart.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(reorganisation=row)
    return list(parts.select_related("organisation").order_by("pk"))


def preview(row: Reorganisation, parts: Iterable[ReorganisationPart]) -> list[Moving]:
    """What a merger will move, unit by unit; kinds without rows are left out."""
    found = []
    for unit in (part.organisation for part in parts if part.role == PartRole.ENDS):
        below = OrganisationLine.objects.filter(parent=unit, to_on__isnull=True)
        found.append(Moving(unit, BELOW, below.values("organisation").distinct().count()))
        for passing in passings():
            staying = len(passing.staying(unit, row.heir)) if row.heir else 0
            found.append(Moving(unit, passing.name, passing.rows(unit).count() - staying, staying))
    return [moving for moving in found if moving.count or moving.staying]


def history_staying(parts: Iterable[ReorganisationPart]) -> int:
    """Rows of insert-only tables that go on naming the units that end (ledger, certificates, opinions …)."""
    ending = [part.organisation for part in parts if part.role == PartRole.ENDS]
    return sum(rows.count() for unit in ending for model, _, rows in named_at(unit) if issubclass(model, ImmutableRow))


def authorities(parts: Iterable[ReorganisationPart]) -> list[ProviderAuthority]:
    """Codes that end with the units, unless a decision lets them go on."""
    ending = [part.organisation for part in parts if part.role == PartRole.ENDS]
    rows = ProviderAuthority.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        provider__organisation__in=ending, to_on__isnull=True, suspension=False
    )
    return list(rows.select_related("provider__organisation").order_by("pk"))


def people_to_choose(unit: Organisation, on: date) -> list[tuple[HealthWorker, Post]]:
    """The people in post at a unit, by name, each with the post."""
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), organisation=unit)
    posts = posts.select_related("worker", "worker__canonical").order_by("worker__name_sort", "pk")
    return [(post.worker.canonical or post.worker, post) for post in posts]
