"""The workforce review (dispatch 2319/BYT-K2ĐT, point 1a): heads and posts, licences, standings, ages, set by set.

A group's persons are canonical persons with a post in it; somebody in two groups counts in both and once in the whole.
Who may read the figures but not the persons behind them gets no small cells, no groups of the finer parts and no filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from lientuc.analytics.disclosure import THRESHOLDS, Audience, Cell, one_way
from lientuc.credits.models import StandingRow
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import LicenceState
from lientuc.registry.models import HealthWorker, Post
from lientuc.registry.queries import posts_in_force, with_licence_state
from lientuc.trail.rows import in_force

from .enums import AgeGroup, ReviewBy, StandingState

VIEW = "reports.view_review"
PEOPLE = "registry.view_workers"
STANDINGS = "credits.view_entries"

# Units that employ health workers; the others are not missing when they state nobody.
STAFFED = (
    OrganisationKind.HOSPITAL,
    OrganisationKind.AREA_CENTRE,
    OrganisationKind.STATION,
    OrganisationKind.PRIVATE_FACILITY,
)
_LOOKUPS = {
    ReviewBy.PROVINCE: "organisation__province_code",
    ReviewBy.CARE_LEVEL: "organisation__care_level",
    ReviewBy.COMMUNE: "organisation__commune_code",
    ReviewBy.TITLE: "title_now",
    ReviewBy.ORGANISATION: "organisation",
}
# The three parts a group is taken apart into, each with its codes.
PARTS: Mapping[str, type[StrEnum]] = {"licence": LicenceState, "standing": StandingState, "age": AgeGroup}
Counts = Mapping[str, Cell]


@dataclass(frozen=True)
class Asked:
    """What is asked of the review; a reader who may not see persons is answered without filters."""

    by: ReviewBy = ReviewBy.CARE_LEVEL
    province_code: str = ""
    commune_code: str = ""
    care_level: str = ""
    organisation: Organisation | None = None
    title: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the scope is asked about."""
        return bool(self.places() or self.title)

    def places(self, prefix: str = "") -> dict[str, Any]:
        """The lookups from an organisation that narrow the scope; `prefix` is a lookup path ending in `__`."""
        wanted = {
            "province_code": self.province_code,
            "commune_code": self.commune_code,
            "care_level": self.care_level,
            "pk": self.organisation.pk if self.organisation else "",
        }
        return {f"{prefix}{name}": value for name, value in wanted.items() if value}


@dataclass(frozen=True)
class Line:
    """One group: persons and posts, and its persons by the codes of each part; None: withheld."""

    code: str | int
    persons: Cell
    posts: Cell
    parts: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """The answer. `lines` carry the parts named in `shown`, in order of their code; `whole` is everybody once.

    `units_stating` of `units` staffed units have anybody in post. `standings_on` is the oldest day of the standings used.
    """

    asked: Asked
    on: date
    lines: tuple[Line, ...]
    whole: Line
    shown: tuple[str, ...]
    units: int
    units_stating: int
    standings_on: date | None
    sees_people: bool


def review(by: Any, asked: Asked, on: date) -> Review:
    """The review of `by`'s scope; the same number of queries whatever the size."""
    people, sees_standings = sees_people(by), _sees(by, STANDINGS)
    if not people:
        asked = Asked(by=asked.by)
    posts = _posts(by, asked, on)
    parts = _parts(asked, people, sees_standings)
    shown = _parts_of_groups(parts, people, sees_standings)
    whole, lines = _whole(posts, on, parts), _lines(posts, asked.by, on, shown)
    units, stating = _units(by, asked, on)
    return Review(
        asked=asked,
        on=on,
        lines=tuple(lines) if people else _withheld_lines(lines),
        whole=whole if people and sees_standings else _withheld_whole(whole, people),
        shown=shown,
        units=units,
        units_stating=stating,
        standings_on=_standings_on(posts) if "standing" in parts else None,
        sees_people=people,
    )


def sees_people(by: Any) -> bool:
    """Whether `by` may see the persons behind every figure of the review."""
    return _sees(by, PEOPLE)


def _sees(by: Any, permission: str) -> bool:
    """Whether the whole scope of the review is open to `by` with another permission."""
    return bool(by.scope(VIEW) == by.scope(permission))


def _parts(asked: Asked, people: bool, sees_standings: bool) -> tuple[str, ...]:
    """The parts that may be counted at all: standings of a narrowed scope would give back what is withheld."""
    if people and not sees_standings and asked.is_narrowed:
        return ("licence", "age")
    return tuple(PARTS)


def _parts_of_groups(parts: Sequence[str], people: bool, sees_standings: bool) -> tuple[str, ...]:
    """The parts counted in each group: of persons one may see."""
    if not people:
        return ()
    return tuple(part for part in parts if sees_standings or part != "standing")


