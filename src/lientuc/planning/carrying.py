"""What a plan leaves unmet, by topic, and the line that would carry it into the next plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from django.db.models import Sum

from lientuc.curricula.models import Topic
from lientuc.places.scope import WhyUnscoped

from .linking import needs_under
from .models import FundingSource, Need, Plan, PlanLine
from .queries.execution import trained_by_need
from .rules.lines import LineDraft
from .writing import draft_of


@dataclass(frozen=True)
class Left:
    """Persons of accepted needs on one topic who have not been trained; `draft` is None where no line gives a cost."""

    topic: Topic | None
    persons: int
    units: int
    draft: LineDraft | None


def left_of(plan: Plan, following: Plan | None, usable: Mapping[int, FundingSource]) -> list[Left]:
    """What `plan` leaves unmet and `following` has no seats for, the most persons first."""
    needs = needs_under(plan.organisation)
    trained, seated = trained_by_need(needs), _seated(following)
    by_topic: dict[int, list[tuple[Need, int]]] = defaultdict(list)
    for need in needs:
        persons = need.persons - trained.get(need.pk, 0)
        if persons > 0 and need.topic_id is not None:
            by_topic[need.topic_id].append((need, persons))
    lines = _first_lines(plan)
    found = [_left(plan, rows, seated.get(topic, 0), lines.get(topic), usable) for topic, rows in by_topic.items()]
    return sorted(
        (each for each in found if each.persons > 0),
        key=lambda each: (-each.persons, each.topic.name_vi if each.topic else ""),
    )


def _seated(plan: Plan | None) -> dict[int, int]:
    """Seats by topic; whose they are is decided anew with each change of a plan, so that only their number counts."""
    if plan is None:
        return {}
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by()
    return dict(lines.values_list("topic").annotate(n=Sum("persons")))


def _first_lines(plan: Plan) -> dict[int, PlanLine]:
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    last_first = rows.select_related("topic", "provider", "source").order_by("-place")
    return {line.topic_id: line for line in last_first}


def _left(
    plan: Plan,
    rows: Sequence[tuple[Need, int]],
    seated: int,
    line: PlanLine | None,
    usable: Mapping[int, FundingSource],
) -> Left:
    persons = sum(count for _, count in rows) - seated
    units = len({need.organisation_id for need, _ in rows})
    topic = rows[0][0].topic
    return Left(topic, persons, units, _draft(plan, line, persons, units, usable) if line and persons > 0 else None)


def _draft(plan: Plan, line: PlanLine, persons: int, units: int, usable: Mapping[int, FundingSource]) -> LineDraft:
    classes = ceil(persons / ceil(line.persons / line.classes))
    source = usable.get(line.source_id) if line.source_id else None
    return replace(
        draft_of(line, year=plan.year + 1),
        classes=classes,
        persons=persons,
        requested_vnd=line.unit_vnd * classes,
        source=source if source and source.closed_at is None else None,
        reason="",
        note=f"Chuyển tiếp từ kế hoạch năm {plan.year}: còn {persons} người của {units} đơn vị chưa được đào tạo.",
        locked=False,
    )
