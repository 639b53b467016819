"""Scenarios of a plan: the register, one beside another, curves, prices, locks of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lientuc.core.errors import Problem
from lientuc.places.scope import WhyUnscoped

from ..enums import ProposalState
from ..improving.locking import line_key, opened_classes
from ..models import FundingSource, LineLock, PlanLine, PlanProposal, Scenario
from ..models.plans import Plan
from ..optimiser import model
from ..optimiser.codec import from_json
from ..optimiser.compare import PlanDiff, compare
from ..rules.scenarios import LockDraft, LockFacts, why_not_keep
from .plans import state_of


@dataclass(frozen=True)
class ScenarioRow:
    """A scenario in the register; the sums are of its lines and None while there are none."""

    proposal: PlanProposal
    scenario: Scenario
    state: ProposalState
    tries: Tries
    classes: int | None
    persons: int | None
    vnd: int | None
    unmet: int | None

    @property
    def is_ready(self) -> bool:
        """It has a result to show and to compare."""
        return self.state in {ProposalState.READY, ProposalState.ADOPTED}


@dataclass(frozen=True)
class Tries:
    """What a scenario does otherwise than the plan, by names."""

    budget_percent: int
    equity_percent: int
    cautious: bool
    sources_off: tuple[str, ...]
    kept_lines: tuple[str, ...]
    without_locks: bool

    @property
    def nothing(self) -> bool:
        """It is the plan as it stands."""
        rest = (self.equity_percent, self.cautious, self.sources_off, self.kept_lines, self.without_locks)
        return self.budget_percent == 100 and not any(rest)


@dataclass(frozen=True)
class Side:
    """One of two scenarios compared: its row, its plan and what the codes of its plan mean."""

    row: ScenarioRow
    plan: model.Plan
    names: dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One thing that two scenarios have otherwise: what it is, where, how much before and after."""

    title: str
    place: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class Compared:
    """Two scenarios side by side."""

    first: Side
    second: Side
    classes: list[Difference]
    units: list[Difference]
    money: list[Difference]

    @property
    def gained(self) -> int:
        """Seats that units gain."""
        return sum(each.change for each in self.units if each.change > 0)

    @property
    def lost(self) -> int:
        """Seats that units lose."""
        return -sum(each.change for each in self.units if each.change < 0)


@dataclass(frozen=True)
class SourcePrice:
    """What one more million of a source is worth; `persons` for a hundred million, of middle priority."""

    source: str
    value: float
    low: float
    high: float
    kink: bool
    persons: float | None


def scenario_rows(plan: Plan) -> list[ScenarioRow]:
    """The scenarios of a plan, newest first; three queries."""
    rows = PlanProposal.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan, scenario__isnull=False)
    return rows_of(list(rows.select_related("job", "scenario", "plan__organisation").order_by("-pk")))


def rows_of(proposals: Sequence[PlanProposal]) -> list[ScenarioRow]:
    """Proposals as rows of the register; two queries."""
    tried = [each.scenario.choices for each in proposals]
    sources = _names(FundingSource, "name", [key for one in tried for key in one.get("sources_off", ())])
    lines = _names(PlanLine, "title", [key for one in tried for key in one.get("kept_lines", ())])
    return [_row(each, sources, lines) for each in proposals]


def _names(kind: Any, name: str, keys: Sequence[str]) -> dict[str, str]:
    rows = kind.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=set(keys))
    return {str(public_id): text for public_id, text in rows.values_list("public_id", name)}


def _row(proposal: PlanProposal, sources: dict[str, str], lines: dict[str, str]) -> ScenarioRow:
    choices = proposal.scenario.choices
    tries = Tries(
        budget_percent=choices.get("budget_percent", 100),
        equity_percent=choices.get("equity_percent", 0),
        cautious=bool(choices.get("cautious")),
        sources_off=tuple(sources[key] for key in choices.get("sources_off", ()) if key in sources),
        kept_lines=tuple(lines[key] for key in choices.get("kept_lines", ()) if key in lines),
        without_locks=bool(choices.get("without_locks")),
    )
    known = proposal.after_value is not None
    return ScenarioRow(
        proposal=proposal,
        scenario=proposal.scenario,
        state=state_of(proposal),
        tries=tries,
        classes=sum(line["classes"] for line in proposal.lines) if known else None,
        persons=sum(line["persons"] for line in proposal.lines) if known else None,
        vnd=sum(line["requested_vnd"] for line in proposal.lines) if known else None,
        unmet=sum(each["persons"] for each in proposal.unmet) if known else None,
    )


