"""The child's plan is the plan; whatever ends the child badly is a value."""

from dataclasses import replace

from lientuc.planning.optimiser.child import (
    FailedBecause,
    Failure,
    Fault,
    Limits,
    Task,
    plan_in_child,
)
from lientuc.planning.optimiser.codec import plan_bytes
from lientuc.planning.optimiser.instance import read_instance
from lientuc.planning.optimiser.model import ClassLock, Effort
from lientuc.planning.optimiser.solve import plan, preview
from tests.planning.optimiser.by_hand import EXACT, problem, with_budget
from tests.planning.optimiser.data import generate_instances

LONG = Effort(gap=0.0, nodes=10**9, seconds=600.0)


def hard_problem():
    return read_instance(generate_instances.generate("small", 1))


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
