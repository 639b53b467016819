"""May a campaign be opened, extended, closed; how far a unit is: facts in, problems out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lientuc.core.errors import Problem
from lientuc.places.enums import OrganisationKind
from lientuc.trail.enums import ImportState

from .enums import SentState


@dataclass(frozen=True)
class CampaignDraft:
    """A campaign as a form says: a name, the last day, the kinds of units asked."""

    name: str
    deadline_on: date | None
    kinds: tuple[OrganisationKind, ...] = ()
    note: str = ""


def campaign_problems(draft: CampaignDraft, units: int, today: date) -> Iterator[Problem]:
    """What stands against opening a campaign for `units` units."""
    if not draft.name.strip():
        yield Problem("registry.campaign_name_missing", "name")
    yield from deadline_problems(draft.deadline_on, today)
    if not units:
        yield Problem("registry.campaign_without_units", "kinds")


def deadline_problems(deadline_on: date | None, today: date) -> Iterator[Problem]:
    """A deadline lies today or later."""
    if deadline_on is None or deadline_on < today:
        yield Problem("registry.deadline_past", "deadline_on", {"day": today})


def why_not_change(is_closed: bool) -> Iterator[Problem]:
    """Why a campaign is not changed any more."""
    if is_closed:
        yield Problem("registry.campaign_closed")


def link_works(is_closed: bool, deadline_on: date, today: date) -> bool:
    """A link opens the door until the deadline has passed or the campaign is closed."""
    return not is_closed and today <= deadline_on


def size_problems(size: int, most: int) -> Iterator[Problem]:
    """A file is refused by its size before a byte of it is read."""
    if size > most:
        yield Problem("registry.link_file_too_large", "file", {"megabytes": most // 1_000_000})


def sent_state(batch: ImportState | None, bad_rows: int, unreadable_after: bool) -> SentState:
    """How far a unit is by its latest list; `unreadable_after`: a file that could not be read came after it."""
    if unreadable_after:
        return SentState.WITH_ERRORS
    match batch:
        case None:
            return SentState.NOT_SENT
        case ImportState.TAKEN | ImportState.TAKEN_IN_PART:
            return SentState.TAKEN
        case ImportState.REFUSED | ImportState.UNDONE:
            return SentState.WITH_ERRORS
    return SentState.WITH_ERRORS if bad_rows else SentState.SENT
