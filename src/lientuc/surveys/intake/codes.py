"""From the values of a file to the codes of an instrument: said by a map, evident, or proposed and to be confirmed. Pure.

Evident is a value that is a code of the list, its label in either language, or the one answer with that paper code.
A number that stands for the place of an answer in its list is only ever proposed: 1 may be male in one study and female
in the next, so a person confirms it once, and the confirmed map is remembered for files of the same header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lientuc.core.errors import Problem, Refused
from lientuc.core.names import fold, tidy

from ..specs import ChoiceSpec, ItemSpec

MAP_COLUMNS = ("item", "value", "code")
_NAMES = {
    "item": ("item", "variable", "field", "question", "name", "list", "choices", "column", "bien", "cau_hoi"),
    "value": ("value", "raw", "from", "source", "file_value", "number", "raw_value", "gia_tri"),
    "code": ("code", "to", "target", "choice", "instrument_value", "mapped", "ma"),
}
_YES_NO = {"1": "yes", "0": "no"}


@dataclass(frozen=True)
class CodeMap:
    """`values`: code by (item or list name, value of the file); `columns`: item by column."""

    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    def code(self, item: ItemSpec, raw: str) -> str | None:
        """What the map says of a value of an item, None where it says nothing."""
        for owner in (item.name, item.list_name):
            for text in (raw, _whole(raw)):
                if owner and (owner, text) in self.values:
                    return self.values[owner, text]
        return None

    def plus(self, values: Mapping[tuple[str, str], str]) -> CodeMap:
        """The same with values that it does not say anything of yet."""
        return CodeMap({**values, **self.values}, self.columns)

    def rows(self) -> list[list[str]]:
        """As lines of a file, first the columns, then the values."""
        columns = [[item, "", column] for column, item in sorted(self.columns.items())]
        return columns + [[item, value, code] for (item, value), code in sorted(self.values.items())]


def read_map(rows: Iterable[list[str]]) -> CodeMap:
    """A map from rows with a header: item (or list), value in the file, code; value empty: code is a column's name."""
    lines = [[tidy(cell.lstrip("\ufeff")) for cell in row] for row in rows]
    if not lines:
        return CodeMap()
    header = [cell.casefold().replace(" ", "_") for cell in lines[0]]
    places: dict[str, int] = {}
    for key, names in _NAMES.items():
        place = next((header.index(n) for n in names if n in header and header.index(n) not in places.values()), None)
        if place is None:
            raise Refused(
                Problem("surveys.map_column_missing", values={"column": key, "known": ", ".join(MAP_COLUMNS)})
            )
        places[key] = place
    values: dict[tuple[str, str], str] = {}
    columns: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        if len(line) <= max(places.values()) or not line[places["item"]] or not line[places["code"]]:
            raise Refused(Problem("surveys.map_line_unreadable", values={"line": number}))
        item, value, code = (line[places[key]] for key in MAP_COLUMNS)
        if value:
            values[item, value] = code
        else:
            columns[code] = item
    return CodeMap(values, columns)


def write_map(codes: CodeMap) -> str:
    """A map as the text of a CSV file that `read_map` reads."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(MAP_COLUMNS)
    writer.writerows(codes.rows())
    return out.getvalue()


def problems_of_map(codes: CodeMap, items: Mapping[str, ItemSpec]) -> list[Problem]:
    """What a map says that the instrument does not know."""
    by_list = {item.list_name: item for item in items.values() if item.list_name}
    found = [
        Problem("surveys.map_item_unknown", values={"item": item})
        for item in sorted({*(name for name, _ in codes.values), *codes.columns.values()})
        if item not in items and item not in by_list
    ]
    for (name, value), code in codes.values.items():
        item = items.get(name) or by_list.get(name)
        if item is not None and item.choices and code not in item.values:
            found.append(Problem("surveys.map_code_unknown", values={"item": name, "value": value, "code": code}))
    return found


def evident(item: ItemSpec, raw: str) -> str | None:
    """The code a value evidently is, or None."""
    for text in (raw, _whole(raw)):
        if text in item.values:
            return text
    key = fold(raw)
    for choices in (
        [one for one in item.choices if fold(one.value) == key],
        [one for one in item.choices if key in {fold(one.label_vi), fold(one.label_en)}],
        [one for one in item.choices if one.paper_code and fold(one.paper_code) == key],
    ):
        if len(choices) == 1:
            return choices[0].value
    return None


def proposed(item: ItemSpec, raw: str) -> ChoiceSpec | None:
    """The answer a number may stand for: 1 is yes and 0 no in a list of both, else its place in the list."""
    text = _whole(raw)
    if not text.isascii() or not text.isdecimal():
        return None
    if {"yes", "no"} <= set(item.values) and text in _YES_NO:
        return next(one for one in item.choices if one.value == _YES_NO[text])
    return item.choices[int(text) - 1] if 1 <= int(text) <= len(item.choices) else None


def _whole(raw: str) -> str:
    """`3.0`, as statistics programs write whole numbers, is `3`."""
    head, point, tail = raw.partition(".")
    return head if point and tail and not tail.strip("0") and head.lstrip("-").isdecimal() else raw
