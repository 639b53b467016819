"""The register of administrative units: dated versions, the units of before 1 July 2025, and what became of them.

Pure Python over the CSV files of places/data (see README.md there). Codes are official codes as text with their
zeros; names are for people and are never a key.
"""

from lientuc.places.enums import UnitLevel, UnitType

from .finding import find, letters
from .reads import (
    communes,
    illustrative_areas,
    legacy_unit,
    legacy_units,
    official_areas,
    predecessors,
    provinces,
    successors,
    tiles,
    unit,
    versions,
)
from .values import (
    TYPE_WORDS,
    Area,
    Found,
    LegacyUnit,
    NotRecorded,
    Share,
    Successor,
    Tile,
    Unit,
)

__all__ = [
    "TYPE_WORDS",
    "Area",
    "Found",
    "LegacyUnit",
    "UnitLevel",
    "NotRecorded",
    "Share",
    "Successor",
    "Tile",
    "Unit",
    "UnitType",
    "communes",
    "find",
    "illustrative_areas",
    "legacy_unit",
    "legacy_units",
    "letters",
    "official_areas",
    "predecessors",
    "provinces",
    "successors",
    "tiles",
    "unit",
    "versions",
]
