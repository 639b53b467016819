"""Records read: answers by place, what is wrong in which cell, what is left out and why. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lientuc.core.errors import Problem
from lientuc.core.names import tidy

from ..answers import read_answer
from ..enums import Dropped, ItemType
from ..expressions import is_true, names_in, parse
from ..flow import CONSENT, Asked, Place, asked_at_all, problem_of_value
from ..specs import ItemSpec, Questionnaire
from .codes import CodeMap, evident, proposed
from .columns import Columns, Target

NO_ANSWER = frozenset({"", "na", "n/a", "nan", "null", "none", "#n/a", "."})
_TICKED = frozenset({"1", "1.0", "true", "yes", "y", "x", "checked", "có", "co"})
_NOT_TICKED = frozenset({"0", "0.0", "false", "no", "n", "unchecked", "không", "khong"}) | NO_ANSWER
_COMPLETE = frozenset({"2", "2.0", "complete", "hoàn thành"})


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be taken as it stands."""

    line: int
    column: str
    value: str
    problem: Problem


@dataclass(frozen=True)
class Impossible:
    """An answer to an item that did not concern the person; `certain` is False where the deciding item was left open."""

    line: int
    item: str
    index: int
    value: str
    gates: str
    certain: bool


@dataclass(frozen=True)
class Record:
    """One record that is taken: its number in the file and its answers."""

    line: int
    identity: str
    answers: Mapping[Place, str]


@dataclass(frozen=True)
class Batch:
    """A whole file judged. `left_out` are lines by reason; answers of those who did not consent are nowhere in it."""

    columns: Columns
    read: int
    kept: tuple[Record, ...]
    left_out: Mapping[Dropped, tuple[int, ...]]
    incomplete: tuple[Record, ...]
    unanswered: Mapping[str, int]
    bad: tuple[BadCell, ...]
    proposed: Mapping[tuple[str, str], str]
    impossible: tuple[Impossible, ...]
    assumed: tuple[str, ...]

    @property
    def dropped(self) -> int:
        """How many records are left out."""
        return sum(len(lines) for lines in self.left_out.values())


@dataclass(frozen=True)
class Choices:
    """What whoever imports decided."""

    codes: CodeMap = field(default_factory=CodeMap)
    complete_cases: bool = False
    good_rows: bool = False
    accept_codes: bool = False


def judge(rows: Sequence[Sequence[str]], columns: Columns, form: Questionnaire, chosen: Choices) -> Batch:
    """Read every record; the first data row is line 2 of the file."""
    return _Judge(columns, form, chosen).batch(rows)


