"""What differs between two versions of an instrument, part by part. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from ..specs import ItemSpec, Questionnaire, SectionSpec

WORDS = ("label_vi", "label_en", "hint_vi", "hint_en", "message_vi", "message_en", "missing_vi", "missing_en")
_LEFT_OUT = {"pk", "number", "choices", "name"}


@dataclass(frozen=True)
class Difference:
    """One thing that differs: of which part (`section` or `item` by name), what (`added`, `removed`, a field), before, after."""

    part: str
    name: str
    what: str
    before: str = ""
    after: str = ""
    item: ItemSpec | None = None

    @property
    def changes_answers(self) -> bool:
        """Whether answers to the two wordings must not be pooled silently."""
        return self.part == "item" and self.what in {
            *WORDS[:4],
            "type",
            "choices",
            "relevant",
            "constraint",
            "calculation",
        }


def differences(before: Questionnaire, after: Questionnaire) -> list[Difference]:
    """Everything that differs, pages first, then items in the order of the later version, removed ones last."""
    return [*_of_sections(before, after), *_of_items(before, after)]


def unchanged(before: Questionnaire, after: Questionnaire) -> int:
    """How many items ask the very same in both."""
    names = {found.name for found in _of_items(before, after)}
    return sum(1 for name in after.by_name if name not in names)


def _of_sections(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    old, new = ({section.code: section for section in form.sections} for form in (before, after))
    for code, section in new.items():
        if code not in old:
            yield Difference("section", code, "added", "", section.title_vi)
            continue
        for field in ("title_vi", "title_en", "relevant", "repeated"):
            a, b = getattr(old[code], field), getattr(section, field)
            if a != b:
                yield Difference("section", code, field, _said(a), _said(b))
    for code in old.keys() - new.keys():
        yield Difference("section", code, "removed", old[code].title_vi)
    kept = [[code for code in form if code in old and code in new] for form in (old, new)]
    if kept[0] != kept[1]:
        yield Difference("section", "", "order", ", ".join(kept[0]), ", ".join(kept[1]))


def _of_items(before: Questionnaire, after: Questionnaire) -> Iterator[Difference]:
    old, new = dict(_placed(before)), dict(_placed(after))
    for name, (section, item) in new.items():
        if name not in old:
            yield Difference("item", name, "added", "", item.label_vi, item)
            continue
        was, one = old[name]
        if was.code != section.code:
            yield Difference("item", name, "section", was.code, section.code, item)
        yield from _of_item(one, item)
    for name, (_, item) in old.items():
        if name not in new:
            yield Difference("item", name, "removed", item.label_vi, "", item)
    kept = [[name for name in form if name in old and name in new] for form in (old, new)]
    if kept[0] != kept[1]:
        moved = next(name for a, name in zip(*kept, strict=True) if a != name)
        yield Difference("item", moved, "order", "", "", new[moved][1])


def _of_item(before: ItemSpec, after: ItemSpec) -> Iterator[Difference]:
    old, new = asdict(before), asdict(after)
    for field in old:
        if field not in _LEFT_OUT and old[field] != new[field]:
            yield Difference("item", after.name, field, _said(old[field]), _said(new[field]), after)
    if before.choices != after.choices:
        yield Difference("item", after.name, "choices", _listed(before), _listed(after), after)


def _listed(item: ItemSpec) -> str:
    return "; ".join(f"{choice.value} = {choice.label_vi}" for choice in item.choices)


def _placed(form: Questionnaire) -> Iterator[tuple[str, tuple[SectionSpec, ItemSpec]]]:
    return ((item.name, (section, item)) for section, item in form.items)


def _said(value: object) -> str:
    return str(value) if not isinstance(value, bool) else ("✓" if value else "–")
