"""One table of figures: what every report, page and file prints, with denominators and notes beside the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lientuc.core import formats
from lientuc.core.clock import HANOI
from lientuc.core.hours import hours

from .phrases import word

MISSING = "–"
HIDDEN_SIGN = "*"


class Kind(StrEnum):
    """What the values of a column are; it decides how they are printed."""

    TEXT = "text"
    INT = "int"
    NUMBER = "number"
    HOURS = "hours"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    INTERVAL = "interval"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Share:
    """`count` of `of`: a percentage that never loses its denominator."""

    count: int
    of: int


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, for instance a confidence interval, in the unit of its column."""

    low: Decimal | float
    high: Decimal | float


class Hidden:
    """A cell withheld by disclosure control; printed as `*` and explained under the table."""

    def __repr__(self) -> str:
        return "HIDDEN"


HIDDEN = Hidden()

Value = str | int | float | Decimal | date | datetime | Share | Interval | Hidden | None
Row = Sequence[Value]


@dataclass(frozen=True)
class Column:
    """One column; `label` is already in the language of the table.

    `kind` fixes the type of the values: text str, int int, number int|float|Decimal, hours whole quarter hours (int),
    percent `Share`, money whole đồng (int), date date|datetime, interval `Interval`. None means there is no value.
    `unit` is printed once, in the header. `places` are the decimals of number, percent and interval.
    `width` is in characters; None leaves it to the kind.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    align: Align | None = None
    places: int = 1
    width: int | None = None

    @property
    def header(self) -> str:
        """The label with its unit in brackets."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def alignment(self) -> Align:
        """The side values stand on: text left, dates centred, figures right."""
        if self.align is not None:
            return self.align
        return {Kind.TEXT: Align.LEFT, Kind.DATE: Align.CENTER}.get(self.kind, Align.RIGHT)


@dataclass(frozen=True)
class ReportTable:
    """A titled table in one language.

    `rows` may be a generator: the streaming writers (CSV, XLSX) then hold one row at a time, and it can be written once.
    `footer` is a row of totals. `simulated` makes every writer print the mark of simulated data.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    as_of: date | None = None
    footer: Row = field(default=())
    simulated: bool = False

    def lines_above(self, language: str = "vi") -> tuple[str, ...]:
        """What stands between the title and the header: the mark of simulated data, the day of the data."""
        mark = (word("simulated", language),) if self.simulated else ()
        day = (word("as_of", language, day=formats.day(self.as_of, language=language)),) if self.as_of else ()
        return mark + day

    def lines_below(self, language: str = "vi", *, some_hidden: bool = False) -> tuple[str, ...]:
        """Notes and sources under the table; cells withheld are explained."""
        hidden = (word("hidden", language),) if some_hidden else ()
        notes = tuple(f"{word('note', language)}: {note}" for note in (*self.notes, *hidden))
        return notes + tuple(f"{word('source', language)}: {source}" for source in self.sources)


def printed(column: Column, value: Value, language: str = "vi") -> str:
    """`value` as people read it, everywhere alike."""
    if value is None:
        return "" if column.kind is Kind.TEXT else MISSING
    if isinstance(value, Hidden):
        return HIDDEN_SIGN
    if isinstance(value, str):
        return value
    return _printed_figure(column, value, language)


def printed_row(columns: Sequence[Column], row: Row, language: str = "vi") -> list[str]:
    """A whole row as people read it; raises ValueError where it has not one value for each column."""
    return [printed(column, value, language) for column, value in zip(columns, row, strict=True)]


def _printed_figure(column: Column, value: Value, language: str) -> str:
    match value:
        case datetime():
            return formats.instant(value, language=language)
        case date():
            return formats.day(value, language=language)
        case Share(count, of):
            rate = formats.percent(count, of, places=column.places, language=language)
            return f"{rate} ({formats.number(count, language=language)}/{formats.number(of, language=language)})"
        case Interval(low, high):
            ends = (formats.number(end, places=column.places, language=language) for end in (low, high))
            return " – ".join(ends)
        case int() | float() | Decimal():
            return _printed_number(column, value, language)
        case _:
            raise TypeError(f"{value!r} is not a value of a {column.kind} column")


def _printed_number(column: Column, value: int | float | Decimal, language: str) -> str:
    if column.kind is Kind.HOURS:
        return formats.shortest(hours(int(value)), language=language)
    if column.kind is Kind.MONEY:
        amount = int(value)
        return formats.number(amount, language=language) if column.unit else formats.vnd(amount, language=language)
    places = column.places if column.kind is Kind.NUMBER else 0
    return formats.number(value, places=places, language=language)


# --- the same table as plain columns, for programs that calculate -------------------------------------------------


def plain_headers(column: Column, language: str = "vi") -> list[str]:
    """Headers of the columns one column becomes in CSV and XLSX: a percentage brings its numerator and denominator."""
    if column.kind is Kind.PERCENT:
        label = f"{column.label} (%)"
        return [label, word("of", language, label=column.label), word("out_of", language, label=column.label)]
    if column.kind is Kind.INTERVAL:
        return [word("low", language, label=column.header), word("high", language, label=column.header)]
    return [column.header]


def plain_values(column: Column, value: Value) -> list[str | int | Decimal | date | datetime | None]:
    """The values one value becomes in CSV and XLSX, rounded as printed; percentages as 0–100."""
    if isinstance(value, Hidden):
        return [HIDDEN_SIGN] * _plain_width(column)
    if value is None:
        return [None] * _plain_width(column)
    match value:
        case Share(count, of):
            return [_rounded(Decimal(count) * 100 / Decimal(of), column.places) if of else None, count, of]
        case Interval(low, high):
            return [_rounded(low, column.places), _rounded(high, column.places)]
        case datetime():
            return [value.astimezone(HANOI).replace(tzinfo=None)]
        case str() | date():
            return [value]
    if column.kind is Kind.HOURS:
        return [hours(int(value))]
    if column.kind is Kind.NUMBER:
        return [_rounded(value, column.places)]
    return [int(value)]


def _plain_width(column: Column) -> int:
    return {Kind.PERCENT: 3, Kind.INTERVAL: 2}.get(column.kind, 1)


def _rounded(value: int | float | Decimal, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
