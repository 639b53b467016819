"""Needs: drawn from what the working rooms found, requested by units, accepted, declined, carried on, met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

from ..enums import BulkChoice, NeedState
from ..gathering import gathered, organisations_by_id, priorities
from ..linking import below
from ..merging import merge_same, merge_with_same, speak_for
from ..models import OPEN_NEEDS, Need, NeedsCallUnit
from ..policy import policy
from ..queries.journey import stages_of
from ..rules import needs as rules
from ..rules.needs import NeedDraft

_HOLDING = [str(state) for state in (*OPEN_NEEDS, NeedState.MERGED)]


@action("planning.pull_needs")
def pull_needs(*, organisation: Organisation, on: date, by: Any, key: str = "") -> Organisation:
    """Raise a need for each ground found at an organisation and below; drawn again it adds only what is new.

    A raised need follows its ground (persons, deadline); one that a person has decided on stays as it is, and a ground met or
    declined rests for a while before it is raised again. Grounds of one unit and topic become one need.
    """
    require(by, "planning.accept_need", organisation)
    grounds = gathered(organisation, by, on)
    known = _known([ground.origin for ground in grounds], on)
    _raise([ground for ground in grounds if ground.origin not in known], on, by)
    _follow({ground.origin: ground for ground in grounds}, known, on)
    merge_same(organisation)
    return organisation


def _known(origins: Sequence[str], on: date) -> dict[str, Need]:
    rested = on - timedelta(days=policy().rest_days)
    rows = Need.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(state__in=_HOLDING) | Q(decided_at__date__gt=rested) | Q(met_on__gt=rested), origin__in=origins
    )
    return {row.origin: row for row in rows.select_related("organisation", "merged_into").order_by("pk")}


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
    """Raised needs take over what their ground says now; so do merged ones, and whoever speaks for them."""
    following = [need for need in known.values() if need.state in {NeedState.RAISED, NeedState.MERGED}]
    asked = ((need.organisation, GroundKind(need.kind), grounds[need.origin].deadline_on) for need in following)
    for need, (priority, factors) in zip(following, priorities(asked, on), strict=True):
        ground = grounds[need.origin]
        need.persons, need.deadline_on = ground.persons, ground.deadline_on
        need.detail, need.equipment = dict(ground.detail), _equipment(ground)
        need.priority, need.factors = priority, factors
    fields = ["persons", "deadline_on", "detail", "equipment", "priority", "factors"]
    Need.objects.unscoped(WhyUnscoped.RULE).bulk_update(following, fields, batch_size=500)
    speak_for({need.merged_into_id for need in following if need.merged_into_id is not None})


@action("planning.raise_need")
def raise_need(*, draft: NeedDraft, by: Any, key: str = "") -> Need:
    """A unit asks for training in its own words, on its own or in answer to a call."""
    require(by, "planning.raise_need", draft.organisation)
    refuse_if(rules.need_problems(draft, today()))
    ((priority, factors),) = priorities([(draft.organisation, GroundKind.REQUEST, draft.deadline_on)], today())
    need = Need.objects.create(
        organisation=draft.organisation,
        topic=draft.topic,
        kind=GroundKind.REQUEST,
        persons=draft.persons,
        deadline_on=draft.deadline_on,
        priority=priority,
        factors=factors,
        equipment=draft.equipment,
        text=draft.text.strip(),
        call=draft.call,
        raised_by=str(by.public_id),
    )
    if draft.call is not None:
        asked = NeedsCallUnit.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(call=draft.call)
        asked.filter(organisation=draft.organisation).update(
            answered_at=now(), answered_by=str(by.public_id), nothing=False
        )
    merge_with_same(need)
    return need


@action("planning.accept_need")
def accept_need(*, need: Need, topic: Topic | None, persons: int, by: Any, key: str = "", reason: str = "") -> Need:
    """Accept a need with the topic and the number of persons to plan for; its origin stays.

    Where another need of the unit on the topic is accepted already the two become one.
    """
    need = _in_hand(need, by)
    refuse_if(rules.why_not_accept(need.state, has_topic=topic is not None, persons=persons))
    need.state, need.topic, need.persons, need.reason = NeedState.ACCEPTED, topic, persons, tidy(reason)
    _decide(need, by, "topic", "persons", "reason")
    merge_with_same(need)
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


@action("planning.decide_needs")
def decide_needs(
    *,
    needs: Sequence[Need],
    choice: BulkChoice,
    reason: str,
    by: Any,
    topic: Topic | None = None,
    key: str = "",
) -> Organisation:
    """Accept, decline or carry on several needs at once with one reason; `topic` is for those that have none.

    All or nothing: one that cannot move refuses the whole.
    """
    rows = _several(needs, by)
    refuse_if(_why_not_all(rows, choice, reason, topic))
    for need in rows:
        if choice is BulkChoice.ACCEPT:
            need.state, need.topic = NeedState.ACCEPTED, need.topic or topic
        elif choice is BulkChoice.DECLINE:
            need.state = NeedState.DECLINED
        else:
            need.state, need.carried_on = NeedState.ACCEPTED, today()
        need.reason = tidy(reason)
        need.decided_at, need.decided_by = now(), str(by.public_id)
    fields = ["state", "topic", "reason", "carried_on", "decided_at", "decided_by"]
    Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_update(rows, fields, batch_size=500)
    for need in rows if choice is BulkChoice.ACCEPT else ():
        merge_with_same(need)
    return rows[0].organisation


def _several(needs: Sequence[Need], by: Any) -> list[Need]:
    reached = Need.objects.visible_to(by, "planning.accept_need").filter(pk__in=[need.pk for need in needs])
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found = list(rows.filter(pk__in=reached.values("pk")).select_related("organisation", "topic").order_by("pk"))
    for need in needs if len(found) < len(needs) or not found else ():
        require_row(by, "planning.accept_need", need)
    return found


def _why_not_all(needs: Iterable[Need], choice: BulkChoice, reason: str, topic: Topic | None) -> list[Any]:
    problems: dict[str, Any] = {}
    for need in needs:
        if choice is BulkChoice.ACCEPT:
            has_topic = need.topic_id is not None or topic is not None
            found = rules.why_not_accept(need.state, has_topic=has_topic, persons=need.persons)
        elif choice is BulkChoice.DECLINE:
            found = rules.why_not_decline(need.state, reason)
        else:
            found = rules.why_not_carry(need.state, reason)
        problems |= {problem.code: problem for problem in found}
    if not reason.strip():
        problems.setdefault("planning.reason_missing", next(rules.why_not_decline(NeedState.RAISED, reason)))
    return list(problems.values())


@action("planning.settle_needs")
def settle_needs(*, organisation: Organisation, on: date, by: Any, key: str = "") -> Organisation:
    """Move needs in hand along with their classes: opened, trained, met once as many hold a certificate as were needed."""
    require(by, "planning.accept_need", organisation)
    states = [str(state) for state in rules.IN_HAND]
    needs = list(Need.objects.within(below(organisation)).filter(state__in=states).order_by("pk"))
    stages = stages_of(needs)
    for need in needs:
        stage = stages[need.pk]
        need.trained, need.certified = stage.trained, stage.certified
        need.state = rules.state_after(NeedState(need.state), need.persons, stage)
        need.met_on = on if need.state == NeedState.MET else None
    fields = ["trained", "certified", "state", "met_on"]
    Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).bulk_update(needs, fields, batch_size=500)
    return organisation
