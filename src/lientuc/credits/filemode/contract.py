"""The files of `lientuc standings`: their columns in order, what a cell may hold, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lientuc.law.credits import Form, Level, LicenceKind, Role, Title

DAY = r"^\d{4}-\d{2}-\d{2}$"
FIRST_DAY, LAST_DAY = "1900-01-01", "2199-12-31"
AMOUNT = r"^\d{1,5}(\.\d{1,4})?$"


@dataclass(frozen=True)
class Column:
    """One column: `may` says in words what a cell holds; `codes` or `pattern` checks it; `needed` cells are never empty."""

    name: str
    may: str
    needed: bool = False
    codes: tuple[str, ...] = ()
    pattern: str = ""
    is_day: bool = False


def _code(name: str, codes: type, *, needed: bool = True) -> Column:
    values = tuple(code.value for code in codes)  # type: ignore[attr-defined]
    return Column(name, "one of " + ", ".join(values), needed=needed, codes=values)


def _day(name: str, *, needed: bool = False) -> Column:
    return Column(name, f"a day as YYYY-MM-DD, {FIRST_DAY[:4]}–{LAST_DAY[:4]}", needed=needed, pattern=DAY, is_day=True)


def _amount(name: str) -> Column:
    return Column(name, "a number from 0 to 99999 with a point and at most four decimals", pattern=AMOUNT)


def _text(name: str, *, needed: bool = True) -> Column:
    return Column(name, "a text", needed=needed)


WORKERS = (
    _text("worker_id"),
    _code("title", Title),
    _code("licence_kind", LicenceKind),
    Column("practising", "yes or no", needed=True, codes=("yes", "no")),
    _day("licence_issued_on"),
    _day("licence_valid_to"),
    _day("converted_on"),
)
ENTRIES = (
    _text("entry_id"),
    _text("worker_id"),
    _day("activity_on", needed=True),
    _code("form", Form),
    _code("role", Role),
    _code("level", Level, needed=False),
    _amount("units"),
    _amount("decided_hours"),
)
EXEMPTIONS = (_text("worker_id"), _day("from_on", needed=True), _day("to_on"), _text("basis", needed=False))

STANDINGS = (
    *("worker_id", "regime", "window_start", "window_end", "required_hours", "counted_hours", "secondary_hours"),
    *("shortfall_hours", "yearly_floor_met", "status", "deadline_on", "rule_set"),
)
LINES = ("worker_id", "entry_id", "hours", "reason", "article", "certainty")


@dataclass(frozen=True)
class Files:
    """What is read and what is written; a name ending in .parquet is Parquet, any other is CSV."""

    workers: Path
    entries: Path
    out: Path
    exemptions: Path | None = None
    explain: Path | None = None

    @property
    def read(self) -> Mapping[str, tuple[Path, tuple[Column, ...]]]:
        """Table name → file and columns."""
        found = {"workers": (self.workers, WORKERS), "entries": (self.entries, ENTRIES)}
        return found | ({"exemptions": (self.exemptions, EXEMPTIONS)} if self.exemptions else {})


@dataclass(frozen=True)
class Trouble:
    """One thing to mend before anything is reckoned; `line` counts the header as line 1, None where the whole file is meant."""

    file: Path
    what: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = ":".join(
            [str(self.file), *([str(self.line)] if self.line else []), *([self.column] if self.column else [])]
        )
        return f"{place}: {self.what}"


class WrongFiles(Exception):
    """The files cannot be reckoned; every trouble found, the first of each kind of a long file, and how many more."""

    def __init__(self, troubles: list[Trouble], more: int = 0) -> None:
        self.troubles = troubles
        self.more = more
        super().__init__(f"{len(troubles) + more} troubles")


class EngineMissing(Exception):
    """The engine asked for is not installed here; the message says what to do."""


__all__ = [
    "ENTRIES", "EXEMPTIONS", "LINES", "STANDINGS", "WORKERS", "Column", "EngineMissing", "Files", "Trouble", "WrongFiles",
]  # fmt: skip
