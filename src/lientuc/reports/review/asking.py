"""What is asked of the review, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q

from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.registry.enums import LicenceState

from ..enums import AgeGroup, Area, Ownership, ReviewBy, StandingState

VIEW = "reports.view_review"
PEOPLE = "registry.view_workers"

# Units that employ health workers; the others are not missing when they state nobody.
STAFFED = (
    OrganisationKind.HOSPITAL,
    OrganisationKind.AREA_CENTRE,
    OrganisationKind.STATION,
    OrganisationKind.PRIVATE_FACILITY,
)
# The three parts a group is taken apart into, each with its codes.
PARTS: Mapping[str, type[StrEnum]] = {"licence": LicenceState, "standing": StandingState, "age": AgeGroup}
COLUMNS = tuple(f"{part}_{code}" for part, codes in PARTS.items() for code in codes)


@dataclass(frozen=True)
class Asked:
    """What is asked of the review."""

    by: ReviewBy = ReviewBy.CARE_LEVEL
    province_code: str = ""
    commune_code: str = ""
    care_level: str = ""
    area: Area | None = None
    ownership: Ownership | None = None
    organisation: Organisation | None = None
    title: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the scope is asked about."""
        return bool(self.places() or self.title or self.area)

    def places(self, prefix: str = "") -> dict[str, Any]:
        """The lookups from an organisation that narrow the scope, all but the area; `prefix` is a path ending in `__`."""
        wanted: dict[str, Any] = {
            "province_code": self.province_code,
            "commune_code": self.commune_code,
            "care_level": self.care_level,
            "pk": self.organisation.pk if self.organisation else "",
        }
        chosen = {f"{prefix}{name}": value for name, value in wanted.items() if value}
        if self.ownership is not None:
            chosen[f"{prefix}public"] = self.ownership is Ownership.PUBLIC
        return chosen

    def inside(self, prefix: str = "") -> Q:
        """The same as a condition."""
        return Q(**self.places(prefix))


@dataclass(frozen=True)
class Line:
    """One group: persons and posts, and its persons by the codes of each part."""

    code: str | int
    persons: int
    posts: int
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __add__(self, other: Line) -> Line:
        parts = {
            part: {code: count + other.parts[part][code] for code, count in counts.items()}
            for part, counts in self.parts.items()
        }
        return Line(self.code, self.persons + other.persons, self.posts + other.posts, parts)


def empty_line(code: str | int = "") -> Line:
    """Nobody."""
    return Line(code, 0, 0, {part: {str(one): 0 for one in codes} for part, codes in PARTS.items()})


def line_as_json(line: Line) -> dict[str, Any]:
    """One group as plain values."""
    parts = {part: dict(counts) for part, counts in line.parts.items()}
    return {"code": line.code, "persons": line.persons, "posts": line.posts, "parts": parts}


def line_from_json(row: Mapping[str, Any]) -> Line:
    """What `line_as_json` wrote."""
    return Line(row["code"], row["persons"], row["posts"], row["parts"])


@dataclass(frozen=True)
class Review:
    """The answer: `lines` in order of their code, `whole` is everybody once (somebody in two groups counts in both).

    `units_stating` of `units` staffed units have anybody in post. `standings_on` is the oldest day of the standings used,
    `reckoned_at` the moment the figures are of: None where they were counted for this answer.
    """

    asked: Asked
    on: date
    lines: tuple[Line, ...]
    whole: Line
    units: int
    units_stating: int
    standings_on: date | None
    reckoned_at: datetime | None
    sees_people: bool


def sees_people(by: Any) -> bool:
    """Whether `by` may see the persons behind every figure of the review: the figures are then links."""
    return bool(by.scope(VIEW) == by.scope(PEOPLE))
