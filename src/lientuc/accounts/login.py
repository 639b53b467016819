"""Signing in by user name, phone or mail; nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from .models import User


class NamePhoneOrMail(ModelBackend):
    """One field takes whatever the person remembers."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The active user of that name, phone or mail with that password; the same time is spent on unknown names."""
        name = (username or "").strip()
        if not name or password is None:
            return None
        user = User.objects.filter(Q(username__iexact=name) | Q(phone=name) | Q(email__iexact=name)).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None


class ClosedDoorAdapter(DefaultAccountAdapter):
    """Accounts are made by units, not by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
