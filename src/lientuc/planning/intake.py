"""Lines pasted or sent as a workbook: columns recognised or chosen, cells read, problems by row and column, then drafts.

A workbook becomes the same text as a paste, so that people mend it in one place; the rules are those of the form.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from lientuc.core.errors import Problem, Refused
from lientuc.core.names import fold
from lientuc.curricula.models import Topic
from lientuc.documents.readers import read_workbook
from lientuc.documents.readers.book import Cell, Sheet, sheet_of
from lientuc.documents.readers.fields import KnownField
from lientuc.documents.readers.headers import BodyRow, Header, body_rows, find_header
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.trail.models import ColumnMapping

from .book import PlanBook
from .cells import cell_integer, cell_money, cell_quarters, cell_text, cell_year, unit_of_heading
from .enums import LineField
from .models import FundingSource, Plan
from .rules.lines import LineDraft, line_notes, line_problems

KIND = "planning.lines"
MOST_ROWS = 2_000
_F = LineField
LINE_FIELDS = (
    KnownField("place", ("STT", "TT", "Số TT")),
    KnownField(
        _F.TITLE,
        ("Nội dung", "Nội dung đào tạo", "Tên lớp", "Tên khóa đào tạo", "Nội dung, tên khóa đào tạo", "Content", "Title"),
    ),
    KnownField(_F.TOPIC, ("Chủ đề", "Chuyên đề", "Lĩnh vực", "Topic")),
    KnownField(_F.AUDIENCE, ("Đối tượng", "Đối tượng đào tạo", "Đối tượng học viên", "Audience")),
    KnownField(_F.CLASSES, ("Số lớp", "Số khóa", "Classes")),
    KnownField(_F.PERSONS, ("Số người", "Số học viên", "Số lượng học viên", "Số lượng", "Tổng số học viên", "Persons")),
    KnownField(_F.QUARTERS, ("Thời gian", "Quý", "Thời gian thực hiện", "Thời gian (quý)", "Dự kiến thời gian", "Quarter")),
    KnownField(_F.PROVIDER, ("Đơn vị thực hiện", "Cơ sở đào tạo", "Đơn vị tổ chức", "Đơn vị chủ trì", "Provider")),
    KnownField(
        _F.MONEY,
        (
            "Kinh phí", "Dự toán", "Kinh phí (đồng)", "Kinh phí đề nghị", "Thành tiền", "Tổng kinh phí",
            "Kinh phí (triệu đồng)", "Kinh phí (nghìn đồng)", "Dự toán (triệu đồng)", "Kinh phí dự kiến", "Money",
        ),
    ),
    KnownField(_F.SOURCE, ("Nguồn", "Nguồn kinh phí", "Nguồn vốn", "Source")),
    KnownField(_F.INTEGRATED, ("Lồng ghép", "Lồng ghép với", "Chương trình, dự án lồng ghép", "Integrated with")),
    KnownField(_F.REASON, ("Lý do", "Lý do, giải trình", "Giải trình", "Reason")),
    KnownField(_F.YEAR, ("Năm", "Năm thực hiện", "Year")),
    KnownField(_F.NOTE, ("Ghi chú", "Note")),
)  # fmt: skip
FIXED_ORDER = (
    _F.TITLE, _F.AUDIENCE, _F.CLASSES, _F.PERSONS, _F.QUARTERS, _F.PROVIDER, _F.MONEY, _F.SOURCE, _F.NOTE,
)  # fmt: skip


@dataclass(frozen=True)
class ReadRow:
    """One row: its number in the text, its cells, the draft they make, problems and notes, each with its field.

    `proposals` are topics that may be meant where none was recognised, the likeliest first.
    """

    number: int
    cells: tuple[str, ...]
    draft: LineDraft
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    proposals: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A pasted plan as understood: headings, the field of each column ("" for none), rows."""

    headings: tuple[str, ...]
    mapping: tuple[str, ...]
    rows: tuple[ReadRow, ...]

    @property
    def good(self) -> tuple[ReadRow, ...]:
        """Rows without problems."""
        return tuple(row for row in self.rows if not row.problems)

    @property
    def bad(self) -> tuple[ReadRow, ...]:
        """Rows that need mending."""
        return tuple(row for row in self.rows if row.problems)


def text_of_workbook(content: bytes) -> str:
    """The fullest sheet that has a header, else the first, as tab-separated text; raises Refused for harmful files."""
    book = read_workbook(content)
    sheets = [sheet for sheet in book.sheets if not sheet.is_hidden] or list(book.sheets)
    with_header = [sheet for sheet in sheets if find_header(sheet, LINE_FIELDS)]
    chosen = max(with_header or sheets[:1], key=lambda sheet: len(sheet.rows))
    return text_of_rows(chosen.rows)


