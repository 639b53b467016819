"""Long files from the command line: each room says what `lientuc import <kind>` does with its kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lientuc.core.errors import Problem


@dataclass(frozen=True)
class Asked:
    """What somebody asked for: the file, the unit it is from, who asks, whether to take it and to park bad rows.

    `told` hears how many bytes of the file were read and how many rows that were.
    """

    path: Path
    organisation: Any
    by: Any
    preview: bool = False
    good_rows: bool = False
    told: Callable[[int, int], None] = lambda done, rows: None


@dataclass(frozen=True)
class Outcome:
    """What became of it: `state` of the batch, its counts, and the first problems with the line they stand in."""

    state: str
    counts: Mapping[str, Any]
    batch: str = ""
    problems: Iterable[tuple[int, Problem]] = field(default_factory=tuple)


Importer = Callable[[Asked], Outcome]
_importers: dict[str, Importer] = {}


def offer(kind: str, importer: Importer) -> None:
    """Offer an importer; said once, in a room's `AppConfig.ready`. It raises Refused where the file may not be taken."""
    _importers[kind] = importer


def importers() -> Mapping[str, Importer]:
    """Every kind of file that can be imported."""
    return dict(sorted(_importers.items()))
