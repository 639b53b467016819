"""Charts as SVG drawn on the server, from texts already written in the reader's language.

Presentation attributes and classes only (no style attribute, no script, no outside file), so that the strictest
content policy holds. Hatching tells parts apart without colour; every chart has a title and a description for a
screen reader. The table with the same numbers beside the chart is the caller's. Widths are in user units (pixels at
natural size); the picture scales with its container.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from lientuc.core.formats import percent

WIDTH = 720
LABEL = 220
ROW = 30
BAR = 18
PAD = 10
FONT = 13
LETTER = 7
"""A letter's mean width at `FONT`, used to break labels; a little wide, because Vietnamese capitals are."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

INK = "#1a1a1a"
GRID = "#8a8a8a"
TRACK = "#ececec"
_FILLS = ("#1a1a1a", "#7a7a7a", "#d9d9d9", "#8fb4d9", "#1f5a96")
_LIGHT_TEXT = (True, True, False, False, True)
_HATCH = (None, "M0 6L6 0", None, "M0 0L6 6", None)

Value = int | Decimal


class Svg(str):
    """Markup made only of escaped text; template engines that know `__html__` print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Heading:
    """What a chart is called, what it says in a sentence, and a name unique on its page (letters, digits, - and _)."""

    name: str
    title: str
    description: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot name a chart")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length, and the text printed at its end; value None (hidden or unknown) prints the text alone."""

    label: str
    value: Value | None
    text: str


