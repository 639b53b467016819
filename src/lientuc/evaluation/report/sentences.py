"""Sentences whose numbers are references to cells, so that text and tables cannot disagree.

`[T3.confident.agree]` prints `102/152 (67,1%)`; `[T3.confident.agree pct]` the percentage alone; also `n`, `of`, `ci`,
`mean`, `sd`. A cell that an audience may not see prints `*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lientuc.core import formats
from lientuc.core.errors import Problem
from lientuc.core.phrases import Phrase

from ..study.cells import Cell

REFERENCE = re.compile(r"\[(?P<row>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+)(?: (?P<part>[a-z]+))?\]")
PARTS = ("n", "of", "pct", "ci", "mean", "sd")
_BARE = re.compile(r"\d+(?:[.,]\d+)?\s?%")

RESULTS: tuple[Phrase, ...] = (
    Phrase(
        "Trong [T1.sex n] người trả lời câu hỏi về giới, nữ chiếm [T1.sex.female]; tuổi trung bình [T1.age mean] ± [T1.age sd].",
        "Of [T1.sex n] respondents who gave their sex, [T1.sex.female] were women; mean age [T1.age mean] ± [T1.age sd] years.",
    ),
    Phrase(
        "[T1.course.short] học khóa ngắn hạn, [T1.course.basic_specialty] học định hướng chuyên khoa hoặc chuyên khoa cơ bản.",
        "[T1.course.short] took a short course, [T1.course.basic_specialty] a specialty-orientation or basic specialty course.",
    ),
    Phrase(
        "[T3.confident.agree] đồng ý hoặc rất đồng ý rằng sau khóa học họ tự tin hơn trong công tác chuyên môn (khoảng tin cậy 95%: [T3.confident.agree ci]).",
        "[T3.confident.agree] agreed or strongly agreed that they were more confident in their work after the course (95% interval [T3.confident.agree ci]).",
    ),
    Phrase(
        "[T3.independent.agree] cho biết độc lập thực hiện công tác chuyên môn (khoảng tin cậy 95%: [T3.independent.agree ci]).",
        "[T3.independent.agree] said they did their work independently (95% interval [T3.independent.agree ci]).",
    ),
    Phrase(
        "[T4.new.1to5] đã góp phần triển khai từ 1 đến 5 kỹ thuật mới tại đơn vị, [T4.new.gt5] trên 5 kỹ thuật; [T4.new.none] chưa có kỹ thuật mới nào.",
        "[T4.new.1to5] had helped to introduce 1 to 5 new techniques at their unit and [T4.new.gt5] more than 5; [T4.new.none] none.",
    ),
    Phrase(
        "Lý do chưa thực hiện được kỹ thuật mong muốn: thiếu cơ sở vật chất, trang thiết bị [T4.reason.facilities], thiếu nhân lực được đào tạo đầy đủ [T4.reason.staff], thiếu kiến thức chuyên môn [T4.reason.knowledge].",
        "Reasons why wanted techniques were not done: lack of facilities and equipment [T4.reason.facilities], of fully trained staff [T4.reason.staff], of professional knowledge [T4.reason.knowledge].",
    ),
    Phrase(
        "[T4.revenue.yes] cho biết nguồn thu tăng nhờ kỹ thuật mới, tính trên số người trả lời câu này.",
        "[T4.revenue.yes] of those who answered reported more revenue from the new techniques.",
    ),
    Phrase(
        "[T5.peer_trust.agree] đồng ý rằng đồng nghiệp tin tưởng, [T5.patient_trust.agree] rằng người bệnh tin tưởng năng lực của họ.",
        "[T5.peer_trust.agree] agreed that colleagues trust their competence, [T5.patient_trust.agree] that patients do.",
    ),
    Phrase(
        "[T5.referral_down.agree] cho rằng mình đã góp phần giảm số người bệnh phải chuyển tuyến.",
        "[T5.referral_down.agree] held that they had helped to reduce referrals.",
    ),
)
ABSTRACT = (0, 2, 3, 5, 8)
"""Which results an abstract repeats."""


def references(text: str) -> list[str]:
    """The rows a text quotes."""
    return [match["row"] for match in REFERENCE.finditer(text)]


def problems_of_text(text: str, cells: Mapping[str, Cell]) -> Iterator[Problem]:
    """Rows that do not exist, parts that a cell does not have, and percentages typed instead of quoted."""
    for match in REFERENCE.finditer(text):
        if match["row"] not in cells:
            yield Problem("evaluation.report_row_unknown", "text", {"row": match["row"]})
        elif match["part"] and match["part"] not in PARTS:
            yield Problem("evaluation.report_part_unknown", "text", {"part": match["part"], "known": ", ".join(PARTS)})
    for typed in _BARE.finditer(REFERENCE.sub("", text)):
        yield Problem("evaluation.report_number_typed", "text", {"number": typed[0]})


def filled(text: str, cells: Mapping[str, Cell], language: str) -> str:
    """A text with its references printed; a row that is not there stays as written, so that it is seen."""
    return REFERENCE.sub(lambda match: _printed(match, cells, language), text)


def sentences(cells: Mapping[str, Cell], language: str, chosen: Iterable[int] | None = None) -> list[str]:
    """The results in words, of which every row was asked; a sentence of nothing but hidden figures is left out."""
    found = []
    for place in range(len(RESULTS)) if chosen is None else chosen:
        text = RESULTS[place].en if language == "en" else RESULTS[place].vi
        rows = references(text)
        if all(row in cells for row in rows) and not all(cells[row].hidden for row in rows):
            found.append(filled(text, cells, language))
    return found


def _printed(match: re.Match[str], cells: Mapping[str, Cell], language: str) -> str:
    cell = cells.get(match["row"])
    if cell is None:
        return match[0]
    return "*" if cell.hidden else _part(cell, match["part"] or "", language)


def _part(cell: Cell, part: str, language: str) -> str:
    def decimal(value: object) -> str:
        return "–" if value is None else formats.number(value, places=1, language=language)  # type: ignore[arg-type]

    match part:
        case "n":
            return formats.number(cell.n or 0, language=language)
        case "of":
            return formats.number(cell.denominator or 0, language=language)
        case "pct":
            return f"{decimal(cell.pct)}%"
        case "ci":
            return f"{decimal(cell.low)}–{decimal(cell.high)}%"
        case "mean" | "sd":
            return decimal(getattr(cell, part))
    return f"{cell.n}/{cell.denominator} ({decimal(cell.pct)}%)"
