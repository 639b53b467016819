"""What the answers of a wave say, item by item, with denominators; counts exact, hiding comes later.

A person is one completed response: answers by place. An item that concerns only some is computed over those whom it
concerns; answers of others are counted as errors. Where the answers came as a file (`as_given`), the figures count what
the file says, so that they equal it, and those of the eligible alone stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lientuc.analytics.statistics import (
    Frequencies,
    GatedItem,
    LikertSummary,
    MultipleChoice,
    Summary,
    frequencies,
    gated,
    likert,
    multiple_choice,
    summary,
)
from lientuc.surveys.enums import ItemType
from lientuc.surveys.expressions import is_true, names_in, parse
from lientuc.surveys.flow import CONSENT, Answers, asked_at_all
from lientuc.surveys.specs import ItemSpec, Questionnaire, SectionSpec

AGREEMENT = "likert5"
"""The list of five answers from strongly disagree to strongly agree; only it has an agree share."""

Figures = Summary | Frequencies | LikertSummary | MultipleChoice


@dataclass(frozen=True)
class Texts:
    """Free text: how many wrote something."""

    answered: int
    missing: int


@dataclass(frozen=True)
class ItemResult:
    """One item at one place: who was to answer, and the figures over those who did.

    `gate` is None for an item that concerns everybody; `gates` are the items that decide whom it concerns, and `opening`
    the answers of a single deciding item that make it concern a person (None: more than one item decides).
    `eligible` are the figures over those whom it concerns, where `figures` count everybody who answered.
    """

    item: ItemSpec
    label: str
    index: int
    figures: Figures | Texts
    gate: GatedItem | None
    gates: frozenset[str]
    opening: frozenset[str] | None = None
    eligible: Figures | Texts | None = None

    @property
    def row_group(self) -> str:
        """The id of its group of rows: that of the table it reproduces, else its name."""
        place = f".{self.index}" if self.index else ""
        return (self.item.group_id or self.item.name) + place


def results(form: Questionnaire, people: Sequence[Answers], *, as_given: bool = False) -> list[ItemResult]:
    """Every item of a form over these people, in the order of asking."""
    concerned = _concerned(form, people)
    return [
        _result(form, section, item, index, people, concerned, as_given)
        for section in form.sections
        for index in form.indexes(section)
        for item in section.items
        if item.is_numbered
    ]


def _concerned(form: Questionnaire, people: Sequence[Answers]) -> list[frozenset[tuple[str, int]]]:
    """What concerns each person: it depends on the deciding answers alone, and these are few."""
    names = {name for section, item in form.items for name in (*gates_of(section, item), CONSENT)}
    names |= {name for _, item in form.items if item.calculation for name in names_in(parse(item.calculation))}
    places = [(name, index) for name in sorted(names) for index in range(len(form.labels) + 1)]
    known: dict[tuple[str, ...], frozenset[tuple[str, int]]] = {}
    found = []
    for person in people:
        key = tuple(person.get(place, "") for place in places)
        if key not in known:
            known[key] = asked_at_all(form, person)
        found.append(known[key])
    return found


def _result(
    form: Questionnaire,
    section: SectionSpec,
    item: ItemSpec,
    index: int,
    people: Sequence[Answers],
    concerned: Sequence[frozenset[tuple[str, int]]],
    as_given: bool,
) -> ItemResult:
    place, gates = (item.name, index), gates_of(section, item)
    pairs = list(zip(people, concerned, strict=True))
    values = [p.get(place, "") for p, places in pairs if place in places]
    given = values
    if as_given and gates:
        given = [p.get(place, "") for p, places in pairs if place in places or p.get(place)]
    states = (
        [(_eligible(place in places, p, gates, index), bool(p.get(place, ""))) for p, places in pairs] if gates else []
    )
    return ItemResult(
        item=item,
        label=form.labels[index - 1] if index else "",
        index=index,
        figures=_figures(item, given),
        gate=gated(states) if gates else None,
        gates=gates,
        opening=_opening(form, section, item, gates),
        eligible=_figures(item, values) if as_given and gates else None,
    )


def _opening(form: Questionnaire, section: SectionSpec, item: ItemSpec, gates: frozenset[str]) -> frozenset[str] | None:
    """The answers of a single deciding item of one choice that open an item, no answer among them; None where more decide."""
    if len(gates) != 1 or section.repeated:
        return None
    (name,) = gates
    gate = form.by_name.get(name)
    if gate is None or gate.type != ItemType.SELECT_ONE:
        return None
    texts = (section.relevant, item.relevant)
    return frozenset(v for v in (*gate.values, "") if all(is_true(text, {name: v, CONSENT: "yes"}) for text in texts))


def gates_of(section: SectionSpec, item: ItemSpec) -> frozenset[str]:
    """The items that decide whom an item concerns, consent apart."""
    texts = [text for text in (section.relevant, item.relevant) if text.strip()]
    return frozenset().union(*(names_in(parse(text)) for text in texts)) - {CONSENT}


def _eligible(concerned: bool, person: Answers, gates: frozenset[str], index: int) -> bool | None:
    """None where a deciding question itself was left open."""
    if concerned:
        return True
    unanswered = any(not (person.get((name, index)) or person.get((name, 0))) for name in gates)
    return None if unanswered else False


def _figures(item: ItemSpec, values: Sequence[str]) -> Figures | Texts:
    match item.type:
        case ItemType.INTEGER | ItemType.DECIMAL:
            return summary([Decimal(value) if value else None for value in values])
        case ItemType.SELECT_MULTIPLE:
            return multiple_choice([value.split() for value in values], item.values)
        case ItemType.SELECT_ONE if item.list_name == AGREEMENT:
            return likert([int(value) if value else None for value in values])
        case ItemType.SELECT_ONE:
            return frequencies([value or None for value in values], item.values)
        case _:
            answered = sum(1 for value in values if value)
            return Texts(answered, len(values) - answered)


def barriers_named(form: Questionnaire, person: Answers, items: tuple[str, str]) -> tuple[frozenset[str], str] | None:
    """The barriers a person names and the main one; None for a person who was not to be asked."""
    several, main = items
    places = asked_at_all(form, person)
    if not {(several, 0), (main, 0)} & places:
        return None
    named = person.get((several, 0), "").split() if (several, 0) in places else []
    return frozenset(named), person.get((main, 0), "") if (main, 0) in places else ""


def texts_of(people: Sequence[Mapping[tuple[str, int], str]], item: ItemSpec) -> Iterator[str]:
    """What people wrote, shortest first: an order that says nothing about who or when."""
    yield from sorted((p[item.name, 0] for p in people if p.get((item.name, 0))), key=lambda text: (len(text), text))
