"""The tile map of coverage: which part of the accepted needs has a seat, by province."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lientuc.core import formats
from lientuc.places.register import tiles
from lientuc.web.tile_map import Scale, TileMap, TileValue, tile_map

BOUNDS = (25, 50, 75, 90)


def coverage_map(found: Mapping[str, tuple[int, int]], language: str) -> TileMap:
    """`found` is persons needed and persons with a seat by province code."""
    values = {code: _value(needed, served, language) for code, (needed, served) in found.items() if needed}
    return tile_map(tiles(), values, Scale(BOUNDS, "%"), language=language)


def beside_map(found: Mapping[str, tuple[int, int]], language: str) -> dict[str, str]:
    """The shares of provinces that have no square, such as an invented one, by code: they are told beneath the map."""
    squares = {tile.code for tile in tiles()}
    return {
        code: _value(needed, served, language).text
        for code, (needed, served) in sorted(found.items())
        if needed and code not in squares
    }


def _value(needed: int, served: int, language: str) -> TileValue:
    share = Decimal(100 * served) / needed
    return TileValue(share, formats.shortest(share.quantize(Decimal("1")), language=language) + "%")
