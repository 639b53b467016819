"""The expressions of relevance and constraint: a named subset of XLSForm, read and evaluated on the server.

Allowed are comparison (= != < <= > >=), and, or, not(), selected(), count-selected(), if(), arithmetic
(+ - * div mod), ${name}, `.`, numbers and quoted texts. Anything else is refused with its position.
Semantics are XPath's: a text that is no number compares as "not a number", for which every comparison but != is false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from lientuc.core.errors import Problem, Refused

LONGEST = 1000
DEEPEST = 40

Value = str | Decimal | bool | None
"""None is XPath's "not a number"."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a quoted text."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Name:
    """`${name}`: another item's answer."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """`.`: the answer of the item itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its arguments."""

    operator: str
    arguments: tuple[Node, ...]


Node = Literal | Name | Here | Call


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<name>\$\{\s*[A-Za-z_][A-Za-z0-9_.-]*\s*\})"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<compare><=|>=|!=|=|<|>)"
    r"|(?P<sign>[+*(),.-])"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z_][A-Za-z0-9_]*)*)"
)
_ARITY = {"not": 1, "selected": 2, "count-selected": 1, "if": 3}


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The expression as a tree; Refused with the position (from 1) of the first thing that is not understood."""
    if len(text) > LONGEST:
        raise _unreadable(LONGEST, text[LONGEST : LONGEST + 10])
    node = _Parser(list(_tokens(text))).whole()
    if _depth(node) > 4 * DEEPEST:
        raise _unreadable(0, text[:10])
    return node


def names_in(node: Node) -> frozenset[str]:
    """The items an expression asks about."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Call):
        return frozenset().union(*(names_in(argument) for argument in node.arguments))
    return frozenset()


def is_true(text: str, answers: Mapping[str, str], here: str = "") -> bool:
    """Whether the expression holds for these answers (missing ones count as empty); the empty expression always does."""
    return _truth(evaluate(parse(text), answers, here)) if text.strip() else True


def bounds(text: str) -> tuple[Decimal | None, Decimal | None] | None:
    """Least and greatest value of a constraint that only says `. >= a and . <= b`; None where it says something else."""
    if not text.strip():
        return None
    low: Decimal | None = None
    high: Decimal | None = None
    for part in _conjuncts(parse(text)):
        match part:
            case Call(">=", (Here(), Literal(Decimal() as value))):
                low = value
            case Call("<=", (Here(), Literal(Decimal() as value))):
                high = value
            case _:
                return None
    return low, high


def evaluate(node: Node, answers: Mapping[str, str], here: str = "") -> Value:
    """The value of a tree for these answers."""
    match node:
        case Literal(value):
            return value
        case Name(name):
            return answers.get(name, "")
        case Here():
            return here
        case Call("and", (left, right)):
            return _truth(evaluate(left, answers, here)) and _truth(evaluate(right, answers, here))
        case Call("or", (left, right)):
            return _truth(evaluate(left, answers, here)) or _truth(evaluate(right, answers, here))
        case Call("if", (condition, then, otherwise)):
            chosen = then if _truth(evaluate(condition, answers, here)) else otherwise
            return evaluate(chosen, answers, here)
        case Call(operator, arguments):
            return _FUNCTIONS[operator](*(evaluate(argument, answers, here) for argument in arguments))


def as_text(value: Value) -> str:
    """A value as it would have been typed: whole numbers without point, truth as 1 or 0, "not a number" empty."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return value or ""


