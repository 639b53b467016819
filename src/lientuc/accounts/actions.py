"""Writes: accounts, grants, API tokens."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.core.clock import today
from lientuc.core.errors import NotAllowed, Problem, refuse_if
from lientuc.places.enums import OrganisationKind
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.record import action

from .enums import Role
from .models import ApiToken, Grant, User
from .permissions import require, role_reaches_beyond
from .rules import UserDraft, account_problems, grant_problems, problems

MANAGE = "accounts.manage_users"
# Typed from paper: no 0 and o, 1 and l and i.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


@action("accounts.open_account")
def open_account(
    *, draft: UserDraft, organisation: Organisation, by: Any, role: Role | None = None, key: str = ""
) -> User:
    """Make an account for somebody of `organisation`, with `role` there where one is named.

    A password the system made stands in `password_once` of the returned row, never in the trail.
    """
    require(by, MANAGE, organisation)
    refuse_if(problems(draft, name_taken=_name_taken(draft)))
    password = draft.password or _new_password()
    user = User.objects.create_user(
        draft.username.strip(),
        password,
        full_name=draft.full_name.strip(),
        phone=draft.phone or None,
        email=draft.email or None,
    )
    if role is not None:
        grant_role(user=user, role=role, organisation=organisation, by=by)
    user.organisation, user.password_once = organisation, "" if draft.password else password
    return user


def _name_taken(draft: UserDraft) -> bool:
    """A user name, phone number or mail address signs in one person only."""
    taken = Q(username__iexact=draft.username.strip())
    for text in filter(None, (draft.phone, draft.email)):
        taken |= Q(phone=text) | Q(email__iexact=text) | Q(username__iexact=text)
    return User.objects.filter(taken).exists()


def _new_password() -> str:
    """Sixteen random signs in groups of four, about 79 bits."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(16))
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


@action("accounts.grant_role")
def grant_role(
    *, user: User, role: Role, organisation: Organisation, by: Any, from_on: date | None = None, key: str = ""
) -> Grant:
    """Let `user` hold `role` at `organisation` from a day on."""
    require(by, MANAGE, organisation)
    open_grants = Grant.objects.unscoped(WhyUnscoped.RULE).filter(user=user, role=role, to_on__isnull=True)
    refuse_if(
        grant_problems(
            role,
            OrganisationKind(organisation.kind),
            held=open_grants.filter(organisation=organisation).exists(),
            beyond=role_reaches_beyond(by, role),
        )
    )
    return Grant.objects.create(user=user, role=role, organisation=organisation, from_on=from_on or today())


@action("accounts.end_grant")
def end_grant(*, grant: Grant, by: Any, key: str = "") -> Grant:
    """Withdraw a role at once: `to_on` is the first day it is no longer held."""
    require(by, MANAGE, grant.organisation)
    if grant.to_on is not None:
        return grant
    grant.to_on = max(today(), grant.from_on)
    grant.save(update_fields=["to_on"])
    return grant


@action("accounts.close_account")
def close_account(*, user: User, by: Any, key: str = "") -> User:
    """Nobody signs in with this account any more; its sessions end with the next page."""
    return _switch(user, by, active=False)


@action("accounts.reopen_account")
def reopen_account(*, user: User, by: Any, key: str = "") -> User:
    """Let a closed account sign in again, with the roles it still holds."""
    return _switch(user, by, active=True)


def _switch(user: User, by: Any, *, active: bool) -> User:
    _require_whole(by, user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    return user


@action("accounts.renew_password")
def renew_password(*, user: User, by: Any, key: str = "") -> User:
    """Make a new password for somebody who lost theirs; it stands in `password_once`, and open sessions end."""
    _require_whole(by, user)
    user.password_once = _new_password()
    user.set_password(user.password_once)
    user.save(update_fields=["password"])
    return user


def _require_whole(by: Any, user: User) -> None:
    """An account answers to whoever may grant every role it holds: else a unit could take over a wider account."""
    require(by, MANAGE)
    rows = Grant.objects.unscoped(WhyUnscoped.RULE).filter(user=user, to_on__isnull=True)
    grants = list(rows.select_related("organisation"))
    places = [grant.organisation for grant in grants if grant.organisation is not None]
    near = grants and len(places) == len(grants) and not any(by.why_not(MANAGE, place) for place in places)
    wider = any(role_reaches_beyond(by, Role(grant.role)) for grant in grants)
    elsewhere = not by.scope(MANAGE).everything and (not near or wider)
    refuse_if(account_problems(oneself=by.pk == user.pk, elsewhere=elsewhere))
    user.organisation = places[0] if places else None


@action("accounts.issue_token")
def issue_token(*, name: str, by: Any, key: str = "") -> ApiToken:
    """Make a token that acts as `by`; it stands in `token_once` of the returned row, only its hash is kept."""
    require(by, "accounts.view_roles")
    refuse_if([Problem("accounts.token_name_missing", "name")] if not name.strip() else [])
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(user=by, name=name.strip(), token_hash=ApiToken.hash_of(token), made_on=today())
    row.token_once = token
    return row


@action("accounts.end_token")
def end_token(*, token: ApiToken, by: Any, key: str = "") -> ApiToken:
    """End one's own token at once."""
    if token.user_id != by.pk:
        raise NotAllowed(Problem("accounts.not_ones_own"))
    token.ended_on = token.ended_on or today()
    token.save(update_fields=["ended_on"])
    return token
