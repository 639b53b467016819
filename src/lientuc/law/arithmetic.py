"""Small sums as written in examples: `60 + 2 * 1.5`, `min(9, 8)`, `down(12 * 184 / 365)`."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from decimal import Decimal

from lientuc.core.hours import hours, quarters_down

_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _down(value: Decimal) -> Decimal:
    return hours(quarters_down(value))


_FUNCTIONS: dict[str, Callable[..., Decimal]] = {"min": min, "max": max, "down": _down}


def worked_out(text: str) -> Decimal:
    """The value of a sum; ValueError for anything that is not numbers, + - * /, min, max or down (to a quarter hour)."""
    return _value(ast.parse(text.strip(), mode="eval").body)


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        return _FUNCTIONS[node.func.id](*(_value(argument) for argument in node.args))
    raise ValueError(f"not a sum: {ast.unparse(node)}")
