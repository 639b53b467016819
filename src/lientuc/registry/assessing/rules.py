"""May a unit state, send, and its employer confirm or return an assessment: facts in, problems out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.core.errors import Problem

from .enums import Answer, AssessmentState, Reason

MOST_PERSONS = 500
OPEN = frozenset({AssessmentState.DRAFT, AssessmentState.RETURNED})
TRANSITIONS: Mapping[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.DRAFT: frozenset({AssessmentState.SUBMITTED}),
    AssessmentState.RETURNED: frozenset({AssessmentState.SUBMITTED}),
    AssessmentState.SUBMITTED: frozenset({AssessmentState.CONFIRMED, AssessmentState.RETURNED}),
    AssessmentState.CONFIRMED: frozenset(),
}
_DIGITS = re.compile(r"\d+")
_GROUPS = re.compile(r"(?<=\d)[.,\s](?=\d{3}\b)")


@dataclass(frozen=True)
class StatementDraft:
    """One tapped answer; `persons` is how many people of the unit would have to be trained, where that is the reason."""

    answer: Answer | None
    reason: Reason | None = None
    persons: int | None = None
    note: str = ""


@dataclass(frozen=True)
class PopulationDraft:
    """The inhabitants of a commune, as one line of a list says."""

    commune_code: str
    people: int | None


def statement_problems(draft: StatementDraft) -> Iterator[Problem]:
    """What is missing in an answer."""
    if draft.answer is None:
        yield Problem("registry.answer_missing", "answer")
    elif draft.answer is Answer.DOING and draft.reason is not None:
        yield Problem("registry.reason_not_wanted", "reason")
    elif draft.answer is not Answer.DOING and draft.reason is None:
        yield Problem("registry.answer_reason_missing", "reason")
    if draft.persons is not None and not 0 <= draft.persons <= MOST_PERSONS:
        yield Problem("registry.persons_out_of_range", "persons", {"most": MOST_PERSONS})


def why_not_state(state: AssessmentState) -> Iterator[Problem]:
    """Why answers cannot be changed."""
    if state not in OPEN:
        yield Problem("registry.assessment_not_open")


def why_not_submit(state: AssessmentState, asked: Collection[int], answered: Collection[int]) -> Iterator[Problem]:
    """Why an assessment cannot be sent; `asked` and `answered` are keys of functions."""
    if AssessmentState.SUBMITTED not in TRANSITIONS[state]:
        yield Problem("registry.assessment_not_open")
    missing = set(asked) - set(answered)
    if not asked:
        yield Problem("registry.no_functions")
    elif missing:
        yield Problem("registry.assessment_incomplete", values={"missing": len(missing)})


def why_not_decide(state: AssessmentState, into: AssessmentState, remark: str) -> Iterator[Problem]:
    """Why an assessment cannot be confirmed or returned."""
    if into not in TRANSITIONS[state]:
        yield Problem("registry.assessment_not_submitted")
    if into is AssessmentState.RETURNED and not remark.strip():
        yield Problem("registry.remark_missing", "remark")


def population_lines(text: str) -> Iterator[PopulationDraft]:
    """Pasted lines `code; inhabitants` (tab, semicolon, comma or spaces between); `12.345` is one number."""
    for line in text.splitlines():
        if line.strip():
            code, _, rest = line.strip().replace(";", "\t").partition("\t")
            if not rest:
                code, _, rest = line.strip().partition(" ")
            found = _DIGITS.findall(_GROUPS.sub("", rest))
            yield PopulationDraft(code.strip(), int(found[-1]) if found else None)


def population_problems(drafts: Sequence[PopulationDraft], known: Collection[str], source: str) -> Iterator[Problem]:
    """What is wrong with a list of inhabitants; `known` are the communes the list may speak of."""
    if not source.strip():
        yield Problem("registry.source_missing", "source")
    if not drafts:
        yield Problem("registry.list_empty", "lines")
    seen: set[str] = set()
    for number, draft in enumerate(drafts, start=1):
        yield from _line_problems(number, draft, known, seen)
        seen.add(draft.commune_code)


def _line_problems(number: int, draft: PopulationDraft, known: Collection[str], seen: set[str]) -> Iterable[Problem]:
    place = {"line": number, "code": draft.commune_code}
    if draft.people is None or not draft.commune_code:
        yield Problem("registry.population_line", "lines", {"line": number})
    elif draft.commune_code in seen:
        yield Problem("registry.population_twice", "lines", place)
    elif draft.commune_code not in known:
        yield Problem("registry.population_unknown", "lines", place)
