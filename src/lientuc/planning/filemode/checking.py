"""`lientuc plan-check PROBLEM.json PLAN.json`: judge any plan file, with no solver; prints what it found as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from lientuc.core.errors import Refused

from ..optimiser.bound import Unproved, prove_bound
from ..optimiser.check import check_parts
from ..optimiser.codec import Unreadable
from ..optimiser.files import parse, read_instance
from ..optimiser.model import Plan, PlanningProblem
from ..optimiser.plan_files import read_plan_file
from ..optimiser.problems import problems_of
from ..optimiser.worth import value_of

HELP = "Check a plan file against its problem file: limits, money to the đồng, reasons, value, and the bound it claims."
BROKEN, WRONG = 1, 2
SHOWN = 20


def main(arguments: list[str]) -> int:
    """0: the plan is good; 1: it breaks a rule; 2: a file cannot be read."""
    parser = ArgumentParser(prog="lientuc plan-check", description=HELP)
    parser.add_argument("problem", type=Path, help="the problem file")
    parser.add_argument("plan", type=Path, help="the plan file")
    options = parser.parse_args(arguments)
    try:
        problem = _read(options.problem, read_instance)
        _refuse(options.problem, problem)
        plan, parts = _read(options.plan, read_plan_file)
    except (OSError, Unreadable) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return WRONG
    found = check_parts(problem, plan, parts)
    proved, said = _proof(problem, plan)
    broken = [{"code": each.code, **each.values} for each in found] + said
    known = not any(each.code == "seat_line_wrong" or each.code == "class_line_wrong" for each in found)
    report = {
        "value": value_of(problem, plan.classes, plan.seats) if known else None,
        "bound": plan.bound,
        "bound_proved": proved,
        "violations": len(broken),
        "first": broken[:SHOWN],
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return BROKEN if broken else 0


def _read(path: Path, read: Any) -> Any:
    try:
        return read(parse(path.read_text(encoding="utf-8")))
    except (Unreadable, UnicodeDecodeError) as wrong:
        raise Unreadable(f"{path}: {wrong}") from wrong


def _refuse(path: Path, problem: PlanningProblem) -> None:
    try:
        found = problems_of(problem)
    except Refused as refused:
        found = list(refused.problems)
    if found:
        values = ", ".join(f"{name} {value}" for name, value in found[0].values.items())
        raise Unreadable(f"{path}: {found[0].field}: {found[0].code.removeprefix('planning.')}: {values}")


def _proof(problem: PlanningProblem, plan: Plan) -> tuple[bool, list[dict[str, Any]]]:
    """Whether the certificate proves the bound; a claim that it does not prove is a violation."""
    if plan.certificate is None or plan.bound is None:
        return False, []
    try:
        bound = prove_bound(problem, plan.certificate)
    except Unproved as wrong:
        return False, [{"code": "bound_unproved", "why": str(wrong)}]
    if abs(bound - plan.bound) > 1e-6 * max(1.0, abs(bound)):
        return False, [{"code": "bound_unproved", "why": f"the prices prove {bound:.6f}, not {plan.bound:.6f}"}]
    return True, []
