"""People, posts and licences of the register as lists meet them: plain objects, read and written by the thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ..models import HealthWorker, Licence, Post
from .models import StagedLicence, StagedPost, StagedWorker

Before = dict[str, Any]


@dataclass(slots=True)
class Part:
    """What a person, a post and a licence have in common.

    `pk` is None until it is written. `before` holds the values a list changes, as they were. `staged`: an earlier part of the
    list keeps it already.
    """

    public_id: UUID
    pk: int | None = None
    is_new: bool = False
    staged: bool = False
    before: Before = field(default_factory=dict)

    def change(self, name: str, value: Any) -> bool:
        """Set a value and remember the one before; whether it changed."""
        old = getattr(self, name)
        if old == value:
            return False
        if not self.is_new:
            self.before.setdefault(name, old)
        setattr(self, name, value)
        return True


@dataclass(slots=True)
class Person(Part):
    """A person of the register, or one that a list makes."""

    full_name: str = ""
    name_fold: str = ""
    name_sort: str = ""
    national_number: str | None = None
    old_number: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    sex: str = ""
    ethnicity: str = ""
    title: str = ""
    title_code: str = ""
    specialty: str = ""
    phone: str = ""
    email: str = ""
    keeper_id: int = 0
    left_on: date | None = None
    left_reason: str = ""


@dataclass(slots=True)
class HeldPost(Part):
    """An open post."""

    organisation_id: int = 0
    kind: str = ""
    position: str = ""
    share: int = 100
    responsible_for_training: bool = True
    from_on: date | None = None


@dataclass(slots=True)
class HeldLicence(Part):
    """A licence."""

    kind: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_to: date | None = None


_PART = frozenset(Part.__slots__)


@dataclass(frozen=True)
class Shape:
    """Where a kind of part is kept: its table in the register, its table of staged rows, and how columns are called there."""

    part: type[Part]
    model: Any
    staged: Any
    ref: str
    renamed: dict[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The part's own columns as the register calls them."""
        return tuple(name for name in self.part.__slots__ if name not in _PART)

    def staged_name(self, column: str) -> str:
        """What the staged table calls a column."""
        return self.renamed.get(column, column)


PERSON = Shape(Person, HealthWorker, StagedWorker, "worker_ref", {"keeper_id": "keeper_key"})
POST = Shape(HeldPost, Post, StagedPost, "post_ref", {"organisation_id": "organisation_key"})
LICENCE = Shape(HeldLicence, Licence, StagedLicence, "licence_ref", {"number": "licence_number"})
SHAPES = (PERSON, POST, LICENCE)


def loaded(shape: Shape, rows: Any, *more: str) -> Iterable[tuple[Any, ...]]:
    """Rows of the register as `(part, *more)`."""
    columns = shape.columns
    width = len(columns) + 2
    for values in rows.values_list("pk", "public_id", *columns, *more):
        part = shape.part(public_id=values[1], pk=values[0])
        for name, value in zip(columns, values[2:width], strict=True):
            setattr(part, name, value)
        yield (part, *values[width:])


def recalled(shape: Shape, row: Any, part: Part | None = None) -> Any:
    """The part a staged row holds; `part` is the register's own object, which takes the staged values over."""
    part = part or shape.part(public_id=getattr(row, shape.ref), is_new=row.is_new)
    part.staged = True
    part.before = dict(row.before)
    for name in shape.columns:
        setattr(part, name, getattr(row, shape.staged_name(name)))
    return part


def as_kept(before: Before) -> dict[str, Any]:
    """Values before a change as JSON."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}


def same(kept: Any, value: Any) -> bool:
    """Whether a value of the register is still the one kept as JSON."""
    return bool(kept == (value.isoformat() if isinstance(value, date) else value))
