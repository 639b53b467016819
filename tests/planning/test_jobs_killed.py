"""Searches that end badly: the child or the worker is killed, memory or time runs out; the web lives and says why."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lientuc.accounts.enums import Role
from lientuc.core.clock import now
from lientuc.places.scope import WhyUnscoped
from lientuc.planning.actions import improve_plan, stop_scenario
from lientuc.planning.enums import ProposalState
from lientuc.planning.improving import work
from lientuc.planning.models import PlanLine, PlanProposal, Scenario
from lientuc.planning.optimiser.child import Limits
from lientuc.planning.queries.plans import state_of
from lientuc.trail import jobs
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import MOST_ATTEMPTS, run_next
from lientuc.trail.models import Job
from tests.planning.scenes import two_topics
from tests.world import World

PATIENCE = 60.0
CHILD = b"lientuc.planning.improving.computing"


def rows(model: Any) -> Any:
    return model.objects.unscoped(WhyUnscoped.SETUP)


def until(found: Callable[[], Any]) -> Any:
    """What is found, once it is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not come about")


def child_of(worker: int) -> int | None:
    """The process that computes for a worker."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat, command = (entry / "stat").read_text(), (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if CHILD in command and int(stat.rsplit(")", 1)[1].split()[1]) == worker:
                return int(entry.name)
    return None


def is_gone(pid: int) -> bool:
    """No process, or one that is only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def proposal(own_database: str) -> PlanProposal:
    """A search that waits for a worker."""
    world = World()
    made: PlanProposal = improve_plan(plan=two_topics(world), by=world.user(Role.HEALTH_DEPARTMENT))
    return made


@pytest.fixture
def worker(own_database: str, proposal: PlanProposal) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process of its own."""
    running = subprocess.Popen(
        [sys.executable, "-m", "lientuc.config.cli", "worker", "--once"],
        env={**os.environ, "DATABASE_URL": own_database, "PYTHONPATH": "src:."},
    )
    yield running
    running.kill()
    running.wait()


def page_of(proposal: PlanProposal, client: Client) -> str:
    client.force_login(World().user(Role.HEALTH_DEPARTMENT))
    answer = client.get(f"/ke-hoach/phuong-an/{proposal.public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def stored(proposal: PlanProposal) -> PlanProposal:
    found: PlanProposal = rows(PlanProposal).select_related("job", "scenario").get(pk=proposal.pk)
    return found


def held(worker: subprocess.Popen[bytes]) -> int:
    """The worker's child, held still in the middle of its work."""
    child: int = until(lambda: child_of(worker.pid))
    until(lambda: "highspy" in Path(f"/proc/{child}/maps").read_text())
    os.kill(child, signal.SIGSTOP)
    return child


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGKILL, "planning.child_killed"), (signal.SIGSEGV, "planning.child_crashed")]
)
def test_killed_or_crashed_child_is_a_failure_with_its_reason(
    proposal: PlanProposal, worker: subprocess.Popen[bytes], client: Client, sent: signal.Signals, code: str
) -> None:
    before = list(rows(PlanLine).values())
    child = held(worker)
    assert state_of(stored(proposal)) == ProposalState.RUNNING
    assert "hx-get" in page_of(proposal, client)
    os.kill(child, sent)
    os.kill(child, signal.SIGCONT)
    until(lambda: stored(proposal).job.state == JobState.FAILED)
    assert stored(proposal).job.problem["code"] == code
    assert "Kế hoạch giữ nguyên" in page_of(proposal, client)
    assert list(rows(PlanLine).values()) == before


def test_killed_worker_takes_its_child_along_and_the_next_one_does_the_work(
    proposal: PlanProposal, worker: subprocess.Popen[bytes], client: Client
) -> None:
    child = held(worker)
    worker.kill()
    worker.wait()
    until(lambda: is_gone(child))
    assert stored(proposal).job.state == JobState.RUNNING
    Job.objects.update(lease_until=now() - timedelta(seconds=1))
    assert "chờ máy tính đến lượt" in page_of(proposal, client)
    run_next()
    assert state_of(stored(proposal)) == ProposalState.READY


def lose(proposal: PlanProposal, worker: subprocess.Popen[bytes]) -> None:
    """The last worker that was to try it is killed, and its lease runs out."""
    held(worker)
    worker.kill()
    worker.wait()
    Job.objects.update(attempts=MOST_ATTEMPTS, lease_until=now() - timedelta(seconds=1))


def test_search_lost_too_often_says_so(proposal: PlanProposal, worker: subprocess.Popen[bytes], client: Client) -> None:
    lose(proposal, worker)
    assert run_next() is None
    found = stored(proposal)
    assert (state_of(found), found.job.problem["code"]) == (ProposalState.FAILED, "trail.job_lost")
    assert "Không tính được phương án" in page_of(proposal, client)


def test_twin_without_the_reaper_leaves_it_running_for_ever(
    proposal: PlanProposal, worker: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(proposal, worker)
    monkeypatch.setattr(jobs, "reap", lambda: 0)
    assert run_next() is None
    assert stored(proposal).job.state == JobState.RUNNING


def test_stop_button_ends_a_running_search(proposal: PlanProposal, worker: subprocess.Popen[bytes]) -> None:
    child = held(worker)
    scenario = rows(Scenario).select_related("proposal__job", "proposal__plan__organisation").get()
    stop_scenario(scenario=scenario, by=World().user(Role.HEALTH_DEPARTMENT))
    until(lambda: stored(proposal).job.state == JobState.FAILED)
    assert stored(proposal).job.problem["code"] == "planning.scenario_stopped"
    assert is_gone(child)


def test_living_worker_renews_its_lease_while_the_child_works(
    proposal: PlanProposal, worker: subprocess.Popen[bytes]
) -> None:
    child = held(worker)
    soon = now() + timedelta(seconds=1)
    Job.objects.update(lease_until=soon)
    until(lambda: Job.objects.get().lease_until > soon + timedelta(seconds=60))
    assert stored(proposal).scenario.seconds > 0
    os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(memory_mb=64, cpu_seconds=60, wall_seconds=60.0), "planning.child_memory"),
        (Limits(memory_mb=4096, cpu_seconds=60, wall_seconds=0.0), "planning.child_wall_time"),
    ],
)
def test_child_over_its_limits_says_which(db: None, monkeypatch: pytest.MonkeyPatch, limits: Limits, code: str) -> None:
    world = World()
    made = improve_plan(plan=two_topics(world), by=world.user(Role.HEALTH_DEPARTMENT))
    monkeypatch.setattr(work, "Limits", lambda *given: limits)
    run_next()
    found = stored(made)
    assert (found.job.state, found.after_value) == (JobState.FAILED, None)
    assert found.job.problem["code"] in {code, "planning.child_crashed" if "memory" in code else code}


def test_plan_that_breaks_a_rule_is_not_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child whose plan does not hold is found out by the check, which uses no solver."""
    world = World()
    made = improve_plan(plan=two_topics(world), by=world.user(Role.HEALTH_DEPARTMENT))
    heard = work.Journal.hear

    def spoilt(journal: work.Journal, told: Any) -> None:
        if told.plan is not None:
            told = replace(told, plan=replace(told.plan, value=told.plan.value + 1))
        heard(journal, told)

    monkeypatch.setattr(work.Journal, "hear", spoilt)
    run_next()
    assert stored(made).job.problem["code"] == "planning.check_failed"
