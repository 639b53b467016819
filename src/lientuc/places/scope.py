"""Scope is safety: a queryset of protected rows refuses to run until somebody said whose eyes it is for.

`Scope` is a value (which subtrees, on which line, which relations); who has which scope is `accounts`' business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.sql import Query


class UnscopedQuery(RuntimeError):
    """A protected table was about to be read without a scope."""


class WhyUnscoped(StrEnum):
    """The closed list of reasons to read a protected table without a person's scope."""

    RULE = "rule"  # a rule needs facts the person may not see (uniqueness, clash, authority)
    PUBLIC = "public"  # a public page shows what is public by law (certificate status, course notice)
    REBUILD = "rebuild"  # derived values are recomputed
    SETUP = "setup"  # register and simulated data are loaded
    ROW_IN_HAND = "row_in_hand"  # children of a row that was itself found through a scope


@dataclass(frozen=True)
class Scope:
    """Which rows a person may touch: subtrees by path prefix, single organisations, own and assigned rows."""

    everything: bool = False
    employer: frozenset[str] = field(default_factory=frozenset)
    professional: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[int] = field(default_factory=frozenset)
    self_user: int | None = None
    assigned_user: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing at all may be seen."""
        return self == Scope()


class ScopedQuery(Query):
    """Compiles only after a scope was given."""

    scoped = False

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        if not self.scoped:
            raise UnscopedQuery(f"{self.model}: say visible_to(by, permission) or unscoped(reason)")
        return super().get_compiler(*args, **kwargs)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows of a `ScopedRow` model."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def visible_to(self, by: Any, permission: str) -> Self:
        """The rows `by` may touch with `permission`."""
        return self.within(by.scope(permission))

    def within(self, scope: Scope) -> Self:
        """The rows inside `scope`."""
        rows = self._opened()
        if scope.everything:
            return rows
        inside: Self = rows.filter(self.model.scope_condition(scope))
        return inside

    def unscoped(self, reason: WhyUnscoped) -> Self:
        """All rows, for one of the listed reasons."""
        WhyUnscoped(reason)
        return self._opened()

    def _opened(self) -> Self:
        rows: Self = self.all()
        rows.query.scoped = True  # type: ignore[attr-defined]
        return rows

    def update(self, **values: Any) -> int:
        """UPDATE needs a scope too."""
        self._need_scope()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """DELETE needs a scope too."""
        self._need_scope()
        return super().delete()

    def _need_scope(self) -> None:
        if not getattr(self.query, "scoped", False):
            raise UnscopedQuery(f"{self.model.__name__}: a write needs a scope")


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


class ScopedRow(models.Model):
    """A table whose rows belong to organisations and persons; each model says by which lookups.

    `scope_organisations`: lookup paths to Organisation ("" when the model is Organisation itself);
    `scope_self`, `scope_assigned`: lookup paths to a user id. To-many paths are compared by subquery.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("organisation",)
    scope_self: ClassVar[tuple[str, ...]] = ()
    scope_assigned: ClassVar[tuple[str, ...]] = ()
    scope_many: ClassVar[bool] = False

    # Only at run time: the type plugin would call every model's own `objects` a conflict.
    if not TYPE_CHECKING:
        objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, scope: Scope) -> Q:
        """The rows inside `scope` as a condition; an empty scope matches nothing."""
        condition = Q(pk__in=[])
        for path in cls.scope_organisations:
            condition |= under(path, scope)
        if scope.self_user is not None:
            for path in cls.scope_self:
                condition |= Q(**{path: scope.self_user})
        if scope.assigned_user is not None:
            for path in cls.scope_assigned:
                condition |= Q(**{path: scope.assigned_user})
        if cls.scope_many:
            return Q(pk__in=cls._base_manager.filter(condition).values("pk"))
        return condition


def under(path: str, scope: Scope) -> Q:
    """Rows whose organisation at lookup `path` ("" for Organisation itself) stands inside the subtrees of `scope`."""
    prefix = f"{path}__" if path else ""
    condition = Q(pk__in=[])
    for start in sorted(scope.employer):
        condition |= Q(**{f"{prefix}employer_path__startswith": start})
    for start in sorted(scope.professional):
        condition |= Q(**{f"{prefix}professional_path__startswith": start})
    if scope.organisations:
        condition |= Q(**{f"{prefix}pk__in": sorted(scope.organisations)})
    return condition
