"""The job behind the button: read the plan, search in a child process, check without a solver, keep the proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lientuc.accounts.models import SYSTEM
from lientuc.core.errors import Problem, Refused, refuse_if
from lientuc.places.scope import WhyUnscoped

from ..actions.proposals import store_proposal
from ..models import PlanProposal
from ..optimiser.check import check
from ..optimiser.child import Failure, Limits, Task, plan_in_child
from ..optimiser.model import Effort, Plan, PlanningProblem
from ..optimiser.worth import value_of
from ..policy import policy
from .facts import basis_of
from .outcome import outcome_of
from .problem import present_plan, problem_of
from .reading import problem_facts

READ, SEARCHED, CHECKED = 10, 80, 90


def improve(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """Run one proposal's search; raises Refused with the reason when there is no plan to propose."""
    rows = PlanProposal.objects.unscoped(WhyUnscoped.REBUILD).select_related("plan__organisation", "plan__finance")
    proposal = rows.get(public_id=payload["proposal"])
    facts = problem_facts(proposal.plan, cautious=bool(payload.get("cautious")))
    refuse_if(facts.problems())
    if basis_of(facts.lines) != proposal.basis:
        raise Refused(Problem("planning.proposal_stale"))
    problem = problem_of(facts, policy())
    progress(READ)
    plan = _searched(problem)
    progress(SEARCHED)
    _refuse_unsound(problem, plan)
    progress(CHECKED)
    before = value_of(problem, *present_plan(facts, problem))
    store_proposal(proposal=proposal, outcome=outcome_of(facts, plan, before), by=SYSTEM)
    return {"proposal": payload["proposal"]}


def _searched(problem: PlanningProblem) -> Plan:
    chosen = policy().effort
    effort = Effort(gap=chosen["gap"], nodes=chosen["nodes"], seconds=float(chosen["seconds"]))
    limits = Limits(chosen["memory_mb"], chosen["cpu_seconds"], float(chosen["wall_seconds"]))
    found = plan_in_child(Task(problem, effort), limits=limits)
    if isinstance(found, Failure):
        detail = ", ".join(fault.code for fault in found.faults)
        raise Refused(Problem(f"planning.child_{found.because}", values={"detail": detail}))
    return found


def _refuse_unsound(problem: PlanningProblem, plan: Plan) -> None:
    violations = check(problem, plan)
    if violations:
        codes = ", ".join(sorted({violation.code for violation in violations}))
        raise Refused(Problem("planning.check_failed", values={"detail": codes}))
