"""Which needs a plan's lines serve: by topic, the needs of highest priority first. Derived, so it is always written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lientuc.places.models import Organisation
from lientuc.places.scope import Scope, WhyUnscoped

from .enums import NeedState
from .models import Need, Plan, PlanLine, PlanLineNeed

SERVED = (NeedState.ACCEPTED, NeedState.PLANNED, NeedState.OPENED, NeedState.TRAINED)


def below(organisation: Organisation) -> Scope:
    """The organisation and everything under it on either line."""
    return Scope(
        employer=frozenset({organisation.employer_path}), professional=frozenset({organisation.professional_path})
    )


def needs_under(organisation: Organisation) -> list[Need]:
    """Accepted and planned needs of an organisation and those below it, the first ones first; one query."""
    rows = Need.objects.within(below(organisation)).filter(state__in=[str(state) for state in SERVED])
    return list(rows.select_related("organisation", "topic").order_by("-priority", "deadline_on", "pk"))


def relink(plan: Plan, wanted: Mapping[int, Mapping[int, int]] | None = None) -> None:
    """Write the links of all lines of a plan; `wanted` names persons by line and need where somebody decided them."""
    lines = list(PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by("place"))
    PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__in=lines).delete()
    shares = _shares(lines, needs_under(plan.organisation), wanted or {})
    PlanLineNeed.objects.bulk_create(
        PlanLineNeed(line_id=line, need_id=need, persons=persons) for (line, need), persons in shares.items()
    )


def _shares(
    lines: Iterable[PlanLine], needs: Iterable[Need], wanted: Mapping[int, Mapping[int, int]]
) -> dict[tuple[int, int], int]:
    by_topic: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        if need.topic_id is not None:
            by_topic[need.topic_id].append(need)
    left = {need.pk: need.persons for rows in by_topic.values() for need in rows}
    shares: dict[tuple[int, int], int] = {}
    for line in lines:
        seats = line.persons
        decided = wanted.get(line.pk, {})
        # Seats somebody decided come first; what is left over goes by priority.
        for need in sorted(by_topic[line.topic_id], key=lambda row: row.pk not in decided):
            persons = min(left[need.pk], seats, decided.get(need.pk, seats))
            if persons > 0:
                shares[line.pk, need.pk] = persons
                left[need.pk] -= persons
                seats -= persons
    return shares
