"""The walk through the loop: each step calls the actions a user would call and says one line about what it did."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Say = Callable[[str], None]


@dataclass
class Walk:
    """What later steps need from earlier ones: organisations, users and rows by key; every action called."""

    organisations: dict[str, Any] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of the loop; `walk` returns the line that is printed."""

    title: str
    run: Callable[[Walk], str]


def run_steps(steps: list[Step], walk: Walk, say: Say) -> None:
    """Run every step in order, printing one line with its time."""
    began = time.perf_counter()
    for place, step in enumerate(steps, start=1):
        start = time.perf_counter()
        told = step.run(walk)
        say(f"{place:2d}/{len(steps)} {step.title:<34} {time.perf_counter() - start:6.1f} s  {told}")
    say(f"      {'Cả vòng (the whole loop)':<34} {time.perf_counter() - began:6.1f} s")


