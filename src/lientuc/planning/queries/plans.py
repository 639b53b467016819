"""Plans with their totals, their lines with what became of them, comments, proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from lientuc.core.formats import vnd_in_words
from lientuc.core.names import fold
from lientuc.curricula.models import Topic
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import is_lost

from ..enums import MoneyColumn, PlanKind, PlanState, ProposalState
from ..models import (
    FundingSource,
    MoneyEntry,
    Plan,
    PlanComment,
    PlanLine,
    PlanLineChange,
    PlanLineNeed,
    PlanProposal,
    PlanTarget,
)
from ..rules.plans import years_of
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


def count_of_proposals(plan: Plan) -> int:
    """How often the optimiser was asked about a plan."""
    return PlanProposal.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).count()


def state_of(proposal: PlanProposal) -> ProposalState:
    """How far a proposal is; a job that ended badly is a failure whatever was stored, one nobody works on any more waits."""
    if proposal.adopted_at is not None:
        return ProposalState.ADOPTED
    if is_lost(proposal.job):
        return ProposalState.WAITING
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


def narrowed(rows: Sequence[LineRow], chosen: Mapping[str, Any]) -> list[LineRow]:
    """The rows that match what was chosen above the lines of a plan."""
    words = fold(chosen.get("q") or "")
    tests: dict[str, Callable[[LineRow, Any], bool]] = {
        "source": lambda row, key: (str(row.line.source.public_id) if row.line.source else "-") == key,
        "family": lambda row, key: row.line.topic.family == key,
        "quarter": lambda row, key: row.line.from_quarter <= key <= row.line.to_quarter,
        "year": lambda row, key: row.line.year == key,
        "show": lambda row, key: _SHOWN[key](row),
    }
    wanted = [(test, chosen[name]) for name, test in tests.items() if chosen.get(name)]
    return [row for row in rows if words in _words_of(row.line) and all(test(row, key) for test, key in wanted)]


_SHOWN: dict[str, Callable[[LineRow], bool]] = {
    "unserved": lambda row: not row.needs,
    "unopened": lambda row: not row.carried.opened,
    "locked": lambda row: bool(row.line.locked),
}


def _words_of(line: PlanLine) -> str:
    performer = line.provider.organisation.name if line.provider else line.performer
    return fold(" ".join((line.title, line.audience, performer, line.topic.name_vi, line.note, line.integrated_with)))


def money_columns(totals: Totals) -> list[MoneyColumn]:
    """The columns of money in which something is known."""
    return [column for column in MoneyColumn if getattr(totals, f"{column}_vnd") is not None]


def by_year(plan: Plan, lines: Sequence[PlanLine]) -> list[tuple[int, Totals, Plan | None]]:
    """The sums of each year of a plan, with the approved annual plan of that year where there is one; two queries."""
    annual = Plan.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        organisation=plan.organisation_id, kind=PlanKind.ANNUAL, state=PlanState.APPROVED
    )
    sums = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=OuterRef("pk")).order_by().values("plan")
    found = {
        row.year: row
        for row in annual.annotate(requested_vnd=Subquery(sums.annotate(n=Sum("requested_vnd")).values("n")))
    }
    years = years_of(plan.kind, plan.year)
    return [(year, totals_of([line for line in lines if line.year == year]), found.get(year)) for year in years]


def targets_of(plan: Plan) -> list[PlanTarget]:
    """What a plan aims at, in the order it was written."""
    rows = PlanTarget.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    return list(rows.order_by("pk"))


def changes_to_lines(plan: Plan) -> list[PlanLineChange]:
    """The last changes of a plan's lines, newest first; `undone` says that one was taken back."""
    rows = PlanLineChange.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan)
    later = rows.filter(place=OuterRef("place"), pk__gt=OuterRef("pk"))
    return list(rows.annotate(is_last=~Exists(later)).select_related("undoes").order_by("-pk")[:12])


def money_history(line: PlanLine) -> list[MoneyEntry]:
    """Who wrote which amount of a line, in all versions of its plan, the oldest first."""
    plan = line.plan
    rows = MoneyEntry.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(
        plan__organisation=plan.organisation_id, plan__year=plan.year, plan__kind=plan.kind, place=line.place
    )
    return list(rows.filter(plan__number__lte=plan.number).order_by("pk"))


def neighbours(line: PlanLine) -> tuple[PlanLine | None, PlanLine | None]:
    """The lines before and after one in its plan."""
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=line.plan_id)
    before = rows.filter(place__lt=line.place).order_by("-place").first()
    return before, rows.filter(place__gt=line.place).order_by("place").first()
