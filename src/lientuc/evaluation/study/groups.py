"""Groups of rows with their counts: the paper's categories over a wave's answers and its interview register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lientuc.analytics.linked import Place
from lientuc.analytics.statistics import GatedItem, Summary, frequencies
from lientuc.surveys.enums import InterviewRole, ItemType
from lientuc.surveys.flow import Answers
from lientuc.surveys.intake.interviews import FACTS
from lientuc.surveys.shipped import shipped
from lientuc.surveys.specs import ChoiceSpec, ItemSpec

from ..facts import Facts, answered_by, counts_of, place_of
from ..results import ItemResult
from .layout import Line, Statistic, lines_for

Texts = tuple[str, str]
"""Vietnamese and English."""

_ROLE_ITEM = {(InterviewRole.LEADER, "sex"): "leader_sex"}


@dataclass(frozen=True)
class Category:
    """One row: its code, its label, its count and where that count stands; `eligible` of those whom it concerned."""

    code: str
    texts: Texts
    count: int
    place: Place
    eligible: int | None = None


@dataclass(frozen=True)
class Group:
    """A group of rows over those who answered one question; `asked` is how many it was put to.

    `summary` is the mean of a number, `gate` who was concerned; `eligible_of` is the denominator of `Category.eligible`.
    """

    line: Line
    texts: Texts
    categories: tuple[Category, ...]
    answered: int
    asked: int
    place: Place
    summary: Summary | None = None
    gate: GatedItem | None = None
    eligible_place: Place | None = None
    wrongly_place: Place | None = None
    agree: Category | None = None
    median: str = ""
    item: str = ""

    @property
    def group_id(self) -> str:
        """`T1.sex`."""
        return self.line.group_id


def study_groups(
    facts: Facts,
    found: Sequence[ItemResult],
    people: Sequence[Answers],
    register: Iterable[tuple[str, Mapping[str, str]]],
) -> list[Group]:
    """Every group a wave can fill; counts that are not those of single choices are added to `facts`."""
    by_name = {result.item.name: result for result in found if not result.index}
    listed = list(register)
    groups = []
    for line in lines_for(found):
        if line.role is not None:
            group = _of_interviews(facts, line, line.role, listed)
        else:
            group = _of_answers(facts, line, by_name[line.item], people)
        if group is not None:
            groups.append(group)
    return groups


# --- answers ------------------------------------------------------------------------------------------------------


def _of_answers(facts: Facts, line: Line, result: ItemResult, people: Sequence[Answers]) -> Group:
    item, figures = result.item, result.figures
    asked = result.gate.asked if result.gate else answered_by(result) + figures.missing
    common = {
        "line": line,
        "texts": (item.label_vi, item.label_en),
        "answered": answered_by(result),
        "asked": asked,
        "place": place_of(result, "n"),
        "gate": result.gate,
        "eligible_place": place_of(result, "e") if result.gate else None,
        "wrongly_place": place_of(result, "w") if result.eligible is not None else None,
        "item": item.name,
    }
    if line.statistic == Statistic.MEAN and isinstance(figures, Summary):
        return Group(categories=(), summary=figures, **common)  # type: ignore[arg-type]
    if line.statistic == Statistic.VALUES:
        return Group(categories=_by_value(facts, line, result, people), **common)  # type: ignore[arg-type]
    categories = _by_code(facts, line, result)
    agree = getattr(figures, "agree", None)
    if agree is not None:
        texts = ("Đồng ý và rất đồng ý", "Agree or strongly agree")
        median = "" if figures.median is None else f"{figures.median.normalize():f}"  # type: ignore[union-attr]
        row = Category("agree", texts, agree.count, place_of(result, "agree"))
        return Group(categories=categories, agree=row, median=median, **common)  # type: ignore[arg-type]
    return Group(categories=categories, **common)  # type: ignore[arg-type]


def _by_code(facts: Facts, line: Line, result: ItemResult) -> tuple[Category, ...]:
    """The paper's categories, each the sum of the choices that map to it; a choice that maps to none stays itself."""
    counts = counts_of(result) or _ticks(result)
    eligible = _eligible_counts(result)
    found = []
    for code, choices in _rolled_up(result.item.choices).items():
        places = [place_of(result, "c", choice.value) for choice in choices]
        count = sum(counts[choice.value] for choice in choices)
        place = places[0]
        if len(places) > 1:
            place = facts.add(("g", line.group_id, code), count)
            facts.total(place, places)
        rightly = None if eligible is None else sum(eligible[choice.value] for choice in choices)
        found.append(Category(code, _texts(code, choices), count, place, rightly))
    return tuple(found)


