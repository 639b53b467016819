"""Finding units by the names people write, new and former."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lientuc.places import register
from lientuc.places.register import Found, LegacyUnit
from lientuc.places.register.files import rows_of

FIRST_DAY = date(2025, 7, 1)
DONG_NAI = date(2026, 4, 30)
LATER = date(2026, 11, 22)
A_DAY = timedelta(days=1)


def units_found(name: str, on: date = LATER) -> list[str]:
    return [found.unit.full_name_vi for found in register.find(name, on)]


def test_find_own_name_follows_the_day():
    assert units_found("Tỉnh Đồng Nai", DONG_NAI - A_DAY) == ["Tỉnh Đồng Nai"]
    assert units_found("Tỉnh Đồng Nai", DONG_NAI) == ["Thành phố Đồng Nai"]


def test_find_former_name_says_by_which_unit():
    via = LegacyUnit(
        register.UnitLevel.PROVINCE, "70", register.UnitType.TINH, "Bình Phước", "", valid_to=FIRST_DAY - A_DAY
    )
    expected = Found(register.unit("75", LATER), via, register.Share.WHOLE)
    assert register.find("tinh binh phuoc", LATER) == (expected,)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Thị trấn Sa Pa", ["Phường Sa Pa"]),
        ("Thị trấn Trảng Bom", ["Phường Trảng Bom"]),
        ("huyện đảo Hoàng Sa", ["Đặc khu Hoàng Sa"]),
        ("Trường Sa, Khánh Hòa", ["Đặc khu Trường Sa"]),
        ("Phường Bến Nghé, Quận 1, TPHCM, Việt Nam", ["Phường Sài Gòn"]),
        ("P.1, Q.3, TP.HCM", ["Phường Bàn Cờ"]),
        ("Xã Tân Phú, huyện Châu Thành, Bến Tre", ["Xã Tân Phú"]),
        ("Bà Rịa – Vũng Tàu", ["Thành phố Hồ Chí Minh"]),
        ("Thành phố Sa Đéc", ["Phường Sa Đéc", "Xã Tân Dương"]),
        ("Tỉnh Thừa Thiên Huế", ["Thành phố Huế"]),
        ("Mađaguôi", ["Xã Đạ Huoai"]),
        ("xã Ea H’Leo", ["Xã Ea H'Leo"]),
        ("Phường Đúc", ["Phường Thuận Hóa"]),
        ("Xa Dung", ["Xã Xa Dung"]),
        ("Xã Không Hề Có", []),
        ("", []),
        (" , ", []),
    ],
)
def test_find_names_as_people_write_them(name, expected):
    assert units_found(name) == expected


def test_find_district_gives_all_its_communes():
    district = "Huyện Củ Chi"
    found = register.find(district, LATER)
    assert {f.via.full_name_vi for f in found if f.via} == {district}
    assert [f.unit.full_name_vi for f in found] == [
        "Xã Tân An Hội",
        "Xã An Nhơn Tây",
        "Xã Nhuận Đức",
        "Xã Thái Mỹ",
        "Xã Phú Hòa Đông",
        "Xã Bình Mỹ",
        "Xã Củ Chi",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khánh Hoà", "Khánh Hòa"),
        ("Phường Thuỷ Xuân", "Phường Thủy Xuân"),
        ("thanh hoa", "THANH HÓA"),
        ("Thanh Hoa\u0301", "Thanh Hóa"),
        ("TP Hồ Chí Minh", "thành phố  Hồ Chí Minh"),
    ],
)
def test_find_spellings_alike(one, other):
    assert set(units_found(one)) >= set(units_found(other)) != set()


def test_find_written_accents_choose():
    assert units_found("Xã Hoà Trị") == units_found("Xã Hòa Trị") == ["Phường Tuy Hòa", "Xã Phú Hòa 2"]
    assert units_found("xa hoa tri") == ["Xã Hòa Trí", "Phường Tuy Hòa", "Xã Phú Hòa 2"]


def test_find_every_own_full_name():
    lost = [
        unit.code
        for unit in (*register.provinces(LATER), *register.communes(LATER))
        if unit not in {found.unit for found in register.find(unit.full_name_vi, LATER) if found.via is None}
    ]
    assert lost == []


def test_spellings_belong_to_known_units_and_differ():
    for row in rows_of("spellings.csv"):
        known = (
            register.legacy_unit(row["level"], row["code"])
            if row["register"] == "legacy"
            else register.unit(row["code"], LATER)
        )
        assert known.level == row["level"]
        assert register.letters(known.name_vi) != register.letters(row["name_vi"])
