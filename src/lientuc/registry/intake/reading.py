"""One row of a staff list, cell by cell: the drafts it makes, and what is wrong with which cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.names import tidy
from lientuc.documents.readers import Cell
from lientuc.documents.readers.cells import DateCell, NumberCell, cell_date, cell_national_number
from lientuc.documents.readers.tcvn3 import mended

from ..enums import PostKind, Sex
from ..rules import LicenceDraft, PostDraft, StaffDraft, WorkerDraft, tidied
from .words import is_nothing, licence_kind_of, post_kind_of, sex_of, specialty_of, title_of

_RECORD = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class TableMapping:
    """What the columns of a table are: field → column, birth columns and marked columns by sex, and the headings."""

    columns: Mapping[str, int]
    births: tuple[tuple[int, Sex | None], ...]
    marks: tuple[tuple[int, Sex], ...]
    headings: tuple[str, ...]
    default_kind: PostKind = PostKind.PERMANENT
    repair_zeros: bool = False


@dataclass(slots=True)
class RowRead:
    """A row made into drafts; `organisation` is the unit's text, `kind_given` whether the file says the kind of post."""

    draft: StaffDraft
    organisation: str
    problems: list[Problem] = field(default_factory=list)
    kind_given: bool = True


def mapping_of(table: Mapping[str, Any], options: Mapping[str, Any]) -> TableMapping:
    """Read a stored mapping of one table."""
    columns: dict[str, int] = {}
    births: list[tuple[int, Sex | None]] = []
    marks: list[tuple[int, Sex]] = []
    for column, key in sorted(table["columns"].items(), key=lambda pair: int(pair[0])):
        sex = table["sexes"].get(column)
        if key == "born":
            births.append((int(column), Sex(sex) if sex else None))
        if key == "sex" and sex:
            marks.append((int(column), Sex(sex)))
        columns.setdefault(key, int(column))
    return TableMapping(
        columns=columns,
        births=tuple(births),
        marks=tuple(marks),
        headings=tuple(table["headings"]),
        default_kind=PostKind(options.get("default_kind") or PostKind.PERMANENT),
        repair_zeros=bool(options.get("repair_zeros")),
    )


def read_row(cells: Sequence[Cell], mapping: TableMapping) -> RowRead:
    """The drafts of a row with what its cells alone say is wrong."""
    return _Row(cells, mapping).read()


