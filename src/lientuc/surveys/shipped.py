"""The instruments that come with the house, read from `data/`."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files

from .enums import ItemType
from .specs import ChoiceSpec, ItemSpec, Questionnaire, SectionSpec

_SAID_SINCE = (
    "hint_vi", "hint_en", "message_vi", "message_en", "missing_vi", "missing_en", "appearance", "calculation",
)  # fmt: skip


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """Every version of every instrument that comes with the house, the first before the second."""
    return tuple(_questionnaire(row["code"], int(row["version"]), row) for row in _rows("instruments.csv"))


def _questionnaire(code: str, number: int, titles: Mapping[str, str]) -> Questionnaire:
    """One version: the items that were in it when it was published."""
    choices = _choices()
    items: dict[str, list[ItemSpec]] = defaultdict(list)
    for row in _rows("items.csv"):
        if row["instrument"] == code and int(row["since"] or 1) <= number:
            items[row["section"]].append(_item(row, choices))
    pages = [row for row in _rows("sections.csv") if row["instrument"] == code]
    sections = tuple(_section(row, tuple(items[row["code"]])) for row in pages)
    return Questionnaire(code, number, titles["title_vi"], titles["title_en"], sections)


def content_hash(form: Questionnaire) -> str:
    """A hash of everything a respondent is asked; row keys and printed numbers stay out.

    What an item may say besides stays out where it is empty, so that versions published before it could be said keep theirs.
    """
    content = asdict(form)
    for section in content["sections"]:
        for item in section["items"]:
            del item["pk"], item["number"]
            for name in _SAID_SINCE:
                if not item[name]:
                    del item[name]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("lientuc.surveys").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _choices() -> dict[str, tuple[ChoiceSpec, ...]]:
    lists: dict[str, list[ChoiceSpec]] = defaultdict(list)
    for row in _rows("choices.csv"):
        lists[row["list"]].append(ChoiceSpec(row["value"], row["label_vi"], row["label_en"], row["paper_code"]))
    return {name: tuple(choices) for name, choices in lists.items()}


def _section(row: dict[str, str], items: tuple[ItemSpec, ...]) -> SectionSpec:
    return SectionSpec(
        code=row["code"],
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        items=items,
        relevant=row["relevant"],
        repeated=row["repeated"] == "yes",
    )


def _item(row: dict[str, str], choices: dict[str, tuple[ChoiceSpec, ...]]) -> ItemSpec:
    return ItemSpec(
        name=row["name"],
        type=ItemType(row["type"]),
        label_vi=row["label_vi"],
        label_en=row["label_en"],
        choices=choices[row["choices"]] if row["choices"] else (),
        list_name=row["choices"],
        required=row["required"] == "yes",
        relevant=row["relevant"],
        constraint=row["constraint"],
        item_set=row["item_set"],
        group_id=row["group_id"],
        why=row["why"],
        level=row["level"],
    )
