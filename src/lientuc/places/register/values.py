"""What the register holds, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lientuc.core.phrases import Phrase
from lientuc.places.enums import UnitLevel, UnitType


class Share(StrEnum):
    """Whether the whole of a former unit lies in this successor, or a part of it."""

    WHOLE = "whole"
    PART = "part"


# The word that belongs to a unit's official name; the labels of the types themselves are in phrases.py.
TYPE_WORDS: dict[UnitType, Phrase] = {
    UnitType.TINH: Phrase("Tỉnh", "Province"),
    UnitType.THANH_PHO: Phrase("Thành phố", "City"),
    UnitType.THANH_PHO_THUOC_TINH: Phrase("Thành phố", "City"),
    UnitType.QUAN: Phrase("Quận", "Urban District"),
    UnitType.HUYEN: Phrase("Huyện", "District"),
    UnitType.THI_XA: Phrase("Thị xã", "Town"),
    UnitType.XA: Phrase("Xã", "Commune"),
    UnitType.PHUONG: Phrase("Phường", "Ward"),
    UnitType.THI_TRAN: Phrase("Thị trấn", "Township"),
    UnitType.DAC_KHU: Phrase("Đặc khu", "Special Zone"),
}


class NotRecorded(LookupError):
    """Asked for a day before the first version of the register, or for a code it does not hold on that day."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of a province or commune; `valid_to` is its last day, None while it is in force."""

    code: str
    level: UnitLevel
    type: UnitType
    name_vi: str
    name_en: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    legal_source: str
    certainty: str

    @property
    def full_name_vi(self) -> str:
        """`Phường Trảng Bom`."""
        return _full_name(self.type, self.name_vi, "vi")

    @property
    def full_name_en(self) -> str:
        """`Trang Bom Ward`."""
        return _full_name(self.type, self.name_en, "en")

    def in_force(self, on: date) -> bool:
        """Whether this version is the one of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class LegacyUnit:
    """A province, district or commune as it was on its last day, 30 June 2025; codes repeat across levels."""

    level: UnitLevel
    code: str
    type: UnitType
    name_vi: str
    parent_code: str
    valid_to: date

    @property
    def full_name_vi(self) -> str:
        """`Thị trấn Trảng Bom`."""
        return _full_name(self.type, self.name_vi, "vi")


@dataclass(frozen=True, slots=True)
class Successor:
    """Former unit → unit of 1 July 2025 and later; a district's successors are those of its communes."""

    legacy_level: UnitLevel
    legacy_code: str
    level: UnitLevel
    code: str
    share: Share


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a name may mean; `via` is the former unit whose name it was, None for the unit's own name."""

    unit: Unit
    via: LegacyUnit | None
    share: Share


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the tile map; `kind` is province, special_zone (shown under its province) or sea."""

    kind: str
    code: str
    parent_code: str
    col: int
    row: int
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Area:
    """A commune's border, island or difficulty mark; `source` says what it rests on."""

    code: str
    kind: str
    value: str
    source: str


def _full_name(kind: UnitType, name: str, language: str) -> str:
    word = TYPE_WORDS[kind].in_language(language)
    return f"{word} {name}" if language == "vi" or name.isdigit() else f"{name} {word}"
