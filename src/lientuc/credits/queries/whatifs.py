"""What-ifs as their pages read them: the list, who changes status, groups with what they had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from lientuc.law.credits import Status
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.enums import JobState

from ..enums import MovedBy, WhatIfState
from ..models import WhatIf, WhatIfGroup

_STATES = {
    JobState.QUEUED: WhatIfState.WAITING,
    JobState.RUNNING: WhatIfState.RUNNING,
    JobState.FAILED: WhatIfState.FAILED,
    JobState.DONE: WhatIfState.READY,
}
_FIELDS: Mapping[MovedBy, tuple[str, ...]] = {
    MovedBy.PROVINCE: ("province_code",),
    MovedBy.TITLE: ("title",),
    MovedBy.CARE_LEVEL: ("care_level",),
    MovedBy.EVERYTHING: ("province_code", "title", "care_level"),
}


@dataclass(frozen=True)
class GroupMoved:
    """People of one group by status before and after; `key` are the codes of the grouping."""

    key: tuple[str, ...]
    persons: int
    changed: int
    before: Mapping[Status, int]
    after: Mapping[Status, int]

    def difference(self, status: Status) -> int:
        """How many more have the status after."""
        return self.after[status] - self.before[status]


def what_ifs_of(by: Any, permission: str) -> QuerySet[WhatIf]:
    """The what-ifs `by` may see, with their jobs and answers; one query."""
    rows: QuerySet[WhatIf] = WhatIf.objects.visible_to(by, permission).select_related("job", "answer", "organisation")
    return rows


def state_of(what_if: WhatIf) -> WhatIfState:
    """Where its reckoning stands; an answer that is there is ready whatever became of the job."""
    return WhatIfState.READY if hasattr(what_if, "answer") else _STATES[JobState(what_if.job.state)]


def groups_of(what_if: WhatIf, chosen: Mapping[str, str]) -> QuerySet[WhatIfGroup]:
    """Its groups, narrowed by `province_code`, `title`, `care_level` where chosen."""
    rows: QuerySet[WhatIfGroup] = WhatIfGroup.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(what_if=what_if)
    return rows.filter(**{name: value for name, value in chosen.items() if value})


def moved_groups(rows: QuerySet[WhatIfGroup], by: MovedBy) -> tuple[GroupMoved, ...]:
    """People by group with both statuses, in the order of the codes; one query."""
    fields = _FIELDS[by]
    found: dict[tuple[str, ...], list[tuple[str, str, int]]] = defaultdict(list)
    for row in rows.order_by().values(*fields, "before", "after").annotate(n=Sum("persons")):
        found[tuple(row[name] for name in fields)].append((row["before"], row["after"], row["n"]))
    return tuple(_group(key, found[key]) for key in sorted(found))


def _group(key: tuple[str, ...], moves: Iterable[tuple[str, str, int]]) -> GroupMoved:
    before, after = dict.fromkeys(Status, 0), dict.fromkeys(Status, 0)
    persons = changed = 0
    for was, becomes, count in moves:
        before[Status(was)] += count
        after[Status(becomes)] += count
        persons += count
        changed += count if was != becomes else 0
    return GroupMoved(key, persons, changed, before, after)


def changes_of_status(rows: QuerySet[WhatIfGroup]) -> tuple[tuple[Status, Status, int], ...]:
    """Every change of status with its people, the largest first; those who keep theirs are left out."""
    found = rows.order_by().values("before", "after").annotate(n=Sum("persons"))
    changed = [
        (Status(row["before"]), Status(row["after"]), row["n"]) for row in found if row["before"] != row["after"]
    ]
    return tuple(sorted(changed, key=lambda move: (-move[2], move[0], move[1])))


def codes_in(what_if: WhatIf) -> dict[str, list[str]]:
    """Which provinces, titles and care levels the answer has; one query."""
    rows = WhatIfGroup.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(what_if=what_if)
    keys = set(rows.values_list("province_code", "title", "care_level").distinct())
    columns = list(zip(*keys, strict=True)) or [(), (), ()]
    return {name: sorted(set(column)) for name, column in zip(_FIELDS[MovedBy.EVERYTHING], columns, strict=True)}
