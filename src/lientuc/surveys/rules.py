"""May this version be published, may this wave be opened, may this page be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lientuc.analytics.disclosure import THRESHOLDS, Audience
from lientuc.core.errors import Problem, Refused

from .ballots.rules import LEAST_INVITED
from .enums import InvitationState, ItemType, ResponseState, VersionState, WaveMode, WavePurpose, WaveState
from .expressions import names_in, parse
from .specs import Questionnaire

MOST_LABELS = 30
DEFAULT_SETS = ("split",)
"""The sets of items asked unless a wave says otherwise: one fact per item."""

WAVE_TRANSITIONS: Mapping[WaveState, frozenset[WaveState]] = {
    WaveState.OPEN: frozenset({WaveState.CLOSED}),
    WaveState.CLOSED: frozenset(),
}

INVITATION_TRANSITIONS: Mapping[InvitationState, frozenset[InvitationState]] = {
    InvitationState.INVITED: frozenset(
        {
            InvitationState.DELIVERED,
            InvitationState.OPENED,
            InvitationState.STARTED,
            InvitationState.REFUSED,
            InvitationState.ISSUED,
        }
    ),
    InvitationState.DELIVERED: frozenset(
        {InvitationState.OPENED, InvitationState.STARTED, InvitationState.REFUSED, InvitationState.ISSUED}
    ),
    InvitationState.OPENED: frozenset({InvitationState.STARTED, InvitationState.REFUSED}),
    InvitationState.STARTED: frozenset({InvitationState.COMPLETED, InvitationState.REFUSED}),
    InvitationState.COMPLETED: frozenset(),
    InvitationState.REFUSED: frozenset(),
    InvitationState.ISSUED: frozenset(),
}


@dataclass(frozen=True)
class WaveDraft:
    """What is written down to open a wave."""

    name: str
    mode: WaveMode
    purpose: WavePurpose
    opens_on: date
    closes_on: date
    information: str = ""
    contact: str = ""
    item_sets: tuple[str, ...] = DEFAULT_SETS
    repeat_labels: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    audience_size: int | None = None


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite: the worker's row key (None: not a registered person) and codes by stratum name."""

    worker_id: int | None
    stratum: Mapping[str, str] = field(default_factory=dict)


def week_of(day: date) -> date:
    """The Monday of a day's week: all that is kept of when somebody answered."""
    return day - timedelta(days=day.weekday())


def problems_of_wave(draft: WaveDraft, *, invited: int, published: bool) -> Iterator[Problem]:
    """What stands in the way of opening this wave for so many invited people."""
    if not published:
        yield Problem("surveys.version_not_published")
    if not draft.name.strip():
        yield Problem("surveys.name_missing", "name")
    if draft.closes_on < draft.opens_on:
        yield Problem("surveys.closes_before_opens", "closes_on")
    if draft.mode == WaveMode.ANONYMOUS and invited < LEAST_INVITED:
        yield Problem("surveys.too_few_for_anonymous", "mode", {"invited": invited, "least": LEAST_INVITED})
    if draft.mode == WaveMode.CONFIDENTIAL and not invited:
        yield Problem("surveys.nobody_invited", "mode")
    if draft.mode == WaveMode.OPEN and invited:
        yield Problem("surveys.open_takes_no_list", "mode")
    if len(draft.repeat_labels) > MOST_LABELS:
        yield Problem("surveys.too_many_labels", "repeat_labels", {"most": MOST_LABELS})


def problems_of_version(form: Questionnaire, state: VersionState) -> list[Problem]:
    """What stands in the way of publishing: empty sections, choices missing, expressions that cannot be evaluated."""
    if state == VersionState.PUBLISHED:
        return [Problem("surveys.already_published")]
    found = [] if form.sections else [Problem("surveys.no_sections")]
    found += [Problem("surveys.section_empty", values={"section": s.code}) for s in form.sections if not s.items]
    earlier: set[str] = set()
    for section in form.sections:
        found += _expression_problems(section.code, section.relevant, earlier)
        for item in section.items:
            found += _expression_problems(item.name, item.relevant, earlier)
            found += _expression_problems(item.name, item.constraint, earlier)
            if item.type in {ItemType.SELECT_ONE, ItemType.SELECT_MULTIPLE} and not item.choices:
                found.append(Problem("surveys.no_choices", values={"item": item.name}))
            earlier.add(item.name)
    return found


def _expression_problems(owner: str, text: str, earlier: Iterable[str]) -> list[Problem]:
    """An expression must be readable and ask only about items that come before: then nothing goes in circles."""
    if not text.strip():
        return []
    try:
        unknown = sorted(names_in(parse(text)) - set(earlier))
    except Refused as refused:
        values = refused.problems[0].values
        return [Problem("surveys.expression_unreadable_at", values={"item": owner, **values})]
    return [Problem("surveys.expression_looks_ahead", values={"item": owner, "name": name}) for name in unknown]


def why_not_answer(state: WaveState, opens_on: date, closes_on: date, *, on: date) -> Problem | None:
    """Why nobody can answer this wave on a day, or None."""
    if state == WaveState.CLOSED or on > closes_on:
        return Problem("surveys.wave_closed")
    if on < opens_on:
        return Problem("surveys.wave_not_open_yet")
    return None


def why_not_change(state: ResponseState) -> Problem | None:
    """Why answers of a response can no longer change, or None."""
    if state == ResponseState.COMPLETED:
        return Problem("surveys.already_completed")
    if state == ResponseState.WITHDRAWN:
        return Problem("surveys.already_withdrawn")
    return None


def why_not_close(state: WaveState) -> Problem | None:
    """Why a wave cannot be closed, or None."""
    return None if WaveState.CLOSED in WAVE_TRANSITIONS[state] else Problem("surveys.wave_closed")


def why_not_export(completed: int) -> Problem | None:
    """Why answers row by row may not leave the house yet, or None: too few hide nobody."""
    least = THRESHOLDS[Audience.EVALUATOR].results_from
    if completed < least:
        return Problem("surveys.too_few_to_export", values={"completed": completed, "least": least})
    return None


def moved(state: InvitationState, to: InvitationState) -> InvitationState:
    """Where an invitation stands after a step; a step that is no longer possible leaves it where it is."""
    return to if to in INVITATION_TRANSITIONS[state] else state
