"""Run the search in a process of its own with limits on memory and time.

Solver code is native: it can crash or be killed, and must then leave the caller a value to store, not an empty page.
`python -m lientuc.planning.optimiser.child <memory MB> <CPU seconds>` reads a `Task` as JSON and writes an `Answer`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import StrEnum
from pathlib import Path

from lientuc.core.errors import Refused

from .codec import Unreadable, from_json, to_json
from .model import Effort, Plan, PlanningProblem

MEBIBYTE = 1024 * 1024
_SOURCES = Path(__file__).resolve().parents[3]
_LAST_WORDS = 2_000
DEFAULT_EFFORT = Effort()


class FailedBecause(StrEnum):
    """Why there is no plan."""

    MEMORY = "memory"
    CPU_TIME = "cpu_time"
    WALL_TIME = "wall_time"
    CRASHED = "crashed"
    KILLED = "killed"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use; `cpu_seconds` and `wall_seconds` stand above `Effort.seconds`, which ends a good search."""

    memory_mb: int = 4096
    cpu_seconds: int = 120
    wall_seconds: float = 180.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem of a refused task, as `lientuc.core.errors.Problem` has it."""

    code: str
    field: str | None = None
    values: Mapping[str, int | str] = made_by(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A search without a plan: why, what the child last said (for the log), and what was wrong with the task."""

    because: FailedBecause
    detail: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What the child reads: a problem to plan, or to preview, from a plan in hand where there is one."""

    problem: PlanningProblem
    effort: Effort = DEFAULT_EFFORT
    preview: bool = False
    start: Plan | None = None


@dataclass(frozen=True, slots=True)
class FileTask:
    """What the child reads for files: the text of a problem file."""

    problem_file: str
    effort: Effort = DEFAULT_EFFORT


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child writes: one of the three."""

    plan: Plan | None = None
    plan_file: str | None = None
    failure: Failure | None = None


DEFAULT_LIMITS = Limits()


def plan_in_child(task: Task, *, limits: Limits = DEFAULT_LIMITS) -> Plan | Failure:
    """Draw the plan in a child process; every way in which that can end badly is a `Failure`."""
    answer = _asked(task, limits)
    return answer.plan or answer.failure or Failure(FailedBecause.CRASHED)


def solve_file_in_child(task: FileTask, *, limits: Limits = DEFAULT_LIMITS) -> str | Failure:
    """The text of the plan file for a problem file, drawn and checked in a child process."""
    answer = _asked(task, limits)
    return answer.plan_file or answer.failure or Failure(FailedBecause.CRASHED)


def _asked(task: Task | FileTask, limits: Limits) -> Answer:
    command = [sys.executable, "-m", __name__, str(limits.memory_mb), str(limits.cpu_seconds)]
    try:
        done = subprocess.run(
            command,
            input=to_json(task).encode(),
            capture_output=True,
            env=environment(),
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(failure=Failure(FailedBecause.WALL_TIME))
    except OSError as wrong:
        return Answer(failure=Failure(FailedBecause.CRASHED, str(wrong)))
    return _answer(done)


def main(memory_mb: int, cpu_seconds: int) -> None:
    """Answer the task on standard input under the limits given."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEBIBYTE, memory_mb * MEBIBYTE))
    # The soft limit signals, the hard one a second later kills: both are read from the exit code.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(to_json(_solved(sys.stdin.buffer.read().decode())).encode())


def _solved(text: str) -> Answer:
    try:
        task: Task | FileTask = from_json(FileTask if text.find('"problem_file":') >= 0 else Task, text)
        return _solved_file(task) if isinstance(task, FileTask) else _solved_task(task)
    except Unreadable as wrong:
        return Answer(failure=Failure(FailedBecause.UNREADABLE, str(wrong)))
    except Refused as wrong:
        faults = tuple(Fault(each.code, each.field, dict(each.values)) for each in wrong.problems)
        return Answer(failure=Failure(FailedBecause.REFUSED, faults=faults))
    except MemoryError:
        return Answer(failure=Failure(FailedBecause.MEMORY))


def _solved_task(task: Task) -> Answer:
    from .solve import plan, preview  # only here: solver code belongs to the child

    if task.preview:
        return Answer(preview(task.problem))
    return Answer(plan(task.problem, effort=task.effort, start=task.start))


def _solved_file(task: FileTask) -> Answer:
    from .check import check
    from .files import parse, read_instance
    from .plan_files import plan_file
    from .solve import plan

    problem = read_instance(parse(task.problem_file))
    found = plan(problem, effort=task.effort)
    violations = check(problem, found)
    if violations:
        return Answer(failure=Failure(FailedBecause.CRASHED, f"the plan breaks {violations[0].code}"))
    return Answer(plan_file=json.dumps(plan_file(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _answer(done: subprocess.CompletedProcess[bytes]) -> Answer:
    last_words = done.stderr.decode(errors="replace")[-_LAST_WORDS:]
    if done.returncode == 0:
        try:
            return from_json(Answer, done.stdout.decode(errors="replace"))
        except Unreadable as wrong:
            return Answer(failure=Failure(FailedBecause.CRASHED, str(wrong)))
    return Answer(failure=Failure(why_ended(done.returncode, last_words), last_words))


def why_ended(returncode: int, last_words: str) -> FailedBecause:
    """Read an exit code; native code that runs out of memory says so only in its last words."""
    if returncode == -signal.SIGXCPU:
        return FailedBecause.CPU_TIME
    if returncode == -signal.SIGKILL:
        return FailedBecause.KILLED
    if any(word in last_words for word in ("MemoryError", "bad_alloc", "failed to map", "Cannot allocate")):
        return FailedBecause.MEMORY
    return FailedBecause.CRASHED


def environment() -> dict[str, str]:
    """A bare environment: no secrets of the caller, one thread, the same package."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return keep | threads | {"PYTHONPATH": str(_SOURCES), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
