"""The tile map of provinces: values in, squares and a legend out; Hoàng Sa, Trường Sa and Biển Đông are always on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from lientuc.core import formats

WIDTH, HEIGHT = 70, 38
ZONE_WIDTH = 112
MARGIN = 24
STEPS = 5
HOANG_SA, TRUONG_SA = "20333", "22736"


class Tile(Protocol):
    """A place on the grid, as `places.register.tiles()` gives it; `kind` is province, special_zone or sea."""

    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def parent_code(self) -> str: ...
    @property
    def col(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def label_vi(self) -> str: ...
    @property
    def label_en(self) -> str: ...


@dataclass(frozen=True)
class TileValue:
    """What a province shows: `number` chooses the shade, `text` is printed (already in the reader's language)."""

    number: int | Decimal | None
    text: str


@dataclass(frozen=True)
class Scale:
    """Up to four ascending bounds cut the numbers into shades; `unit` is printed once per shade."""

    bounds: Sequence[int | Decimal]
    unit: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.bounds) < STEPS or list(self.bounds) != sorted(set(self.bounds)):
            raise ValueError(f"a scale needs one to {STEPS - 1} ascending bounds, not {self.bounds!r}")

    def step(self, value: TileValue | None) -> str:
        """The shade of a value: `0` lightest to `4`, or `none`."""
        if value is None or value.number is None:
            return "none"
        return str(bisect_right(self.bounds, value.number))


@dataclass(frozen=True)
class Square:
    """One drawn square: position and size in user units, its name in one or two lines, value and shade."""

    kind: str
    code: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    value: str
    step: str

    @property
    def middle(self) -> int:
        """The x of its texts."""
        return self.x + self.width // 2

    @property
    def upper(self) -> int:
        """The baseline of its first line."""
        return self.y + self.height // 2 - 3

    @property
    def lower(self) -> int:
        """The baseline of its second line."""
        return self.y + self.height // 2 + 11

    @property
    def said(self) -> str:
        """Name and value as one text."""
        return f"{' '.join(self.lines)}: {self.value}" if self.value else " ".join(self.lines)


@dataclass(frozen=True)
class Shade:
    """One line of the legend."""

    step: str
    text: str


@dataclass(frozen=True)
class TileMap:
    """What the template draws; `width` and `height` are those of the view box."""

    squares: tuple[Square, ...]
    legend: tuple[Shade, ...]
    width: int
    height: int


def tile_map(tiles: Iterable[Tile], values: Mapping[str, TileValue], scale: Scale, *, language: str = "vi") -> TileMap:
    """The map of `values` by province code; a province without a value is drawn as such.

    A special zone takes the shade of its province. ValueError where Hoàng Sa, Trường Sa or Biển Đông are not among
    the tiles, for no map goes out without them.
    """
    placed = tuple(tiles)
    _check_complete(placed)
    squares = tuple(_square(tile, values, scale, language) for tile in placed)
    return TileMap(
        squares=squares,
        legend=_legend(scale, language),
        width=max(square.x + square.width for square in squares) + MARGIN,
        height=max(square.y + square.height for square in squares),
    )


def _check_complete(tiles: Sequence[Tile]) -> None:
    zones = {tile.code for tile in tiles if tile.kind == "special_zone"}
    if not {HOANG_SA, TRUONG_SA} <= zones or not any(tile.kind == "sea" for tile in tiles):
        raise ValueError("a map of the country shows Hoàng Sa, Trường Sa and Biển Đông")


def _square(tile: Tile, values: Mapping[str, TileValue], scale: Scale, language: str) -> Square:
    label = tile.label_en if language == "en" else tile.label_vi
    wide = tile.kind != "province"
    value = values.get(tile.parent_code if tile.kind == "special_zone" else tile.code)
    return Square(
        kind=tile.kind,
        code=tile.code,
        x=tile.col * WIDTH - ((ZONE_WIDTH - WIDTH) // 2 if wide else 0),
        y=tile.row * HEIGHT,
        width=ZONE_WIDTH if wide else WIDTH,
        height=HEIGHT,
        lines=tuple(label.replace(" (", "\n(").split("\n")),
        value="" if wide else (value.text if value else "–"),
        step="none" if tile.kind == "sea" else scale.step(value),
    )


def _legend(scale: Scale, language: str) -> tuple[Shade, ...]:
    ends = [formats.shortest(bound, language=language) + scale.unit for bound in scale.bounds]
    between = [f"{low} – < {high}" for low, high in pairwise(ends)]
    texts = [f"< {ends[0]}", *between, f"≥ {ends[-1]}"]
    return tuple(Shade(str(step), text) for step, text in enumerate(texts))