def plan_of_scenario(scenario: Scenario) -> model.Plan | None:
    """The optimiser's plan as it was stored."""
    return from_json(model.Plan, scenario.result) if scenario.result else None


def compared(first: ScenarioRow, second: ScenarioRow, language: str) -> Compared | None:
    """Two scenarios side by side, biggest changes first; None where one has no result."""
    plans = [plan_of_scenario(row.scenario) for row in (first, second)]
    if plans[0] is None or plans[1] is None:
        return None
    names = _joined(first.scenario.names, second.scenario.names)
    diff = compare(plans[0], plans[1])
    return Compared(
        Side(first, plans[0], first.scenario.names),
        Side(second, plans[1], second.scenario.names),
        classes=_classes(diff, names),
        units=_units(diff, names, language),
        money=[
            Difference(names["sources"].get(each.source, each.source), "", each.before_vnd, each.after_vnd)
            for each in diff.money
        ],
    )


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: first.get(name, {}) | second.get(name, {}) for name in ("offers", "units", "topics", "sources")}


def _classes(diff: PlanDiff, names: dict[str, dict[str, Any]]) -> list[Difference]:
    found = [
        Difference(
            names["offers"].get(each.offering, {}).get("title", each.offering),
            str(each.quarter + 1),
            each.before,
            each.after,
        )
        for each in diff.classes
    ]
    return sorted(found, key=lambda each: (-abs(each.change), each.title, each.place))


def _units(diff: PlanDiff, names: dict[str, dict[str, Any]], language: str) -> list[Difference]:
    found = [
        Difference(
            names["units"].get(each.organisation, each.organisation),
            names["topics"].get(each.programme, [each.programme] * 2)[language == "en"],
            each.before,
            each.after,
        )
        for each in diff.seats
    ]
    return sorted(found, key=lambda each: (-abs(each.change), each.title, each.place))


def prices_of(scenario: Scenario) -> list[SourcePrice]:
    """What more money of each source is worth, the dearest first."""
    names, weight = scenario.names.get("sources", {}), scenario.names.get("weight") or 0
    found = [
        SourcePrice(
            source=names.get(each["source"], each["source"]),
            value=each["value_per_million"],
            low=each["low"],
            high=each["high"],
            kink=each["kink"],
            persons=each["value_per_million"] * 100 / weight if weight else None,
        )
        for each in scenario.prices
    ]
    return sorted(found, key=lambda each: (-each.value, each.source))


def locks_of_line(line: PlanLine) -> list[LineLock]:
    """The locks on a line, by quarter."""
    return list(LineLock.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line=line).order_by("quarter", "pk"))


def locks_of_plan(plan: Plan) -> list[LineLock]:
    """All locks on the lines of a plan, in the order of the lines."""
    rows = LineLock.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(line__plan=plan)
    return list(rows.select_related("line__plan__organisation").order_by("line__place", "quarter", "pk"))


def broken_locks(proposal: PlanProposal) -> list[Problem]:
    """The planners' locks that a stored proposal does not keep: set after it was made, or left aside by it; two queries."""
    scenario = Scenario.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(proposal=proposal).first()
    plan = plan_of_scenario(scenario) if scenario is not None else None
    if plan is None:
        return []
    planned = {(each.offering, each.quarter + 1): each.count for each in plan.classes}
    kept = {row["line"] for row in proposal.lines if row["fixed"]}
    return [
        problem
        for lock in locks_of_plan(proposal.plan)
        if str(lock.line.public_id) not in kept
        for problem in why_not_keep(
            LockDraft(lock.quarter, lock.at_least, lock.at_most),
            lock.line.title,
            planned.get((line_key(lock.line), lock.quarter), 0),
        )
    ]


def lock_facts(line: PlanLine) -> LockFacts:
    """What a new lock on a line meets; two queries."""
    opened = opened_classes(line.plan, [line]).get(line.pk, {})
    return LockFacts(
        title=line.title,
        quarters=tuple(range(line.from_quarter, line.to_quarter + 1)),
        opened={quarter + 1: count for quarter, count in opened.items()},
        others=tuple(LockDraft(row.quarter, row.at_least, row.at_most) for row in locks_of_line(line)),
    )
