"""Identifiers that may leave the house, and references between floors."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

# No 0/O, 1/I/L: the code is read aloud and typed from paper.
_READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_public_id() -> UUID:
    """A random identifier for pages, files and other systems; never a sequence."""
    return uuid4()


def new_verification_code() -> str:
    """A code of at least 128 random bits printed under a certificate, in readable groups."""
    letters = "".join(secrets.choice(_READABLE) for _ in range(28))
    return "-".join(letters[start : start + 7] for start in range(0, 28, 7))


@dataclass(frozen=True)
class Ref:
    """A reference that may point up the floors: a value, never a foreign key."""

    kind: str
    public_id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.public_id}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read what `str(ref)` wrote."""
        kind, _, public_id = text.partition(":")
        return cls(kind, public_id)
