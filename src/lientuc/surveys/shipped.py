"""The instruments that come with the house, read from `data/`."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.resources import files

from .enums import ItemType
from .specs import ChoiceSpec, ItemSpec, Questionnaire, SectionSpec


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """Every instrument in its newest shipped wording."""
    choices = _choices()
    sections: dict[str, list[SectionSpec]] = defaultdict(list)
    items: dict[tuple[str, str], list[ItemSpec]] = defaultdict(list)
    for row in _rows("items.csv"):
        items[row["instrument"], row["section"]].append(_item(row, choices))
    for row in _rows("sections.csv"):
        sections[row["instrument"]].append(_section(row, tuple(items[row["instrument"], row["code"]])))
    return tuple(
        Questionnaire(row["code"], int(row["version"]), row["title_vi"], row["title_en"], tuple(sections[row["code"]]))
        for row in _rows("instruments.csv")
    )


def content_hash(form: Questionnaire) -> str:
    """A hash of everything a respondent is asked; row keys and printed numbers stay out."""
    content = asdict(form)
    for section in content["sections"]:
        for item in section["items"]:
            del item["pk"], item["number"]
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
