"""The child's plan is the plan; whatever ends the child badly is a value."""

import json
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

from lientuc.planning.optimiser.child import (
    FailedBecause,
    Failure,
    Fault,
    FileTask,
    Limits,
    Task,
    plan_in_child,
    solve_file_in_child,
)
from lientuc.planning.optimiser.codec import plan_bytes
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.model import ClassLock, Effort
from lientuc.planning.optimiser.plan_files import plan_file
from lientuc.planning.optimiser.solve import plan, preview
from tests.planning.optimiser.by_hand import EXACT, problem, with_budget
from tests.planning.optimiser.data import generate_instances

LONG = Effort(gap=0.0, nodes=10**9, seconds=600.0)


def hard_problem():
    return read_instance(generate_instances.generate("province", 1))


def test_child_gives_the_same_plan():
    found = plan_in_child(Task(with_budget(13), EXACT))
    assert plan_bytes(found) == plan_bytes(plan(with_budget(13), effort=EXACT))


def test_child_previews():
    assert plan_bytes(plan_in_child(Task(problem(), preview=True))) == plan_bytes(preview(problem()))


def test_child_out_of_cpu_time_is_a_failure():
    found = plan_in_child(Task(hard_problem(), LONG), limits=Limits(cpu_seconds=3))
    assert found.because is FailedBecause.CPU_TIME


def test_child_out_of_wall_time_is_a_failure():
    found = plan_in_child(Task(hard_problem(), LONG), limits=Limits(wall_seconds=2.0))
    assert found == Failure(FailedBecause.WALL_TIME)


def children():
    """Processes of ours that run the search."""
    found = []
    for path in Path("/proc/self/task").glob("*/children"):
        for name in path.read_text().split():
            try:
                command = Path(f"/proc/{name}/cmdline").read_bytes()
            except OSError:
                continue
            if b"optimiser.child" in command:
                found.append(int(name))
    return found


def test_child_killed_from_outside_is_a_failure():
    answers = []
    asking = threading.Thread(target=lambda: answers.append(plan_in_child(Task(hard_problem(), LONG))))
    asking.start()
    moment = threading.Event()
    while not (found := children()):
        assert asking.is_alive()
        moment.wait(0.01)
    os.kill(found[0], signal.SIGKILL)
    asking.join()
    assert answers[0].because is FailedBecause.KILLED


def test_child_solves_a_problem_file():
    text = json.dumps(generate_instances.generate("small", 3))
    found = json.loads(solve_file_in_child(FileTask(text)))
    asked = read_instance(json.loads(text))
    assert found == json.loads(json.dumps(plan_file(plan(asked))))


def test_child_out_of_memory_is_a_failure():
    found = plan_in_child(Task(hard_problem(), LONG), limits=Limits(memory_mb=120))
    assert found.because is FailedBecause.MEMORY


def test_child_refuses_with_the_same_problems():
    asked = problem(locks=(ClassLock("O", 0, at_least=2), ClassLock("O", 0, at_most=1)))
    values = {"offering": "O", "quarter": 0, "at_least": 2, "at_most": 1}
    fault = Fault("planning.locks_contradict", "locks", values)
    assert plan_in_child(Task(asked)) == Failure(FailedBecause.REFUSED, faults=(fault,))


def test_child_that_cannot_read_its_task_says_so():
    broken = replace(problem(), quarters=("Q1",))
    assert plan_in_child(Task(broken)).because is FailedBecause.UNREADABLE
