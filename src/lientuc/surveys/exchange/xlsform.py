"""An XLSForm workbook as a questionnaire; whatever lies outside the subset is refused with sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lientuc.core.errors import Problem
from lientuc.documents.readers import Sheet

from ..enums import Appearance, ItemType
from ..specs import CHOSEN, ChoiceSpec, ItemSpec, Questionnaire
from .complaints import Complaints
from .grid import Grid, Line
from .pages import Pages
from .sheets import (
    CHOICE_COLUMNS,
    CHOICES,
    GROUP_APPEARANCE,
    OWN,
    SETTING_COLUMNS,
    SETTINGS,
    SURVEY,
    SURVEY_COLUMNS,
    TRANSLATED,
)

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
NEXT = {"begin_group", "end_group", "begin_repeat", "end_repeat"}
LIMITS = {"label": 500, "hint": 500, "message": 300, "missing": 300}
OWN_LIMITS = {"item_set": 20, "level": 4, "group_id": 60, "why": 200}
LARGEST_NUMBER = 2_147_483_647
_YES, _NO = {"yes", "true", "true()", "1"}, {"", "no", "false", "false()", "0"}
_TRUNCATED = 1000


def read_xlsform(sheets: Mapping[str, Sheet], code: str) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """The form of a workbook's sheets (by name in lower case) and what was assumed; Refused with every complaint."""
    wrong = Complaints()
    settings = _settings(Grid.of(sheets.get(SETTINGS), SETTINGS, SETTING_COLUMNS, wrong), code, wrong)
    language = settings["default_language"]
    lists = _lists(Grid.of(sheets.get(CHOICES), CHOICES, CHOICE_COLUMNS, wrong, language), wrong)
    reader = _Survey(lists, wrong)
    for line in Grid.of(sheets[SURVEY], SURVEY, SURVEY_COLUMNS, wrong, language).lines:
        reader.take(line)
    pages = reader.pages.end(reader.last_row)
    wrong.end()
    form = Questionnaire(
        settings["form_id"], int(settings["version"]), settings["form_title"], settings["form_title_en"], tuple(pages)
    )
    return form, tuple(reader.notes)


def _settings(grid: Grid, code: str, wrong: Complaints) -> dict[str, str]:
    line = next(iter(grid.lines), Line(grid.name, 2, {}))
    form_id, version = line["form_id"] or code, line["version"] or "1"
    if not NAME.fullmatch(form_id) or len(form_id) > 40:
        wrong.add("name_unfit", SETTINGS, line.row, "form_id", found=form_id)
    if not version.isdecimal() or not 0 < int(version) <= LARGEST_NUMBER:
        wrong.add("version_no_number", SETTINGS, line.row, "version", found=version)
        version = "1"
    title = wrong.short(line["form_title"] or form_id, 200, SETTINGS, line.row, "form_title")
    title_en = wrong.short(line["form_title_en"] or title, 200, SETTINGS, line.row, "form_title_en")
    return {
        "form_id": form_id,
        "version": version,
        "form_title": title,
        "form_title_en": title_en,
        "default_language": line["default_language"],
    }


def _lists(grid: Grid, wrong: Complaints) -> dict[str, tuple[ChoiceSpec, ...]]:
    found: dict[str, dict[str, ChoiceSpec]] = {}
    for line in grid.lines:
        name, value = line["list_name"], line["name"]
        if not NAME.fullmatch(name) or len(name) > 40:
            wrong.add("name_unfit", CHOICES, line.row, "list_name", found=name)
        elif not value or len(value) > 40 or re.search(r"\s", value):
            wrong.add("name_unfit", CHOICES, line.row, "name", found=value)
        elif value in found.get(name, {}):
            wrong.add("name_twice", CHOICES, line.row, "name", found=value)
        else:
            vi, en = line.pair("label")
            if not vi:
                wrong.add("label_missing", CHOICES, line.row, "label")
            vi, en = (wrong.short(text, 300, CHOICES, line.row, "label") for text in (vi, en))
            paper = wrong.short(line["paper_code"], 40, CHOICES, line.row, "paper_code")
            found.setdefault(name, {})[value] = ChoiceSpec(value, vi, en, paper)
    return {name: tuple(choices.values()) for name, choices in found.items()}