def _by_value(facts: Facts, line: Line, result: ItemResult, people: Sequence[Answers]) -> tuple[Category, ...]:
    """Each whole number that somebody gave, from the smallest to the greatest."""
    counted = Counter(value for person in people if (value := person.get((result.item.name, 0), "")))
    found = tuple(
        Category(value, (value, value), count, facts.add(("v", line.group_id, value), count))
        for value, count in sorted(counted.items(), key=lambda pair: float(pair[0]))
    )
    facts.total(place_of(result, "n"), [category.place for category in found])
    return found


def _ticks(result: ItemResult) -> dict[str, int]:
    return {row.code: row.count for row in result.figures.rows}  # type: ignore[union-attr]


def _eligible_counts(result: ItemResult) -> dict[str, int] | None:
    if result.eligible is None or result.item.type != ItemType.SELECT_ONE:
        return None
    rows = getattr(result.eligible, "rows", None)
    if rows is None:
        return dict(zip(result.item.values, result.eligible.counts, strict=True))  # type: ignore[union-attr]
    return {row.code: row.share.count for row in rows}


def _rolled_up(choices: Sequence[ChoiceSpec]) -> dict[str, list[ChoiceSpec]]:
    found: dict[str, list[ChoiceSpec]] = {}
    for choice in choices:
        found.setdefault(choice.paper_code or choice.value, []).append(choice)
    return found


def _texts(code: str, choices: Sequence[ChoiceSpec]) -> Texts:
    """The label of a category: of its only choice, else of the choice that bears its code, in this list or the paper's own."""
    if len(choices) == 1:
        return choices[0].label_vi, choices[0].label_en
    same = next((one for one in choices if one.value == code), None) or _paper_labels().get(code)
    return (same.label_vi, same.label_en) if same is not None else (code, code)


def _paper_labels() -> dict[str, ChoiceSpec]:
    """Choices that are categories of the paper themselves."""
    every = (choice for form in shipped() for _, item in form.items for choice in item.choices)
    return {choice.value: choice for choice in every if choice.value == choice.paper_code}


# --- interviews ---------------------------------------------------------------------------------------------------


def _of_interviews(
    facts: Facts, line: Line, role: InterviewRole, register: Sequence[tuple[str, Mapping[str, str]]]
) -> Group | None:
    """A group over the interviewees of one role; None where nobody of it was interviewed."""
    people = [facts_ for role_, facts_ in register if role_ == role]
    item = _shipped_item(line.item, role)
    if not people or line.item not in FACTS[role]:
        return None
    counts = frequencies([person.get(line.item) or None for person in people], item.values)
    by_code = {row.code: row.share.count for row in counts.rows}
    found = []
    for code, choices in _rolled_up(item.choices).items():
        count = sum(by_code[choice.value] for choice in choices)
        found.append(Category(code, _texts(code, choices), count, facts.add(("i", line.group_id, code), count)))
    place = facts.add(("i", line.group_id), counts.answered)
    facts.total(place, [category.place for category in found])
    return Group(
        line=line,
        texts=(item.label_vi, item.label_en),
        categories=tuple(found),
        answered=counts.answered,
        asked=len(people),
        place=place,
    )


def _shipped_item(name: str, role: InterviewRole) -> ItemSpec:
    wanted = _ROLE_ITEM.get((role, name), name)
    return next(form.by_name[wanted] for form in shipped() if wanted in form.by_name)
