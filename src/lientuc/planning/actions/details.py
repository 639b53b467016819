"""What is written beside a need: its enabling conditions, the persons the unit names, what it is merged with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lientuc.accounts.permissions import require_row
from lientuc.core.clock import now, today
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import HealthWorker, Post
from lientuc.trail.record import action
from lientuc.trail.rows import in_force

from ..enums import ConditionKind, NeedState
from ..merging import merge, part
from ..models import Need, NeedCondition, NeedPerson
from ..rules import needs as rules
from ..rules.needs import ConditionDraft


def _locked(need: Need, permission: str, by: Any) -> Need:
    require_row(by, permission, need)
    rows = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).select_for_update(of=("self",))
    found: Need = rows.select_related("organisation").get(pk=need.pk)
    return found


@action("planning.merge_needs")
def merge_needs(*, need: Need, other: Need, by: Any, key: str = "") -> Need:
    """Say that `other` is the same need as `need`; both grounds stay."""
    first, second = _locked(need, "planning.accept_need", by), _locked(other, "planning.accept_need", by)
    refuse_if(rules.why_not_merge(first, second))
    merge(first, second)
    first.refresh_from_db()
    return first


@action("planning.part_need")
def part_need(*, need: Need, by: Any, key: str = "") -> Need:
    """Say that a merged need is one of its own after all; it is never merged by itself again."""
    found = _locked(need, "planning.accept_need", by)
    refuse_if(() if found.state == NeedState.MERGED else [Problem("planning.need_wrong_state")])
    part(found)
    return found


@action("planning.state_conditions")
def state_conditions(*, need: Need, drafts: Sequence[ConditionDraft], by: Any, key: str = "") -> Need:
    """State how equipment, staff and approval stand at the unit; the need's equipment follows."""
    found = _locked(need, "planning.raise_need", by)
    refuse_if(rules.condition_problems(drafts, today()))
    for draft in drafts:
        NeedCondition.objects.unscoped(WhyUnscoped.ROW_IN_HAND).update_or_create(
            need=found,
            kind=draft.kind,
            defaults=dict(
                state=draft.state,
                ready_on=draft.ready_on,
                note=tidy(draft.note),
                stated_at=now(),
                stated_by=str(by.public_id),
            ),
        )
        if draft.kind == ConditionKind.EQUIPMENT:
            found.equipment = draft.state
            found.save(update_fields=["equipment"])
    return found


@action("planning.name_persons")
def name_persons(*, need: Need, workers: Sequence[HealthWorker], by: Any, key: str = "") -> Need:
    """Name the persons a need means; they replace those named before. All must work at the unit today."""
    found = _locked(need, "planning.raise_need", by)
    posts = Post.objects.unscoped(WhyUnscoped.RULE).filter(in_force(today()), organisation=found.organisation)
    here = set(posts.values_list("worker_id", flat=True))
    keeper = {worker.pk for worker in workers if worker.keeper_id == found.organisation_id}
    strangers = [worker for worker in workers if worker.pk not in here | keeper]
    if strangers:
        raise Refused(Problem("planning.person_elsewhere", "workers", {"names": ", ".join(map(str, strangers))}))
    NeedPerson.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(need=found).delete()
    NeedPerson.objects.bulk_create(
        NeedPerson(need=found, worker=worker, named_by=str(by.public_id)) for worker in workers
    )
    return found
