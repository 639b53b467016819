"""REDCap's branching logic and calculations in the expressions of this house; what has no equal is refused with its place.

REDCap compares texts that are numbers as numbers and writes a tick as `[item(code)]`; a tick set against 1 or 0 becomes
selected(), everything else keeps its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lientuc.core.errors import Problem, Refused

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<tick>\[\s*[A-Za-z]\w*\s*\(\s*[-\w.]+\s*\)\s*\])"
    r"|(?P<name>\[\s*[A-Za-z]\w*\s*\])"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<compare><>|!=|<=|>=|=|<|>)"
    r"|(?P<sign>[-+*/(),])"
    r"|(?P<word>[A-Za-z_]\w*)"
)
NOTHING: Mapping[str, Mapping[str, str]] = {}
_WORDS = {"and": "and", "or": "or", "not": "not", "if": "if"}
_OPERATORS = {"<>": "!=", "/": "div"}
_TICKED = {
    ("=", "1"): True,
    ("=", "0"): False,
    ("!=", "1"): False,
    ("!=", "0"): True,
    ("=", ""): False,
    ("!=", ""): True,
}


@dataclass(frozen=True)
class _Part:
    kind: str
    text: str
    at: int


def translated(text: str, chosen: Mapping[str, Mapping[str, str]] = NOTHING) -> str:
    """The expression in words of this house; `chosen` are items whose answers are codes, with the code that stands here for one of
    REDCap where it is another.

    Raises Refused (`surveys.expression_unreadable`) with the position, from 1, of the first thing without an equal.
    """
    parts = list(_parts(text))
    found: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.kind == "tick":
            found.append(_ticked(parts, place))
            place += 3
            continue
        found.append(_said(part, parts, place, chosen))
        place += 1
    return _joined(found)


def _parts(text: str) -> Iterator[_Part]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _without_equal(at, text[at : at + 12])
        if match.lastgroup != "space":
            yield _Part(str(match.lastgroup), match.group(), at)
        at = match.end()


def _ticked(parts: list[_Part], place: int) -> str:
    """`[item(code)] = '1'` as selected(${item}, 'code')."""
    tick = parts[place]
    operator, value = (parts[place + step] if place + step < len(parts) else tick for step in (1, 2))
    sign = _OPERATORS.get(operator.text, operator.text)
    is_ticked = _TICKED.get((sign, value.text.strip("'\"")))
    if operator.kind != "compare" or is_ticked is None:
        raise _without_equal(tick.at, tick.text)
    name, _, code = tick.text.strip("[] ").partition("(")
    chosen = f"selected(${{{name.strip()}}}, '{code.strip(') ')}')"
    return chosen if is_ticked else f"not({chosen})"


def _said(part: _Part, parts: list[_Part], place: int, chosen: Mapping[str, Mapping[str, str]]) -> str:
    match part.kind:
        case "name":
            follows = parts[place + 1].text if place + 1 < len(parts) else ""
            if follows.startswith("[") or (place and parts[place - 1].kind in {"name", "tick"}):
                raise _without_equal(part.at, part.text)
            return f"${{{part.text.strip('[] ')}}}"
        case "word":
            if part.text.lower() not in _WORDS:
                raise _without_equal(part.at, part.text)
            return _WORDS[part.text.lower()]
        case "number" | "text" if (codes := _codes_against(parts, place, chosen)) is not None:
            code = part.text.strip("'\"")
            return f"'{codes.get(code, code)}'"
        case _:
            return _OPERATORS.get(part.text, part.text)


def _codes_against(parts: list[_Part], place: int, chosen: Mapping[str, Mapping[str, str]]) -> Mapping[str, str] | None:
    """The codes of the item a value is compared with: `[sex] = 1` means the code 1; None where it is no such item."""
    if place < 2 or parts[place - 1].text not in {"=", "<>", "!="}:
        return None
    other = parts[place - 2]
    return chosen.get(other.text.strip("[] ")) if other.kind == "name" else None


def _joined(words: list[str]) -> str:
    text = " ".join(words)
    text = re.sub(r"\( ", "(", re.sub(r" ([),])", r"\1", text))
    return re.sub(r"\b(not|if) \(", r"\1(", text)


def _without_equal(at: int, found: str) -> Refused:
    return Refused(Problem("surveys.expression_unreadable", values={"position": at + 1, "found": found}))
