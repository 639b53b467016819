"""Who may do what where: one readable table (`permissions.csv`) over the grants a person holds."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem
from lientuc.core.phrases import Phrase
from lientuc.places.scope import Scope

from .enums import Reach, Role


@cache
def table() -> dict[str, dict[Role, frozenset[Reach]]]:
    """`{permission: {role: reaches}}` as written in `permissions.csv`."""
    with files("lientuc.accounts").joinpath("permissions.csv").open(encoding="utf-8") as file:
        return {row["permission"]: {role: _reaches(row[role]) for role in Role} for row in csv.DictReader(file)}


@cache
def titles() -> dict[str, Phrase]:
    """What each permission is called, for refusals and the table's page."""
    with files("lientuc.accounts").joinpath("permissions.csv").open(encoding="utf-8") as file:
        return {row["permission"]: Phrase(row["vi"], row["en"]) for row in csv.DictReader(file)}


def _reaches(cell: str) -> frozenset[Reach]:
    return frozenset(Reach(word) for word in cell.split("+") if word and word != "-")


def scope_of(user: Any, permission: str) -> Scope:
    """The scope of `permission` for `user`: the union over the grants in force today."""
    if not user.is_active:
        return Scope()
    row = table()[permission]
    employer, professional, organisations = set(), set(), set()
    everything, own_rows, assigned = False, False, False
    for role, organisation in _grants(user):
        reach = row[role]
        everything = everything or Reach.ALL in reach
        own_rows = own_rows or Reach.SELF in reach
        assigned = assigned or Reach.ASSIGNED in reach
        if organisation is not None:
            if Reach.EMPLOYER in reach:
                employer.add(organisation.employer_path)
            if Reach.PROFESSIONAL in reach:
                professional.add(organisation.professional_path)
            if Reach.OWN in reach:
                organisations.add(organisation.pk)
    return Scope(
        everything=everything,
        employer=frozenset(employer),
        professional=frozenset(professional),
        organisations=frozenset(organisations),
        self_user=user.pk if own_rows else None,
        assigned_user=user.pk if assigned else None,
    )


def _grants(user: Any) -> list[tuple[Role, Any]]:
    """The user's roles in force today; read once per user instance (a request has one)."""
    if not hasattr(user, "_grants_today"):
        from .models import Grant

        rows = Grant._base_manager.filter(user=user).select_related("organisation")
        user._grants_today = [
            (Role(row.role), row.organisation)
            for row in rows
            if row.from_on <= today() and (row.to_on is None or row.to_on > today())
        ]
    return list(user._grants_today)


def roles_of(user: Any) -> list[tuple[Role, Any]]:
    """`(role, organisation)` the user holds today."""
    return _grants(user)


def role_reaches_beyond(by: Any, role: Role) -> bool:
    """Whether `role` gives the whole country something of which `by` has only a part."""
    whole = [permission for permission, row in table().items() if Reach.ALL in row[role]]
    return any(not by.scope(permission).everything for permission in whole)


def why_not(user: Any, permission: str, organisation: Any = None) -> Problem | None:
    """Why `user` may not do this (at `organisation`, when named), or None."""
    scope = scope_of(user, permission)
    name = titles()[permission].vi
    if scope.is_empty:
        return Problem("accounts.not_allowed", values={"permission": name})
    if organisation is not None and not _reached(scope, organisation):
        return Problem("accounts.not_here", values={"permission": name, "organisation": str(organisation)})
    return None


def _reached(scope: Scope, organisation: Any) -> bool:
    return (
        scope.everything
        or organisation.pk in scope.organisations
        or any(organisation.employer_path.startswith(path) for path in scope.employer)
        or any(organisation.professional_path.startswith(path) for path in scope.professional)
    )


def require(user: Any, permission: str, organisation: Any = None) -> None:
    """Raise `NotAllowed` with the reason unless `user` may do this here."""
    problem = user.why_not(permission, organisation)
    if problem:
        raise NotAllowed(problem)


def require_row(user: Any, permission: str, row: Any) -> None:
    """Raise `NotAllowed` unless `row` (of a scoped table) is inside the user's scope for `permission`."""
    if not type(row).objects.visible_to(user, permission).filter(pk=row.pk).exists():
        raise NotAllowed(Problem("accounts.not_allowed", values={"permission": titles()[permission].vi}))