class _Judge:
    """Everything found while reading one file from its first line to its last."""

    def __init__(self, columns: Columns, form: Questionnaire, chosen: Choices) -> None:
        self.columns, self.form, self.chosen = columns, form, chosen
        self.bad: list[BadCell] = []
        self.proposed: dict[tuple[str, str], str] = {}
        self.left_out: dict[Dropped, list[int]] = {reason: [] for reason in Dropped}
        self.incomplete: list[Record] = []
        self.unanswered: Counter[str] = Counter()
        self.impossible: list[Impossible] = []
        self.assumed = (CONSENT,) if CONSENT in form.by_name and CONSENT not in columns.items else ()

    def batch(self, rows: Sequence[Sequence[str]]) -> Batch:
        """The judgement of all rows; wholly empty lines are not records."""
        filled = [(line, row) for line, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
        kept, seen = [], set[str]()
        for line, row in filled:
            record = self._record(line, row)
            reason = self._why_left_out(record, row, seen)
            seen.add(record.identity)
            if reason is None:
                kept.append(record)
                self.impossible += _impossible(self.form, record)
            else:
                self.left_out[reason].append(line)
                self._note_incomplete(record, reason)
        return Batch(
            columns=self.columns,
            read=len(filled),
            kept=tuple(kept),
            left_out={reason: tuple(lines) for reason, lines in self.left_out.items() if lines},
            incomplete=tuple(self.incomplete),
            unanswered=dict(self.unanswered),
            bad=tuple(self.bad),
            proposed=dict(self.proposed),
            impossible=tuple(self.impossible),
            assumed=self.assumed,
        )

    def _note_incomplete(self, record: Record, reason: Dropped) -> None:
        if reason in {Dropped.UNANSWERED, Dropped.MARKED_INCOMPLETE}:
            self.incomplete.append(record)
            self.unanswered.update(name for name, _ in self._open(record))

    def _why_left_out(self, record: Record, row: Sequence[str], seen: set[str]) -> Dropped | None:
        answers = record.answers
        given = {place for place, value in answers.items() if value and place[0] != CONSENT}
        asked = self.form.by_name.get(CONSENT)
        # A form of others may ask for consent in codes of its own: what they mean is then not for us to guess.
        if asked is not None and "yes" in asked.values and answers.get((CONSENT, 0)) != "yes":
            return Dropped.NO_CONSENT if answers.get((CONSENT, 0)) or given else Dropped.EMPTY
        if not given:
            return Dropped.EMPTY
        if record.identity in seen:
            return Dropped.REPEATED
        if self.chosen.good_rows and any(cell.line == record.line for cell in self.bad):
            return Dropped.BAD_CELLS
        if not self.chosen.complete_cases:
            return None
        if not all(_is_complete(row[n]) for n in self.columns.complete if n < len(row)):
            return Dropped.MARKED_INCOMPLETE
        return Dropped.UNANSWERED if any(self._open(record)) else None

    def _open(self, record: Record) -> Iterator[Place]:
        """Places that concern the person, stand in the file and hold no answer; words and ticks may be left open."""
        concerned = asked_at_all(self.form, record.answers)
        for name, index in sorted(concerned):
            item = self.form.by_name[name]
            optional = item.type in {ItemType.TEXT, ItemType.NOTE, ItemType.SELECT_MULTIPLE}
            if not optional and name in self.columns.items and not record.answers.get((name, index)):
                yield name, index

    def _record(self, line: int, row: Sequence[str]) -> Record:
        answers: dict[Place, str] = {}
        ticks: dict[Place, list[str]] = {}
        for number, target in self.columns.targets.items():
            raw = tidy(row[number]) if number < len(row) else ""
            if target.choice:
                ticks.setdefault(target.place, [])
                ticks[target.place] += self._ticked(line, number, target, raw)
            else:
                answers[target.place] = self._value(line, number, target, raw, answers)
        for place, codes in ticks.items():
            answers[place] = read_answer(self.form.by_name[place[0]], codes)[0]
        if self.assumed:
            answers[CONSENT, 0] = "yes"
        own = self.columns.identity
        identity = tidy(row[own]) if own is not None and own < len(row) else ""
        return Record(line, identity or f"line {line}", answers)

    def _value(self, line: int, number: int, target: Target, raw: str, answers: Mapping[Place, str]) -> str:
        item = target.item
        if raw.casefold() in NO_ANSWER and raw not in item.values and self.chosen.codes.code(item, raw) is None:
            return ""
        if item.type == ItemType.TEXT:
            return read_answer(item, [raw])[0]
        parts = _parts(item, raw)
        codes = [self._code(item, part) if item.choices else _plain_number(item, part) for part in parts]
        value, problem = read_answer(item, codes)
        seen = {name: text for (name, at), text in answers.items() if at in {0, target.index}}
        if problem is None and value and not is_true(item.constraint, seen, value):
            problem = problem_of_value(Asked(item, target.index), value, answers)
        if problem is not None:
            self.bad.append(BadCell(line, self.columns.header[number], raw, problem))
            return ""
        return value

    def _code(self, item: ItemSpec, raw: str) -> str:
        """The code of a value; the value itself where nothing is known of it, so that it is refused as written."""
        said = self.chosen.codes.code(item, raw) or evident(item, raw)
        if said is not None:
            return said
        guess = proposed(item, raw)
        if guess is None:
            return raw
        self.proposed[item.name, raw] = guess.value
        return guess.value

    def _ticked(self, line: int, number: int, target: Target, raw: str) -> list[str]:
        text = raw.casefold()
        code = self._code(target.item, target.choice)
        if code not in target.item.values:
            if line == 2:
                problem = Problem("surveys.unknown_choice")
                self.bad.append(BadCell(1, self.columns.header[number], target.choice, problem))
            return []
        if text in _TICKED or (raw and evident(target.item, raw) == code):
            return [code]
        if text not in _NOT_TICKED:
            self.bad.append(BadCell(line, self.columns.header[number], raw, Problem("surveys.not_a_tick")))
        return []


def _parts(item: ItemSpec, raw: str) -> list[str]:
    """The single answers in a cell of several choices."""
    if item.type != ItemType.SELECT_MULTIPLE or evident(item, raw):
        return [raw]
    sign = next((sign for sign in (";", "|", ",") if sign in raw), None)
    return [part for piece in raw.split(sign) if (part := piece.strip())]


def _plain_number(item: ItemSpec, raw: str) -> str:
    """`35.0` and `35,0` in a column of whole numbers are 35."""
    head, point, tail = raw.replace(",", ".").partition(".")
    return head if item.type == ItemType.INTEGER and point and tail and not tail.strip("0") else raw


def _is_complete(cell: str) -> bool:
    """REDCap's own mark is 2, LimeSurvey's is that a day of sending stands there."""
    text = cell.strip().casefold()
    return text in _COMPLETE or (text[:1].isdigit() and len(text) >= len("1/1/2020"))


def _impossible(form: Questionnaire, record: Record) -> Iterator[Impossible]:
    concerned = asked_at_all(form, record.answers)
    for section, item in form.items:
        for index in form.indexes(section):
            value = record.answers.get((item.name, index), "")
            if not value or (item.name, index) in concerned:
                continue
            gates = sorted(names_of(section.relevant, item.relevant) - {CONSENT})
            found = {name: record.answers.get((name, index)) or record.answers.get((name, 0), "") for name in gates}
            said = ", ".join(f"{name} = {text or '–'}" for name, text in found.items())
            yield Impossible(record.line, item.name, index, value, said, all(found.values()))


def names_of(*expressions: str) -> frozenset[str]:
    """The items that expressions ask about."""
    return frozenset().union(*(names_in(parse(text)) for text in expressions if text.strip()))


def digest(*contents: bytes) -> str:
    """One hash for files that belong together."""
    return hashlib.sha256(b"\0".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()
