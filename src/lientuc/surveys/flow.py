"""What is asked of whom, and what one submitted page amounts to. No database here.

Answers are a mapping from place (item name, index) to text: index 0, or the number of the label in a repeated section.
A place with an empty text was shown and left open; a place that is missing was never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.errors import Problem

from .answers import read_answer
from .expressions import as_text, bounds, evaluate, is_true, parse
from .specs import ItemSpec, Questionnaire, SectionSpec

Place = tuple[str, int]
Answers = Mapping[Place, str]

CONSENT = "consent"
"""An item of this name answered `no` is a refusal: nothing is kept."""


@dataclass(frozen=True)
class Asked:
    """One question at one place, as it stands on a page."""

    item: ItemSpec
    index: int

    @property
    def place(self) -> Place:
        """Where its answer goes."""
        return self.item.name, self.index

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"{self.item.name}-{self.index}"


class Sent:
    """One page as it came back: raw values by place, and the places it showed.

    Not a dataclass on purpose: the audit trail writes arguments of actions out, and answers must never stand there.
    """

    __slots__ = ("given", "shown")

    def __init__(self, given: Mapping[Place, Sequence[str]], shown: frozenset[Place]) -> None:
        self.given = given
        self.shown = shown

    def __str__(self) -> str:
        return f"{len(self.shown)} questions"


@dataclass(frozen=True)
class Submission:
    """What one sent page amounts to: answers to keep, problems, questions it newly opened, answers it closed."""

    kept: Answers
    problems: tuple[Problem, ...]
    newly_asked: tuple[Asked, ...]
    cleared: frozenset[Place]


def asked_on(form: Questionnaire, section: SectionSpec, answers: Answers) -> tuple[Asked, ...]:
    """The questions of a section that concern this person, given everything answered so far."""
    names = {item.name for item in section.items}
    return tuple(asked for asked in _relevant(form, answers) if asked.item.name in names)


def asked_at_all(form: Questionnaire, answers: Answers) -> frozenset[Place]:
    """Every place that concerns this person."""
    return frozenset(asked.place for asked in _relevant(form, answers))


def next_section(form: Questionnaire, answers: Answers, *, after: int) -> int | None:
    """The number (from 1) of the next page with a question for this person; None: the form is at its end."""
    places = asked_at_all(form, answers)
    for number, section in enumerate(form.sections, start=1):
        if number > after and any(
            (item.name, index) in places for item in section.items for index in form.indexes(section)
        ):
            return number
    return None


def first_open_section(form: Questionnaire, answers: Answers) -> int | None:
    """Where to resume: the first page with a question that was never shown; None: all were."""
    places = asked_at_all(form, answers)
    for number, section in enumerate(form.sections, start=1):
        here = {(item.name, index) for item in section.items for index in form.indexes(section)}
        if (here & places) - answers.keys():
            return number
    return None


def submission(form: Questionnaire, section: SectionSpec, sent: Sent, *, known: Answers) -> Submission:
    """Read one page: typed values checked, relevance followed while reading, answers it closes named.

    `known` is what is already saved. A question that only now concerns the person is not missing: it is asked next, on
    the same page.
    """
    names = {item.name for item in section.items}
    answers = {place: value for place, value in known.items() if place[0] not in names}
    answers |= computed_values(form, answers)
    problems: list[Problem] = []
    kept: dict[Place, str] = {}
    newly: list[Asked] = []
    for asked in _walk(form, section):
        if not _concerns(section, asked, answers):
            continue
        if asked.item.is_computed:
            answers[asked.place] = _computed(asked.item, _seen_from(answers, asked.index))
            continue
        if asked.place not in sent.shown:
            newly.append(asked)
            continue
        value, problem = _read(asked, sent.given.get(asked.place, ()), answers)
        if problem:
            problems.append(Problem(problem.code, asked.field, problem.values))
        kept[asked.place] = answers[asked.place] = value
    cleared = _closed(form, sent, kept, known)
    return Submission(kept, tuple(problems), tuple(newly), cleared)


def whole_submission(form: Questionnaire, sent: Sent) -> Submission:
    """Read all pages sent at once: what does not concern the person is left out and named, nothing is asked again."""
    answers: dict[Place, str] = {}
    kept: dict[Place, str] = {}
    problems: list[Problem] = []
    for section in form.sections:
        for asked in _walk(form, section):
            if not _concerns(section, asked, answers):
                continue
            if asked.item.is_computed:
                answers[asked.place] = _computed(asked.item, _seen_from(answers, asked.index))
                continue
            value, problem = _read(asked, sent.given.get(asked.place, ()), answers)
            if problem:
                problems.append(Problem(problem.code, asked.field, problem.values))
            kept[asked.place] = answers[asked.place] = value
    filled = {place for place, values in sent.given.items() if any(value.strip() for value in values)}
    return Submission(kept, tuple(problems), (), frozenset(filled - kept.keys()))


def _read(asked: Asked, raw: Sequence[str], answers: Answers) -> tuple[str, Problem | None]:
    value, problem = read_answer(asked.item, raw)
    return value, problem or problem_of_value(asked, value, answers)


def _closed(form: Questionnaire, sent: Sent, kept: Answers, known: Answers) -> frozenset[Place]:
    """Places that hold a value, saved or just typed, and do not concern the person after this page."""
    after = {**{place: value for place, value in known.items() if place not in sent.shown}, **kept}
    filled = {place for place, values in sent.given.items() if any(value.strip() for value in values)}
    return frozenset((known.keys() | filled) - asked_at_all(form, after))


def problem_of_value(asked: Asked, value: str, answers: Answers) -> Problem | None:
    """What is wrong with a value already read: missing where it is required, or outside its constraint."""
    item = asked.item
    if not value:
        return Problem("surveys.required") if item.required else None
    if is_true(item.constraint, _seen_from(answers, asked.index), value):
        return None
    return _out_of_bounds(item.constraint)


def _out_of_bounds(constraint: str) -> Problem:
    low, high = bounds(constraint) or (None, None)
    if low is not None and high is not None:
        return Problem("surveys.out_of_bounds", values={"low": str(low), "high": str(high)})
    if low is not None:
        return Problem("surveys.too_low", values={"low": str(low)})
    if high is not None:
        return Problem("surveys.too_high", values={"high": str(high)})
    return Problem("surveys.not_allowed_value")


def computed_values(form: Questionnaire, answers: Answers) -> dict[Place, str]:
    """What the instrument computes from these answers, by place; nobody is asked and nothing is stored."""
    return {asked.place: value for asked, value in _known(form, answers) if asked.item.is_computed}


def _relevant(form: Questionnaire, answers: Answers) -> Iterator[Asked]:
    """Every question that concerns this person; an answer that does not concern them opens nothing further."""
    return (asked for asked, _ in _known(form, answers) if not asked.item.is_computed)


def _known(form: Questionnaire, answers: Answers) -> Iterator[tuple[Asked, str]]:
    """Everything that concerns this person with its value, computed or answered."""
    once: dict[str, str] = {}
    for section in form.sections:
        for index in form.indexes(section):
            seen = dict(once) if index else once
            if not is_true(section.relevant, seen):
                continue
            for item in section.items:
                if not item.relevant or is_true(item.relevant, seen):
                    given = answers.get((item.name, index), "")
                    seen[item.name] = _computed(item, seen) if item.is_computed else given
                    yield Asked(item, index), seen[item.name]


def _computed(item: ItemSpec, seen: Mapping[str, str]) -> str:
    """A computed value as the text that would have been typed: numbers plain, what is no number empty."""
    return as_text(evaluate(parse(item.calculation), seen)) if item.calculation else ""


def _walk(form: Questionnaire, section: SectionSpec) -> Iterator[Asked]:
    return (Asked(item, index) for index in form.indexes(section) for item in section.items)


def _concerns(section: SectionSpec, asked: Asked, answers: Answers) -> bool:
    seen = _seen_from(answers, asked.index)
    return is_true(section.relevant, seen) and is_true(asked.item.relevant, seen)


def _seen_from(answers: Answers, index: int) -> dict[str, str]:
    """Answers by name as an expression at `index` sees them: its own repetition first, then what is asked once."""
    seen = {name: value for (name, at), value in answers.items() if at == 0}
    return seen | {name: value for (name, at), value in answers.items() if index and at == index}