def _posts(by: Any, asked: Asked, on: date) -> QuerySet[Any]:
    """Posts in force, each with its canonical person and that person's title."""
    rows: QuerySet[Any] = Post.objects.visible_to(by, VIEW).filter(posts_in_force(on))
    rows = rows.annotate(
        person=Coalesce("worker__canonical", "worker"),
        title_now=Coalesce("worker__canonical__title", "worker__title"),
        born_in=Coalesce("worker__canonical__birth_year", "worker__birth_year"),
    )
    rows = rows.filter(**asked.places("organisation__"))
    return (rows.filter(title_now=asked.title) if asked.title else rows).order_by()


def _counts() -> dict[str, Any]:
    return {"persons": Count("person", distinct=True), "held": Count("pk", distinct=True)}


def _whole(posts: QuerySet[Any], on: date, parts: Iterable[str]) -> Line:
    """Everybody once; one query, and one for each part."""
    heads = posts.aggregate(**_counts())
    split = {part: _split(posts, part, on, group="").get("", {}) for part in parts}
    return Line("", heads["persons"], heads["held"], {part: _filled(part, split[part]) for part in split})


def _lines(posts: QuerySet[Any], by: ReviewBy, on: date, parts: Iterable[str]) -> list[Line]:
    """The groups in order of their code; one query, and one for each part."""
    lookup = _LOOKUPS[by]
    heads = posts.values(group=F(lookup)).annotate(**_counts()).order_by("group")
    split = {part: _split(posts, part, on, group=lookup) for part in parts}
    return [
        Line(
            row["group"],
            row["persons"],
            row["held"],
            {part: _filled(part, split[part].get(row["group"], {})) for part in split},
        )
        for row in heads
    ]


def _filled(part: str, counts: Mapping[str, int]) -> dict[str, Cell]:
    """Every code of a part, zero where nobody has it."""
    return {str(code): counts.get(str(code), 0) for code in PARTS[part]}


def _split(posts: QuerySet[Any], part: str, on: date, *, group: str) -> dict[Any, dict[str, int]]:
    """`{group: {code: persons}}` of one part; without `group` everybody stands under the empty one."""
    rows = posts.annotate(code=_code(part, on), group=F(group) if group else Value(""))
    found: dict[Any, dict[str, int]] = {}
    for row in rows.values("group", "code").annotate(persons=Count("person", distinct=True)).order_by():
        found.setdefault(row["group"], {})[row["code"]] = row["persons"]
    return found


def _code(part: str, on: date) -> Any:
    """The code of a post's person in one part, reckoned by the database."""
    if part == "licence":
        return _licence_code(on)
    return _standing_code() if part == "standing" else _age_code(on)


def _licence_code(on: date) -> Case:
    """The registry's own states, the better first."""
    everybody = HealthWorker.objects.unscoped(WhyUnscoped.RULE).filter(canonical__isnull=True)
    states = [state for state in LicenceState if state is not LicenceState.NONE]
    whens = [
        When(person__in=with_licence_state(everybody, state, on).order_by().values("pk"), then=Value(str(state)))
        for state in states
    ]
    return Case(*whens, default=Value(str(LicenceState.NONE)), output_field=CharField())


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


def _standings_on(posts: QuerySet[Any]) -> date | None:
    """The oldest day on which a standing that is counted was reckoned."""
    rows = StandingRow.objects.unscoped(WhyUnscoped.RULE).filter(worker__in=posts.values("person"))
    oldest: date | None = rows.aggregate(oldest=Min("on_date"))["oldest"]
    return oldest


def _units(by: Any, asked: Asked, on: date) -> tuple[int, int]:
    """Staffed units in what is asked about, and those of them with anybody in post."""
    held = Post.objects.unscoped(WhyUnscoped.RULE).filter(posts_in_force(on), organisation=OuterRef("pk"))
    rows = Organisation.objects.visible_to(by, VIEW).filter(kind__in=[str(kind) for kind in STAFFED])
    rows = rows.filter(in_force(on), **asked.places())
    found = rows.annotate(states=Exists(held)).aggregate(units=Count("pk"), stating=Count("pk", filter=Q(states=True)))
    return found["units"], found["stating"]


# --- what a reader sees who may not see the persons behind the figures ------------------------------------------------


def _withheld_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Small groups and what would give them back are withheld, persons and posts alike."""
    if not lines:
        return ()
    thresholds = THRESHOLDS[Audience.ORGANISATION]
    persons = one_way([line.persons or 0 for line in lines], thresholds).cells
    posts = one_way([line.posts or 0 for line in lines], thresholds).cells
    return tuple(
        Line(line.code, None, None) if None in (person, post) else Line(line.code, person, post)
        for line, person, post in zip(lines, persons, posts, strict=True)
    )


def _withheld_whole(whole: Line, people: bool) -> Line:
    """Everybody once, each part against the printed total; who sees the persons is refused standings only."""
    thresholds = THRESHOLDS[Audience.ORGANISATION]
    parts = {part: whole.parts[part] for part in whole.parts if people and part != "standing"}
    persons = whole.persons
    for part in whole.parts.keys() - parts.keys():
        shown = one_way([count or 0 for count in whole.parts[part].values()], thresholds)
        parts[part] = dict(zip(whole.parts[part], shown.cells, strict=True))
        persons = persons if shown.total is not None or people else None
    return Line(whole.code, persons, whole.posts if persons is not None else None, parts)
