"""A line's fields kept beside each change of a draft, so that the last change can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lientuc.places.scope import WhyUnscoped

from .enums import LineEvent
from .models import Plan, PlanLine, PlanLineChange

# What a draft of a line holds; the money of finance department and treasury is not undone with it.
KEPT = (
    "year", "topic_id", "title", "audience", "provider_id", "performer", "classes", "persons", "from_quarter",
    "to_quarter", "unit_vnd", "cost_items", "requested_vnd", "source_id", "integrated_with", "reason", "note", "locked",
)  # fmt: skip


Kept = dict[str, Any]


def saved_line(line: PlanLine | None) -> Kept | None:
    """The content of a line as plain values, None for no line."""
    return None if line is None else {name: getattr(line, name) for name in KEPT}


def note_change(
    plan: Plan, place: int, before: Kept | None, after: Kept | None, by: Any, *, undoes: PlanLineChange | None = None
) -> None:
    """Keep one change of the line at `place`; before None: it was added, after None: it was removed."""
    note_changes(plan, [(place, before, after)], by, undoes=undoes)


def note_changes(
    plan: Plan,
    changes: Iterable[tuple[int, Kept | None, Kept | None]],
    by: Any,
    *,
    undoes: PlanLineChange | None = None,
) -> None:
    """Keep changes of several lines."""
    PlanLineChange.objects.bulk_create(
        PlanLineChange(
            plan=plan,
            place=place,
            event=_event(before, after),
            title=(after or before or {})["title"],
            before=before,
            after=after,
            undoes=undoes,
            made_by=str(by.public_id),
            author=by.full_name[:120],
        )
        for place, before, after in changes
    )


def _event(before: Kept | None, after: Kept | None) -> LineEvent:
    if before is None:
        return LineEvent.ADDED
    return LineEvent.REMOVED if after is None else LineEvent.EDITED


def restore(plan: Plan, place: int, line: PlanLine | None, before: Kept | None) -> None:
    """Make the line at `place` read as `before` says; None takes it away."""
    if before is None:
        PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan, place=place).delete()
        return
    line = line or PlanLine(plan=plan, place=place)
    for name, value in before.items():
        setattr(line, name, value)
    line.save()