@dataclass(frozen=True, slots=True)
class LikertRow:
    """One item: its label and the five counts from strongly disagree to strongly agree; None: hidden, `text` instead."""

    label: str
    counts: tuple[int, int, int, int, int] | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: the label under it, its value (None: a gap) and the text above it."""

    label: str
    value: Value | None
    text: str


def bar_chart(heading: Heading, bars: Sequence[Bar], *, greatest: Value | None = None) -> Svg:
    """Horizontal bars from zero to `greatest` (the greatest value itself when not given); values are not negative."""
    top = _scale([bar.value for bar in bars], greatest)
    room = WIDTH - LABEL - 90
    parts: list[str] = []
    for place, bar in enumerate(bars):
        y = PAD + place * ROW
        length = 0 if bar.value is None else room * Decimal(bar.value) / top
        parts.append(_label(bar.label, y + BAR))
        if length:
            parts.append(_rect(LABEL, y + 4, length, BAR, fill=_FILLS[4]))
        parts.append(_text(bar.text, LABEL + length + 6, y + BAR, css="chart-value"))
    height = 2 * PAD + ROW * len(bars)
    parts.append(_line(LABEL, PAD, LABEL, height - PAD))
    return _svg(heading, parts, height, kind="bar")


def likert_chart(
    heading: Heading, rows: Sequence[LikertRow], points: tuple[str, str, str, str, str], *, language: str = "vi"
) -> Svg:
    """Disagreement to the left of a middle line, agreement to the right, the neutral answers apart at the far right.

    `points` are the five answers' names for the legend. Lengths are shares of those who answered the item. Source:
    Heiberger and Robbins 2014.
    """
    left, right, neutral = _sides(rows)
    room = Decimal(WIDTH - LABEL - 4 * PAD) / max(left + right + neutral, Decimal("0.01"))
    middle, apart = LABEL + left * room, LABEL + (left + right) * room + 3 * PAD
    parts: list[str] = []
    for place, row in enumerate(rows):
        y = PAD + ROW * place
        parts.append(_label(row.label, y + BAR))
        if row.counts is None or not sum(row.counts):
            parts.append(_text(row.text, middle + 6, y + BAR, css="chart-value"))
            continue
        parts += _likert_row(heading.name, row.counts, y + 4, (middle, apart, room), language)
    bottom = PAD + ROW * len(rows)
    parts += [_line(middle, PAD, middle, bottom), _line(apart, PAD, apart, bottom)]
    parts += _legend(heading.name, points, bottom + PAD)
    return _svg(heading, parts, bottom + 2 * PAD + ROW * 2, kind="likert", patterns=_patterns(heading.name))


def progress_bar(heading: Heading, done: Value, of: Value, text: str) -> Svg:
    """How much of `of` is done, with its text; more than all is drawn as all, nothing due as an empty track."""
    room = WIDTH - 2 * PAD - 140
    part = min(Decimal(1), Decimal(done) / Decimal(of)) if of > 0 and done > 0 else Decimal(0)
    parts = [
        f'<rect x="{PAD}" y="{PAD}" width="{room}" height="{BAR}" fill="{TRACK}" stroke="{GRID}"/>',
        _rect(PAD, PAD, room * part, BAR, fill=_FILLS[4]) if part else "",
        _text(text, PAD + room + 8, PAD + BAR - 4, css="chart-value"),
    ]
    return _svg(heading, parts, 2 * PAD + BAR, kind="progress")


def line_chart(heading: Heading, points: Sequence[Point], *, greatest: Value | None = None) -> Svg:
    """A small line from zero to `greatest`, in the order given; a point without a value breaks the line."""
    height, base, top = 200, 160, _scale([point.value for point in points], greatest)
    step = Decimal(WIDTH - 8 * PAD) / max(1, len(points) - 1)
    parts = [_line(3 * PAD, base, WIDTH - 3 * PAD, base)]
    run: list[tuple[Decimal, Decimal]] = []
    for place, point in enumerate(points):
        x = 4 * PAD + step * place
        parts.append(_text(point.label, x, base + 20, css="chart-label", anchor="middle"))
        if point.value is None:
            parts += [_path(run), _text(point.text, x, base - 8, css="chart-value", anchor="middle")]
            run = []
            continue
        y = base - (base - 40) * Decimal(point.value) / top
        run.append((x, y))
        parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="4" fill="{_FILLS[4]}"/>')
        parts.append(_text(point.text, x, y - 10, css="chart-value", anchor="middle"))
    return _svg(heading, [*parts, _path(run)], height, kind="line")


def _scale(values: Sequence[Value | None], greatest: Value | None) -> Decimal:
    known = [Decimal(value) for value in values if value is not None]
    if any(value < 0 for value in known):
        raise ValueError("a bar or point cannot be below zero")
    top = max([*known, Decimal(greatest or 0)])
    return top if top > 0 else Decimal(1)


def _sides(rows: Sequence[LikertRow]) -> tuple[Decimal, Decimal, Decimal]:
    """The greatest share of disagreement, agreement and neutral answers among the rows, 0 to 1."""
    shares = [
        tuple(Decimal(count) / sum(row.counts) for count in row.counts)
        for row in rows
        if row.counts and sum(row.counts)
    ]
    if not shares:
        return Decimal(0), Decimal(0), Decimal(0)
    return max(s[0] + s[1] for s in shares), max(s[3] + s[4] for s in shares), max(s[2] for s in shares)


def _likert_row(
    name: str, counts: Sequence[int], y: int, scale: tuple[Decimal, Decimal, Decimal], language: str
) -> list[str]:
    middle, apart, room = scale
    of = sum(counts)
    wide = [room * count / of for count in counts]
    starts = (middle - wide[1] - wide[0], middle - wide[1], apart, middle, middle + wide[3])
    parts: list[str] = []
    for point, (x, width) in enumerate(zip(starts, wide, strict=True)):
        if counts[point]:
            parts += _segment(name, point, (x, y, width), percent(counts[point], of, places=0, language=language))
    return parts


def _segment(name: str, point: int, box: tuple[Decimal, int, Decimal], text: str) -> list[str]:
    """One answer's part of a bar; its percentage is written inside where there is room for it."""
    x, y, width = box
    parts = [_rect(x, y, width, BAR, fill=_FILLS[point], stroke=INK)]
    if _HATCH[point]:
        parts.append(_rect(x, y, width, BAR, fill=f"url(#{name}-hatch-{point})"))
    if not text or width < LETTER * len(text) + 6:
        return parts
    middle = x + width / 2
    if _HATCH[point]:  # a plain plate keeps the figure readable on the hatching
        plate = Decimal(LETTER * len(text) + 4)
        parts.append(_rect(middle - plate / 2, y + 2, plate, BAR - 4, fill="#ffffff"))
    ink = "#ffffff" if _LIGHT_TEXT[point] and not _HATCH[point] else INK
    return [*parts, _text(text, middle, y + 14, css="chart-part", anchor="middle", fill=ink)]


