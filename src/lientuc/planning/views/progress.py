"""How far the search of a scenario is, as its page and its fragment show it."""

from __future__ import annotations

from dataclasses import dataclass

from ..enums import ProposalState, ScenarioPhase
from ..models import PlanProposal
from ..queries.plans import state_of

SEARCHING = (ProposalState.WAITING, ProposalState.RUNNING)
PHASES = tuple(phase for phase in ScenarioPhase if phase != ScenarioPhase.QUEUED)


@dataclass(frozen=True)
class Progress:
    """State, phase, seconds of the child, what is known so far."""

    state: ProposalState
    phase: ScenarioPhase
    share: int
    seconds: float
    preview: float | None
    bound: float | None
    stopping: bool
    step: int

    @property
    def running(self) -> bool:
        """Nothing to show yet, and something is being done or waits to be."""
        return self.state in SEARCHING

    @property
    def steps(self) -> int:
        """How many phases there are."""
        return len(PHASES)


def is_running(state: ProposalState) -> bool:
    """The search waits or works."""
    return state in SEARCHING


def progress_of(row: PlanProposal) -> Progress:
    """How far a proposal is; one without a scenario was made before there were scenarios."""
    scenario = getattr(row, "scenario", None)
    phase = ScenarioPhase(scenario.phase) if scenario else ScenarioPhase.QUEUED
    return Progress(
        state=state_of(row),
        phase=phase,
        share=row.job.done_share,
        seconds=scenario.seconds if scenario else 0,
        preview=scenario.preview_value if scenario else None,
        bound=scenario.bound if scenario else None,
        stopping=bool(scenario and scenario.stop_asked_at),
        step=PHASES.index(phase) + 1 if phase in PHASES else 0,
    )
