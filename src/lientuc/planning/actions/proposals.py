"""What the optimiser makes of a plan: asked for, stored by the job, adopted by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lientuc.accounts.permissions import require
from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.core.names import tidy
from lientuc.core.phrases import Phrase
from lientuc.places.scope import WhyUnscoped
from lientuc.trail.jobs import cancel, enqueue
from lientuc.trail.record import action

from ..enums import CommentKind
from ..improving.facts import basis_of
from ..improving.naming import in_words
from ..improving.outcome import Outcome
from ..improving.problem import problem_of
from ..improving.reading import AS_IT_STANDS, problem_facts
from ..linking import relink
from ..models import Need, Plan, PlanLine, PlanProposal, Scenario
from ..optimiser.codec import to_json
from ..optimiser.problems import problems_of
from ..policy import policy
from ..queries.scenarios import broken_locks
from ..rules import plans as rules
from ..rules.scenarios import ScenarioDraft, scenario_problems
from ..writing import comment, locked_plan

WORK = "lientuc.planning.improving.work.improve"
NAME = Phrase("Phương án {n}", "Scenario {n}")


@action("planning.improve_plan")
def improve_plan(*, plan: Plan, by: Any, draft: ScenarioDraft = AS_IT_STANDS, key: str = "") -> PlanProposal:
    """Ask the optimiser for a better plan under a scenario; the search runs in the background and changes nothing by itself.

    Refused where there is nothing to compute, and where locks contradict each other.
    """
    require(by, "planning.edit_plan", plan.organisation)
    plan = locked_plan(plan)
    refuse_if(rules.why_not_edit(plan.state))
    refuse_if(scenario_problems(draft))
    facts = problem_facts(plan, draft)
    refuse_if(facts.problems())
    refuse_if(in_words(each, facts) for each in problems_of(problem_of(facts, policy())))
    proposal = PlanProposal(plan=plan, basis=basis_of(facts.lines), asked_by=str(by.public_id))
    proposal.job = enqueue(work=WORK, payload={"proposal": str(proposal.public_id)}, made_by=str(by.public_id))
    proposal.save()
    choices = asdict(draft)
    name = tidy(choices.pop("name")) or _next_name(plan)
    Scenario.objects.create(proposal=proposal, name=name, choices=choices)
    return proposal


def _next_name(plan: Plan) -> str:
    count = PlanProposal.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).count()
    return NAME.in_language("vi", n=count)


@action("planning.stop_scenario")
def stop_scenario(*, scenario: Scenario, by: Any, key: str = "") -> Scenario:
    """Ask a search to stop: one that waits fails at once, one that runs within a second or two."""
    require(by, "planning.edit_plan", scenario.organisation)
    if scenario.stop_asked_at is None:
        scenario.stop_asked_at, scenario.stop_asked_by = now(), str(by.public_id)
        scenario.save(update_fields=["stop_asked_at", "stop_asked_by"])
    cancel(job=scenario.proposal.job, problem=Problem("planning.scenario_stopped"))
    return scenario


@action("planning.store_proposal")
def store_proposal(*, proposal: PlanProposal, outcome: Outcome, by: Any) -> PlanProposal:
    """Keep what the search found; the job calls it as the system."""
    require(by, "planning.edit_plan", proposal.plan.organisation)
    proposal.before_value, proposal.after_value, proposal.gap = outcome.before_value, outcome.after_value, outcome.gap
    proposal.lines, proposal.unmet = list(outcome.lines), list(outcome.unmet)
    proposal.problem_digest, proposal.versions = outcome.problem_digest, dict(outcome.versions)
    proposal.save()
    found = outcome.computed
    Scenario.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(proposal=proposal).update(
        result=to_json(found.plan),
        bound=found.plan.bound,
        names=dict(found.names),
        prices=[asdict(each) for each in found.plan.prices],
        budget_points=[asdict(each) for each in found.budget],
        equity_points=[asdict(each) for each in found.equity],
        calendar=asdict(found.calendar),
    )
    return proposal


@action("planning.adopt_proposal")
def adopt_proposal(*, proposal: PlanProposal, by: Any, reason: str = "", key: str = "") -> PlanProposal:
    """Let a proposal replace the unlocked lines of the plan it was made for, if nobody has changed them since.

    One that is worth less than the plan as it stands needs a reason, which is kept as a comment.
    """
    require(by, "planning.edit_plan", proposal.plan.organisation)
    plan = locked_plan(proposal.plan)
    refuse_if(rules.why_not_edit(plan.state))
    if proposal.adopted_at is not None:
        raise Refused(Problem("planning.proposal_adopted"))
    if proposal.after_value is None:
        raise Refused(Problem("planning.proposal_not_ready"))
    lines = list(PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(plan=plan).order_by("place"))
    if basis_of(lines) != proposal.basis:
        raise Refused(Problem("planning.proposal_stale"))
    worse = proposal.before_value is not None and proposal.after_value < proposal.before_value
    refuse_if((*rules.why_not_adopt(worse=worse, reason=reason), *broken_locks(proposal)))
    _replace(plan, lines, proposal.lines)
    if reason.strip():
        comment(plan, CommentKind.PROPOSAL, reason, by)
    proposal.adopted_at, proposal.adopted_by = now(), str(by.public_id)
    proposal.save(update_fields=["adopted_at", "adopted_by"])
    return proposal


def _replace(plan: Plan, lines: list[PlanLine], proposed: list[Mapping[str, Any]]) -> None:
    rows = PlanLine.objects.unscoped(WhyUnscoped.ROW_IN_HAND)
    kept = {str(line.public_id): line for line in lines}
    named = {row["line"] for row in proposed if row["line"]}
    dropped = [line.pk for key, line in kept.items() if key not in named]
    rows.filter(plan=plan, pk__in=dropped).delete()
    place = max((line.place for line in lines), default=0)
    wanted: dict[int, dict[int, int]] = {}
    needs = _needs_named(proposed)
    for row in proposed:
        line = kept.get(row["line"] or "")
        if line is None:
            place += 1
            line = PlanLine(plan=plan, place=place, topic_id=row["topic"], year=plan.year)
        if not row["fixed"]:
            _set(line, row)
            line.save()
            wanted[line.pk] = {needs[key]: persons for key, persons in row["needs"].items() if key in needs}
    relink(plan, wanted)


def _set(line: PlanLine, row: Mapping[str, Any]) -> None:
    line.title, line.audience = row["title"], row["audience"]
    line.provider_id, line.performer = row["provider"], row["performer"]
    line.classes, line.persons = row["classes"], row["persons"]
    line.from_quarter, line.to_quarter = row["from_quarter"], row["to_quarter"]
    line.unit_vnd, line.requested_vnd = row["unit_vnd"], row["requested_vnd"]
    line.cost_items = row["cost_items"]
    line.source_id, line.note = row["source"], row["note"]


def _needs_named(proposed: list[Mapping[str, Any]]) -> dict[str, int]:
    keys = {key for row in proposed for key in row["needs"]}
    found = Need.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(public_id__in=keys)
    return {str(public_id): pk for public_id, pk in found.values_list("public_id", "pk")}