class _Row:
    def __init__(self, cells: Sequence[Cell], mapping: TableMapping) -> None:
        self.cells, self.mapping = cells, mapping
        self.problems: list[Problem] = []

    def read(self) -> RowRead:
        worker = tidied(self._worker())
        kind = post_kind_of(self.text("post_kind"))
        if kind is None and self.text("post_kind"):
            self.problems.append(Problem("registry.post_kind_unknown", "post_kind", {"text": self.text("post_kind")}))
        post = PostDraft(
            kind=kind or self.mapping.default_kind, position=self.text("position"), from_on=self.day("from_on")
        )
        licence = self._licence()
        draft = StaffDraft(worker, post, licence, record=self._record())
        return RowRead(draft, self.text("organisation"), self.problems, kind_given=kind is not None)

    def _record(self) -> str:
        """The key of the person's record in a list that was exported."""
        text = self.text("record").lower()
        if text and not _RECORD.fullmatch(text):
            self.problems.append(Problem("registry.record_unknown", "record"))
            return ""
        return text

    def cell(self, key: str) -> Cell:
        column = self.mapping.columns.get(key)
        return None if column is None or column >= len(self.cells) else self.cells[column]

    def text(self, key: str) -> str:
        """A cell as text: whole numbers without a decimal point, old fonts in Unicode."""
        column = self.mapping.columns.get(key)
        return "" if column is None or column >= len(self.cells) else text_of(self.cells[column])

    def day(self, key: str) -> date | None:
        """A full date; a year alone is a problem."""
        found = self._date(self.cell(key), key)
        if found.day is None and found.year is not None:
            self.problems.append(Problem("registry.day_needed", key, {"year": found.year}))
        return found.day

    def _date(self, cell: Cell, key: str) -> DateCell:
        found = _date_of(cell) if isinstance(cell, str) else cell_date(cell)
        if isinstance(found, Problem):
            self.problems.append(replace(found, field=key))
            return DateCell()
        return found

    def _worker(self) -> WorkerDraft:
        born, sex = self._birth()
        number = self._number()
        title_text, code = self.text("title"), self.text("title_code")
        title = title_of(title_text, code)
        if title is None and title_text:
            self.problems.append(Problem("registry.title_unknown", "title", {"text": title_text}))
        specialty = self.text("specialty")
        return WorkerDraft(
            full_name=self.text("full_name") or f"{self.text('family_name')} {self.text('given_name')}",
            title=title,
            national_number="" if number.is_old else number.number or "",
            old_number=number.number or "" if number.is_old else "",
            born_on=born.day,
            birth_year=born.year,
            sex=sex or self._sex(),
            ethnicity=self.text("ethnicity"),
            title_code=code,
            specialty=specialty_of(specialty) if specialty else None,
            phone=_phone(self.text("phone")),
            email=self.text("email"),
        )

    def _sex(self) -> Sex | None:
        """What is written, or the marked one of two columns `Giới tính: Nam | Nữ`."""
        for column, sex in self.mapping.marks:
            if column < len(self.cells) and self.cells[column] is not None:
                return sex
        text = "" if self.mapping.marks else self.text("sex")
        if text and sex_of(text) is None:
            self.problems.append(Problem("registry.sex_unknown", "sex", {"text": text}))
        return sex_of(text)

    def _birth(self) -> tuple[DateCell, Sex | None]:
        """The first birth column with a value; of the pair by sex, the column says the sex too."""
        for column, sex in self.mapping.births:
            cell = self.cells[column] if column < len(self.cells) else None
            if cell is not None and tidy(str(cell)):
                return self._date(cell, "born_on"), sex
        return DateCell(), None

    def _number(self) -> NumberCell:
        found = cell_national_number(self.cell("national_number"))
        if isinstance(found, Problem):
            self.problems.append(replace(found, field="national_number"))
            return NumberCell()
        if found.candidates and self.mapping.repair_zeros:
            return NumberCell(found.candidates[0], found.is_old)
        if found.candidates:
            values = {"text": text_of(self.cell("national_number")), "repaired": found.candidates[0]}
            self.problems.append(Problem("registry.number_lost_zeros", "national_number", values))
        return found

    def _licence(self) -> LicenceDraft | None:
        number = self.text("licence_number")
        if is_nothing(number):
            return None
        column = self.mapping.columns.get("licence_number")
        heading = self.mapping.headings[column] if column is not None else ""
        return LicenceDraft(
            kind=licence_kind_of(self.text("licence_kind"), number, heading),
            number=number,
            issuer=self.text("licence_issuer"),
            issued_on=self.day("licence_issued_on"),
            valid_to=self.day("licence_valid_to"),
        )


@lru_cache(maxsize=50_000)
def _date_of(text: str) -> DateCell | Problem:
    """Dates repeat within a list."""
    return cell_date(text)


def text_of(cell: Cell) -> str:
    """A cell as people read it: whole numbers without a decimal point, old fonts in Unicode."""
    match cell:
        case None:
            return ""
        case str():
            return " ".join(cell.split()) if cell.isascii() else _in_unicode(cell)
        case datetime() | date():
            return f"{cell:%d/%m/%Y}"
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)


@lru_cache(maxsize=20_000)
def _in_unicode(text: str) -> str:
    """Lists repeat titles and units thousands of times."""
    return tidy(mended(text))


def _phone(text: str) -> str:
    """A mobile number of nine digits lost the zero that every Vietnamese number begins with."""
    digits = "".join(text.split())
    return f"0{digits}" if digits.isdigit() and len(digits) == 9 and digits[0] != "0" else text
