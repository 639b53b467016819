"""Grounds for need: hours still due, by organisation and by what the people concerned are taught."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from lientuc.core.ids import Ref
from lientuc.curricula.enums import TopicFamily
from lientuc.curricula.grounds import Ground, GroundKind
from lientuc.law.credits import Status
from lientuc.places.scope import Scope
from lientuc.registry.enums import Title

from ..models import StandingRow

ORIGIN = "credits.hours_due"
# What the people of a title are mostly taught: a proposal for whoever accepts the need, not a rule.
FAMILY_OF: dict[Title, TopicFamily] = {
    Title.DOCTOR: TopicFamily.CLINICAL,
    Title.ASSISTANT_DOCTOR: TopicFamily.CLINICAL,
    Title.NURSE: TopicFamily.NURSING,
    Title.MIDWIFE: TopicFamily.MATERNAL_CHILD,
    Title.MEDICAL_TECHNICIAN: TopicFamily.DIAGNOSTICS,
    Title.CLINICAL_NUTRITIONIST: TopicFamily.CLINICAL,
    Title.PARAMEDIC: TopicFamily.EMERGENCY,
    Title.CLINICAL_PSYCHOLOGIST: TopicFamily.CLINICAL,
    Title.TRADITIONAL_PRACTITIONER: TopicFamily.TRADITIONAL,
    Title.PHARMACIST: TopicFamily.PHARMACY,
    Title.CLINICAL_PHARMACIST: TopicFamily.PHARMACY,
    Title.PUBLIC_HEALTH: TopicFamily.PREVENTION,
    Title.POPULATION: TopicFamily.POPULATION,
    Title.VILLAGE_HEALTH_WORKER: TopicFamily.PREVENTION,
    Title.SOCIAL_WORKER: TopicFamily.OTHER,
    Title.OTHER: TopicFamily.OTHER,
}


@dataclass
class _Group:
    """The people of one organisation and one family; hours are kept by unit, for two units never meet in one sum."""

    persons: int = 0
    deadline_on: date | None = None
    statuses: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    quarters: Counter[str] = field(default_factory=Counter)


def end_of_next_year(on: date) -> date:
    """The last day of next year: the plan that is drawn up now ends then."""
    return date(on.year + 1, 12, 31)


def grounds(*, scope: Scope, on: date, until: date | None = None) -> list[Ground]:
    """One `hours_due` ground for each organisation in `scope` and topic family with people who lack hours; one query.

    Concerned are those short of hours, and those accruing (of the whole, or of this year's floor) whose deadline is not after
    `until` (the end of next year when not said). The origin names organisation and family, so that the same ground drawn twice is
    recognised. No topic is named: `detail` has the family, persons by status and title, and missing quarter hours by unit.
    """
    due = Q(status=Status.SHORT) | Q(status=Status.ACCRUING, deadline_on__lte=until or end_of_next_year(on))
    lacking = Q(shortfall_quarters__gt=0) | Q(status=Status.ACCRUING, yearly_floor_met=False)
    people = StandingRow.objects.within(scope).filter(due, lacking)
    rows = (
        people.filter(worker__canonical__isnull=True, worker__left_on__isnull=True)
        .order_by()
        .values_list(
            "worker__keeper",
            "worker__keeper__public_id",
            "worker__title",
            "status",
            "unit",
            "shortfall_quarters",
            "deadline_on",
        )
    )
    groups: dict[tuple[int, str, TopicFamily], _Group] = defaultdict(_Group)
    for organisation, public_id, title, *row in rows:
        _add(groups[organisation, str(public_id), FAMILY_OF[Title(title)]], title, *row)
    return [_ground(*key, group) for key, group in sorted(groups.items(), key=lambda item: item[0])]


def _add(group: _Group, title: str, status: str, unit: str, shortfall: int, deadline_on: date | None) -> None:
    group.persons += 1
    group.statuses[status] += 1
    group.titles[title] += 1
    group.quarters[unit] += shortfall
    if deadline_on is not None:
        group.deadline_on = min(group.deadline_on or deadline_on, deadline_on)


def _ground(organisation_id: int, public_id: str, family: TopicFamily, group: _Group) -> Ground:
    detail: dict[str, Any] = {
        "family": str(family),
        "statuses": dict(sorted(group.statuses.items())),
        "titles": dict(sorted(group.titles.items())),
        "missing_quarters": dict(sorted(group.quarters.items())),
    }
    return Ground(
        kind=GroundKind.HOURS_DUE,
        organisation_id=organisation_id,
        topic_code="",
        persons=group.persons,
        deadline_on=group.deadline_on,
        origin=str(Ref(ORIGIN, f"{public_id}/{family}")),
        detail=detail,
    )
