"""Needs: drawn from what the working rooms found, requested by units, accepted, declined, met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from lientuc.accounts.permissions import require, require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import refuse_if
from lientuc.core.names import tidy
from lientuc.curricula.enums import GroundKind
from lientuc.curricula.grounds import Ground
from lientuc.curricula.models import Topic
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.enums import Equipment
from lientuc.trail.record import action

from ..enums import NeedState
from ..gathering import gathered, organisations_by_id, priorities
from ..linking import below
from ..models import OPEN_NEEDS, Need
from ..policy import policy
from ..queries.execution import trained_by_need
from ..rules import needs as rules
from ..rules.needs import NeedDraft

_OPEN = [str(state) for state in OPEN_NEEDS]


@action("planning.pull_needs")
def pull_needs(*, organisation: Organisation, on: date, by: Any, key: str = "") -> Organisation:
    """Raise a need for each ground found at an organisation and below; drawn again it adds only what is new.

    A raised need follows its ground (persons, deadline); one that a person has decided on stays as it is, and a ground met or
    declined rests for a while before it is raised again.
    """
    require(by, "planning.accept_need", organisation)
    grounds = gathered(organisation, by, on)
    known = _known([ground.origin for ground in grounds], on)
    _raise([ground for ground in grounds if ground.origin not in known], on, by)
    _follow({ground.origin: ground for ground in grounds}, known, on)
    return organisation


def _known(origins: Sequence[str], on: date) -> dict[str, Need]:
    rested = on - timedelta(days=policy().rest_days)
    rows = Need.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(state__in=_OPEN) | Q(decided_at__date__gt=rested) | Q(met_on__gt=rested), origin__in=origins
    )
    return {row.origin: row for row in rows.select_related("organisation").order_by("pk")}


def _raise(grounds: Sequence[Ground], on: date, by: Any) -> None:
    topics = {row.code: row for row in Topic.objects.filter(code__in={ground.topic_code for ground in grounds})}
    places = organisations_by_id(ground.organisation_id for ground in grounds)
    points = priorities(((places[g.organisation_id], g.kind, g.deadline_on) for g in grounds), on)
    Need.objects.bulk_create(
        Need(
            organisation=places[ground.organisation_id],
            topic=topics.get(ground.topic_code),
            family=str(ground.detail.get("family", "")),
            kind=ground.kind,
            persons=ground.persons,
            deadline_on=ground.deadline_on,
            priority=priority,
            factors=factors,
            equipment=_equipment(ground),
            origin=ground.origin,
            detail=dict(ground.detail),
            raised_by=str(by.public_id),
        )
        for ground, (priority, factors) in zip(grounds, points, strict=True)
    )


def _equipment(ground: Ground) -> Equipment:
    said = str(ground.detail.get("equipment", ""))
    return Equipment(said) if said in set(Equipment) else Equipment.PRESENT


def _follow(grounds: dict[str, Ground], known: dict[str, Need], on: date) -> None:
    raised = [need for need in known.values() if need.state == NeedState.RAISED]
    asked = ((need.organisation, GroundKind(need.kind), grounds[need.origin].deadline_on) for need in raised)
    for need, (priority, factors) in zip(raised, priorities(asked, on), strict=True):
        ground = grounds[need.origin]
        need.persons, need.deadline_on = ground.persons, ground.deadline_on
        need.detail, need.equipment = dict(ground.detail), _equipment(ground)
        need.priority, need.factors = priority, factors
    fields = ["persons", "deadline_on", "detail", "equipment", "priority", "factors"]
    Need.objects.unscoped(WhyUnscoped.RULE).bulk_update(raised, fields, batch_size=500)


@action("planning.raise_need")
def raise_need(*, draft: NeedDraft, by: Any, key: str = "") -> Need:
    """A unit asks for training in its own words."""
    require(by, "planning.raise_need", draft.organisation)
    refuse_if(rules.need_problems(draft, today()))
    ((priority, factors),) = priorities([(draft.organisation, GroundKind.REQUEST, draft.deadline_on)], today())
    return Need.objects.create(
        organisation=draft.organisation,
        topic=draft.topic,
        kind=GroundKind.REQUEST,
        persons=draft.persons,
        deadline_on=draft.deadline_on,
        priority=priority,
        factors=factors,
        equipment=draft.equipment,
        text=draft.text.strip(),
        raised_by=str(by.public_id),
    )


@action("planning.accept_need")
def accept_need(*, need: Need, topic: Topic | None, persons: int, by: Any, key: str = "") -> Need:
    """Accept a need with the topic and the number of persons to plan for; its origin stays."""
    need = _in_hand(need, by)
    refuse_if(rules.why_not_accept(need.state, has_topic=topic is not None, persons=persons))
    need.state, need.topic, need.persons = NeedState.ACCEPTED, topic, persons
    _decide(need, by, "topic", "persons")
    return need


@action("planning.decline_need")
def decline_need(*, need: Need, reason: str, by: Any, key: str = "") -> Need:
    """Decline a need with the reason, which the unit sees."""
    need = _in_hand(need, by)
    refuse_if(rules.why_not_decline(need.state, reason))
    need.state, need.reason = NeedState.DECLINED, tidy(reason)
    _decide(need, by, "reason")
    return need


def _in_hand(need: Need, by: Any) -> Need:
    require_row(by, "planning.accept_need", need)
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: Need = rows.select_related("organisation").get(pk=need.pk)
    return found


def _decide(need: Need, by: Any, *fields: str) -> None:
    need.decided_at, need.decided_by = now(), str(by.public_id)
    need.save(update_fields=["state", "decided_at", "decided_by", *fields])


@action("planning.settle_needs")
def settle_needs(*, organisation: Organisation, on: date, by: Any, key: str = "") -> Organisation:
    """Mark planned needs as met where classes of their lines have trained as many persons of the unit as were needed."""
    require(by, "planning.accept_need", organisation)
    planned = list(Need.objects.within(below(organisation)).filter(state=NeedState.PLANNED))
    trained = trained_by_need(planned)
    met = [need.pk for need in planned if trained.get(need.pk, 0) >= need.persons]
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=met)
    rows.update(state=NeedState.MET, met_on=on)
    return organisation
