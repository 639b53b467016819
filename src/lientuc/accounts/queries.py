"""Reads: the accounts of one's units, their roles, the table of roles and permissions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from lientuc.places.models import Organisation

from .enums import Reach, Role
from .models import ApiToken, Grant, User
from .permissions import table, titles
from .rules import ROLE_HOMES

VIEW = "accounts.view_users"
MANAGE = "accounts.manage_users"


@dataclass(frozen=True)
class Right:
    """One permission as a role holds it; no reaches: not at all."""

    permission: str
    title_vi: str
    title_en: str
    reaches: tuple[Reach, ...]


def users_for(by: Any, *, text: str = "", role: str = "", active: str = "") -> QuerySet[User]:
    """Accounts with a role, held or past, that `by` may see; each carries `seen_grants`. Two queries."""
    seen = Grant.objects.visible_to(by, VIEW)
    holding = seen.filter(role=role, to_on__isnull=True) if role else seen
    rows = User.objects.filter(pk__in=holding.values("user"))
    if text:
        rows = rows.filter(Q(full_name__icontains=text) | Q(username__icontains=text) | Q(phone=text))
    if active:
        rows = rows.filter(is_active=active == "yes")
    grants = seen.select_related("organisation").order_by("to_on", "from_on", "pk")
    return rows.prefetch_related(Prefetch("grants", grants, to_attr="seen_grants"))


def managed_organisations(by: Any) -> QuerySet[Organisation]:
    """Where `by` may open accounts, by name."""
    return Organisation.objects.visible_to(by, MANAGE).filter(to_on__isnull=True).order_by("name_fold", "pk")


def roles_at(organisation: Organisation) -> list[Role]:
    """The roles that may be held at a kind of organisation."""
    return [role for role, kinds in ROLE_HOMES.items() if organisation.kind in kinds]


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens, the newest first."""
    return ApiToken.objects.filter(user=user).order_by("-pk")


def rights_of(role: Role) -> list[Right]:
    """Every permission as `role` holds it, in the order of the table."""
    return [_right(permission, role) for permission in table()]


def _right(permission: str, role: Role) -> Right:
    reaches = tuple(reach for reach in Reach if reach in table()[permission][role])
    title = titles()[permission]
    return Right(permission, title.vi, title.en, reaches)


def rights_table() -> Iterator[tuple[Right, list[tuple[Role, tuple[Reach, ...]]]]]:
    """Each permission with its reaches for every role a person may hold."""
    roles = [role for role in Role if ROLE_HOMES[role]]
    for permission in table():
        yield _right(permission, roles[0]), [(role, _right(permission, role).reaches) for role in roles]
