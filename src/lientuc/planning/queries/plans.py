"""Plans with their totals, their lines with what became of them, comments, proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from lientuc.core.formats import vnd_in_words
from lientuc.core.names import fold
from lientuc.curricula.models import Topic
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.trail.enums import JobState

from ..enums import ProposalState
from ..models import FundingSource, LocalRate, Plan, PlanComment, PlanLine, PlanLineNeed, PlanProposal
from .execution import Carried, added, carried

VIEW = "planning.view_plans"


@dataclass(frozen=True)
class Totals:
    """Sums over a plan's lines; the five amounts are đề nghị, thẩm định, được giao, đã chi, quyết toán (None: not known)."""

    lines: int
    classes: int
    persons: int
    requested_vnd: int
    appraised_vnd: int | None
    allotted_vnd: int | None
    spent_vnd: int | None
    settled_vnd: int | None

    @property
    def in_words(self) -> str:
        """The amount asked for in Vietnamese words, as papers print it."""
        return vnd_in_words(self.requested_vnd)


@dataclass(frozen=True)
class LineRow:
    """A line as the plan's page shows it: why it is there (persons of needs it serves) and what became of it."""

    line: PlanLine
    needs: int
    units: int
    served: int
    carried: Carried


@dataclass(frozen=True)
class Change:
    """A line before and after a proposal; `before` or `after` is None where it begins or ends. `kept`: locked or begun."""

    title: str
    topic: Topic | None
    provider: str
    before: PlanLine | None
    after: dict[str, Any] | None
    source: str
    kept: bool


def plans_for(by: Any, *, text: str = "", state: str = "", year: int | None = None) -> QuerySet[Plan]:
    """The plans `by` may see with their number of lines, persons and money, narrowed."""
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=OuterRef("pk")).order_by().values("plan")
    rows: QuerySet[Plan] = Plan.objects.visible_to(by, VIEW).select_related("organisation")
    rows = rows.annotate(
        line_count=Subquery(lines.annotate(n=Count("pk")).values("n")),
        person_count=Subquery(lines.annotate(n=Sum("persons")).values("n")),
        requested_vnd=Subquery(lines.annotate(n=Sum("requested_vnd")).values("n")),
        spent_vnd=Subquery(lines.annotate(n=Sum("spent_vnd")).values("n")),
    )
    if text:
        rows = rows.filter(Q(organisation__name_fold__contains=fold(text)) | Q(title__icontains=text.strip()))
    if state:
        rows = rows.filter(state=state)
    return rows.filter(year=year) if year else rows


def lines_of(plan: Plan) -> list[PlanLine]:
    """The lines of a plan in their order."""
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    return list(rows.select_related("topic", "provider__organisation", "source").order_by("place"))


def line_rows(plan: Plan, lines: Sequence[PlanLine]) -> list[LineRow]:
    """Lines with the needs they serve and what became of them; at most four queries."""
    links = PlanLineNeed.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan).order_by()
    served = {
        line: (needs, units, persons)
        for line, needs, units, persons in links.values_list("line_id").annotate(
            needs=Count("pk"), units=Count("need__organisation", distinct=True), n=Sum("persons")
        )
    }
    done = carried(plan)
    return [LineRow(line, *served.get(line.pk, (0, 0, 0)), done.get(line.pk, Carried())) for line in lines]


def totals_of(lines: Sequence[PlanLine]) -> Totals:
    """The sums over `lines`."""
    return Totals(
        lines=len(lines),
        classes=sum(line.classes for line in lines),
        persons=sum(line.persons for line in lines),
        requested_vnd=sum(line.requested_vnd for line in lines),
        appraised_vnd=added(line.appraised_vnd for line in lines),
        allotted_vnd=added(line.allotted_vnd for line in lines),
        spent_vnd=added(line.spent_vnd for line in lines),
        settled_vnd=added(line.settled_vnd for line in lines),
    )


def comments_on(plan: Plan) -> QuerySet[PlanComment]:
    """What departments wrote, newest first."""
    return PlanComment.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by("-pk")


def proposals_of(plan: Plan) -> list[PlanProposal]:
    """What the optimiser was asked for, newest first."""
    rows = PlanProposal.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).select_related("job")
    return list(rows.order_by("-pk")[:10])


def state_of(proposal: PlanProposal) -> ProposalState:
    """How far a proposal is; a job that ended badly is a failure whatever was stored."""
    if proposal.adopted_at is not None:
        return ProposalState.ADOPTED
    states = {
        JobState.QUEUED: ProposalState.WAITING,
        JobState.RUNNING: ProposalState.RUNNING,
        JobState.FAILED: ProposalState.FAILED,
        JobState.DONE: ProposalState.READY,
    }
    return states[JobState(proposal.job.state)]


def changes_of(proposal: PlanProposal) -> list[Change]:
    """Lines as they stand beside the lines proposed, in the order of the plan; four queries."""
    lines = {str(line.public_id): line for line in lines_of(proposal.plan)}
    rows = proposal.lines
    topics = Topic.objects.in_bulk({row["topic"] for row in rows})
    sources = _names(FundingSource, {row["source"] for row in rows if row["source"]}, "name")
    providers = _names(Provider, {row["provider"] for row in rows if row["provider"]}, "organisation__name")
    after = {row["line"]: row for row in rows if row["line"]}
    found = [_change(line, after.get(key), topics, sources, providers) for key, line in lines.items()]
    new = [_change(None, row, topics, sources, providers) for row in rows if row["line"] not in lines]
    return found + new


def _names(model: Any, ids: set[int], name: str) -> dict[int, str]:
    return dict(model.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=ids).values_list("pk", name))


def _change(
    line: PlanLine | None,
    row: dict[str, Any] | None,
    topics: dict[int, Topic],
    sources: dict[int, str],
    providers: dict[int, str],
) -> Change:
    performer = providers.get(row["provider"], row["performer"]) if row else ""
    return Change(
        title=row["title"] if row else str(line),
        topic=topics.get(row["topic"]) if row else (line.topic if line else None),
        provider=performer or (line.performer if line else ""),
        before=line,
        after=row,
        source=sources.get(row["source"], "") if row else "",
        kept=bool(row and row["fixed"]),
    )


def sources_for(by: Any) -> QuerySet[FundingSource]:
    """The sources `by` may see with the money planned from them in submitted and approved plans."""
    lines = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        source=OuterRef("pk"), plan__state__in=["submitted", "approved"]
    )
    planned = lines.order_by().values("source").annotate(n=Sum("requested_vnd")).values("n")
    rows: QuerySet[FundingSource] = FundingSource.objects.visible_to(by, VIEW).select_related("organisation")
    return rows.annotate(planned_vnd=Subquery(planned))


def rates_for(by: Any) -> QuerySet[LocalRate]:
    """The local rates `by` may see."""
    return LocalRate.objects.visible_to(by, VIEW).select_related("organisation")
