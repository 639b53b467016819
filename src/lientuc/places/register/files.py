"""The CSV files of places/data, read once, at first use."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from lientuc.places.enums import UnitLevel, UnitType

from .values import LegacyUnit, Share, Successor, Unit

DATA = Path(__file__).parent.parent / "data"


def rows_of(file: str) -> list[dict[str, str]]:
    """The rows of one file, as text."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def all_versions() -> tuple[Unit, ...]:
    """Every version of every unit, in the order of the file: provinces, then communes, by code and day."""
    return tuple(
        Unit(
            code=row["code"],
            level=UnitLevel(row["level"]),
            type=UnitType(row["type"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            parent_code=row["parent_code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_source=row["legal_source"],
            certainty=row["certainty"],
        )
        for row in rows_of("units.csv")
    )


@lru_cache(maxsize=1)
def versions_by_code() -> dict[str, tuple[Unit, ...]]:
    """Province and commune codes differ in length, so the code alone is a key."""
    grouped: dict[str, list[Unit]] = defaultdict(list)
    for version in all_versions():
        grouped[version.code].append(version)
    return {code: tuple(group) for code, group in grouped.items()}


@lru_cache(maxsize=1)
def legacy_by_code() -> dict[tuple[UnitLevel, str], LegacyUnit]:
    """The former units; their codes are unique within a level only."""
    legacy = (
        LegacyUnit(
            level=UnitLevel(row["level"]),
            code=row["code"],
            type=UnitType(row["type"]),
            name_vi=row["name_vi"],
            parent_code=row["parent_code"],
            valid_to=date.fromisoformat(row["valid_to"]),
        )
        for row in rows_of("legacy_units.csv")
    )
    return {(former.level, former.code): former for former in legacy}


@lru_cache(maxsize=1)
def successors_by_code() -> dict[tuple[UnitLevel, str], tuple[Successor, ...]]:
    """What became of each former unit."""
    grouped: dict[tuple[UnitLevel, str], list[Successor]] = defaultdict(list)
    for row in rows_of("successors.csv"):
        legacy_level = UnitLevel(row["legacy_level"])
        heir = Successor(legacy_level, row["legacy_code"], UnitLevel(row["level"]), row["code"], Share(row["share"]))
        grouped[legacy_level, heir.legacy_code].append(heir)
    return {key: tuple(group) for key, group in grouped.items()}


@lru_cache(maxsize=1)
def predecessors_by_code() -> dict[str, tuple[Successor, ...]]:
    """The same lines by the unit they lead to; former districts among them."""
    grouped: dict[str, list[Successor]] = defaultdict(list)
    for heirs in successors_by_code().values():
        for heir in heirs:
            grouped[heir.code].append(heir)
    return {code: tuple(group) for code, group in grouped.items()}
