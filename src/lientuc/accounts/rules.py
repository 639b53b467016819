"""Whether an account may be made as drafted, and where a role may be held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lientuc.core.errors import Problem
from lientuc.places.enums import OrganisationKind

from .enums import Role

_ANYWHERE = frozenset(OrganisationKind)
_K = OrganisationKind
_USERNAME = re.compile(r"[\w.@+-]{3,80}")
_PHONE = re.compile(r"\+?\d{9,14}")

# A role carries its reach from where it is held: held at the wrong kind of organisation it would give powers nobody gave.
ROLE_HOMES: Mapping[Role, frozenset[OrganisationKind]] = {
    Role.MINISTRY: frozenset({_K.MINISTRY}),
    Role.PROVINCIAL_COMMITTEE: frozenset({_K.PROVINCIAL_COMMITTEE}),
    Role.HEALTH_DEPARTMENT: frozenset({_K.HEALTH_DEPARTMENT}),
    Role.FINANCE_DEPARTMENT: frozenset({_K.FINANCE_DEPARTMENT}),
    Role.COMMUNE_COMMITTEE: frozenset({_K.COMMUNE_COMMITTEE}),
    Role.STATION: frozenset({_K.STATION, _K.STATION_POINT}),
    Role.TRAINING_OFFICE: frozenset({_K.HOSPITAL, _K.AREA_CENTRE, _K.SCHOOL, _K.PRIVATE_FACILITY}),
    Role.PROVIDER: _ANYWHERE,
    Role.COUNCIL_MEMBER: _ANYWHERE,
    Role.HEALTH_WORKER: _ANYWHERE,
    Role.EVALUATOR: _ANYWHERE,
    Role.INSPECTOR: frozenset({_K.MINISTRY, _K.HEALTH_DEPARTMENT}),
    Role.CLERK: _ANYWHERE,
    Role.AUDITOR: frozenset({_K.MINISTRY, _K.PROVINCIAL_COMMITTEE, _K.HEALTH_DEPARTMENT}),
    Role.PUBLIC: frozenset(),
}


@dataclass(frozen=True)
class UserDraft:
    """What is written down to make an account; without `password` one is made and shown once."""

    username: str
    full_name: str
    password: str = ""
    phone: str = ""
    email: str = ""


def problems(draft: UserDraft, *, name_taken: bool) -> list[Problem]:
    """What stands in the way of this account."""
    found = []
    if not _USERNAME.fullmatch(draft.username):
        found.append(Problem("accounts.username_wrong", "username"))
    if not draft.full_name.strip():
        found.append(Problem("accounts.full_name_missing", "full_name"))
    if draft.phone and not _PHONE.fullmatch(draft.phone):
        found.append(Problem("accounts.phone_wrong", "phone"))
    if name_taken:
        found.append(Problem("accounts.name_taken", "username"))
    return found


def grant_problems(role: Role, kind: OrganisationKind, *, held: bool, beyond: bool) -> list[Problem]:
    """What stands in the way of holding `role` at an organisation of `kind`.

    `held`: the person holds it there already; `beyond`: the role reaches further than whoever grants it.
    """
    found = []
    if kind not in ROLE_HOMES[role]:
        found.append(Problem("accounts.role_not_here", "role"))
    if held:
        found.append(Problem("accounts.role_held", "role"))
    if beyond:
        found.append(Problem("accounts.role_beyond", "role"))
    return found


def account_problems(*, oneself: bool, elsewhere: bool) -> list[Problem]:
    """Why an administrator may not close this account or renew its password.

    `elsewhere`: it also holds a role where, or further than, the administrator may grant one.
    """
    if oneself:
        return [Problem("accounts.not_oneself")]
    return [Problem("accounts.held_elsewhere")] if elsewhere else []
