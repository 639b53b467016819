"""The builder of the register, on a country of one province."""

from __future__ import annotations

import pytest

from tools import build_places


def small_sources(**commune_now: str) -> build_places.Sources:
    now = {"name_with_type": "Phường Hoà An", "parent_code": "75", "note": "Số: 237/NQ-UBTVQH16; Ngày: 14/04/2026"}
    quiet = {"name_with_type": "Xã Ea H’Leo", "parent_code": "75", "note": "Số: 1662/NQ-UBTVQH15; Ngày: 16/06/2025"}
    province = {"provinceCode": "75", "province": "Tỉnh Đồng Nai"}
    return build_places.Sources(
        current=[
            {**province, "wardCode": "00001", "ward": "Xã Hòa An"},
            {**province, "wardCode": "00002", "ward": "Xã Ea H'Leo"},
        ],
        legacy=[],
        conversion={},
        provinces_now={"75": {"name_with_type": "Tỉnh Đồng Nai", "note": ""}},
        communes_now={"00001": now | commune_now, "00002": quiet},
    )


def test_builder_dates_a_change_of_type():
    rows = [",".join(row.values()) for row in build_places.unit_rows(small_sources())]
    assert rows == [
        "75,province,tinh,Đồng Nai,Dong Nai,,2025-07-01,,202/2025/QH15,SECONDARY",
        "00001,commune,xa,Hòa An,Hoa An,75,2025-07-01,2026-04-29,1662/NQ-UBTVQH15,SECONDARY",
        "00001,commune,phuong,Hòa An,Hoa An,75,2026-04-30,,237/NQ-UBTVQH16,SECONDARY",
        "00002,commune,xa,Ea H'Leo,Ea H'Leo,75,2025-07-01,,1662/NQ-UBTVQH15,SECONDARY",
    ]


@pytest.mark.parametrize("spoiled", [{"name_with_type": "Phường Hoa An"}, {"parent_code": "24"}])
def test_builder_stops_where_sources_disagree(spoiled):
    with pytest.raises(build_places.SourcesDisagree):
        list(build_places.unit_rows(small_sources(**spoiled)))


def test_builder_stops_at_a_resolution_without_a_day():
    with pytest.raises(build_places.SourcesDisagree):
        list(build_places.unit_rows(small_sources(note="Số: 999/NQ-UBTVQH16; Ngày: 01/12/2026")))


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Thị Xã Việt Yên", ("thi_xa", "Việt Yên")),
        ("Phường  Phường Đúc", ("phuong", "Phường Đúc")),
        ("Thành phố Bắc Ninh", ("thanh_pho", "Bắc Ninh")),
    ],
)
def test_builder_splits_type_and_name(full, parts):
    assert build_places.split_name(full) == parts


def pair(legacy: str, ward: str, district: str, province: str, heir: str, share: str) -> build_places.Pair:
    former = {"wardCode": legacy, "ward": ward, "districtCode": district, "provinceCode": province}
    return former, {"wardCode": heir}, share


CAO_LANH = pair("1", "Phường 1", "866", "87", "1", "whole")
SA_DEC = pair("2", "Phường 1", "867", "87", "2", "whole")
NAMESAKES = [pair("3", "Phường 4", "866", "87", heir, "part") for heir in ("1", "2")] + [
    pair("4", "Phường 4", "867", "87", heir, "part") for heir in ("1", "2")
]


def test_builder_drops_heirs_of_a_namesake():
    kept = build_places.without_namesakes([CAO_LANH, SA_DEC, *NAMESAKES])
    found = sorted((old["wardCode"], new["wardCode"], share) for old, new, share in kept)
    assert found == [("1", "1", "whole"), ("2", "2", "whole"), ("3", "1", "whole"), ("4", "2", "whole")]


def test_builder_keeps_what_was_divided():
    divided = [pair("3", "Phường 4", "866", "87", heir, "part") for heir in ("1", "2")]
    kept = build_places.without_namesakes([CAO_LANH, SA_DEC, *divided])
    assert sorted((old["wardCode"], new["wardCode"], share) for old, new, share in kept) == [
        ("1", "1", "whole"),
        ("2", "2", "whole"),
        ("3", "1", "part"),
        ("3", "2", "part"),
    ]
