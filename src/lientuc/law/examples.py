"""Examples of the law as text tables: tests run them, the manual prints them, other engines must agree with them."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from .arithmetic import worked_out
from .credits import (
    EntryFacts,
    Exemption,
    FactorSet,
    LicenceKind,
    Pre2024,
    RuleSet,
    Standing,
    Title,
    WindowMode,
    WorkerFacts,
    YearMode,
    standing,
)
from .errors import NotInForce

Row = dict[str, str]
_NUMBERS = {"required_hours", "counted_hours", "secondary_hours", "shortfall_hours"}


@dataclass(frozen=True)
class Example:
    """One worked case. Tables are text: a header line, then rows, cells parted by `|`; days are YYYY-MM-DD.

    `expected` has rows `name | value`; hours are written as sums, `line N` as a sum and a reason, `year Y` as
    what it counts `of` what it asks for; `not_in_force` names the parameter that has no text on the day.
    """

    title: str
    rule: str
    on: str
    worker: str
    expected: str
    entries: str = ""
    exemptions: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """One file of examples: `name` of the file, its title, what it is about, its examples in order."""

    name: str
    title: str
    text: str
    examples: tuple[Example, ...]


def chapters(folder: Path) -> tuple[Chapter, ...]:
    """Every chapter of a folder, by file name."""
    return tuple(_chapter(path) for path in sorted(folder.glob("*.py")) if not path.name.startswith("_"))


def table(text: str) -> tuple[Row, ...]:
    """Rows of a text table by column; ValueError where a row has more or fewer cells than the header."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    return tuple(dict(zip(lines[0], cells, strict=True)) for cells in lines[1:])


def pairs(text: str) -> dict[str, str]:
    """`name | value` rows as a dict."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    return dict(rows)


def worker_of(example: Example) -> WorkerFacts:
    """The worker of the example."""
    (row,) = table(example.worker)
    return WorkerFacts(
        title=Title(row["title"]),
        licence_kind=LicenceKind(row.get("licence") or "none"),
        practising=row.get("practising") == "yes",
        licence_issued_on=_day(row.get("issued")),
        licence_valid_to=_day(row.get("valid_to")),
        converted_on=_day(row.get("converted")),
    )


def entries_of(example: Example) -> tuple[EntryFacts, ...]:
    """The entries, numbered from 1 in the order of the table."""
    return (
        tuple(_entry(str(place), row) for place, row in enumerate(table(example.entries), 1)) if example.entries else ()
    )


def exemptions_of(example: Example) -> tuple[Exemption, ...]:
    """The exemptions of the example."""
    rows = table(example.exemptions) if example.exemptions else ()
    return tuple(Exemption(date.fromisoformat(row["from"]), _day(row["to"]), row["basis"]) for row in rows)


def rules_of(example: Example) -> RuleSet:
    """The default rule set with the settings of the example."""
    rules = RuleSet.default()
    for name, value in example.settings.items():
        rules = _with(rules, name, value)
    return rules


def answer_of(example: Example) -> Standing:
    """What the law floor answers."""
    on = date.fromisoformat(example.on)
    return standing(worker_of(example), entries_of(example), exemptions_of(example), on, rules_of(example))


def expected_of(example: Example) -> dict[str, str]:
    """The expectation with its sums worked out."""
    return {name: _worked(name, value) for name, value in pairs(example.expected).items()}


def found_of(example: Example) -> dict[str, str]:
    """The answer in the words of the expectation: equal dicts mean the example holds."""
    try:
        found = answer_of(example)
    except NotInForce as refusal:
        return {"not_in_force": refusal.name}
    return {name: _said(found, name) for name in pairs(example.expected)}


def _worked(name: str, value: str) -> str:
    if name in _NUMBERS:
        return _plain(worked_out(value))
    if name.startswith("line "):
        hours, _, reason = value.rpartition(" ")
        return f"{_plain(worked_out(hours))} {reason}"
    if name.startswith("year "):
        counted, required = value.split(" of ")
        return f"{_plain(worked_out(counted))} of {_plain(worked_out(required))}"
    return value


def _said(found: Standing, name: str) -> str:
    if name.startswith("line "):
        (line,) = (line for line in found.lines if line.entry_id == name.removeprefix("line "))
        return f"{_plain(line.hours)} {line.reason}"
    if name.startswith("year "):
        (year,) = (year for year in found.yearly if year.year == int(name.removeprefix("year ")))
        return f"{_plain(year.counted.hours)} of {_plain(year.required.hours)}"
    if name == "not_in_force":
        return "in force"
    value = getattr(found, name)
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _entry(entry_id: str, row: Row) -> EntryFacts:
    return EntryFacts(
        entry_id=entry_id,
        activity_on=date.fromisoformat(row["day"]),
        form=row["form"],
        role=row["role"],
        level=row.get("level", ""),
        units=Decimal(row.get("units") or 1),
        decided_hours=Decimal(row["decided"]) if row.get("decided") else None,
        certificate_key=row.get("certificate", ""),
    )


def _with(rules: RuleSet, name: str, value: str) -> RuleSet:
    if name == "window":
        return replace(rules, window=WindowMode(value))
    if name == "factor_set":
        return replace(rules, factor_set=FactorSet(value))
    if name == "pre2024":
        return replace(rules, pre2024=Pre2024(value))
    if name == "year_mode":
        return replace(rules, year_mode=YearMode(value))
    return replace(rules, parameters=rules.parameters.changed(name, Decimal(value)))


def _chapter(path: Path) -> Chapter:
    content = runpy.run_path(str(path))
    return Chapter(path.stem, content["title"], content["text"].strip(), tuple(content["examples"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
