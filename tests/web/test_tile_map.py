"""The tile map: shades by bounds, zones with their province, never without the islands and the sea."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from lientuc.places.register import tiles as tiles_of_the_country
from lientuc.web.tile_map import Scale, Shade, TileValue, tile_map


@dataclass(frozen=True)
class Place:
    kind: str
    code: str
    parent_code: str
    col: int
    row: int
    label_vi: str
    label_en: str


HOANG_SA = Place("special_zone", "20333", "48", 3, 0, "Đặc khu Hoàng Sa (Đà Nẵng)", "Hoang Sa Special Zone (Da Nang)")
TRUONG_SA = Place(
    "special_zone", "22736", "56", 3, 2, "Đặc khu Trường Sa (Khánh Hòa)", "Truong Sa Special Zone (Khanh Hoa)"
)
SEA = Place("sea", "", "", 3, 1, "Biển Đông", "East Sea")
DA_NANG = Place("province", "48", "", 1, 0, "Đà Nẵng", "Da Nang")
KHANH_HOA = Place("province", "56", "", 1, 1, "Khánh Hòa", "Khanh Hoa")
COUNTRY = (DA_NANG, KHANH_HOA, HOANG_SA, TRUONG_SA, SEA)


@pytest.mark.parametrize(
    ("number", "step"),
    [(Decimal("49.9"), "0"), (50, "1"), (Decimal("50.1"), "1"), (79, "1"), (80, "2"), (81, "2"), (None, "none")],
)
def test_scale_shades_below_at_and_above_a_bound(number: Decimal | None, step: str) -> None:
    assert Scale((50, 80)).step(TileValue(number, "")) == step


@pytest.mark.parametrize("bounds", [(), (50, 40), (50, 50), (1, 2, 3, 4, 5)])
def test_scale_refuses_bounds_it_cannot_draw(bounds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascending bounds"):
        Scale(bounds)


def test_tile_map_draws_values_and_gives_zones_the_shade_of_their_province() -> None:
    drawn = tile_map(COUNTRY, {"48": TileValue(90, "90%")}, Scale((50, 80), "%"))

    assert [(square.said, square.step) for square in drawn.squares] == [
        ("Đà Nẵng: 90%", "2"),
        ("Khánh Hòa: –", "none"),
        ("Đặc khu Hoàng Sa (Đà Nẵng)", "2"),
        ("Đặc khu Trường Sa (Khánh Hòa)", "none"),
        ("Biển Đông", "none"),
    ]


def test_tile_map_explains_its_shades_in_the_language_of_the_reader() -> None:
    values: dict[str, TileValue] = {}
    scale = Scale((Decimal("0.5"), 1000), " h")

    assert tile_map(COUNTRY, values, scale).legend == (
        Shade("0", "< 0,5 h"),
        Shade("1", "0,5 h – < 1.000 h"),
        Shade("2", "≥ 1.000 h"),
    )
    assert tile_map(COUNTRY, values, scale, language="en").legend[1] == Shade("1", "0.5 h – < 1,000 h")


@pytest.mark.parametrize("missing", [HOANG_SA, TRUONG_SA, SEA])
def test_tile_map_refuses_a_country_without_its_islands_or_sea(missing: Place) -> None:
    with pytest.raises(ValueError, match="Hoàng Sa, Trường Sa and Biển Đông"):
        tile_map([tile for tile in COUNTRY if tile is not missing], {}, Scale((50,)))


def test_tile_map_of_the_country_lies_within_its_frame_without_overlap() -> None:
    drawn = tile_map(tiles_of_the_country(), {}, Scale((50,)))
    boxes = [(s.x, s.y, s.x + s.width, s.y + s.height) for s in drawn.squares]
    overlapping = [
        (a, b)
        for index, a in enumerate(boxes)
        for b in boxes[index + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

    assert overlapping == []
    assert [box for box in boxes if box[0] < 0 or box[2] > drawn.width or box[3] > drawn.height] == []
