"""Writing one part of a list while the next one is judged: the database works on one core, the judging on another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self

from django.db import connection


class Behind:
    """Does one thing at a time, in order, a step behind; what it raises is raised at the next step or at the end.

    Inside a transaction of the caller's, and on SQLite, where there is one writer, everything is done at once instead.
    """

    def __init__(self) -> None:
        beside = connection.vendor == "postgresql" and not connection.in_atomic_block
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writing-behind") if beside else None
        self._last: Future[None] | None = None

    def do(self, what: Callable[..., None], *arguments: Any) -> None:
        """Do it, after what was asked for before is done."""
        self.settle()
        if self._thread is None:
            what(*arguments)
        else:
            self._last = self._thread.submit(what, *arguments)

    def settle(self) -> None:
        """Wait until everything asked for is done, and can be read by everybody."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._thread is None:
            return
        try:
            self.settle()
        finally:
            self._thread.submit(_close_own).result()
            self._thread.shutdown()


def _close_own() -> None:
    """Close the connection of the thread that runs this."""
    connection.close()
