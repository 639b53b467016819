"""How many posts a commune health station should have, by inhabitants and area (Circular 03/2023 Art. 5(2), W-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from .certainty import Certainty
from .numbering import Citation
from .parameters import shipped

_NORM = "staffing.station"


class StationArea(StrEnum):
    """The areas of the norm."""

    ONE = "1"
    TWO = "2"
    THREE = "3"


class NormCaution(StrEnum):
    """Why a norm is to be read with care.

    before_merger: written for communes as they were before July 2025, larger ones need a check; area_by_other_list: the
    area is taken from the list of difficult areas, which is not the list the norm speaks of.
    """

    BEFORE_MERGER = "before_merger"
    AREA_BY_OTHER_LIST = "area_by_other_list"


@dataclass(frozen=True)
class StationNorm:
    """From `least` to `most` posts: the text gives a span of inhabitants for one post more, so both ends are kept.

    Fractions of posts that the factor of an area leaves are rounded down for `least` and up for `most` (HERE: the text read
    says nothing of rounding).
    """

    least: int
    most: int
    area: StationArea
    citation: Citation
    cautions: tuple[NormCaution, ...]

    @property
    def certainty(self) -> Certainty:
        """How sure the house is of the text; `cautions` say what speaks against using it as it stands."""
        return self.citation.certainty

    def missing(self, people: int) -> tuple[int, int]:
        """Posts without anybody: at least, at most."""
        return max(0, self.least - people), max(0, self.most - people)


def station_norm(inhabitants: int, area: StationArea, on: date) -> StationNorm:
    """The norm of a station on a day; raises NotInForce before the circular."""
    base = shipped().value(f"{_NORM}.base_posts", on)
    over = max(0, inhabitants - shipped().value(f"{_NORM}.threshold_area_{area.value}", on).whole())
    short_step, long_step = _steps(area, on)
    factor = _factor(area, on)
    return StationNorm(
        least=int(((base.whole() + over // long_step) * factor).to_integral_value(ROUND_FLOOR)),
        most=int(((base.whole() + over // short_step) * factor).to_integral_value(ROUND_CEILING)),
        area=area,
        citation=base.citation,
        cautions=(NormCaution.BEFORE_MERGER, NormCaution.AREA_BY_OTHER_LIST),
    )


def _steps(area: StationArea, on: date) -> tuple[int, int]:
    """Inhabitants for one post more: the smallest and the largest number of the span."""
    if area is StationArea.THREE:
        step = shipped().value(f"{_NORM}.step_area_3", on).whole()
        return step, step
    names = (f"{_NORM}.{end}_step_area_{area.value}" for end in ("smallest", "largest"))
    smallest, largest = (shipped().value(name, on).whole() for name in names)
    return smallest, largest


def _factor(area: StationArea, on: date) -> Decimal:
    if area is StationArea.ONE:
        return Decimal(1)
    return shipped().value(f"{_NORM}.multiplier_area_{area.value}", on).decimal()
