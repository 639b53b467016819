"""A form as values: its pages, questions and choices, with the switches of one wave applied. No database here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .enums import ItemType

COMPUTED = frozenset({ItemType.CALCULATE, ItemType.HIDDEN})
CHOSEN = frozenset({ItemType.SELECT_ONE, ItemType.SELECT_MULTIPLE})
UNNUMBERED = COMPUTED | {ItemType.NOTE}


@dataclass(frozen=True)
class ChoiceSpec:
    """One answer that can be chosen."""

    value: str
    label_vi: str
    label_en: str
    paper_code: str = ""


@dataclass(frozen=True)
class ItemSpec:
    """One question; `number` is what stands before it on screen and on paper.

    `message` is said where the constraint fails, `missing` where a required answer is left out; `calculation` is the value
    of what is computed and never asked.
    """

    name: str
    type: ItemType
    label_vi: str
    label_en: str
    pk: int = 0
    number: int = 0
    choices: tuple[ChoiceSpec, ...] = ()
    list_name: str = ""
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    item_set: str = ""
    group_id: str = ""
    why: str = ""
    level: str = ""
    hint_vi: str = ""
    hint_en: str = ""
    message_vi: str = ""
    message_en: str = ""
    missing_vi: str = ""
    missing_en: str = ""
    appearance: str = ""
    calculation: str = ""

    @property
    def is_computed(self) -> bool:
        """Whether nobody is asked: its value follows from other answers."""
        return self.type in COMPUTED

    @property
    def is_numbered(self) -> bool:
        """Whether a number stands before it."""
        return self.type not in UNNUMBERED

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The codes that can be chosen, in order."""
        return tuple(choice.value for choice in self.choices)


@dataclass(frozen=True)
class SectionSpec:
    """One page."""

    code: str
    title_vi: str
    title_en: str
    items: tuple[ItemSpec, ...]
    relevant: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Questionnaire:
    """A version with the switches of one wave already applied."""

    code: str
    number: int
    title_vi: str
    title_en: str
    sections: tuple[SectionSpec, ...]
    labels: tuple[str, ...] = ()

    @property
    def items(self) -> Iterator[tuple[SectionSpec, ItemSpec]]:
        """Every item with its section, in the order of asking."""
        return ((section, item) for section in self.sections for item in section.items)

    @cached_property
    def by_name(self) -> Mapping[str, ItemSpec]:
        """Items by name."""
        return {item.name: item for _, item in self.items}

    def with_switches(self, sets: Collection[str], labels: Sequence[str]) -> Questionnaire:
        """What a wave asks: items of its sets only, repeated sections for its labels; numbers run through."""
        number = 0
        sections = []
        for section in self.sections:
            chosen = []
            for item in section.items if labels or not section.repeated else ():
                if item.item_set and item.item_set not in sets:
                    continue
                number += item.is_numbered
                chosen.append(replace(item, number=number if item.is_numbered else 0))
            if chosen:
                sections.append(replace(section, items=tuple(chosen)))
        return replace(self, sections=tuple(sections), labels=tuple(labels))

    def indexes(self, section: SectionSpec) -> tuple[int, ...]:
        """The indexes at which a section's items are asked."""
        return tuple(range(1, len(self.labels) + 1)) if section.repeated else (0,)
