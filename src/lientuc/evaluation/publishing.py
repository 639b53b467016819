"""What a wave says to one audience: everything is counted once, hidden once, and then only shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lientuc.analytics.disclosure import FILTERS_FROM, THRESHOLDS, Audience
from lientuc.analytics.linked import Place
from lientuc.core.errors import Problem
from lientuc.places.scope import WhyUnscoped
from lientuc.surveys.enums import InterviewState, ItemType
from lientuc.surveys.flow import Answers
from lientuc.surveys.models import Interviewee, RecordFile, Wave
from lientuc.surveys.queries import completed, form_of_wave
from lientuc.surveys.specs import Questionnaire

from .facts import Facts, answered_by, note_filter, note_results, note_view
from .hiding import Shown, hidden_from, shown_without, why_not_show_wave
from .results import AGREEMENT, ItemResult, results
from .study.cells import Cell, cells_of
from .study.groups import Group, study_groups

FILTERS = ("sex", "course_type")
"""Context items by which agreement may be looked at; what is hidden allows for all of them, asked for or not."""
NOT_SAID = ""


@dataclass(frozen=True)
class Filtered:
    """The agreement items over the people of one answer of a context item."""

    item: str
    code: str
    people: int
    items: tuple[Shown, ...]


@dataclass(frozen=True)
class Publication:
    """Everything one audience may see; empty with `problem` where there are too few answers.

    `people` are the answers themselves, for figures that only the evaluator is given; `file` is the import, if it was one.
    """

    audience: Audience
    form: Questionnaire
    completed: int
    items: tuple[Shown, ...] = ()
    groups: tuple[Group, ...] = ()
    cells: Mapping[str, Cell] | None = None
    filtered: tuple[Filtered, ...] = ()
    hidden: frozenset[Place] = frozenset()
    interviews: Mapping[str, int] | None = None
    file: RecordFile | None = None
    people: tuple[Answers, ...] = ()
    problem: Problem | None = None


def publication(wave: Wave, audience: Audience) -> Publication:
    """A wave for an audience; `wave` should carry its version and instrument."""
    form, file = form_of_wave(wave), record_file(wave)
    people = tuple(one.answers for one in completed(wave))
    problem = why_not_show_wave(len(people), audience)
    if problem:
        return Publication(audience, form, len(people), file=file, problem=problem)
    found = _asked(results(form, people, as_given=file is not None), file)
    register = interview_register(wave)
    return published(form, found, people, register, audience, file=file)


def published(
    form: Questionnaire,
    found: Sequence[ItemResult],
    people: Sequence[Answers],
    register: Sequence[tuple[str, Mapping[str, str]]],
    audience: Audience,
    *,
    file: RecordFile | None = None,
) -> Publication:
    """The same from values: what is shown to `audience` of these results and this register."""
    facts = Facts()
    note_results(facts, found)
    groups = study_groups(facts, found, people, register)
    offered = audience == Audience.EVALUATOR or len(people) >= FILTERS_FROM
    views = _filtered(form, found, people, file) if offered else []
    # Nothing is hidden from the evaluator: no need to say what adds up to what.
    parts = views if audience != Audience.EVALUATOR else []
    by_name = {result.item.name: result for result in found}
    for name, codes, listed_views in parts:
        for code, listed in listed_views:
            note_view(facts, by_name[name], code, listed)
        note_filter(facts, name, codes)
    hidden = hidden_from(facts, audience)
    exact = audience == Audience.EVALUATOR
    return Publication(
        audience=audience,
        form=form,
        completed=len(people),
        items=tuple(shown_without(found, hidden, audience)),
        groups=tuple(groups),
        cells=cells_of(groups, hidden, exact=exact, least=THRESHOLDS[audience].counts_from),
        filtered=tuple(_shown_parts(found, views, hidden, audience)),
        hidden=hidden,
        interviews=dict(Counter(role for role, _ in register)),
        file=file,
        people=tuple(people),
    )


def _shown_parts(
    found: Sequence[ItemResult],
    views: Sequence[tuple[str, list[str], Views]],
    hidden: frozenset[Place],
    audience: Audience,
) -> Iterator[Filtered]:
    """Each part of each filter as it may be seen; those who did not say their group are nobody's table."""
    for name, _, parts in views:
        for code, listed in parts:
            if code != NOT_SAID:
                items = shown_without(listed, hidden, audience, ("f", name, code))
                yield Filtered(name, code, _people(found, name, code), tuple(items))


def record_file(wave: Wave) -> RecordFile | None:
    """The file a wave was imported from, the newest one."""
    rows = RecordFile.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave)
    found: RecordFile | None = rows.order_by("-pk").first()
    return found


def interview_register(wave: Wave) -> list[tuple[str, Mapping[str, str]]]:
    """Role and codes of everybody interviewed."""
    rows = Interviewee.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(wave=wave, state=InterviewState.DONE)
    return list(rows.order_by("number").values_list("role", "facts"))


def _asked(found: list[ItemResult], file: RecordFile | None) -> list[ItemResult]:
    """Without items that an imported file never held: nobody was asked them."""
    if file is None:
        return found
    return [result for result in found if result.item.name in file.items]


Views = list[tuple[str, list[ItemResult]]]


def _filtered(
    form: Questionnaire, found: Sequence[ItemResult], people: Sequence[Answers], file: RecordFile | None
) -> list[tuple[str, list[str], Views]]:
    """The agreement items again for each answer of each filter, and for those who did not give one."""
    by_name = {result.item.name: result for result in found}
    answered = (r for r in found if answered_by(r))
    agreement = {r.item.name for r in answered if r.item.list_name == AGREEMENT and r.item.type == ItemType.SELECT_ONE}
    views: list[tuple[str, list[str], Views]] = []
    for name in FILTERS if agreement else ():
        if name not in by_name:
            continue
        codes = [*by_name[name].item.values, NOT_SAID]
        parts: Views = []
        for code in codes:
            chosen = [person for person in people if person.get((name, 0), NOT_SAID) == code]
            listed = results(form, chosen, as_given=file is not None)
            parts.append((code, [r for r in listed if r.item.name in agreement]))
        views.append((name, codes, parts))
    return views


def _people(found: Sequence[ItemResult], name: str, code: str) -> int:
    rows = next(result.figures.rows for result in found if result.item.name == name)  # type: ignore[union-attr]
    return next((row.share.count for row in rows if row.code == code), 0)  # type: ignore[union-attr]
