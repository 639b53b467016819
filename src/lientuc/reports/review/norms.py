"""Stations against the dated staffing norm: who is in post, how many posts the norm asks for, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

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
class Vacancies:
    """Every commune with a station in what is asked about; sums are over those with a norm."""

    lines: tuple[StationLine, ...]
    on: date

    @property
    def with_norm(self) -> list[StationLine]:
        """The communes that can be compared."""
        return [line for line in self.lines if line.norm is not None]

    @property
    def short(self) -> list[StationLine]:
        """The communes below even the lower end of the norm."""
        return [line for line in self.with_norm if line.missing and line.missing[0]]

    @property
    def missing(self) -> tuple[int, int]:
        """Posts without anybody in all: at least, at most."""
        spans = [line.missing for line in self.with_norm if line.missing]
        return sum(span[0] for span in spans), sum(span[1] for span in spans)


def vacancies(by: Any, asked: Asked, on: date, *, from_summary: bool = False) -> Vacancies:
    """Stations in what is asked about (a title does not narrow it); five queries whatever the size.

    `from_summary`: people as last reckoned, for scopes too large to count now.
    """
    stations = Organisation.objects.visible_to(by, VIEW).filter(in_force(on), asked.inside())
    stations = stations.filter(kind=OrganisationKind.STATION).exclude(commune_code="")
    if asked.area is not None:
        stations = stations.filter(in_area("commune_code", asked.area, on))
    communes: dict[str, str] = dict(stations.order_by("commune_code").values_list("commune_code", "province_code"))
    people = _reckoned(communes) if from_summary else _people(by, asked, on)
    known, areas = populations(communes), areas_of(list(communes), on=on)
    names: dict[str, str] = commune_names(asked.province_code, on)
    lines = [
        _line(code, province, names.get(code) or code, people.get(code, 0), known.get(code), areas.get(code, {}), on)
        for code, province in communes.items()
    ]
    return Vacancies(tuple(lines), on)


def _reckoned(communes: Iterable[str]) -> dict[str, int]:
    return dict(ReviewStation.objects.filter(commune_code__in=communes).values_list("commune_code", "persons"))


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


def stations_without(lines: Iterable[StationLine]) -> int:
    """How many communes have no stated inhabitants."""
    return sum(line.norm is None for line in lines)