class _Parser:
    """Recursive descent; one method a level of binding."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def whole(self) -> Node:
        node = self.either()
        if self.next.kind != "end":
            raise _unreadable(self.next.at, self.next.text)
        return node

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def take(self, *texts: str) -> str:
        """The next token's text if it is one of `texts`, else an empty text."""
        token = self.next
        if token.kind in {"text", "name", "number"} or token.text not in texts:
            return ""
        self.place += 1
        return token.text

    def need(self, text: str) -> None:
        if not self.take(text):
            raise _unreadable(self.next.at, self.next.text)

    def either(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _unreadable(self.next.at, self.next.text)
        node = self.row(self.both, "or")
        self.depth -= 1
        return node

    def both(self) -> Node:
        return self.row(self.compared, "and")

    def compared(self) -> Node:
        return self.row(self.added, "=", "!=", "<", "<=", ">", ">=")

    def added(self) -> Node:
        return self.row(self.multiplied, "+", "-")

    def multiplied(self) -> Node:
        return self.row(self.signed, "*", "div", "mod")

    def row(self, lower: Callable[[], Node], *operators: str) -> Node:
        node = lower()
        chain = 0
        while operator := self.take(*operators):
            chain += 1
            if chain > DEEPEST:
                raise _unreadable(self.next.at, self.next.text)
            node = Call(operator, (node, lower()))
        return node

    def signed(self) -> Node:
        negative = False
        while self.take("-"):
            negative = not negative
        node = self.single()
        return Call("negative", (node,)) if negative else node

    def single(self) -> Node:
        token = self.next
        if token.kind in {"number", "text", "name"}:
            self.place += 1
            return _leaf(token)
        if self.take("."):
            return Here()
        if self.take("("):
            node = self.either()
            self.need(")")
            return node
        return self.call()

    def call(self) -> Node:
        token = self.next
        if token.kind != "word" or token.text not in _ARITY:
            raise _unreadable(token.at, token.text)
        self.place += 1
        self.need("(")
        arguments = [self.either()]
        while self.take(","):
            arguments.append(self.either())
        self.need(")")
        if len(arguments) != _ARITY[token.text]:
            raise _unreadable(token.at, token.text)
        return Call(token.text, tuple(arguments))


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unreadable(at, text[at])
        if match.lastgroup != "space":
            yield _Token(str(match.lastgroup), match.group(), at)
        at = match.end()
    yield _Token("end", "", len(text))


def _leaf(token: _Token) -> Node:
    if token.kind == "number":
        return Literal(Decimal(token.text))
    if token.kind == "name":
        return Name(token.text[2:-1].strip())
    return Literal(token.text[1:-1])


def _unreadable(at: int, found: str) -> Refused:
    return Refused(Problem("surveys.expression_unreadable", values={"position": at + 1, "found": found}))


def _depth(node: Node) -> int:
    """How deep a tree is, found without recursion."""
    depth, layer = 0, [node]
    while layer:
        depth += 1
        layer = [argument for part in layer if isinstance(part, Call) for argument in part.arguments]
    return depth


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.operator == "and":
        for argument in node.arguments:
            yield from _conjuncts(argument)
    else:
        yield node


# --- values -------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)
# No trap: what overflows or divides by zero becomes "not a number".
_CONTEXT = Context(prec=28, traps=[])


def _truth(value: Value) -> bool:
    if isinstance(value, Decimal):
        return value != 0
    return bool(value)


def _number(value: Value) -> Decimal | None:
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str):
        return Decimal(value.strip()) if _NUMBER.fullmatch(value) else None
    return value


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) == _truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    a, b = _number(left), _number(right)
    return a is not None and b is not None and a == b


def _ordered(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Value, Value], bool]:
    def compared(left: Value, right: Value) -> bool:
        a, b = _number(left), _number(right)
        return a is not None and b is not None and compare(a, b)

    return compared


def _computed(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Value, Value], Decimal | None]:
    def computed(left: Value, right: Value) -> Decimal | None:
        a, b = _number(left), _number(right)
        if a is None or b is None:
            return None
        result = operation(a, b)
        return result if result.is_finite() else None

    return computed


def _negative(value: Value) -> Decimal | None:
    number = _number(value)
    return None if number is None else -number


def _text(value: Value) -> str:
    return str(value) if isinstance(value, str | Decimal) else ""


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _ordered(lambda a, b: a < b),
    "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b),
    ">=": _ordered(lambda a, b: a >= b),
    "+": _computed(_CONTEXT.add),
    "-": _computed(_CONTEXT.subtract),
    "*": _computed(_CONTEXT.multiply),
    "div": _computed(_CONTEXT.divide),
    "mod": _computed(_CONTEXT.remainder),
    "negative": _negative,
    "not": lambda value: not _truth(value),
    "selected": lambda answer, choice: _text(choice) in _text(answer).split(),
    "count-selected": lambda answer: Decimal(len(_text(answer).split())),
}