def _legend(name: str, points: Sequence[str], y: int) -> list[str]:
    parts: list[str] = []
    x, row = PAD, y
    for point, text in enumerate(points):
        width = 22 + LETTER * len(text) + 2 * PAD
        if x + width > WIDTH and x > PAD:
            x, row = PAD, row + ROW
        parts += _segment(name, point, (Decimal(x), row, Decimal(14)), "")
        parts.append(_text(text, x + 20, row + 14, css="chart-legend"))
        x += width
    return parts


def _patterns(name: str) -> str:
    made = [
        f'<pattern id="{name}-hatch-{point}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{path}" stroke="#ffffff" stroke-width="1.5" fill="none"/></pattern>'
        for point, path in enumerate(_HATCH)
        if path
    ]
    return f"<defs>{''.join(made)}</defs>"


def _svg(heading: Heading, parts: Sequence[str], height: int, *, kind: str, patterns: str = "") -> Svg:
    name = heading.name
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart chart-{kind}" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-size="{FONT}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{_escaped(heading.title)}</title>'
        f'<desc id="{name}-desc">{_escaped(heading.description)}</desc>'
        f"{patterns}{''.join(parts)}</svg>"
    )


def _label(text: str, y: int) -> str:
    """A label on one line, or on two where it is long; what does not fit on two is cut with an ellipsis."""
    lines = _broken(text, LABEL // LETTER)
    if len(lines) == 1:
        return _text(lines[0], LABEL - 8, y, css="chart-label", anchor="end")
    return "".join(
        _text(line, LABEL - 8, y - 7 + 14 * place, css="chart-label", anchor="end", size=FONT - 1)
        for place, line in enumerate(lines)
    )


def _broken(text: str, letters: int) -> list[str]:
    if len(text) <= letters:
        return [text]
    cut = text.rfind(" ", 0, letters + 1)
    cut = cut if cut > 0 else letters
    first, rest = text[:cut], text[cut:].strip()
    return [first, rest if len(rest) <= letters else rest[: letters - 1].rstrip() + "…"]


def _text(
    text: str, x: Value, y: Value, *, css: str, anchor: str = "start", fill: str = INK, size: int | None = None
) -> str:
    sized = f' font-size="{size}"' if size else ""
    return f'<text class="{css}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="{fill}"{sized}>{_escaped(text)}</text>'


def _rect(x: Value, y: Value, width: Value, height: Value, *, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}" stroke="{stroke}"'
        ' stroke-width="0.5"/>'
    )


def _line(x1: Value, y1: Value, x2: Value, y2: Value) -> str:
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{GRID}"/>'


def _path(run: Sequence[tuple[Decimal, Decimal]]) -> str:
    if len(run) < 2:
        return ""
    steps = " ".join(f"{_n(x)},{_n(y)}" for x, y in run)
    return f'<polyline points="{steps}" fill="none" stroke="{_FILLS[4]}" stroke-width="2"/>'


def _n(value: Value) -> str:
    """A coordinate to a tenth, always with a point: a decimal comma would be two coordinates."""
    return f"{Decimal(value):.1f}"


def _escaped(text: str) -> str:
    return escape(_CONTROL.sub("", str(text)), quote=True)
