"""`lientuc plan-solve PROBLEM.json --out PLAN.json`: a problem file in, a plan file out; the search runs in a limited child."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from ..optimiser.child import FailedBecause, Failure, FileTask, Limits, solve_file_in_child
from ..optimiser.model import Effort

HELP = (
    "Draw up the best plan for a problem file (format cme-plan-instance/1); the plan is checked before it is written."
)
FAILED, WRONG = 1, 2
SPARE_SECONDS = 60


def main(arguments: list[str]) -> int:
    """0: the plan is written; 1: no plan, with the reason; 2: the problem file is wrong, with the place."""
    parser = ArgumentParser(prog="lientuc plan-solve", description=HELP)
    parser.add_argument("problem", type=Path, help="the problem file")
    parser.add_argument("--out", type=Path, required=True, help="the plan file to write")
    parser.add_argument("--seconds", type=float, default=3600.0, help="safety limit; below it the plan is repeatable")
    parser.add_argument("--memory-mb", type=int, default=4096, help="most memory of the search")
    options = parser.parse_args(arguments)
    if options.seconds <= 0:
        parser.error("--seconds must be greater than 0")
    began = perf_counter()
    try:
        text = options.problem.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        return _say(f"{options.problem}: {wrong}", WRONG)
    found = solve_file_in_child(FileTask(text, Effort(seconds=options.seconds)), limits=_limits(options))
    if isinstance(found, Failure):
        return _failed(options.problem, found)
    try:
        options.out.write_text(found, encoding="utf-8")
    except OSError as wrong:
        return _say(f"{options.out}: {wrong}", FAILED)
    return _say(f"{options.out}: written in {perf_counter() - began:.1f} s", 0)


def _limits(options: object) -> Limits:
    seconds = float(getattr(options, "seconds", 0.0)) + SPARE_SECONDS
    return Limits(int(getattr(options, "memory_mb", 0)), int(2 * seconds), 2 * seconds)


def _failed(problem: Path, failure: Failure) -> int:
    if failure.because is FailedBecause.UNREADABLE:
        return _say(f"{problem}: {failure.detail}", WRONG)
    if failure.because is FailedBecause.REFUSED:
        for fault in failure.faults:
            said = ", ".join(f"{name} {value}" for name, value in fault.values.items())
            _say(f"{problem}: {fault.field or ''}: {fault.code.removeprefix('planning.')}: {said}", WRONG)
        return WRONG
    return _say(f"no plan: {failure.because.value} {failure.detail}".rstrip(), FAILED)


def _say(text: str, code: int) -> int:
    sys.stderr.write(text + "\n")
    return code
