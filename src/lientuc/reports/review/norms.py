"""Stations against the dated staffing norm: who is in post, how many posts the norm asks for, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from lientuc.law.staffing import StationArea, StationNorm, station_norm
from lientuc.places.enums import AreaKind, OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.queries import areas_of
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.assessing.queries import commune_names, populations
from lientuc.registry.enums import PostKind, Title
from lientuc.registry.models import Post
from lientuc.registry.queries import posts_in_force
from lientuc.trail.rows import in_force

from ..enums import Area
from ..models import ReviewStation
from .asking import VIEW, Asked
from .facts import in_area, with_person

KINDS = (OrganisationKind.STATION, OrganisationKind.STATION_POINT)
# People the norm does not speak of: paid otherwise, or lent.
_OUTSIDE_TITLES = (Title.VILLAGE_HEALTH_WORKER,)
_OUTSIDE_POSTS = (PostKind.COLLABORATOR, PostKind.OUTSIDE_HOURS)
_AREAS = {Area.NONE: StationArea.ONE, Area.I: StationArea.ONE, Area.II: StationArea.TWO, Area.III: StationArea.THREE}


@dataclass(frozen=True)
class StationLine:
    """A commune with a station: people in post there, the norm and what is missing; None where nobody stated inhabitants."""

    commune_code: str
    name: str
    province_code: str
    area: Area
    inhabitants: int | None
    population_source: str
    people: int
    norm: StationNorm | None

    @property
    def missing(self) -> tuple[int, int] | None:
        """Posts without anybody: at least, at most."""
        return self.norm.missing(self.people) if self.norm else None


@dataclass(frozen=True)
class Shortfall:
    """How many communes with stated inhabitants are below even the lower end of the norm, and the posts missing in all."""

    short: int
    with_norm: int
    low: int
    high: int


@dataclass(frozen=True)
class Vacancies:
    """Every commune with a station in what is asked about; sums are over those with a norm."""

    lines: tuple[StationLine, ...]
    on: date

    @property
    def with_norm(self) -> list[StationLine]:
        """The communes that can be compared."""
        return [line for line in self.lines if line.norm is not None]

    @property
    def shortfall(self) -> Shortfall:
        """The sums over the communes that can be compared."""
        spans = [line.missing for line in self.lines if line.missing]
        low, high = sum(span[0] for span in spans), sum(span[1] for span in spans)
        return Shortfall(sum(span[0] > 0 for span in spans), len(spans), low, high)


def vacancies(by: Any, asked: Asked, on: date) -> Vacancies:
    """Stations in what is asked about (a title does not narrow it); five queries whatever the size."""
    communes = dict(_stations(by, asked, on).order_by("commune_code").values_list("commune_code", "province_code"))
    return Vacancies(tuple(_lines(communes, _people(by, asked, on), asked.province_code, on)), on)


def shortfall(by: Any, asked: Asked, on: date) -> Shortfall:
    """The sums of `vacancies` as last reckoned, for scopes too large to count now; one query."""
    communes = _stations(by, asked, on).values("commune_code")
    found = ReviewStation.objects.filter(commune_code__in=communes).aggregate(
        short=Count("pk", filter=Q(missing_least__gt=0)),
        with_norm=Count("missing_least"),
        low=Coalesce(Sum("missing_least"), 0),
        high=Coalesce(Sum("missing_most"), 0),
    )
    return Shortfall(**found)


def every_station(on: date) -> Iterator[StationLine]:
    """Every commune of the country with a station, for the summary."""
    stations = Organisation.objects.unscoped(WhyUnscoped.REBUILD).filter(in_force(on), kind=OrganisationKind.STATION)
    communes = dict(stations.exclude(commune_code="").values_list("commune_code", "province_code"))
    people = dict(people_of_stations(on).values_list("organisation__commune_code", "n"))
    return _lines(communes, people, "", on)


def _stations(by: Any, asked: Asked, on: date) -> Any:
    stations = Organisation.objects.visible_to(by, VIEW).filter(in_force(on), asked.inside())
    stations = stations.filter(kind=OrganisationKind.STATION).exclude(commune_code="")
    if asked.area is not None:
        stations = stations.filter(in_area("commune_code", asked.area, on))
    return stations


def _lines(communes: dict[str, str], people: dict[str, int], province: str, on: date) -> Iterator[StationLine]:
    known, areas = populations(communes), areas_of(list(communes), on=on)
    names = commune_names(province, on)
    for code, within in communes.items():
        area = areas.get(code, {})
        yield _line(code, within, names.get(code) or code, people.get(code, 0), known.get(code), area, on)


def _people(by: Any, asked: Asked, on: date) -> dict[str, int]:
    """Persons at the stations and their points, by commune."""
    places = Organisation.objects.visible_to(by, VIEW).filter(asked.inside(), kind__in=[str(kind) for kind in KINDS])
    found = people_of_stations(on).filter(organisation__in=places.values("pk"))
    return dict(found.values_list("organisation__commune_code", "n"))


def people_of_stations(on: date) -> Any:
    """`organisation__commune_code` and `n`, the persons whom the norm counts there, one row a commune."""
    rows = Post.objects.unscoped(WhyUnscoped.RULE).filter(
        posts_in_force(on), organisation__kind__in=[str(kind) for kind in KINDS]
    )
    posts = with_person(rows).exclude(kind__in=_OUTSIDE_POSTS).exclude(title_now__in=_OUTSIDE_TITLES)
    return posts.order_by().values("organisation__commune_code").annotate(n=Count("person", distinct=True))


def _line(
    code: str, province: str, name: str, people: int, population: Any, area: dict[str, str], on: date
) -> StationLine:
    zone = Area(area.get(AreaKind.DIFFICULTY, Area.NONE))
    norm = station_norm(population.people, _AREAS[zone], on) if population else None
    return StationLine(
        commune_code=code,
        name=name,
        province_code=province,
        area=zone,
        inhabitants=population.people if population else None,
        population_source=population.source if population else "",
        people=people,
        norm=norm,
    )
