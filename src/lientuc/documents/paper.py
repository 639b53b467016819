"""An administrative paper in the frame of Decree 30/2020 (Annex I), whatever file it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lientuc.core import formats

from .phrases import NUMBER, PLACE_AND_DATE
from .table import ReportTable

BLANK = "\u00a0" * 6


class Authority(StrEnum):
    """On whose behalf a person signs (Decree 30/2020 Art. 13)."""

    HEAD = "head"
    KT = "kt"
    TM = "tm"
    TL = "tl"
    TUQ = "tuq"


@dataclass(frozen=True)
class Signature:
    """Who signs, in which post, and for whom: `TL. GIÁM ĐỐC` above `TRƯỞNG PHÒNG`.

    `principal` is the post or body signed for; it is empty when the head signs as `head`.
    """

    post: str
    name: str = ""
    authority: Authority = Authority.HEAD
    principal: str = ""

    def posts(self) -> tuple[str, ...]:
        """The lines above the signature, in capitals."""
        own = self.post.upper()
        if self.authority is Authority.HEAD:
            return (own,)
        return (f"{self.authority.value.upper()}. {self.principal.upper()}", own)


@dataclass(frozen=True)
class Letterhead:
    """The upper part: bodies, number and symbol, place and date.

    `number` None and `signed_on` None leave blanks for the clerk, who numbers from the common series; the year of the
    paper is then printed from `Paper.drafted_on`. `symbol` begins with the stroke: `/KH-SYT`.
    """

    issuer: str
    governing_body: str = ""
    symbol: str = ""
    number: str | None = None
    place: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Heading:
    """A heading inside the body; level 1 is `I.`, level 2 is `1.`; the number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body: justified, first line indented."""

    text: str


@dataclass(frozen=True)
class Proof:
    """How anybody checks a paper: the address that goes into the QR code, and the lines printed beside it."""

    url: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A PNG in the middle of the page, `width` in millimetres; `text` says what it shows to who cannot see it."""

    content: bytes
    width: int
    text: str


Block = Heading | Paragraph | Picture | ReportTable


@dataclass(frozen=True)
class Paper:
    """One paper of the Decree-30 kind; every text is already in the language of the paper.

    `kind` is the type in capitals (`KẾ HOẠCH`); empty makes an official letter, whose abstract stands under its number.
    `drafted_on` dates the file, so that the same paper gives the same bytes. `letterhead` None prints body and tables only.
    """

    abstract: str
    drafted_on: date
    body: tuple[Block, ...]
    kind: str = ""
    letterhead: Letterhead | None = None
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: Signature | None = None
    proof: Proof | None = None
    landscape: bool = False
    simulated: bool = False

    @property
    def is_simulated(self) -> bool:
        """Whether the paper or any table in it stands on simulated data."""
        return self.simulated or any(isinstance(block, ReportTable) and block.simulated for block in self.body)

    def number_line(self, language: str = "vi") -> str:
        """`Số:       /KH-SYT`, blank until the clerk gives a number."""
        head = self.letterhead
        if head is None:
            return ""
        return NUMBER.in_language(language, number=head.number or BLANK, symbol=head.symbol)

    def place_and_date(self, language: str = "vi") -> str:
        """`Nghệ An, ngày 03 tháng 02 năm 2026`: days below 10 and months below 3 carry a zero (Annex I)."""
        head = self.letterhead
        if head is None:
            return ""
        if language == "en" and head.signed_on:
            return f"{head.place}, {formats.day(head.signed_on, language=language)}"
        day, month = (f"{head.signed_on.day:02d}", _month(head.signed_on.month)) if head.signed_on else (BLANK, BLANK)
        year = (head.signed_on or self.drafted_on).year
        return PLACE_AND_DATE.in_language(language, place=head.place, day=day, month=month, year=year)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def paper_of(table: ReportTable, *, drafted_on: date, landscape: bool = False) -> Paper:
    """A bare paper with one table, for a download without letterhead."""
    return Paper(abstract="", drafted_on=drafted_on, body=(table,), landscape=landscape)