def text_of_rows(rows: Sequence[Sequence[Cell]]) -> str:
    """Rows as tab-separated text, line breaks inside cells made blanks."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    for row in rows:
        writer.writerow([cell_text(cell) for cell in row])
    return out.getvalue()


@dataclass(frozen=True)
class Choices:
    """What a person chose on the page of the paste: fields of the columns, topic codes and reasons by row number."""

    mapping: tuple[str, ...] = ()
    topics: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)


def mended_text(text: str, cells: Mapping[tuple[int, int], str]) -> str:
    """The pasted text with cells replaced, by row number (from 1) and column (from 0); all else stays as it was."""
    rows = [list(row) for row in _sheet(text).rows]
    for (number, column), value in cells.items():
        if number <= len(rows) and column < len(rows[number - 1]):
            rows[number - 1][column] = value
    return text_of_rows(rows)


def text_without(text: str, taken: Collection[int]) -> str:
    """The pasted text without the rows that were taken, so that the others are mended and taken later."""
    return text_of_rows([row for number, row in enumerate(_sheet(text).rows, start=1) if number not in taken])


def read_lines(text: str, plan: Plan, chosen: Choices | None = None) -> Reading:
    """Read pasted text for `plan` as far as possible with what a person chose."""
    chosen = chosen or Choices()
    sheet = _sheet(text)
    header, headings, rows = _table(sheet)
    mapping = chosen.mapping or _remembered(plan, headings) or _guessed(header, sheet.width)
    reader = _Reader(plan, headings, (*mapping, *[""] * sheet.width)[: sheet.width], chosen)
    return Reading(headings, reader.mapping, tuple(reader.read(row) for row in rows))


def remember(plan: Plan, reading: Reading) -> None:
    """Keep how this organisation's columns map, for the next file with the same headings."""
    ColumnMapping.objects.update_or_create(
        kind=KIND,
        sender=str(plan.organisation.public_id),
        fingerprint=_fingerprint(reading.headings),
        defaults={"mapping": list(reading.mapping)},
    )


def _sheet(text: str) -> Sheet:
    plain = text.replace("\r\n", "\n")
    rows = list(csv.reader(io.StringIO(plain), delimiter="\t" if "\t" in plain else ";"))
    sheet = sheet_of("paste", rows)
    if not sheet.rows:
        raise Refused(Problem("planning.nothing_pasted", "text"))
    if len(sheet.rows) > MOST_ROWS:
        raise Refused(Problem("planning.too_many_rows", "text", {"rows": len(sheet.rows), "limit": MOST_ROWS}))
    return sheet


def _table(sheet: Sheet) -> tuple[Header | None, tuple[str, ...], list[BodyRow]]:
    """Header and body; without a header the columns are taken in the order the page names."""
    header = find_header(sheet, LINE_FIELDS)
    if header is not None:
        return header, tuple(guess.heading for guess in header.columns), list(body_rows(sheet, header))
    if sheet.width < len(FIXED_ORDER) - 2:
        raise Refused(Problem("planning.sheet_without_header", "text"))
    numbered = [BodyRow(place, row) for place, row in enumerate(sheet.rows, start=1) if any(row)]
    return None, ("",) * sheet.width, numbered


def _guessed(header: Header | None, width: int) -> tuple[str, ...]:
    if header is None:
        return tuple(str(name) for name in FIXED_ORDER[:width])
    return tuple(guess.field if guess.field in set(LineField) else "" for guess in header.columns)


def _remembered(plan: Plan, headings: tuple[str, ...]) -> tuple[str, ...] | None:
    row = ColumnMapping.objects.filter(
        kind=KIND, sender=str(plan.organisation.public_id), fingerprint=_fingerprint(headings)
    ).first()
    return tuple(row.mapping) if row else None


def _fingerprint(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(fold(heading) for heading in headings).encode()).hexdigest()


