"""What the rules of a plan's lines ask about the rest of the world, read once for any number of lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.rows import in_force

from .enums import PlanState
from .models import FundingSource, LocalRate, Plan, PlanLine
from .rules.lines import LineDraft, LineFacts, SourceFacts
from .rules.plans import SourceLoad, years_of

Training = tuple[int, str, int]


def above(organisation: Organisation) -> list[int]:
    """Ids of an organisation and everything above it on both lines, nearest first on the employer line."""
    employer = [int(pk) for pk in organisation.employer_path.strip("/").split("/") if pk]
    professional = [int(pk) for pk in organisation.professional_path.strip("/").split("/") if pk]
    return list(dict.fromkeys([*reversed(employer), *reversed(professional)]))


def sources_of(organisation: Organisation, years: range) -> QuerySet[FundingSource]:
    """Sources of an organisation and of those above it, in force on some day of `years`."""
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    rows = FundingSource.objects.unscoped(WhyUnscoped.RULE).filter(
        Q(to_on__isnull=True) | Q(to_on__gte=first), organisation__in=above(organisation), from_on__lte=last
    )
    return rows.order_by("name_fold", "pk")


def rates_of(organisation: Organisation, on: date) -> dict[str, int]:
    """Local rates in force, the nearest organisation's where several fixed one; one query."""
    near = {pk: place for place, pk in enumerate(above(organisation))}
    rows = LocalRate.objects.unscoped(WhyUnscoped.RULE).filter(in_force(on), organisation__in=near, source__isnull=True)
    far_first = sorted(rows, key=lambda row: -near[row.organisation_id])
    return {row.norm: row.amount_vnd for row in far_first}


def norms_of(sources: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """The norms the owners of sources fixed, by source and code of the norm; one query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = LocalRate.objects.unscoped(WhyUnscoped.RULE).filter(in_force(on), source__in=list(sources))
    for row in rows.order_by("from_on"):
        found[row.source_id][row.norm] = row.amount_vnd
    return found


def live_lines() -> QuerySet[PlanLine]:
    """Lines of plans that are approved, or submitted where no version of the same plan stands approved."""
    rows = PlanLine.objects.unscoped(WhyUnscoped.RULE)
    standing = Plan.objects.unscoped(WhyUnscoped.RULE).filter(
        organisation=OuterRef("plan__organisation"),
        year=OuterRef("plan__year"),
        kind=OuterRef("plan__kind"),
        state=PlanState.APPROVED,
    )
    waiting = Q(plan__state=PlanState.SUBMITTED) & ~Exists(standing)
    return rows.filter(Q(plan__state=PlanState.APPROVED) | waiting)


def other_lines(plan: Plan) -> QuerySet[PlanLine]:
    """Live lines of other plans; other versions of this plan do not count beside it."""
    return live_lines().exclude(plan__organisation=plan.organisation_id, plan__year=plan.year, plan__kind=plan.kind)


class PlanBook:
    """The sources, rates and trainings a plan's lines are measured against; `take` adds a line that is not saved yet."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.years = years_of(plan.kind, plan.year)
        self.sources = {row.pk: row for row in sources_of(plan.organisation, self.years)}
        self.rates = rates_of(plan.organisation, date(plan.year, 1, 1))
        self.norms = norms_of(self.sources, date(plan.year, 1, 1))
        self.used: dict[int, int] = defaultdict(int)
        self.paid_by: dict[Training, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self.lines = list(PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan))
        for line in self.lines:
            self._count(_training_of(line), line.source_id, line.requested_vnd, 1)
        self._read_other_plans()

    def facts(self, draft: LineDraft, *, instead_of: PlanLine | None = None) -> LineFacts:
        """What the rules ask about one line; `instead_of` is the saved line it replaces."""
        if instead_of is not None:
            self._count(_training_of(instead_of), instead_of.source_id, instead_of.requested_vnd, -1)
        found = LineFacts(
            years=self.years,
            source=self._source(draft),
            paid_twice=self._paid_twice(draft),
            rates=self.rates,
            norms=self.norms.get(draft.source.pk, {}) if draft.source else {},
        )
        if instead_of is not None:
            self._count(_training_of(instead_of), instead_of.source_id, instead_of.requested_vnd, 1)
        return found

    def take(self, draft: LineDraft) -> None:
        """Count a line that will be saved, so that the next one is measured against it too."""
        self._count(_training(draft), draft.source.pk if draft.source else None, draft.total_vnd, 1)

    def loads(self) -> tuple[SourceLoad, ...]:
        """What the sources of this plan's lines carry, with the other plans."""
        own = {line.source_id for line in self.lines if line.source_id}
        return tuple(
            SourceLoad(row.name, row.ceiling_vnd, self.used[pk]) for pk, row in self.sources.items() if pk in own
        )

    def left_of(self, source: FundingSource, *, without: Iterable[PlanLine] = ()) -> int:
        """What is left of a source when the lines `without` are taken away."""
        freed = sum(line.requested_vnd for line in without if line.source_id == source.pk)
        return max(0, source.ceiling_vnd - self.used[source.pk] + freed)

    def _source(self, draft: LineDraft) -> SourceFacts | None:
        source = draft.source
        if source is None:
            return None
        return SourceFacts(
            name=source.name,
            ceiling_vnd=source.ceiling_vnd,
            used_vnd=self.used[source.pk],
            from_on=source.from_on,
            to_on=source.to_on,
            topics=tuple(source.topics),
            closed=source.closed_at is not None,
        )

    def _paid_twice(self, draft: LineDraft) -> tuple[str, ...]:
        training = _training(draft)
        if draft.source is None or training is None:
            return ()
        others = [pk for pk, lines in self.paid_by[training].items() if lines > 0 and pk != draft.source.pk]
        return tuple(sorted(self.sources[pk].name for pk in others if pk in self.sources))

    def _count(self, training: Training | None, source: int | None, vnd: int, sign: int) -> None:
        if source is None:
            return
        self.used[source] += sign * vnd
        if training is not None:
            self.paid_by[training][source] += sign

    def _read_other_plans(self) -> None:
        rows = other_lines(self.plan).filter(source__in=list(self.sources)).order_by()
        for source, vnd in rows.values_list("source").annotate(vnd=Sum("requested_vnd")):
            self.used[source] += vnd
        for topic, provider, performer, year, source in rows.values_list(
            "topic", "provider", "performer", "year", "source"
        ).distinct():
            training = _key(topic, provider, performer, year)
            if training is not None:
                self.paid_by[training][source] += 1


def _training_of(line: Any) -> Training | None:
    return _key(line.topic_id, line.provider_id, line.performer, line.year)


def _training(draft: LineDraft) -> Training | None:
    if draft.topic is None:
        return None
    return _key(draft.topic.pk, draft.provider.pk if draft.provider else None, draft.performer, draft.year)


def _key(topic: int, provider: int | None, performer: str, year: int) -> Training | None:
    """The same topic by the same performer in the same year; None where nobody says who performs it."""
    who = f"#{provider}" if provider else fold(performer)
    return (topic, who, year) if who else None
