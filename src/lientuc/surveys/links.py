"""Links of respondents: tokens are derived, only their hashes are stored, so a copy of the database opens no form."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings


def new_open_token() -> str:
    """A public link of an open wave: random, short enough to read from a poster."""
    return secrets.token_urlsafe(12)


def new_pseudonym() -> str:
    """A random name that says nothing about its bearer."""
    return secrets.token_hex(16)


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_token(public_id: UUID) -> str:
    """The token of a new invitation."""
    return next(_derived("invitation", str(public_id)))


def token_again(public_id: UUID, token_hash: str) -> str:
    """The token of a stored invitation, also after the secret key was rotated; empty where no known key made it."""
    return next((token for token in _derived("invitation", str(public_id)) if hash_of(token) == token_hash), "")


def response_token(wave: UUID, start_key: str) -> str:
    """The resume link of one start of an open wave: the same start sent twice gives the same link."""
    return next(_derived("response", f"{wave}:{start_key}"))


def pseudonym_of(token: str) -> str:
    """The pseudonym belonging to a resume link; it does not lead back to the link."""
    return hashlib.sha256(f"pseudonym:{token}".encode()).hexdigest()[:32]


def _derived(purpose: str, about: str) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = hmac.new(key.encode(), f"surveys:{purpose}:{about}".encode(), hashlib.sha256).digest()
        yield base64.urlsafe_b64encode(digest[:18]).decode()