class _Reader:
    """Reads rows one after the other: each is measured against the good ones before it."""

    def __init__(self, plan: Plan, headings: tuple[str, ...], mapping: tuple[str, ...], chosen: Choices) -> None:
        self.plan, self.mapping, self.chosen = plan, mapping, chosen
        self.book = PlanBook(plan)
        self.column = {name: place for place, name in enumerate(mapping) if name}
        money = self.column.get(_F.MONEY)
        self.unit = unit_of_heading(headings[money]) if money is not None else 1
        self.rows = rows = list(Topic.objects.order_by("pk"))
        self.topics = {name: row for row in rows for name in (fold(row.code), row.name_fold, fold(row.name_en))}
        self.by_code = {row.code: row for row in rows}
        self.providers = _providers()
        self.sources = {row.name_fold: row for row in self.book.sources.values()}

    def read(self, row: BodyRow) -> ReadRow:
        draft, unread = self._draft(row)
        facts = self.book.facts(draft)
        silent = {problem.field for problem in unread}
        found = [problem for problem in line_problems(draft, facts) if problem.field not in silent]
        problems = (*unread, *found)
        if not problems:
            self.book.take(draft)
        return ReadRow(
            number=row.number,
            cells=tuple(cell_text(cell) for cell in row.cells),
            draft=draft,
            problems=problems,
            notes=tuple(line_notes(draft, facts)),
            proposals=likely_topics(self._text(row, _F.TOPIC) or draft.title, self.rows) if draft.topic is None else (),
        )

    def _draft(self, row: BodyRow) -> tuple[LineDraft, list[Problem]]:
        unread: list[Problem] = []

        def kept(value: Any, otherwise: Any) -> Any:
            if isinstance(value, Problem):
                unread.append(value)
                return otherwise
            return otherwise if value is None else value

        first, last = kept(cell_quarters(self._cell(row, _F.QUARTERS)), (1, 4))
        # A plan that has only a column of topics names its lines by them.
        title = self._text(row, _F.TITLE) or self._text(row, _F.TOPIC)
        performer = self._text(row, _F.PROVIDER)
        draft = LineDraft(
            title=title,
            topic=kept(self._topic(row, title), None),
            classes=kept(cell_integer(self._cell(row, _F.CLASSES), _F.CLASSES), 1),
            persons=kept(cell_integer(self._cell(row, _F.PERSONS), _F.PERSONS), 0),
            year=kept(cell_year(self._cell(row, _F.YEAR)), self.plan.year),
            from_quarter=first,
            to_quarter=last,
            audience=self._text(row, _F.AUDIENCE),
            provider=self.providers.get(fold(performer)),
            performer=performer,
            requested_vnd=kept(cell_money(self._cell(row, _F.MONEY), self.unit), 0),
            source=kept(self._source(row), None),
            integrated_with=self._text(row, _F.INTEGRATED),
            reason=self.chosen.reasons.get(row.number) or self._text(row, _F.REASON),
            note=self._text(row, _F.NOTE),
        )
        return draft, unread

    def _cell(self, row: BodyRow, name: LineField) -> Cell:
        place = self.column.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def _text(self, row: BodyRow, name: LineField) -> str:
        return cell_text(self._cell(row, name))

    def _topic(self, row: BodyRow, title: str) -> Topic | Problem | None:
        """The topic a person chose for the row, the one named in its column, or the longest one named in its title."""
        if row.number in self.chosen.topics:
            return self.by_code.get(self.chosen.topics[row.number])
        text = self._text(row, _F.TOPIC) or title
        folded = fold(text)
        if folded in self.topics:
            return self.topics[folded]
        inside = [name for name in self.topics if len(name) > 3 and f" {name} " in f" {folded} "]
        if inside:
            return self.topics[max(inside, key=len)]
        return Problem("planning.topic_unknown", "topic", {"text": text}) if text else None

    def _source(self, row: BodyRow) -> FundingSource | Problem | None:
        text = self._text(row, _F.SOURCE)
        if not text:
            return None
        found = self.sources.get(fold(text))
        return found or Problem("planning.source_unknown", "source", {"text": text})


def _providers() -> dict[str, Provider]:
    found: dict[str, Provider] = {}
    for row in Provider.objects.unscoped(WhyUnscoped.RULE).select_related("organisation").order_by("pk"):
        for name in (row.organisation.name_fold, fold(row.organisation.short_name)):
            if name:
                found.setdefault(name, row)
    return found


MOST_PROPOSALS = 3
_ALIKE = 0.34


def likely_topics(text: str, topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Topics whose name is like `text`: words in common first, then letters; none where nothing is alike."""
    wanted = fold(text)
    if not wanted:
        return ()
    scored = [(_likeness(wanted, row.name_fold), row) for row in topics]
    likely = sorted(((score, row) for score, row in scored if score >= _ALIKE), key=lambda pair: (-pair[0], pair[1].pk))
    return tuple(row for _, row in likely[:MOST_PROPOSALS])


def _likeness(wanted: str, name: str) -> float:
    ours, theirs = set(wanted.split()), set(name.split())
    shared = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return (shared + SequenceMatcher(None, wanted, name).ratio()) / 2
