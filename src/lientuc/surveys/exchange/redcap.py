"""A REDCap data dictionary (18 columns, CSV) as a questionnaire; what the house cannot ask is refused with row and column."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from lientuc.core.errors import Problem, Refused
from lientuc.core.names import tidy
from lientuc.documents.readers import Sheet

from ..enums import ItemType
from ..specs import CHOSEN, ChoiceSpec, ItemSpec, Questionnaire, SectionSpec
from .complaints import Complaints
from .grid import Line, texts_of
from .redcap_logic import translated

SHEET = "REDCap"
COLUMNS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
API_NAMES = (
    "field_name", "form_name", "section_header", "field_type", "field_label", "select_choices_or_calculations",
    "field_note", "text_validation_type_or_show_slider_number", "text_validation_min", "text_validation_max", "identifier",
    "branching_logic", "required_field", "custom_alignment", "question_number", "matrix_group_name", "matrix_ranking",
    "field_annotation",
)  # fmt: skip
(
    NAME, FORM, HEADER, TYPE, LABEL, CHOICES, NOTE, VALIDATION, LEAST, MOST, IDENTIFIER, BRANCHING, REQUIRED, ALIGNMENT,
    NUMBER, MATRIX, RANKING, ANNOTATION,
) = COLUMNS  # fmt: skip

TYPES = {
    "text": ItemType.TEXT, "notes": ItemType.TEXT, "radio": ItemType.SELECT_ONE, "dropdown": ItemType.SELECT_ONE,
    "checkbox": ItemType.SELECT_MULTIPLE, "yesno": ItemType.SELECT_ONE, "truefalse": ItemType.SELECT_ONE,
    "descriptive": ItemType.NOTE, "calc": ItemType.CALCULATE, "slider": ItemType.INTEGER,
}  # fmt: skip
VALIDATIONS = {
    "": ItemType.TEXT, "integer": ItemType.INTEGER, "number": ItemType.DECIMAL, "number_1dp": ItemType.DECIMAL,
    "number_2dp": ItemType.DECIMAL, "number_comma_decimal": ItemType.DECIMAL, "date_dmy": ItemType.DATE,
    "date_mdy": ItemType.DATE, "date_ymd": ItemType.DATE,
}  # fmt: skip
GIVEN_LISTS = {
    "yesno": ("yesno", (ChoiceSpec("yes", "Có", "Yes"), ChoiceSpec("no", "Không", "No"))),
    "truefalse": ("truefalse", (ChoiceSpec("1", "Đúng", "True"), ChoiceSpec("0", "Sai", "False"))),
}
YES_NO = {"1": "yes", "0": "no"}
"""REDCap's yes and no are 1 and 0; here they are the words that consent is read by."""
SLIDER = ("0", "100")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TAG = re.compile(r"<[^>]*>")
_PIPED = re.compile(r"\[[a-z]\w*(\([\w.-]+\))?\]")


def is_dictionary(sheet: Sheet) -> bool:
    """Whether the first row is the header of a data dictionary, as its page or its interface writes it."""
    return _named(texts_of(sheet.rows[0]) if sheet.rows else []) is not None


def read_dictionary(sheet: Sheet, code: str) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """The form of a dictionary and what was left out or assumed; Refused with every complaint."""
    header = _named(texts_of(sheet.rows[0])) or ()
    rows = ([text.lstrip("\ufeff") for text in texts_of(row)] for row in sheet.rows[1:])
    lines = [
        Line(SHEET, number, dict(zip(header, row, strict=False)))
        for number, row in enumerate(rows, start=2)
        if any(row)
    ]
    reader = _Reader(lines)
    sections = reader.sections()
    reader.wrong.end()
    if not sections:
        raise Refused(Problem("documents.empty"))
    title = sections[0].title_vi if len({line[FORM] for line in lines}) == 1 else code.replace("_", " ")
    return Questionnaire(code, 1, title, title, tuple(sections)), tuple(reader.notes)


def _named(header: Sequence[str]) -> list[str] | None:
    """The columns of a header under their long names; None where the first four are others."""
    known = {_squeezed(name): long for long, api in zip(COLUMNS, API_NAMES, strict=True) for name in (long, api)}
    found = [known.get(_squeezed(text), text) for text in header]
    return found if {NAME, FORM, TYPE, LABEL} <= set(found) else None


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


