"""Words for locks that cannot be kept."""

from __future__ import annotations

from lientuc.core.errors import Problem

from .model import ClassLock, SeatLock


def lock_not_kept(lock: ClassLock | SeatLock) -> Problem:
    """The problem of a lock that money, time or staff does not allow."""
    values: dict[str, int | str] = {"offering": lock.offering, "quarter": lock.quarter, "at_least": lock.at_least}
    if isinstance(lock, SeatLock):
        values |= {"organisation": lock.organisation, "programme": lock.programme}
    return Problem("planning.lock_not_kept", "locks", values)
