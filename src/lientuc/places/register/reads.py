"""The questions the register answers by code and day."""

from __future__ import annotations

from datetime import date

from lientuc.places.enums import UnitLevel

from .files import all_versions, legacy_by_code, predecessors_by_code, rows_of, successors_by_code, versions_by_code
from .values import Area, LegacyUnit, NotRecorded, Successor, Tile, Unit


def provinces(on: date) -> tuple[Unit, ...]:
    """The provinces and centrally run cities of that day, by code; `NotRecorded` before 1 July 2025."""
    must_be_recorded(on)
    return tuple(u for u in all_versions() if u.level == UnitLevel.PROVINCE and u.in_force(on))


def communes(on: date, province_code: str | None = None) -> tuple[Unit, ...]:
    """The communes, wards and special zones of that day, by code, of one province or all."""
    must_be_recorded(on)
    if province_code is not None:
        unit(province_code, on)
    wanted = (u for u in all_versions() if u.level == UnitLevel.COMMUNE and u.in_force(on))
    return tuple(u for u in wanted if province_code in (None, u.parent_code))


def unit(code: str, on: date) -> Unit:
    """The version of `code` on that day; `NotRecorded` where there is none."""
    for version in versions_by_code().get(code, ()):
        if version.in_force(on):
            return version
    raise NotRecorded(f"no unit {code!r} on {on}")


def versions(code: str) -> tuple[Unit, ...]:
    """Every version of a unit, oldest first; empty for an unknown code."""
    return versions_by_code().get(code, ())


def legacy_unit(level: str, code: str) -> LegacyUnit:
    """A former unit by level and code; `NotRecorded` where there is none."""
    try:
        return legacy_by_code()[UnitLevel(level), code]
    except KeyError:
        raise NotRecorded(f"no former {level} {code!r}") from None


def legacy_units(level: str, parent_code: str | None = None) -> tuple[LegacyUnit, ...]:
    """The former units of a level, by code, of one parent or all."""
    wanted = (u for u in legacy_by_code().values() if u.level == level)
    return tuple(u for u in wanted if parent_code in (None, u.parent_code))


def successors(legacy_level: str, legacy_code: str) -> tuple[Successor, ...]:
    """What became of a former unit, by code; `NotRecorded` for an unknown one."""
    legacy_unit(legacy_level, legacy_code)
    return successors_by_code().get((UnitLevel(legacy_level), legacy_code), ())


def predecessors(code: str) -> tuple[LegacyUnit, ...]:
    """The former units of the same level that went into a unit, wholly or in part, by code."""
    heirs = predecessors_by_code().get(code, ())
    return tuple(legacy_unit(s.legacy_level, s.legacy_code) for s in heirs if s.legacy_level == s.level)


def tiles() -> tuple[Tile, ...]:
    """The tile map: 34 provinces, Hoàng Sa, Trường Sa and Biển Đông."""
    return tuple(
        Tile(
            kind=row["kind"],
            code=row["code"],
            parent_code=row["parent_code"],
            col=int(row["col"]),
            row=int(row["row"]),
            label_vi=row["label_vi"],
            label_en=row["label_en"],
        )
        for row in rows_of("tiles.csv")
    )


def illustrative_areas() -> tuple[Area, ...]:
    """Invented marks for the demo; they say nothing about the real communes."""
    return tuple(Area(**row) for row in rows_of("areas_illustrative.csv"))


def official_areas() -> tuple[Area, ...]:
    """Marks from an official list: none has been obtained yet, so the file is empty."""
    return tuple(Area(**row) for row in rows_of("areas_official.csv"))


def must_be_recorded(on: date) -> None:
    """Raise `NotRecorded` for a day before the first version of the register."""
    first = min(version.valid_from for version in all_versions())
    if on < first:
        raise NotRecorded(f"the register begins on {first}, asked for {on}")
