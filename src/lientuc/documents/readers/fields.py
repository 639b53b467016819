"""A known field of an uploaded table, and the headings under which offices send it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownField:
    """A field of a draft and the headings it comes under, in any spelling: marks, case and signs don't count."""

    key: str
    headings: tuple[str, ...]