class _Survey:
    """The survey sheet, line by line."""

    def __init__(self, lists: Mapping[str, tuple[ChoiceSpec, ...]], wrong: Complaints) -> None:
        self.lists, self.wrong = lists, wrong
        self.pages = Pages(wrong)
        self.earlier: list[str] = []
        self.last_row = 1
        self.notes: list[Problem] = []

    def take(self, line: Line) -> None:
        """One line: a page opened or closed, or a question."""
        self.last_row = line.row
        words = " ".join(line["type"].split())
        for first in ("begin ", "end ", "select one ", "select multiple "):
            if words.startswith(first):
                words = words.replace(" ", "_", 1)
        kind, _, rest = words.partition(" ")
        if kind in NEXT and not rest:
            self._page(kind, line)
        elif kind in set(ItemType) and (kind in CHOSEN or not rest):
            self._item(ItemType(kind), rest.strip(), line)
        else:
            self.wrong.add("type_unknown", SURVEY, line.row, "type", found=line["type"])

    def _page(self, kind: str, line: Line) -> None:
        if kind.startswith("end"):
            self.pages.close(kind.removeprefix("end_"), line.row)
            return
        if not NAME.fullmatch(line["name"]):
            self.wrong.add("name_unfit", SURVEY, line.row, "name", found=line["name"])
        self._only(line, {"type", "name", "label", "relevant", "appearance"})
        if line["appearance"] not in {"", GROUP_APPEARANCE}:
            self.wrong.add("value_unknown", SURVEY, line.row, "appearance", found=line["appearance"])
        vi, en = (self.wrong.short(text, 200, SURVEY, line.row, "label") for text in line.pair("label"))
        self.pages.open(
            kind.removeprefix("begin_"), line["name"], (vi, en), self._expression(line, "relevant"), line.row
        )

    def _item(self, kind: ItemType, list_name: str, line: Line) -> None:
        name = self._name(line)
        computed = kind in {ItemType.CALCULATE, ItemType.HIDDEN}
        if not any(line.pair("label")) and not computed:
            self.wrong.add("label_missing", SURVEY, line.row, "label")
        if kind in CHOSEN and list_name not in self.lists:
            self.wrong.add("list_unknown", SURVEY, line.row, "type", found=list_name)
        own: dict[str, Any] = {
            field: self.wrong.short(line[field], OWN_LIMITS[field], SURVEY, line.row, field) for field in OWN
        }
        item = ItemSpec(
            name=name,
            type=kind,
            choices=self.lists.get(list_name, ()) if kind in CHOSEN else (),
            list_name=list_name if kind in CHOSEN else "",
            required=self._required(line),
            relevant=self._expression(line, "relevant"),
            constraint=self._expression(line, "constraint"),
            appearance=self._appearance(line),
            calculation=self._calculation(kind, line),
            **self._texts(line),
            **own,
        )
        self.earlier.append(name)
        self.pages.add(item, line.row)

    def _name(self, line: Line) -> str:
        name = line["name"]
        if not NAME.fullmatch(name) or len(name) > 60:
            self.wrong.add("name_unfit", SURVEY, line.row, "name", found=name)
        elif name in self.earlier:
            self.wrong.add("name_twice", SURVEY, line.row, "name", found=name)
        return name

    def _required(self, line: Line) -> bool:
        said = line["required"].casefold()
        if said not in _YES | _NO:
            self.wrong.add("value_unknown", SURVEY, line.row, "required", found=line["required"])
        return said in _YES

    def _appearance(self, line: Line) -> str:
        said = line["appearance"]
        if said and said not in set(Appearance):
            self.wrong.add("value_unknown", SURVEY, line.row, "appearance", found=said)
            return ""
        return said

    def _calculation(self, kind: ItemType, line: Line) -> str:
        if kind != ItemType.HIDDEN and line["default"]:
            self.wrong.add("not_here", SURVEY, line.row, "default", found=line["default"])
        if kind != ItemType.CALCULATE and line["calculation"]:
            self.wrong.add("not_here", SURVEY, line.row, "calculation", found=line["calculation"])
        if kind == ItemType.CALCULATE:
            if not line["calculation"]:
                self.wrong.add("calculation_missing", SURVEY, line.row, "calculation")
            return self._expression(line, "calculation")
        if kind != ItemType.HIDDEN or not line["default"]:
            return ""
        mark = '"' if "'" in line["default"] else "'"
        if mark in line["default"] or "${" in line["default"]:
            self.wrong.add("value_unknown", SURVEY, line.row, "default", found=line["default"])
            return ""
        return f"{mark}{line['default']}{mark}"

    def _expression(self, line: Line, column: str) -> str:
        text = self.wrong.expression(line[column], self.earlier, SURVEY, line.row, column)
        return self.wrong.short(text, _TRUNCATED, SURVEY, line.row, column)

    def _texts(self, line: Line) -> dict[str, Any]:
        """Labels, hints and messages in both languages, with nothing in them that would have to be filled in."""
        found = {}
        for column, field in TRANSLATED.items():
            for language, text in zip(("vi", "en"), line.pair(column), strict=True):
                if "${" in text:
                    self.wrong.add("text_with_name", SURVEY, line.row, column, found=text[:40])
                found[f"{field}_{language}"] = self.wrong.short(text, LIMITS[field], SURVEY, line.row, column)
        return found

    def _only(self, line: Line, known: set[str]) -> None:
        """A page says no more than its name, title, condition and look."""
        for column in line.filled:
            if column.partition("::")[0] not in known:
                self.wrong.add("not_here", SURVEY, line.row, column, found=line[column])
