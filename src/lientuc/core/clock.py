"""The one clock: tests and the simulated province may set it, nobody else reads the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_set_to: ContextVar[datetime | None] = ContextVar("lientuc_clock", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Hà Nội: legal days are Vietnamese days."""
    return now().astimezone(HANOI).date()


@contextmanager
def clock_at(moment: datetime | date) -> Iterator[None]:
    """Let `now()` be `moment` inside the block; a date means noon in Hà Nội."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=HANOI)
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
