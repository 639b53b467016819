"""The five numbers leaders read, each with its denominator; the same on the page, in a frozen review and in the brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lientuc.core import formats
from lientuc.core.phrases import Phrase
from lientuc.registry.enums import LicenceState
from lientuc.web.say import current_language, say_now

from ..enums import AgeGroup, StandingState
from .asking import Line, Review
from .norms import Shortfall


class Key(StrEnum):
    """Which number."""

    STATING = "stating"
    LICENSED = "licensed"
    MET = "met"
    OLDER = "older"
    VACANT = "vacant"


TITLES: Mapping[Key, Phrase] = {
    Key.STATING: Phrase("Nhân lực y tế", "Health workforce"),
    Key.LICENSED: Phrase("Giấy phép hành nghề còn hạn", "Licences in force"),
    Key.MET: Phrase("Đã đủ giờ đào tạo liên tục", "Hours of continuing training met"),
    Key.OLDER: Phrase("Từ 50 tuổi trở lên", "Aged 50 and over"),
    Key.VACANT: Phrase("Trạm y tế thiếu người so với định mức", "Stations below the staffing norm"),
}


@dataclass(frozen=True)
class Number:
    """`count` of `of`; `low` to `high` posts are missing where the number is of vacancies."""

    key: Key
    count: int
    of: int
    low: int = 0
    high: int = 0

    @property
    def title(self) -> str:
        """What it is."""
        return TITLES[self.key].in_language(current_language())

    @property
    def value(self) -> str:
        """The number as leaders read it."""
        if self.key is Key.STATING:
            return formats.number(self.count, language=current_language())
        return formats.percent(self.count, self.of, language=current_language()) if self.of else "–"

    @property
    def denominator(self) -> str:
        """What it rests on."""
        values = {name: formats.number(getattr(self, name), language=current_language()) for name in _FIELDS}
        return say_now(*_DENOMINATORS[self.key]).format(**values)


_FIELDS = ("count", "of", "low", "high")
_DENOMINATORS = {
    Key.STATING: ("người, tại {low}/{high} đơn vị đã có số liệu", "people, at {low}/{high} units with data"),
    Key.LICENSED: ("{count}/{of} người có giấy phép trong hồ sơ", "{count}/{of} people with a licence on record"),
    Key.MET: (
        "{count}/{of} người phải tích lũy giờ và đã được tính",
        "{count}/{of} people asked for hours and reckoned",
    ),
    Key.OLDER: ("{count}/{of} người đã có năm sinh", "{count}/{of} people whose year of birth is known"),
    Key.VACANT: (
        "{count}/{of} xã có số dân; thiếu từ {low} đến {high} vị trí",
        "{count}/{of} communes with stated inhabitants; {low} to {high} posts missing",
    ),
}


def numbers(found: Review, short: Shortfall) -> tuple[Number, ...]:
    """The five, in the order they are printed."""
    return (
        Number(Key.STATING, found.whole.persons, found.whole.persons, found.units_stating, found.units),
        _licensed(found.whole),
        _met(found.whole),
        _older(found.whole),
        Number(Key.VACANT, short.short, short.with_norm, short.low, short.high),
    )


def _licensed(whole: Line) -> Number:
    counts = whole.parts["licence"]
    held = counts[LicenceState.HELD] + counts[LicenceState.ENDING]
    return Number(Key.LICENSED, held, sum(counts.values()) - counts[LicenceState.NONE])


def _met(whole: Line) -> Number:
    counts = whole.parts["standing"]
    asked = (StandingState.MET, StandingState.ACCRUING, StandingState.SHORT)
    return Number(Key.MET, counts[StandingState.MET], sum(counts[code] for code in asked))


def _older(whole: Line) -> Number:
    counts = whole.parts["age"]
    return Number(Key.OLDER, counts[AgeGroup.FROM_50], sum(counts.values()) - counts[AgeGroup.UNKNOWN])


def as_json(rows: tuple[Number, ...]) -> list[dict[str, Any]]:
    """The numbers as plain values."""
    return [{"key": str(row.key), **{name: getattr(row, name) for name in _FIELDS}} for row in rows]


def from_json(rows: list[dict[str, Any]]) -> tuple[Number, ...]:
    """What `as_json` wrote."""
    return tuple(Number(Key(row["key"]), *(row[name] for name in _FIELDS)) for row in rows)
