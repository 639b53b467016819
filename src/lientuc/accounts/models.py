"""Users who sign in by name, phone or mail, and the roles they hold somewhere."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from lientuc.core.errors import Problem
from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, ScopedRow
from lientuc.trail.rows import Row, one_of, period

from .enums import Role
from .system import SYSTEM, System


class UserManager(BaseUserManager["User"]):
    """Makes users; `get_by_natural_key` is what sign-in asks."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A saved user with a hashed password."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, Row):
    """A person who signs in; which rows they see follows from their grants."""

    username = models.CharField(max_length=80, unique=True)
    phone = models.CharField(max_length=20, unique=True, null=True)
    email = models.EmailField(unique=True, null=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = False

    # Not kept: what an action hands to its page once, and the organisation the audit row names.
    password_once: str = ""
    organisation: Organisation | None = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.full_name

    def scope(self, permission: str) -> Scope:
        """Which rows this user may touch with `permission`; grants are read once per instance."""
        from .permissions import scope_of

        return scope_of(self, permission)

    def why_not(self, permission: str, organisation: Organisation | None = None) -> Problem | None:
        """Why this user may not, or None."""
        from .permissions import why_not

        return why_not(self, permission, organisation)


class Grant(ScopedRow, Row):
    """One role a user holds at an organisation, dated; a role without organisation reaches the person only.

    `to_on` is the first day it is no longer held, so that a withdrawal takes effect at once.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = (one_of("role", Role, table="accounts_grant"), period(table="accounts_grant"))

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class ApiToken(Row):
    """A key for another system, acting as one user; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    token_once: str = ""

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def hash_of(token: str) -> str:
        """What is stored of a token."""
        return hashlib.sha256(token.encode()).hexdigest()


__all__ = ["SYSTEM", "ApiToken", "Grant", "System", "User", "UserManager"]
