"""The walk through the loop: each step calls the actions a user would call and says one line about what it did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tqdm import tqdm

from lientuc.core.clock import clock_at, today

Say = Callable[[str], None]


@dataclass
class Walk:
    """What later steps need from earlier ones: organisations, users and rows by key; `small` for a quick look."""

    small: bool = False
    organisations: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of the loop, taken `days_ago`; `run` returns the line that is printed."""

    title: str
    run: Callable[[Walk], str]
    days_ago: int = 0


def run_steps(steps: list[Step], walk: Walk, say: Say) -> None:
    """Run every step in order on its day, printing one line with its time."""
    began, last_day = time.perf_counter(), today()
    for place, step in enumerate(steps, start=1):
        start = time.perf_counter()
        with clock_at(last_day - timedelta(days=step.days_ago)):
            told = step.run(walk)
        say(f"{place:2d}/{len(steps)} {step.title:<32} {time.perf_counter() - start:6.1f} s  {told}")
    say(f"      {'Cả vòng (the whole loop)':<32} {time.perf_counter() - began:6.1f} s")


@contextmanager
def phases(title: str, count: int) -> Iterator[Callable[[str], None]]:
    """A progress bar over `count` phases of one long action; call the yielded function as each begins."""
    bar = tqdm(total=count, desc=f"      {title}", leave=False, disable=None)

    def begin(words: str) -> None:
        bar.set_postfix_str(words)
        bar.update()

    try:
        yield begin
    finally:
        bar.close()


def progress(rows: Iterable[Any], title: str) -> Iterable[Any]:
    """`rows` with a progress bar on the terminal; nothing where the output is a file."""
    return tqdm(rows, desc=f"      {title}", leave=False, disable=None)
