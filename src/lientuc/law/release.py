"""Who can be released for training without leaving a station below its on-call minimum."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .certainty import Certainty
from .numbering import Citation
from .parameters import shipped
from .workers import Title


class PlaceKind(StrEnum):
    """station: Trạm Y tế; point: điểm trạm."""

    STATION = "station"
    POINT = "point"


@dataclass(frozen=True)
class OnCallMinimum:
    """People of one shift: `people` in all, of them `lead_people` with one of `lead_titles`."""

    people: int
    lead_people: int
    lead_titles: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True)
class ReleaseDecision:
    """Whether those who stay are enough; `reason` is enough, too_few or no_lead, the numbers say what is missing."""

    enough: bool
    reason: str
    missing_people: int
    missing_lead: int
    certainty: Certainty
    citation: Citation


def on_call_minimum(place: PlaceKind, on: date) -> OnCallMinimum:
    """The minimum of Decree 192/2026 Art. 3(2)(b); raises NotInForce before 15/07/2026."""
    people = shipped().value(f"staffing.on_call.{place.value}_people", on)
    lead_people = shipped().value(f"staffing.on_call.{place.value}_lead_people", on)
    titles = shipped().value(f"staffing.on_call.{place.value}_lead_titles", on)
    return OnCallMinimum(people.whole(), lead_people.whole(), titles.codes(), people.citation)


def release_decision(staying: Collection[Title], minimum: OnCallMinimum) -> ReleaseDecision:
    """Whether the people who stay can man one shift; a manager's adjusted minimum is another `OnCallMinimum`."""
    lead = sum(title.value in minimum.lead_titles for title in staying)
    missing_people = max(0, minimum.people - len(staying))
    missing_lead = max(0, minimum.lead_people - lead)
    reason = "too_few" if missing_people else "no_lead" if missing_lead else "enough"
    return ReleaseDecision(
        reason == "enough", reason, missing_people, missing_lead, minimum.citation.certainty, minimum.citation
    )
