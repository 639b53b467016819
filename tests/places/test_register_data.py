"""The shipped register of administrative units: counts, dates, parents, successors, tiles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from lientuc.places import register
from lientuc.places.register import NotRecorded, Successor, Tile, Unit
from lientuc.places.register.files import all_versions, legacy_by_code, successors_by_code

FIRST_DAY = date(2025, 7, 1)
DONG_NAI = date(2026, 4, 30)
QUANG_NINH = date(2026, 9, 1)
BAC_NINH = date(2026, 9, 20)
LATER = date(2026, 11, 22)
A_DAY = timedelta(days=1)


def types(units: Iterable[Unit]) -> dict[str, int]:
    return dict(Counter(str(unit.type) for unit in units))


@pytest.mark.parametrize(
    ("on", "provinces", "communes"),
    [
        (FIRST_DAY, {"tinh": 28, "thanh_pho": 6}, {"xa": 2621, "phuong": 687, "dac_khu": 13}),
        (DONG_NAI - A_DAY, {"tinh": 28, "thanh_pho": 6}, {"xa": 2621, "phuong": 687, "dac_khu": 13}),
        (DONG_NAI, {"tinh": 27, "thanh_pho": 7}, {"xa": 2611, "phuong": 697, "dac_khu": 13}),
        (DONG_NAI + A_DAY, {"tinh": 27, "thanh_pho": 7}, {"xa": 2611, "phuong": 697, "dac_khu": 13}),
        (QUANG_NINH - A_DAY, {"tinh": 27, "thanh_pho": 7}, {"xa": 2611, "phuong": 697, "dac_khu": 13}),
        (QUANG_NINH, {"tinh": 26, "thanh_pho": 8}, {"xa": 2611, "phuong": 697, "dac_khu": 13}),
        (BAC_NINH - A_DAY, {"tinh": 26, "thanh_pho": 8}, {"xa": 2611, "phuong": 697, "dac_khu": 13}),
        (BAC_NINH, {"tinh": 25, "thanh_pho": 9}, {"xa": 2599, "phuong": 709, "dac_khu": 13}),
        (LATER, {"tinh": 25, "thanh_pho": 9}, {"xa": 2599, "phuong": 709, "dac_khu": 13}),
    ],
)
def test_counts_by_type_on_day(on, provinces, communes):
    assert types(register.provinces(on)) == provinces
    assert types(register.communes(on)) == communes
    assert (len(register.provinces(on)), len(register.communes(on))) == (34, 3321)


@pytest.mark.parametrize(("province", "count"), [("79", 168), ("12", 38), ("01", 126), ("75", 95), ("24", 99)])
def test_communes_of_province(province, count):
    assert len(register.communes(FIRST_DAY, province)) == count
    assert len(register.communes(LATER, province)) == count


def test_most_and_fewest_communes():
    sizes = Counter(unit.parent_code for unit in register.communes(LATER))
    assert (max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)) == ("79", "12")


# Dates


@pytest.mark.parametrize("ask", [register.provinces, register.communes, lambda on: register.find("Hà Nội", on)])
def test_day_before_the_register_is_refused(ask):
    assert ask(FIRST_DAY)
    assert ask(FIRST_DAY + A_DAY)
    with pytest.raises(NotRecorded):
        ask(FIRST_DAY - A_DAY)


def test_unit_unknown_is_refused():
    with pytest.raises(NotRecorded):
        register.unit("00000", LATER)
    with pytest.raises(NotRecorded):
        register.communes(LATER, "02")
    with pytest.raises(NotRecorded):
        register.legacy_unit("commune", "00000")
    with pytest.raises(NotRecorded):
        register.successors("district", "999")


def test_dong_nai_becomes_a_city():
    before = Unit(
        code="75",
        level=register.UnitLevel.PROVINCE,
        type=register.UnitType.TINH,
        name_vi="Đồng Nai",
        name_en="Dong Nai",
        parent_code="",
        valid_from=FIRST_DAY,
        valid_to=DONG_NAI - A_DAY,
        legal_source="202/2025/QH15",
        certainty="SECONDARY",
    )
    after = replace(
        before, type=register.UnitType.THANH_PHO, valid_from=DONG_NAI, valid_to=None, legal_source="30/2026/QH16"
    )
    assert register.versions("75") == (before, after)
    assert register.unit("75", DONG_NAI - A_DAY).full_name_vi == "Tỉnh Đồng Nai"
    assert register.unit("75", DONG_NAI).full_name_vi == "Thành phố Đồng Nai"
    assert register.unit("75", DONG_NAI + A_DAY).full_name_en == "Dong Nai City"


NEW_WARDS = {
    "237/NQ-UBTVQH16": (
        DONG_NAI,
        "75",
        "1662/NQ-UBTVQH15",
        {"Lộc Ninh", "Tân Khai", "Đồng Phú", "Tân Phú", "Trị An", "Trảng Bom", "Dầu Giây", "Long Thành", "Xuân Lộc"}
        | {"Nhơn Trạch"},
    ),
    "388/NQ-UBTVQH16": (
        BAC_NINH,
        "24",
        "1658/NQ-UBTVQH15",
        {
            "Bố Hạ",
            "Lạng Giang",
            "Kép",
            "Lục Nam",
            "Hiệp Hòa",
            "Yên Phong",
            "Phù Lãng",
            "Chi Lăng",
            "Tiên Du",
            "Gia Bình",
        }
        | {"Nhân Thắng", "Lương Tài"},
    ),
}


@pytest.mark.parametrize("resolution", NEW_WARDS)
def test_communes_become_wards_by_resolution(resolution):
    day, province, before_by, names = NEW_WARDS[resolution]
    new = [unit for unit in register.communes(LATER) if unit.legal_source == resolution]
    assert {unit.name_vi for unit in new} == names
    for after in new:
        before = replace(
            after,
            type=register.UnitType.XA,
            valid_from=FIRST_DAY,
            valid_to=day - A_DAY,
            legal_source=before_by,
        )
        assert register.versions(after.code) == (before, after)
        assert (after.type, after.parent_code, after.valid_from, after.certainty) == (
            "phuong",
            province,
            day,
            "SECONDARY",
        )


def test_nothing_else_has_two_versions():
    changed = {unit.code for unit in all_versions() if len(register.versions(unit.code)) > 1}
    wards = {unit.code for unit in register.communes(LATER) if unit.legal_source in NEW_WARDS}
    assert changed == {"22", "24", "75"} | wards
    assert len(changed) == 25


# Soundness of the files; each question is put to a spoiled copy too


def overlapping(versions: Iterable[Unit]) -> list[str]:
    """Codes with two versions on one day, or a day without one between two versions."""
    by_code: dict[str, list[Unit]] = defaultdict(list)
    for version in versions:
        by_code[version.code].append(version)
    return sorted(
        code
        for code, group in by_code.items()
        for earlier, later in pairwise(group)
        if earlier.valid_to is None or earlier.valid_to + A_DAY != later.valid_from
    )


def test_versions_follow_without_gap_or_overlap():
    assert overlapping(all_versions()) == []


@pytest.mark.parametrize("last", [None, DONG_NAI, DONG_NAI - 2 * A_DAY])
def test_versions_spoiled_are_noticed(last):
    spoiled = [
        replace(version, valid_to=last) if version.code == "75" and version.valid_to else version
        for version in all_versions()
    ]
    assert overlapping(spoiled) == ["75"]


def without_parent(units: Iterable[Unit]) -> list[str]:
    """Codes of communes whose province is not in the list, or of provinces with a parent."""
    kept = list(units)
    known = {unit.code for unit in kept if unit.level == "province"}
    return [unit.code for unit in kept if (unit.parent_code in known) != (unit.level == "commune")]


@pytest.mark.parametrize("on", [FIRST_DAY, DONG_NAI, LATER])
def test_every_commune_has_its_province(on):
    units = (*register.provinces(on), *register.communes(on))
    assert without_parent(units) == []
    spoiled = [replace(unit, parent_code="02") if unit.code == "00004" else unit for unit in units]
    assert without_parent(spoiled) == ["00004"]


def test_every_legacy_unit_has_its_parent():
    above = {"district": "province", "commune": "district"}
    orphans = [
        unit
        for unit in legacy_by_code().values()
        if unit.level in above and (above[unit.level], unit.parent_code) not in legacy_by_code()
    ]
    assert orphans == []
    assert {unit.valid_to for unit in legacy_by_code().values()} == {FIRST_DAY - A_DAY}


def test_codes_are_official_text():
    lengths = {(str(unit.level), len(unit.code), unit.code.isdigit()) for unit in all_versions()}
    assert lengths == {("province", 2, True), ("commune", 5, True)}
    legacy = {(str(unit.level), len(unit.code), unit.code.isdigit()) for unit in legacy_by_code().values()}
    assert legacy == {("province", 2, True), ("district", 3, True), ("commune", 5, True)}


def test_every_version_names_its_source():
    assert [unit for unit in all_versions() if not unit.legal_source or unit.certainty != "SECONDARY"] == []


# Former units


def test_legacy_counts():
    counts = Counter((str(unit.level), str(unit.type)) for unit in legacy_by_code().values())
    assert counts == {
        ("province", "tinh"): 57,
        ("province", "thanh_pho"): 6,
        ("district", "huyen"): 508,
        ("district", "thanh_pho_thuoc_tinh"): 87,
        ("district", "quan"): 49,
        ("district", "thi_xa"): 52,
        ("commune", "xa"): 7692,
        ("commune", "phuong"): 1726,
        ("commune", "thi_tran"): 617,
    }


def unsound(lines: Iterable[Successor]) -> list[tuple[str, str]]:
    """Former units without a successor, with one that is not in the register, or `whole` beside another line."""
    heirs: dict[tuple[str, str], list[Successor]] = {(unit.level, unit.code): [] for unit in legacy_by_code().values()}
    for line in lines:
        heirs[line.legacy_level, line.legacy_code].append(line)
    return [key for key, group in heirs.items() if not _sound(group)]


def _sound(group: list[Successor]) -> bool:
    shares = sorted(str(line.share) for line in group)
    known = all(version.level == line.level for line in group for version in register.versions(line.code))
    exist = all(register.versions(line.code) for line in group)
    return known and exist and (shares == ["whole"] or (len(shares) > 1 and set(shares) == {"part"}))


def test_every_legacy_unit_has_sound_successors():
    lines = [line for group in successors_by_code().values() for line in group]
    assert unsound(lines) == []


@pytest.mark.parametrize("spoil", ["lost", "unknown", "twice"])
def test_successors_spoiled_are_noticed(spoil):
    lines = [line for group in successors_by_code().values() for line in group]
    hit = next(line for line in lines if (line.legacy_level, line.share) == ("commune", "whole"))
    lines.remove(hit)
    lines += {"lost": [], "unknown": [replace(hit, code="99999")], "twice": [hit, replace(hit, code="00004")]}[spoil]
    assert unsound(lines) == [(hit.legacy_level, hit.legacy_code)]


def from_two_provinces(lines: Iterable[Successor]) -> list[str]:
    """Communes that would draw on two former provinces: so far always a commune confounded with its namesake."""
    origins: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.legacy_level == "commune":
            district = register.legacy_unit("commune", line.legacy_code).parent_code
            origins[line.code].add(register.legacy_unit("district", district).parent_code)
    return sorted(code for code, provinces in origins.items() if len(provinces) > 1)


def test_no_commune_draws_on_two_former_provinces():
    lines = [line for group in successors_by_code().values() for line in group]
    assert from_two_provinces(lines) == []
    level = register.UnitLevel.COMMUNE
    phuong_4_of_my_tho_to_cao_lanh = Successor(level, "28252", level, "29869", register.Share.PART)
    assert from_two_provinces([*lines, phuong_4_of_my_tho_to_cao_lanh]) == ["29869"]


def test_communes_stay_in_the_province_their_province_went_to():
    for legacy in register.legacy_units("commune"):
        district = register.legacy_unit("district", legacy.parent_code)
        (province,) = register.successors("province", district.parent_code)
        heirs = register.successors("commune", legacy.code)
        assert {register.unit(heir.code, LATER).parent_code for heir in heirs} == {province.code}


def test_every_unit_of_today_has_a_predecessor_or_was_an_island_district():
    alone = [unit.full_name_vi for unit in register.communes(LATER) if not register.predecessors(unit.code)]
    islands = ["Đặc khu Bạch Long Vĩ", "Đặc khu Cồn Cỏ", "Đặc khu Hoàng Sa", "Đặc khu Lý Sơn", "Đặc khu Côn Đảo"]
    assert alone == islands
    assert [unit.code for unit in register.provinces(LATER) if not register.predecessors(unit.code)] == []


def test_a_code_used_again_means_another_unit():
    assert register.legacy_unit("province", "24").full_name_vi == "Tỉnh Bắc Giang"
    assert register.unit("24", FIRST_DAY).full_name_vi == "Tỉnh Bắc Ninh"
    assert [unit.code for unit in register.predecessors("24")] == ["24", "27"]


def test_successors_of_a_divided_commune():
    level = register.UnitLevel.COMMUNE
    assert register.successors("commune", "22312") == (
        Successor(level, "22312", level, "22015", register.Share.PART),
        Successor(level, "22312", level, "22303", register.Share.PART),
    )


# Tiles and areas


def test_tiles_show_every_province_once_and_the_islands():
    shown = register.tiles()
    assert {tile.code for tile in shown if tile.kind == "province"} == {unit.code for unit in register.provinces(LATER)}
    assert len({(tile.col, tile.row) for tile in shown}) == len(shown) == 37
    assert [tile for tile in shown if tile.kind != "province"] == [
        Tile("special_zone", "20333", "48", 7, 8, "Đặc khu Hoàng Sa (Đà Nẵng)", "Hoang Sa Special Zone (Da Nang)"),
        Tile(
            "special_zone", "22736", "56", 8, 14, "Đặc khu Trường Sa (Khánh Hòa)", "Truong Sa Special Zone (Khanh Hoa)"
        ),
        Tile("sea", "", "", 7, 11, "Biển Đông", "East Sea"),
    ]
    assert (register.unit("20333", LATER).parent_code, register.unit("22736", LATER).parent_code) == ("48", "56")


def test_tile_labels_are_the_names():
    labels = {tile.code: (tile.label_vi, tile.label_en) for tile in register.tiles() if tile.kind == "province"}
    assert labels == {unit.code: (unit.name_vi, unit.name_en) for unit in register.provinces(LATER)}


def test_areas_are_marked_illustrative_and_no_official_list_is_claimed():
    communes = {unit.code for unit in register.communes(LATER)}
    marks = register.illustrative_areas()
    assert {mark.source for mark in marks} == {"illustrative"}
    assert {mark.code for mark in marks} <= communes
    assert {(mark.kind, mark.value) for mark in marks} == {
        ("island", "yes"),
        ("border", "yes"),
        ("difficulty", "I"),
        ("difficulty", "II"),
        ("difficulty", "III"),
    }
    assert register.official_areas() == ()
