"""Changes of a draft as values: a form and a change in, the changed form or what stands in the way out. No database here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lientuc.core.errors import Problem, Refused, refuse_if

from ..enums import VersionState
from ..rules import problems_of_version
from ..specs import CHOSEN, ChoiceSpec, ItemSpec, Questionnaire, SectionSpec

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_T = TypeVar("_T")
_UNFINISHED = {"surveys.no_sections", "surveys.section_empty"}


@dataclass(frozen=True)
class SectionDraft:
    """A page as written; `was` is its code before, empty for a new one."""

    was: str
    code: str
    title_vi: str
    title_en: str
    relevant: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class ItemDraft:
    """A question as written on a page; `was` is its name before, empty for a new one, which goes to the end."""

    was: str
    section: str
    item: ItemSpec


@dataclass(frozen=True)
class ListDraft:
    """A list of answers as written."""

    name: str
    choices: tuple[ChoiceSpec, ...]


def with_section(form: Questionnaire, draft: SectionDraft) -> Questionnaire:
    """The form with a page added at the end, or changed where it stands."""
    others = {section.code for section in form.sections} - {draft.was}
    refuse_if(_name_problems(draft.code, others, "code"))
    made = SectionSpec(draft.code, draft.title_vi, draft.title_en, (), draft.relevant, draft.repeated)
    if draft.was not in {section.code for section in form.sections}:
        return replace(form, sections=(*form.sections, made))
    return _sections(form, lambda s: replace(made, items=s.items) if s.code == draft.was else s)


def with_item(form: Questionnaire, draft: ItemDraft, lists: Mapping[str, tuple[ChoiceSpec, ...]]) -> Questionnaire:
    """The form with a question added to a page, or changed where it stands; a chosen type takes its list's answers."""
    item, others = draft.item, set(form.by_name) - {draft.was}
    refuse_if(_name_problems(item.name, others, "name"))
    if item.type in CHOSEN and item.list_name not in lists:
        raise Refused(Problem("surveys.no_choices", "list_name", {"item": item.name}))
    chosen = item.type in CHOSEN
    item = replace(item, choices=lists[item.list_name] if chosen else (), list_name=item.list_name if chosen else "")
    here = next((s.code for s in form.sections if any(i.name == draft.was for i in s.items)), "")
    if here == draft.section:
        return _items(form, here, lambda items: tuple(item if one.name == draft.was else one for one in items))
    without = without_item(form, draft.was) if here else form
    return _items(without, draft.section, lambda items: (*items, item))


def with_list(form: Questionnaire, draft: ListDraft) -> Questionnaire:
    """The form with a list's answers exchanged in every question that asks with it."""
    refuse_if(_name_problems(draft.name, (), "name"))
    if not draft.choices:
        raise Refused(Problem("surveys.no_choices", "choices", {"item": draft.name}))
    return _sections(
        form,
        lambda section: replace(
            section,
            items=tuple(replace(i, choices=draft.choices) if i.list_name == draft.name else i for i in section.items),
        ),
    )


def without_item(form: Questionnaire, name: str) -> Questionnaire:
    """The form without a question."""
    return _sections(form, lambda s: replace(s, items=tuple(item for item in s.items if item.name != name)))


def without_section(form: Questionnaire, code: str) -> Questionnaire:
    """The form without a page and what it asks."""
    return replace(form, sections=tuple(section for section in form.sections if section.code != code))


def with_item_moved(form: Questionnaire, name: str, step: int) -> Questionnaire:
    """The form with a question one place up (-1) or down (1) on its page; at the edge it stays."""
    return _sections(form, lambda s: replace(s, items=_moved(s.items, [i.name for i in s.items], name, step)))


def with_section_moved(form: Questionnaire, code: str, step: int) -> Questionnaire:
    """The form with a page one place up or down; at the edge it stays."""
    return replace(form, sections=_moved(form.sections, [section.code for section in form.sections], code, step))


def new_problems(before: Questionnaire, after: Questionnaire) -> list[Problem]:
    """What a change brings that was not there before; a draft may be unfinished, never contradictory."""
    known = problems_of_version(before, VersionState.DRAFT)
    found = problems_of_version(after, VersionState.DRAFT)
    return [problem for problem in found if problem.code not in _UNFINISHED and problem not in known]


def choices_of_lines(text: str) -> tuple[ChoiceSpec, ...]:
    """Answers written one a line: code | Vietnamese | English | code of the study; Refused with the line."""
    found: list[ChoiceSpec] = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in re.split(r"\t|\|", line)]
        if not any(parts):
            continue
        value, vi, en, paper = (*parts, "", "", "")[:4]
        unfit = not re.fullmatch(r"[-\w.]{1,40}", value, re.ASCII) or not vi or len(parts) > 4
        if unfit or value in {choice.value for choice in found} or max(map(len, parts)) > 300:
            raise Refused(Problem("surveys.choice_line_unread", "choices", {"line": number, "found": line[:60]}))
        found.append(ChoiceSpec(value, vi, en or vi, paper[:40]))
    return tuple(found)


def lines_of_choices(choices: Sequence[ChoiceSpec]) -> str:
    """Answers as they are written to be changed."""
    return "\n".join(" | ".join((c.value, c.label_vi, c.label_en, c.paper_code)).rstrip(" |") for c in choices)


def _name_problems(name: str, others: set[str] | tuple[str, ...], field: str) -> list[Problem]:
    if not NAME.fullmatch(name):
        return [Problem("surveys.name_unfit", field, {"name": name})]
    return [Problem("surveys.name_taken", field, {"name": name})] if name in others else []


def _sections(form: Questionnaire, change: Callable[[SectionSpec], SectionSpec]) -> Questionnaire:
    return replace(form, sections=tuple(change(section) for section in form.sections))


def _items(
    form: Questionnaire, code: str, change: Callable[[tuple[ItemSpec, ...]], tuple[ItemSpec, ...]]
) -> Questionnaire:
    return _sections(form, lambda s: replace(s, items=change(s.items)) if s.code == code else s)


def _moved(parts: tuple[_T, ...], names: list[str], name: str, step: int) -> tuple[_T, ...]:
    if name not in names or not 0 <= names.index(name) + step < len(parts):
        return parts
    place, found = names.index(name), list(parts)
    found.insert(place + step, found.pop(place))
    return tuple(found)
