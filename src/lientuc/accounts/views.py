"""Pages: accounts of one's units, activation slips, roles and permissions, API tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lientuc.core.errors import Refused
from lientuc.web.pages import found_or_404, page, show_problems
from lientuc.web.paging import page_of
from lientuc.web.say import say

from . import actions, queries
from .enums import Role
from .forms import AccountForm, RightsForm, RoleForm, TokenForm, UserFilter
from .models import Grant, User
from .permissions import roles_of


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")


@page(queries.VIEW)
def users(request: HttpRequest) -> HttpResponse:
    """Accounts with a role in one's units."""
    form = UserFilter(request.GET or None)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = queries.users_for(
        request.user, text=chosen.get("q", ""), role=chosen.get("role", ""), active=chosen.get("active", "")
    )
    context = {
        "filter": form,
        "page": page_of(request, rows, order=("full_name", "id")),
        "may_manage": request.user.why_not(queries.MANAGE) is None,
    }
    return render(request, "accounts/users.html", context)


@page(queries.VIEW)
def user(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: its roles in one's units and what may be done with it."""
    row = found_or_404(queries.users_for(request.user), public_id=public_id)
    managed = Grant.objects.visible_to(request.user, queries.MANAGE).filter(user=row)
    context = {
        "account": row,
        "managed": set(managed.values_list("pk", flat=True)),
        "may_manage": request.user.why_not(queries.MANAGE) is None,
        "oneself": row == request.user,
    }
    return render(request, "accounts/user.html", context)


@page(queries.MANAGE, methods=["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account; the answer is the activation slip, shown once."""
    form = AccountForm(request.POST or None, by=request.user, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.open_account(
                draft=form.draft(),
                organisation=form.place,
                role=Role(form.cleaned_data["role"]),
                by=request.user,
                key=_key(request),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            return _slip(request, row)
    return render(request, "accounts/open.html", {"form": form})


def _asked(request: HttpRequest) -> dict[str, str]:
    """Values a page of a person brings along, so that nothing is typed twice."""
    return {name: request.GET[name] for name in ("full_name", "phone", "email", "role") if name in request.GET}


def _slip(request: HttpRequest, row: User) -> HttpResponse:
    """The activation slip; sent twice, the password is not shown again."""
    context = {"account": row, "password": row.password_once, "address": settings.PUBLIC_ADDRESS}
    return render(request, "accounts/slip.html", context)


def _managed(request: HttpRequest, public_id: UUID) -> User:
    """An account with a role in a unit one manages."""
    seen = Grant.objects.visible_to(request.user, queries.MANAGE).values("user")
    found: User = found_or_404(User.objects.filter(pk__in=seen), public_id=public_id)
    return found


@page(queries.MANAGE, methods=["GET", "POST"])
def grant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give an account one more role."""
    row = _managed(request, public_id)
    form = RoleForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(
                user=row,
                role=Role(form.cleaned_data["role"]),
                organisation=form.place,
                by=request.user,
                key=_key(request),
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            messages.success(request, say("Đã giao vai trò.", "The role is granted."))
            return redirect("accounts:user", row.public_id)
    return render(request, "accounts/grant.html", {"form": form, "account": row})


@page(queries.MANAGE, methods=["POST"])
def end_grant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a role at once."""
    rows = Grant.objects.visible_to(request.user, queries.MANAGE).select_related("user", "organisation")
    row = found_or_404(rows, public_id=public_id)
    actions.end_grant(grant=row, by=request.user, key=_key(request))
    messages.success(request, say("Đã kết thúc vai trò.", "The role is withdrawn."))
    return redirect("accounts:user", row.user.public_id)


@page(queries.MANAGE, methods=["POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account."""
    said = say("Đã khóa tài khoản; mọi phiên đang mở đã kết thúc.", "The account is closed; open sessions have ended.")
    return _switched(request, public_id, actions.close_account, said)


@page(queries.MANAGE, methods=["POST"])
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    said = say("Đã mở lại tài khoản.", "The account is open again.")
    return _switched(request, public_id, actions.reopen_account, said)


def _switched(request: HttpRequest, public_id: UUID, act: Callable[..., User], said: Any) -> HttpResponse:
    row = _managed(request, public_id)
    act(user=row, by=request.user, key=_key(request))
    messages.success(request, said)
    return redirect("accounts:user", public_id)


@page(queries.MANAGE, methods=["POST"])
def renew_password(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new password for somebody who lost theirs, on a new slip."""
    row = actions.renew_password(user=_managed(request, public_id), by=request.user, key=_key(request))
    return _slip(request, row)


@page("accounts.view_roles")
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, and how far."""
    own = [role for role, _ in roles_of(request.user)]
    form = RightsForm(request.GET or {"role": own[0] if own else Role.HEALTH_WORKER})
    chosen = Role(form.cleaned_data["role"]) if form.is_valid() else Role.HEALTH_WORKER
    held = [right for right in queries.rights_of(chosen) if right.reaches]
    context = {"filter": form, "chosen": chosen, "held": held, "table": list(queries.rights_table())}
    return render(request, "accounts/roles.html", context)


@page("accounts.view_roles", methods=["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own API tokens; a new one is shown once."""
    form, made = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.issue_token(name=form.cleaned_data["name"], by=request.user, key=_key(request))
        except Refused as refused:
            show_problems(form, refused)
    context = {"form": TokenForm() if made else form, "made": made, "tokens": queries.tokens_of(request.user)}
    return render(request, "accounts/tokens.html", context)


@page("accounts.view_roles", methods=["POST"])
def end_token(request: HttpRequest) -> HttpResponse:
    """End one's own token; which one stands in the form, for it belongs to nobody else."""
    if not request.POST.get("token"):
        return redirect("accounts:tokens")
    row = found_or_404(queries.tokens_of(request.user), public_id=_uuid(request.POST["token"]))
    actions.end_token(token=row, by=request.user, key=_key(request))
    messages.success(request, say("Đã kết thúc khóa kết nối.", "The token is ended."))
    return redirect("accounts:tokens")


def _uuid(text: str) -> UUID:
    """The id typed into a form; one that is none finds nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
