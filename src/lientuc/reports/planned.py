"""Classes of approved plans that nobody has opened yet, told to the room that explains standings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from lientuc.credits.closing import PlannedClass
from lientuc.credits.queries.grounds import FAMILY_OF
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.enums import PlanState
from lientuc.planning.models import PlanLine, PlanLineNeed
from lientuc.registry.enums import Title
from lientuc.registry.models import HealthWorker

_MOST = 12


def planned_for(worker: HealthWorker, on: date) -> Iterator[PlannedClass]:
    """Lines of plans of the person's unit or of those above it, for the unit's needs or the title's topics; one query.

    Left out are lines of past quarters and those whose classes were all opened.
    """
    keeper = worker.keeper
    mine = PlanLineNeed.objects.unscoped(WhyUnscoped.RULE).filter(line=OuterRef("pk"), need__organisation=keeper)
    quarter = (on.month + 2) // 3
    rows = (
        PlanLine.objects.unscoped(WhyUnscoped.RULE)
        .filter(Q(year__gt=on.year) | Q(year=on.year, to_quarter__gte=quarter))
        .filter(plan__state=PlanState.APPROVED, plan__organisation__in=_on_both_lines(keeper))
        .annotate(opened=Count("runs"), for_unit=Exists(mine))
        .filter(Q(for_unit=True) | Q(topic__family=FAMILY_OF[Title(worker.title)]), opened__lt=F("classes"))
        .select_related("plan__organisation")
        .order_by("year", "from_quarter", "pk")
    )
    for line in rows[:_MOST]:
        yield PlannedClass(
            title=line.title,
            planner=line.performer or line.plan.organisation.name,
            year=line.year,
            from_quarter=line.from_quarter,
            to_quarter=line.to_quarter,
            classes=line.classes - line.opened,
            seats=line.persons // line.classes,
            for_unit=line.for_unit,
        )


def _on_both_lines(unit: Organisation) -> set[int]:
    """The unit and everybody above it on either line."""
    steps = (*unit.employer_path.split("/"), *unit.professional_path.split("/"))
    return {unit.pk, *(int(step) for step in steps if step)}
