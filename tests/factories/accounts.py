"""Accounts and roles for tests, written directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from lientuc.accounts.enums import Role
from lientuc.accounts.models import Grant, User
from lientuc.places.models import Organisation

BEGIN = date(2025, 7, 1)
_serial = count(1)


def make_user(organisation: Organisation, label: str = "Lê Thị Bình", **fields: Any) -> User:
    """Somebody named `label` who holds the role of a health worker at `organisation`."""
    user = User.objects.create(**({"username": f"nguoi.{next(_serial)}", "full_name": label, "password": "!"} | fields))
    make_grant(organisation, user=user)
    return user


def make_grant(organisation: Organisation, label: str = "Lê Thị Bình", **fields: Any) -> Grant:
    """An open grant, of a person named `label` unless a user is given."""
    if "user" not in fields:
        fields["user"] = User.objects.create(username=f"nguoi.{next(_serial)}", full_name=label, password="!")
    values = {"role": Role.HEALTH_WORKER, "from_on": BEGIN, **fields}
    return Grant.objects.create(organisation=organisation, **values)


OBJECTS: dict[str, Callable[[Organisation, str], Any]] = {
    "accounts.User": make_user,
    "accounts.Grant": make_grant,
}
LISTS: dict[str, str] = {"accounts:users": "accounts.User"}
