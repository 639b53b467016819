"""Finding units by the names people write: new and former, with or without accents, types and wider units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from lientuc.core.names import fold, sort_key, tidy
from lientuc.places.enums import UnitLevel, UnitType

from .files import all_versions, legacy_by_code, predecessors_by_code, rows_of
from .reads import legacy_unit, must_be_recorded, successors, unit
from .values import Found, LegacyUnit, Share


class _Id(NamedTuple):
    legacy: bool
    level: UnitLevel
    code: str


class _Bearer(NamedTuple):
    """A unit that bears or bore a name; `accents` tells Hòa Trị from Hòa Trí, yet not Hoà from Hòa."""

    type: UnitType
    accents: str
    identity: _Id


_NO_PLACE = ("", "vietnam", "vn")
_TYPE_START = re.compile(
    r"\W*(?:(?P<thanh_pho>thanh pho|tp)|(?P<thi_xa>thi xa|tx)|(?P<thi_tran>thi tran|tt)|(?P<dac_khu>dac khu|dk)"
    r"|(?P<tinh>tinh|t)|(?P<quan>quan|q)|(?P<huyen>huyen dao|huyen|h)|(?P<phuong>phuong|p)|(?P<xa>xa|x))"
    r"(?:[\s.]+|(?=\d))(?P<rest>.+)"
)
# Written types that stand for more than the one of their own name, and the levels a type is found on.
_ALSO = {UnitType.THANH_PHO: UnitType.THANH_PHO_THUOC_TINH}
_LEVELS: dict[UnitType, tuple[UnitLevel, ...]] = {
    UnitType.TINH: (UnitLevel.PROVINCE,),
    UnitType.THANH_PHO: (UnitLevel.PROVINCE, UnitLevel.DISTRICT),
    UnitType.QUAN: (UnitLevel.DISTRICT,),
    UnitType.HUYEN: (UnitLevel.DISTRICT,),
    UnitType.THI_XA: (UnitLevel.DISTRICT,),
    UnitType.XA: (UnitLevel.COMMUNE,),
    UnitType.PHUONG: (UnitLevel.COMMUNE,),
    UnitType.THI_TRAN: (UnitLevel.COMMUNE,),
    UnitType.DAC_KHU: (UnitLevel.COMMUNE,),
}


def find(name: str, on: date) -> tuple[Found, ...]:
    """The units of that day that `name` may mean: own names first, then former names, whole before part.

    Case, tone placement (Hoà, Hòa), apostrophes and spaces do not matter, nor accents where none are written; the type
    may be missing or abbreviated (`TP.`, `H.`, `P.`); wider units may follow after commas, new or former (`Xã Tân Phú,
    huyện Châu Thành, Bến Tre`). Where nothing has the type written, units of the same level are found. Several answers
    mean that a person must choose, none that nothing is known. `NotRecorded` before 1 July 2025.
    """
    must_be_recorded(on)
    parts = [part for part in name.split(",") if letters(part) not in _NO_PLACE]
    best: dict[str, Found] = {}
    for found in _first_meanings(parts, on):
        known = best.get(found.unit.code, found)
        best[found.unit.code] = min(known, found, key=_rank)
    return tuple(sorted(best.values(), key=lambda found: (*_rank(found), found.unit.code)))


def letters(name: str) -> str:
    """A name's bare letters and digits in lower case: the key under which names are looked up."""
    return re.sub(r"[^0-9a-z]", "", fold(name))


def _first_meanings(parts: list[str], on: date) -> Iterator[Found]:
    """What the first part may mean, as far as it lies in all the others."""
    if not parts:
        return
    wider = [frozenset(_named(part)) for part in parts[1:]]
    for identity in _named(parts[0]):
        for found in _resolved(identity, on):
            around = _around(found)
            if not any(around.isdisjoint(meant) for meant in wider):
                yield found


def _named(text: str) -> tuple[_Id, ...]:
    """Units of the type and name written; else of the whole text as a name; else of this name on the type's levels."""
    written = tidy(text)
    whole = _bearers(written)
    typed = _TYPE_START.fullmatch(fold(written))
    if typed is None:
        return tuple(bearer.identity for bearer in whole)
    wanted = next(UnitType(kind) for kind, hit in typed.groupdict().items() if hit and kind != "rest")
    alike = _bearers(written[-len(typed["rest"]) :])
    exact = [bearer for bearer in alike if bearer.type in (wanted, _ALSO.get(wanted))]
    chosen = exact or whole or [bearer for bearer in alike if bearer.identity.level in _LEVELS[wanted]]
    return tuple(bearer.identity for bearer in chosen)


def _bearers(name: str) -> list[_Bearer]:
    """All who bear the name; only those with the same accents where accents are written and somebody has them."""
    everyone = _index().get(letters(name), [])
    if fold(name) == name.lower():
        return everyone
    accents = _accents(name)
    return [bearer for bearer in everyone if bearer.accents == accents] or everyone


def _accents(name: str) -> str:
    return sort_key(re.sub(r"[\W_]+", " ", name))


def _resolved(identity: _Id, on: date) -> Iterator[Found]:
    """The unit itself, or the successors of a former one."""
    if not identity.legacy:
        yield Found(unit(identity.code, on), None, Share.WHOLE)
        return
    via = legacy_unit(identity.level, identity.code)
    for heir in successors(identity.level, identity.code):
        yield Found(unit(heir.code, on), via, heir.share)


def _rank(found: Found) -> tuple[bool, bool]:
    return found.via is not None, found.share == Share.PART


def _around(found: Found) -> set[_Id]:
    """The wider units, new and former, that a found unit lies or lay in."""
    own = found.unit
    around = {_Id(False, UnitLevel.PROVINCE, own.parent_code)} if own.parent_code else set()
    former: Iterable[LegacyUnit] = (found.via,) if found.via else _all_predecessors(own.code)
    for legacy in former:
        if found.via is None and legacy.level != own.level:
            around.add(_Id(True, legacy.level, legacy.code))
        around.update(_above(legacy))
    return around


def _all_predecessors(code: str) -> Iterator[LegacyUnit]:
    return (legacy_unit(line.legacy_level, line.legacy_code) for line in predecessors_by_code().get(code, ()))


def _above(legacy: LegacyUnit) -> Iterator[_Id]:
    """The former district and province over a former unit."""
    parent = legacy.parent_code
    if legacy.level == UnitLevel.COMMUNE:
        yield _Id(True, UnitLevel.DISTRICT, parent)
        parent = legacy_unit(UnitLevel.DISTRICT, parent).parent_code
    if legacy.level != UnitLevel.PROVINCE:
        yield _Id(True, UnitLevel.PROVINCE, parent)


@lru_cache(maxsize=1)
def _index() -> dict[str, list[_Bearer]]:
    """Every name, of every version and every second spelling, to the units that bear or bore it."""
    names: dict[str, dict[_Bearer, None]] = defaultdict(dict)
    for name, kind, identity in _all_names():
        names[letters(name)][_Bearer(kind, _accents(name), identity)] = None
    return {key: list(bearers) for key, bearers in names.items()}


def _all_names() -> Iterator[tuple[str, UnitType, _Id]]:
    for own in all_versions():
        yield own.name_vi, own.type, _Id(False, own.level, own.code)
    for former in legacy_by_code().values():
        yield former.name_vi, former.type, _Id(True, former.level, former.code)
    for row in rows_of("spellings.csv"):
        identity = _Id(row["register"] == "legacy", UnitLevel(row["level"]), row["code"])
        yield row["name_vi"], UnitType(row["type"]), identity
