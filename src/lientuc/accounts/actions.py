"""Writes: accounts, grants, API tokens."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.core.clock import today
from lientuc.core.errors import refuse_if
from lientuc.places.models import Organisation
from lientuc.trail.record import action

from .enums import Role
from .models import ApiToken, Grant, User
from .permissions import require
from .rules import UserDraft, problems


@action("accounts.open_account")
def open_account(*, draft: UserDraft, organisation: Organisation, by: Any, key: str = "") -> User:
    """Make an account for somebody of `organisation`; grants are given separately."""
    require(by, "accounts.manage_users", organisation)
    taken = User.objects.filter(Q(username__iexact=draft.username) | Q(phone=draft.phone or None)).exists()
    refuse_if(problems(draft, name_taken=taken))
    return User.objects.create_user(
        draft.username,
        draft.password,
        full_name=draft.full_name,
        phone=draft.phone or None,
        email=draft.email or None,
    )


@action("accounts.grant_role")
def grant_role(*, user: User, role: Role, organisation: Organisation, by: Any, from_on: date | None = None) -> Grant:
    """Let `user` hold `role` at `organisation` from a day on."""
    require(by, "accounts.manage_users", organisation)
    return Grant.objects.create(user=user, role=role, organisation=organisation, from_on=from_on or today())


@action("accounts.end_grant")
def end_grant(*, grant: Grant, by: Any) -> Grant:
    """Withdraw a role from today on."""
    require(by, "accounts.manage_users", grant.organisation)
    grant.to_on = today()
    grant.save(update_fields=["to_on"])
    return grant


def issue_token(*, user: User, name: str, by: Any) -> str:
    """Make an API token for `user` and return it, the only time it is shown."""
    token = secrets.token_urlsafe(32)
    keep_token(user=user, name=name, token_hash=ApiToken.hash_of(token), by=by)
    return token


@action("accounts.keep_token")
def keep_token(*, user: User, name: str, token_hash: str, by: Any) -> ApiToken:
    """Keep the hash of a token that acts as `user`; only the user may make one."""
    require(by, "accounts.view_roles")
    if by != user:
        require(by, "accounts.manage_users", None)
    return ApiToken.objects.create(user=user, name=name, token_hash=token_hash, made_on=today())