class _Reader:
    """The lines of a dictionary, one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines, self.wrong, self.notes = lines, Complaints(), list[Problem]()
        self.earlier: list[str] = []
        self.chosen: dict[str, Mapping[str, str]] = {}
        self.lists: dict[tuple[ChoiceSpec, ...], str] = {}

    def sections(self) -> list[SectionSpec]:
        """Pages: one for each form, a new one at each section header."""
        pages: list[tuple[str, list[ItemSpec]]] = []
        form = ""
        for line in self._asked():
            header = self._text(line, HEADER)
            if header or line[FORM] != form or not pages:
                form = line[FORM]
                pages.append((header or form.replace("_", " ").strip().capitalize() or "1", []))
            pages[-1][1].append(self._item(line))
        return [self._section(number, title, items) for number, (title, items) in enumerate(pages, start=1)]

    def _section(self, number: int, title: str, items: Iterable[ItemSpec]) -> SectionSpec:
        return SectionSpec(code=f"page_{number}", title_vi=title[:200], title_en=title[:200], items=tuple(items))

    def _asked(self) -> list[Line]:
        """The lines without the record's own number, which REDCap keeps in the first field."""
        for line in self.lines:
            for column in line.filled:
                if column not in COLUMNS:
                    self.wrong.add("column_unknown", SHEET, line.row, column, found=line[column][:40])
        first = self.lines[0] if self.lines else None
        if first is None or first[TYPE] != "text" or first[VALIDATION] or first[BRANCHING]:
            return list(self.lines)
        self.notes.append(Problem("surveys.form_record_number_left_out", None, {"name": first[NAME]}))
        return list(self.lines[1:])

    def _item(self, line: Line) -> ItemSpec:
        name = self._name(line)
        kind = self._kind(line)
        list_name, choices = self._choices(line, kind)
        label = self._text(line, LABEL)
        if not label and kind != ItemType.CALCULATE:
            self._wrong("label_missing", line, LABEL)
        self._refuse_the_rest(line)
        note = self._text(line, NOTE)
        item = ItemSpec(
            name=name, type=kind, label_vi=self._short(label, 500, line, LABEL), label_en=label[:500],
            choices=choices, list_name=list_name, required=line[REQUIRED].casefold() == "y",
            relevant=self._logic(line, BRANCHING), constraint=self._bounds(line, kind),
            hint_vi=self._short(note, 500, line, NOTE), hint_en=note[:500],
            calculation=self._logic(line, CHOICES) if kind == ItemType.CALCULATE else "",
        )  # fmt: skip
        self.earlier.append(name)
        if kind in CHOSEN:
            self.chosen[name] = YES_NO if line[TYPE].casefold() == "yesno" else {}
        if line[IDENTIFIER].casefold() == "y":
            self.notes.append(Problem("surveys.form_identifier", None, {"name": name}))
        return item

    def _name(self, line: Line) -> str:
        name = line[NAME]
        if not _NAME.fullmatch(name):
            self._wrong("name_unfit", line, NAME)
        elif name in self.earlier:
            self._wrong("name_twice", line, NAME)
        return name

    def _kind(self, line: Line) -> ItemType:
        said = line[TYPE].casefold()
        if said not in TYPES:
            self._wrong("type_unknown", line, TYPE)
            return ItemType.TEXT
        if said != "text":
            return TYPES[said]
        if line[VALIDATION].casefold() not in VALIDATIONS:
            self._wrong("value_unknown", line, VALIDATION)
        return VALIDATIONS.get(line[VALIDATION].casefold(), ItemType.TEXT)

    def _choices(self, line: Line, kind: ItemType) -> tuple[str, tuple[ChoiceSpec, ...]]:
        if kind not in CHOSEN:
            return "", ()
        if line[TYPE].casefold() in GIVEN_LISTS:
            return GIVEN_LISTS[line[TYPE].casefold()]
        found: dict[str, ChoiceSpec] = {}
        for part in filter(None, (part.strip() for part in line[CHOICES].split("|"))):
            value, _, text = part.partition(",")
            value, label = value.strip(), self._plain(text) or value.strip()
            if not value or not re.fullmatch(r"[-\w.]{1,40}", value) or value in found:
                self._wrong("choice_unread", line, CHOICES, found=part[:40])
                continue
            label = self._short(label, 300, line, CHOICES)
            found[value] = ChoiceSpec(value, label, label)
        if not found:
            self._wrong("list_unknown", line, CHOICES, found=line[NAME])
        choices = tuple(found.values())
        return self.lists.setdefault(choices, line[NAME][:40]), choices

    def _bounds(self, line: Line, kind: ItemType) -> str:
        low, high = line[LEAST], line[MOST]
        if line[TYPE].casefold() == "slider":
            low, high = low or SLIDER[0], high or SLIDER[1]
        parts = []
        for column, sign, text in ((LEAST, ">=", low), (MOST, "<=", high)):
            text = text.replace(",", ".")
            if text and (kind not in {ItemType.INTEGER, ItemType.DECIMAL} or not re.fullmatch(r"-?\d+(\.\d+)?", text)):
                self._wrong("value_unknown", line, column)
            elif text:
                parts.append(f". {sign} {Decimal(text):f}")
        return " and ".join(parts)

    def _logic(self, line: Line, column: str) -> str:
        if not line[column]:
            if column == CHOICES:
                self._wrong("calculation_missing", line, column)
            return ""
        try:
            text = translated(line[column], self.chosen)
        except Refused as refused:
            values = refused.problems[0].values
            self._wrong("expression_unread", line, column, at=values["position"], found=values["found"])
            return ""
        return self.wrong.expression(self._short(text, 1000, line, column), self.earlier, SHEET, line.row, column)

    def _refuse_the_rest(self, line: Line) -> None:
        """What changes how a question behaves and has no equal here; where it stands on the page is left to the house."""
        if line[RANKING].casefold() == "y":
            self._wrong("value_unknown", line, RANKING)
        if "@" in line[ANNOTATION]:
            self._wrong("value_unknown", line, ANNOTATION, found=line[ANNOTATION][:40])
        if line[REQUIRED] and line[REQUIRED].casefold() not in {"y", "n"}:
            self._wrong("value_unknown", line, REQUIRED)

    def _text(self, line: Line, column: str) -> str:
        if _PIPED.search(line[column]):
            self._wrong("text_with_name", line, column, found=line[column][:40])
        return self._plain(line[column])

    def _plain(self, text: str) -> str:
        return tidy(html.unescape(_TAG.sub(" ", text)))

    def _short(self, text: str, most: int, line: Line, column: str) -> str:
        return self.wrong.short(text, most, SHEET, line.row, column)

    def _wrong(self, code: str, line: Line, column: str, **values: Any) -> None:
        self.wrong.add(code, SHEET, line.row, column, **({"found": line[column][:40]} | values))
