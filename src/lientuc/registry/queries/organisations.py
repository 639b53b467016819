"""Lists of units and providers: scoped, with what their pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lientuc.core.names import fold
from lientuc.places.models import AdministrativeUnit, FormerName, Organisation, OrganisationSuccession
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from ..models import Post, Provider
from .people import posts_in_force


@dataclass(frozen=True)
class TitleCount:
    """People of one title at a unit."""

    title: str
    persons: int


def organisations(
    *, by: Any, on: date, text: str = "", kind: str = "", permission: str = "registry.view_organisations"
) -> QuerySet[Organisation]:
    """The units `by` may see with `persons` in post; found by name, former name or code, without accents."""
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(by, permission)
    rows = rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
    if text:
        former = FormerName.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(name_fold__contains=fold(text))
        named = Q(name_fold__contains=fold(text)) | Q(short_name__icontains=text) | Q(code__iexact=text.strip())
        rows = rows.filter(named | Q(pk__in=former.values("organisation")))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.annotate(persons=_persons(on))


def _persons(on: date) -> Any:
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), organisation=OuterRef("pk"))
    person = Coalesce("worker__canonical", "worker")
    counted = posts.order_by().values("organisation").annotate(n=Count(person, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def titles_at(organisation: Organisation, on: date) -> list[TitleCount]:
    """People in post at a unit by title, the most first."""
    posts = Post.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(posts_in_force(on), organisation=organisation)
    rows = posts.order_by().values(title=Coalesce("worker__canonical__title", "worker__title"))
    counted = rows.annotate(n=Count(Coalesce("worker__canonical", "worker"), distinct=True)).order_by("-n", "title")
    return [TitleCount(row["title"], row["n"]) for row in counted]


def lines_of(organisation: Organisation) -> Any:
    """A unit's parents on both lines, the present ones first."""
    return organisation.lines.select_related("parent").order_by("line", "-from_on")


def children_of(organisation: Organisation, by: Any) -> QuerySet[Organisation]:
    """The units directly below on either line that `by` may see."""
    below = organisation.children_lines.filter(to_on__isnull=True).values("organisation")
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(by, "registry.view_organisations")
    return rows.filter(pk__in=below, to_on__isnull=True).order_by("name", "pk")


def former_names(organisation: Organisation) -> Any:
    """Names a unit bore before, the latest first."""
    return FormerName.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(organisation=organisation).order_by("-to_on")


def successions_of(organisation: Organisation) -> Any:
    """The reorganisations a unit was part of, the latest first; both units loaded."""
    rows = OrganisationSuccession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
    return rows.select_related("predecessor", "successor").order_by("-on_date", "-pk")


def unit_names(organisation: Organisation, on: date) -> list[str]:
    """Names of the commune and province a unit lies in."""
    codes = [code for code in (organisation.commune_code, organisation.province_code) if code]
    names = dict(AdministrativeUnit.objects.filter(in_force(on), code__in=codes).values_list("code", "name"))
    return [names[code] for code in codes if code in names]


def providers(*, by: Any, text: str = "", permission: str = "registry.view_providers") -> QuerySet[Provider]:
    """The providers `by` may see, with unit and authorities loaded."""
    rows: QuerySet[Provider] = Provider.objects.visible_to(by, permission).select_related("organisation")
    if text:
        rows = rows.filter(organisation__name_fold__contains=fold(text))
    return rows.order_by("organisation__name_fold", "pk")
