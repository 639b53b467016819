"""A job is leased, renewed, reaped when its worker dies, and never 'running' for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lientuc.core.clock import now
from lientuc.core.errors import Problem, Refused
from lientuc.trail.enums import JobState
from lientuc.trail.jobs import LEASE, MOST_ATTEMPTS, enqueue, reap, run_next
from lientuc.trail.models import Job

HERE = "tests.trail.test_jobs"


def doubled(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    progress(50)
    return {"doubled": payload["n"] * 2}


def refused(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    raise Refused(Problem("trail.already_taken"))


def broken(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    raise ZeroDivisionError


def endless(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    time.sleep(600)
    return {}


def queued(name: str) -> Job:
    return enqueue(work=f"{HERE}.{name}", payload={"n": 21}, made_by="test")


def test_job_runs_and_keeps_its_result(db: None) -> None:
    queued("doubled")
    job = run_next()
    assert job is not None
    assert (job.state, job.result, job.done_share, job.lease_until) == ("done", {"doubled": 42}, 100, None)


def test_nothing_to_run(db: None) -> None:
    assert run_next() is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("refused", {"code": "trail.already_taken", "values": {}}),
        ("broken", {"code": "trail.job_crashed", "values": {"detail": "ZeroDivisionError"}}),
    ],
)
def test_failed_job_says_why(db: None, name: str, problem: dict[str, Any]) -> None:
    queued(name)
    job = run_next()
    assert job is not None
    assert (job.state, job.problem) == ("failed", problem)


@pytest.mark.parametrize(("attempts", "state"), [(MOST_ATTEMPTS - 1, "queued"), (MOST_ATTEMPTS, "failed")])
def test_lost_job_is_tried_again_then_fails(db: None, attempts: int, state: str) -> None:
    job = queued("doubled")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=attempts, lease_until=now() - timedelta(seconds=1), worker="dead:1"
    )
    assert reap() == 1
    assert Job.objects.get(pk=job.pk).state == state


def test_living_lease_is_left_alone(db: None) -> None:
    job = queued("doubled")
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1, lease_until=now() + LEASE, worker="x:1")
    assert (reap(), Job.objects.get(pk=job.pk).state) == (0, "running")


def test_killed_worker_leaves_a_job_that_is_run_again(own_database: str) -> None:
    job = queued("endless")
    worker = subprocess.Popen(
        [sys.executable, "-m", "lientuc.config.cli", "worker", "--once"],
        env={**os.environ, "DATABASE_URL": own_database, "PYTHONPATH": "src:."},
    )
    deadline = time.monotonic() + 30
    while Job.objects.get(pk=job.pk).state != JobState.RUNNING and time.monotonic() < deadline:
        time.sleep(0.1)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    held = Job.objects.get(pk=job.pk)
    assert held.state == JobState.RUNNING
    Job.objects.filter(pk=job.pk).update(lease_until=now() - timedelta(seconds=1), kind=f"{HERE}.doubled")
    again = run_next()
    assert again is not None
    assert (again.state, again.attempts) == ("done", 2)
