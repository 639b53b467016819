"""Citations: a text, the place in it, and how sure the house is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lientuc.core.phrases import Phrase

from .certainty import Certainty
from .texts import TextKind, catalogue, text

KIND_WORDS: dict[TextKind, Phrase] = {
    TextKind.LAW: Phrase("Luật", "Law"),
    TextKind.DECREE: Phrase("Nghị định", "Decree"),
    TextKind.CIRCULAR: Phrase("Thông tư", "Circular"),
    TextKind.DECISION: Phrase("Quyết định", "Decision"),
    TextKind.DISPATCH: Phrase("Công văn", "Dispatch"),
    TextKind.RESOLUTION: Phrase("Nghị quyết", "Resolution"),
    TextKind.STANDARD: Phrase("Tiêu chuẩn", "Standard"),
}
# Read in this order: a clause is a bracketed number, a point a bracketed letter (đ among them).
_INTO_VIETNAMESE = (
    (re.compile(r"\bas amended\b"), "(đã sửa đổi, bổ sung)"),
    (re.compile(r"\bArts?\.? "), "Điều "),
    (re.compile(r"\bApp\. "), "Phụ lục "),
    (re.compile(r"\bpoint "), "điểm "),
    (re.compile(r"\((\d+)\)–\((\d+)\)"), r" khoản \1–\2"),
    (re.compile(r"\((\d+)\)"), r" khoản \1"),
    (re.compile(r"\(([a-zđ])\)"), r" điểm \1"),
)


@dataclass(frozen=True)
class Citation:
    """A place in a text: `text_number` 32/2023/TT-BYT, `article` in short English form, Art. 3(1)."""

    text_number: str
    article: str
    certainty: Certainty

    @property
    def vi(self) -> str:
        """As Vietnamese papers print it: Thông tư 32/2023/TT-BYT, Điều 3 khoản 1."""
        place = self.article
        for pattern, into in _INTO_VIETNAMESE:
            place = pattern.sub(into, place)
        return self._joined("vi", place)

    @property
    def en(self) -> str:
        """The same in English: Circular 32/2023/TT-BYT, Art. 3(1)."""
        return self._joined("en", self.article)

    def _joined(self, language: str, place: str) -> str:
        word = KIND_WORDS[text(self.text_number).kind].in_language(language)
        return f"{word} {self.text_number}" + (f", {place}" if place else "")


@cache
def cite(article: str, certainty: Certainty) -> Citation:
    """Read `Circ. 32/2023 Art. 3(1)` as parameters write it; ValueError where the catalogue knows no such text."""
    for short, number in _numbers_by_short():
        if article == short or article.startswith(f"{short} "):
            return Citation(number, article.removeprefix(short).strip(), certainty)
    raise ValueError(f"no text of the catalogue is abbreviated as in {article!r}")


@cache
def _numbers_by_short() -> tuple[tuple[str, str], ...]:
    pairs = ((found.short, found.number) for found in catalogue())
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
