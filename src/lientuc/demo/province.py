"""The invented province “Minh Họa”: the structure of a real one, no real place and no real person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from lientuc.places.enums import AreaKind, CareLevel, OrganisationKind, UnitLevel, UnitType
from lientuc.places.rules import AreaDraft, Founding, OrganisationDraft, UnitDraft

PROVINCE = "MH"
BEGIN = date(2025, 7, 1)
SIMULATED = "illustrative"
K = OrganisationKind

_FIRST = ["An", "Bình", "Cẩm", "Đông", "Gia", "Hòa", "Khánh", "Lâm", "Minh", "Nam"]
_SECOND = ["Sơn", "Thủy", "Phú", "Lộc", "Thành", "Hưng", "Tân", "Viên", "Xuân", "Yên"]
HOSPITALS = (
    ("hospital", "Bệnh viện Đa khoa tỉnh Minh Họa", CareLevel.SPECIALISED, 900),
    ("women", "Bệnh viện Sản – Nhi Minh Họa", CareLevel.SPECIALISED, 420),
    ("lung", "Bệnh viện Phổi Minh Họa", CareLevel.BASIC, 160),
    ("traditional", "Bệnh viện Y dược cổ truyền Minh Họa", CareLevel.BASIC, 190),
    ("mental", "Bệnh viện Tâm thần Minh Họa", CareLevel.BASIC, 130),
    ("rehabilitation", "Bệnh viện Phục hồi chức năng Minh Họa", CareLevel.BASIC, 120),
    ("cdc", "Trung tâm Kiểm soát bệnh tật Minh Họa", CareLevel.NONE, 180),
)
CENTRES = tuple((f"centre{n}", f"Trung tâm Y tế khu vực {n}", CareLevel.BASIC, 420) for n in range(1, 7))
PRIVATE = tuple((f"private{n}", f"Phòng khám đa khoa tư nhân số {n}", CareLevel.INITIAL, 25) for n in range(1, 7))


@dataclass(frozen=True)
class Unit:
    """An organisation of the province: what is entered and how many people its staff list holds."""

    founding: Founding
    staff: int = 0
    at_station: bool = False


@dataclass(frozen=True)
class Province:
    """Everything to be entered, in order."""

    units: tuple[UnitDraft, ...]
    areas: tuple[AreaDraft, ...]
    organisations: tuple[Unit, ...]
    communes: tuple[str, ...] = field(default=())


def communes() -> list[tuple[str, str, UnitType]]:
    """A hundred invented communes: code, name, type."""
    names = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    return [
        (f"{PROVINCE}{place:03d}", name, UnitType.PHUONG if place % 9 == 0 else UnitType.XA)
        for place, name in enumerate(names, start=1)
    ]


def invented(*, small: bool = False) -> Province:
    """The whole province as drafts; a small one has a seventh of the communes and of the people, for a quick look."""
    places = communes()[:14] if small else communes()
    units = [UnitDraft(PROVINCE, UnitLevel.PROVINCE, UnitType.TINH, "Minh Họa", BEGIN)]
    units += [UnitDraft(code, UnitLevel.COMMUNE, kind, name, BEGIN, PROVINCE) for code, name, kind in places]
    return Province(
        units=tuple(units),
        areas=tuple(_areas(places)),
        organisations=tuple(_sized(unit, small) for unit in _all_units(places)),
        communes=tuple(code for code, _, _ in places),
    )


def _all_units(places: list[tuple[str, str, UnitType]]) -> list[Unit]:
    return [*_provincial(), *(unit for place in places for unit in _commune(*place))]


def _sized(unit: Unit, small: bool) -> Unit:
    return replace(unit, staff=(unit.staff + 6) // 7) if small else unit


def _areas(places: list[tuple[str, str, UnitType]]) -> list[AreaDraft]:
    """Invented difficulty areas: every fifth commune area III, the next I or II, four border communes."""
    found = []
    for place, (code, _, kind) in enumerate(places):
        if kind is UnitType.PHUONG:
            continue
        if place % 5 == 0:
            found.append(AreaDraft(code, AreaKind.DIFFICULTY, "III", BEGIN, SIMULATED))
        elif place % 7 == 0:
            found.append(AreaDraft(code, AreaKind.DIFFICULTY, "II", BEGIN, SIMULATED))
        if place in {10, 35, 60, 85}:
            found.append(AreaDraft(code, AreaKind.BORDER, "yes", BEGIN, SIMULATED))
    return found


def _draft(name: str, kind: OrganisationKind, **fields: object) -> OrganisationDraft:
    return OrganisationDraft(name=name, kind=kind, from_on=BEGIN, province_code=PROVINCE, simulated=True, **fields)  # type: ignore[arg-type]


def _provincial() -> list[Unit]:
    school = _draft("Trường Cao đẳng Y tế Minh Họa", K.SCHOOL)
    hall = _draft("Hội Điều dưỡng tỉnh Minh Họa", K.ASSOCIATION)
    found = [
        Unit(Founding(_draft("Ủy ban nhân dân tỉnh Minh Họa", K.PROVINCIAL_COMMITTEE), "committee", "", "ministry")),
        Unit(
            Founding(_draft("Sở Y tế Minh Họa", K.HEALTH_DEPARTMENT), "department", "committee", "ministry"), staff=60
        ),
        Unit(Founding(_draft("Sở Tài chính Minh Họa", K.FINANCE_DEPARTMENT), "finance", "committee", "")),
        Unit(Founding(school, "school", "committee", "department"), staff=85),
        Unit(Founding(hall, "association", "", "department")),
    ]
    for rows, kind in ((HOSPITALS, K.HOSPITAL), (CENTRES, K.AREA_CENTRE)):
        found += [
            Unit(Founding(_draft(name, kind, care_level=level), key, "department", "department"), staff=staff)
            for key, name, level, staff in rows
        ]
    found += [
        Unit(
            Founding(_draft(name, K.PRIVATE_FACILITY, care_level=level, public=False), key, "", "department"),
            staff=staff,
        )
        for key, name, level, staff in PRIVATE
    ]
    return found


def _commune(code: str, name: str, kind: UnitType) -> list[Unit]:
    word = "phường" if kind is UnitType.PHUONG else "xã"
    committee = _draft(f"Ủy ban nhân dân {word} {name}", K.COMMUNE_COMMITTEE, commune_code=code)
    station = _draft(f"Trạm Y tế {word} {name}", K.STATION, commune_code=code, care_level=CareLevel.INITIAL)
    found = [
        Unit(Founding(committee, f"committee-{code}", "committee", "department")),
        Unit(Founding(station, f"station-{code}", f"committee-{code}", "department"), staff=30, at_station=True),
    ]
    if int(code[2:]) % 2 == 0:
        point = _draft(f"Điểm trạm {name} Thượng", K.STATION_POINT, commune_code=code, care_level=CareLevel.INITIAL)
        found.append(
            Unit(Founding(point, f"point-{code}", f"station-{code}", f"station-{code}"), staff=4, at_station=True)
        )
    return found
