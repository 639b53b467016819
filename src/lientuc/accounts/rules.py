"""Whether an account may be made as drafted."""

from __future__ import annotations

from dataclasses import dataclass

from lientuc.core.errors import Problem


@dataclass(frozen=True)
class UserDraft:
    """What is written down to make an account."""

    username: str
    full_name: str
    password: str
    phone: str = ""
    email: str = ""


def problems(draft: UserDraft, *, name_taken: bool) -> list[Problem]:
    """What stands in the way of this account."""
    return [Problem("accounts.name_taken", "username")] if name_taken else []
