"""What changed between two versions of a plan, line by line: a line keeps its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lientuc.core import formats
from lientuc.places.scope import WhyUnscoped

from ..enums import LineEvent, LineField
from ..models import Plan, PlanLine
from ..papers.frame import quarters
from .plans import lines_of, totals_of


@dataclass(frozen=True)
class FieldChange:
    """One column of a line before and after, as printed."""

    field: LineField
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """A line that came, went or reads otherwise; `before` and `after` are None where there is none."""

    event: LineEvent
    before: PlanLine | None
    after: PlanLine | None
    fields: tuple[FieldChange, ...]

    @property
    def title(self) -> str:
        """The line's name, the later one."""
        return str(self.after or self.before)

    @property
    def difference_vnd(self) -> int:
        """By how much the request grew."""
        return (self.after.requested_vnd if self.after else 0) - (self.before.requested_vnd if self.before else 0)


@dataclass(frozen=True)
class Differences:
    """Two versions side by side."""

    before: Plan
    after: Plan
    lines: tuple[LineChange, ...]
    same: int
    before_vnd: int
    after_vnd: int

    @property
    def difference_vnd(self) -> int:
        """By how much the request grew."""
        return self.after_vnd - self.before_vnd


def versions_of(plan: Plan) -> list[Plan]:
    """All versions of a plan, the first one first."""
    rows = Plan.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        organisation=plan.organisation_id, year=plan.year, kind=plan.kind
    )
    return list(rows.order_by("number"))


def differences(before: Plan, after: Plan, language: str) -> Differences:
    """What changed from `before` to `after`."""
    earlier = {line.place: line for line in lines_of(before)}
    later = {line.place: line for line in lines_of(after)}
    found = [_line(earlier.get(place), later.get(place), language) for place in sorted(earlier | later)]
    changed = tuple(change for change in found if change is not None)
    return Differences(
        before=before,
        after=after,
        lines=changed,
        same=len(found) - len(changed),
        before_vnd=totals_of(list(earlier.values())).requested_vnd,
        after_vnd=totals_of(list(later.values())).requested_vnd,
    )


def _line(before: PlanLine | None, after: PlanLine | None, language: str) -> LineChange | None:
    if before is None or after is None:
        return LineChange(LineEvent.ADDED if before is None else LineEvent.REMOVED, before, after, ())
    fields = tuple(_fields(before, after, language))
    return LineChange(LineEvent.EDITED, before, after, fields) if fields else None


def _fields(before: PlanLine, after: PlanLine, language: str) -> Iterator[FieldChange]:
    earlier, later = _printed(before, language), _printed(after, language)
    for field, text in earlier.items():
        if text != later[field]:
            yield FieldChange(field, text, later[field])


def _printed(line: PlanLine, language: str) -> dict[LineField, str]:
    number = formats.number
    return {
        LineField.TITLE: line.title,
        LineField.TOPIC: line.topic.name_en if language == "en" else line.topic.name_vi,
        LineField.AUDIENCE: line.audience,
        LineField.PROVIDER: line.provider.organisation.name if line.provider else line.performer,
        LineField.YEAR: str(line.year),
        LineField.QUARTERS: quarters(line),
        LineField.CLASSES: number(line.classes, language=language),
        LineField.PERSONS: number(line.persons, language=language),
        LineField.MONEY: formats.vnd(line.requested_vnd, language=language),
        LineField.SOURCE: line.source.name if line.source else "",
        LineField.INTEGRATED: line.integrated_with,
        LineField.REASON: line.reason,
        LineField.NOTE: line.note,
    }
