"""The job behind a scenario: read the plan, compute in a child process, check without a solver, keep what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped

from ..actions.proposals import store_proposal
from ..enums import ScenarioPhase
from ..models import PlanProposal, Scenario
from ..optimiser.check import check
from ..optimiser.child import Failure, Limits
from ..optimiser.model import Effort, Plan, PlanningProblem
from ..optimiser.weeks import check_weeks, place_in_weeks
from ..optimiser.worth import value_of
from ..policy import policy
from ..rules.scenarios import ScenarioDraft
from .computing import Job, Told
from .facts import Facts, basis_of
from .naming import in_words, names_of
from .outcome import Computed, outcome_of
from .problem import plan_in_hand, present_plan, problem_of
from .reading import problem_facts
from .watching import Stopped, Watch, run_watched

# How far the work is when each step is over.
SHARES = {"preview": 15, "bound": 35, "search": 80, "fairness": 90}
# What the child does after each step.
NEXT = {
    "preview": ScenarioPhase.BOUND,
    "bound": ScenarioPhase.SEARCH,
    "search": ScenarioPhase.FAIRNESS,
    "fairness": ScenarioPhase.WEEKS,
}
READ = 5


def improve(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """Run one scenario's search; raises Refused with the reason when there is no plan to propose."""
    rows = PlanProposal.objects.unscoped(WhyUnscoped.REBUILD).select_related("plan__organisation", "plan__finance")
    proposal = rows.get(public_id=payload["proposal"])
    scenario = Scenario.objects.unscoped(WhyUnscoped.REBUILD).get(proposal=proposal)
    journal = Journal(scenario, progress)
    journal.enter(ScenarioPhase.READING, READ)
    draft = draft_of(scenario)
    facts = problem_facts(proposal.plan, draft)
    refuse_if(facts.problems())
    if basis_of(facts.lines) != proposal.basis:
        raise Refused(Problem("planning.proposal_stale"))
    problem = problem_of(facts, policy(), equity_share=draft.equity_percent / 100)
    computed = _computed(facts, problem, journal)
    before = value_of(problem, *present_plan(facts, problem))
    store_proposal(proposal=proposal, outcome=outcome_of(facts, computed, before), by=SYSTEM)
    journal.enter(ScenarioPhase.DONE, 100)
    return {"proposal": payload["proposal"]}


def draft_of(scenario: Scenario) -> ScenarioDraft:
    """What a stored scenario tries."""
    choices = dict(scenario.choices)
    sources_off, kept_lines = tuple(choices.pop("sources_off", ())), tuple(choices.pop("kept_lines", ()))
    return ScenarioDraft(name=scenario.name, sources_off=sources_off, kept_lines=kept_lines, **choices)


class Journal:
    """Writes down how far the search is, so that pages can show it, and hears whether it is to stop."""

    def __init__(self, scenario: Scenario, progress: Callable[[int], None]) -> None:
        self.row = Scenario.objects.unscoped(WhyUnscoped.REBUILD).filter(pk=scenario.pk)
        self.progress = progress
        self.share = 0
        self.told: dict[str, Told] = {}
        self.row.update(preview_value=None, bound=None, seconds=0)

    def enter(self, phase: ScenarioPhase, share: int) -> None:
        """A new phase begins."""
        self.share = share
        self.row.update(phase=phase)
        self.progress(share)

    def hear(self, told: Told) -> None:
        """A step is over."""
        self.told[told.phase] = told
        if told.phase == "preview" and told.plan is not None:
            self.row.update(preview_value=told.plan.value)
        if told.bound is not None:
            self.row.update(bound=told.bound)
        self.enter(NEXT[told.phase], SHARES[told.phase])

    def tick(self, seconds: float) -> bool:
        """A second went by: renew the lease; False when somebody asked to stop."""
        self.progress(self.share)
        self.row.update(seconds=round(seconds, 1))
        return not self.row.filter(stop_asked_at__isnull=False).exists()


def _computed(facts: Facts, problem: PlanningProblem, journal: Journal) -> Computed:
    chosen = policy().effort
    effort = Effort(gap=chosen["gap"], nodes=chosen["nodes"], seconds=float(chosen["seconds"]))
    limits = Limits(chosen["memory_mb"], chosen["cpu_seconds"], float(chosen["wall_seconds"]))
    curves = policy().curves
    in_hand = plan_in_hand(facts, problem) if facts.opened else None
    job = Job(problem, effort, in_hand, tuple(curves["factors"]), tuple(curves["shares"]))
    journal.enter(ScenarioPhase.PREVIEW, READ)
    try:
        failure = run_watched(job, limits, Watch(journal.hear, journal.tick))
    except Stopped:
        raise Refused(Problem("planning.scenario_stopped")) from None
    if failure is not None:
        raise _refused(failure, facts)
    return _sound(facts, problem, journal)


def _sound(facts: Facts, problem: PlanningProblem, journal: Journal) -> Computed:
    """What the child told, once it has passed the checks that use no solver."""
    told = journal.told
    plan = told["search"].plan
    if plan is None:
        raise Refused(Problem("planning.child_crashed"))
    _refuse_unsound(problem, plan)
    calendar = place_in_weeks(problem, plan)
    faults = check_weeks(problem, plan, calendar)
    if faults:
        raise Refused(Problem("planning.check_failed", values={"detail": faults[0].code}))
    empty = Told("none")
    return Computed(
        plan=plan,
        calendar=calendar,
        budget=told.get("bound", empty).budget,
        equity=told.get("fairness", empty).equity,
        names=names_of(facts, problem),
    )


def _refused(failure: Failure, facts: Facts) -> Refused:
    """Why there is no plan, with the lines a lock concerns by their titles."""
    if failure.faults:
        return Refused([in_words(Problem(each.code, each.field, dict(each.values)), facts) for each in failure.faults])
    return Refused(Problem(f"planning.child_{failure.because}", values={"detail": ""}))


def _refuse_unsound(problem: PlanningProblem, plan: Plan) -> None:
    violations = check(problem, plan)
    if violations:
        codes = ", ".join(sorted({violation.code for violation in violations}))
        raise Refused(Problem("planning.check_failed", values={"detail": codes}))
