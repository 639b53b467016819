"""Descriptive statistics of a survey table, with their denominators and what is missing.

Counts are whole numbers, percentages are `Decimal` rounded half up from the whole numbers (never adjusted to add up
to 100), means and quartiles are computed on exact fractions. Nothing here is a binary float, so what is printed is
what was computed. Source of the choice of statistics: the reporting rules of the evaluation design (STROBE, CHERRIES).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction

Z_95 = Decimal("1.959963984540054")
"""The two-sided 95 % point of the standard normal distribution."""

LIKERT_POINTS = 5
AGREE_FROM = 4
NEUTRAL = 3

_EXACT = Context(prec=40, rounding=ROUND_HALF_UP)

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """`count` out of `of`: a percentage with its Wilson 95 % interval; the three are None where `of` is 0."""

    count: int
    of: int
    percent: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A numeric item over those who answered it; everything but the counts is None where nobody did."""

    answered: int
    missing: int
    mean: Decimal | None
    sd: Decimal | None
    median: Decimal | None
    lower_quartile: Decimal | None
    upper_quartile: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class Frequency:
    """One category of a single-choice item."""

    code: str
    share: Share


@dataclass(frozen=True, slots=True)
class Frequencies:
    """A single-choice item: each category over those who answered, and how many did not."""

    rows: tuple[Frequency, ...]
    answered: int
    missing: int


@dataclass(frozen=True, slots=True)
class LikertSummary:
    """A five-point item: five counts from strongly disagree to strongly agree; no mean, on purpose."""

    counts: tuple[int, ...]
    shares: tuple[Share, ...]
    answered: int
    missing: int
    agree: Share
    median: Decimal | None


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice of a select-many item: how many respondents ticked it, and its part of all ticks.

    Ticks of one person are not independent, so only the share of respondents carries an interval.
    """

    code: str
    count: int
    of_respondents: Share
    percent_of_responses: Decimal | None


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """A select-many item by respondents (who answered) and by responses (all ticks)."""

    rows: tuple[ChoiceRow, ...]
    respondents: int
    responses: int
    missing: int


@dataclass(frozen=True, slots=True)
class GatedItem:
    """An item only some were to answer. `answered_not_eligible` above zero is an error in the data, never a result.

    `answered` counts eligible people only; `gate_unknown` did not answer the question that decides eligibility.
    """

    asked: int
    eligible: int
    answered: int
    missing: int
    answered_not_eligible: int
    gate_unknown: int
    answered_gate_unknown: int

    @property
    def answer_rate(self) -> Share:
        """Eligible people who answered, of the eligible."""
        return share(self.answered, self.eligible)


def percentage(count: int, of: int, *, places: int = 1) -> Decimal | None:
    """`count` of `of` in per cent, rounded half up in whole numbers; None where `of` is 0."""
    _refuse_impossible(count, of)
    if of == 0:
        return None
    scaled = (2 * count * 100 * 10**places + of) // (2 * of)
    return Decimal(scaled).scaleb(-places)


def share(count: int, of: int, *, places: int = 1) -> Share:
    """`count` of `of` with its Wilson 95 % interval, in per cent (34 of 50: 68.0, 54.2 to 79.2).

    Raises ValueError where `count` is negative or above `of`. Source: Wilson 1927, without continuity correction.
    """
    percent = percentage(count, of, places=places)
    if percent is None:
        return Share(count, of, None, None, None)
    low, high = _wilson(count, of)
    return Share(count, of, percent, _rounded(low * 100, places), _rounded(high * 100, places))


def summary(values: Iterable[Number | None]) -> Summary:
    """Mean ± SD (n - 1), median, quartiles and range of a numeric item; None is an item not answered.

    Quartiles interpolate linearly between ordered values (Hyndman and Fan type 7, as spreadsheets do). One value
    has no SD. Decimals carry 28 significant digits; the printer rounds.
    """
    everyone = tuple(values)
    given = [Decimal(value) for value in everyone if value is not None]
    missing = len(everyone) - len(given)
    if not given:
        return Summary(0, missing, None, None, None, None, None, None, None)
    # Whole numbers of the smallest decimal unit: as exact as fractions, and as fast as whole numbers.
    unit = 10 ** max(0, *(-int(value.as_tuple().exponent) for value in given))
    known = sorted(int(value * unit) for value in given)
    lower, median, upper = (_decimal(_quantile(known, Fraction(part, 4)) / unit) for part in (1, 2, 3))
    return Summary(
        answered=len(known),
        missing=missing,
        mean=_decimal(Fraction(sum(known), len(known) * unit)),
        sd=_sd(known, unit),
        median=median,
        lower_quartile=lower,
        upper_quartile=upper,
        minimum=_decimal(Fraction(known[0], unit)),
        maximum=_decimal(Fraction(known[-1], unit)),
    )


def frequencies(values: Iterable[str | None], categories: Sequence[str]) -> Frequencies:
    """n (%) of each category, in the order given, over those who answered; None is not answered.

    Raises ValueError for a value outside `categories`: a category nobody named would silently leave the table.
    """
    counted = Counter(values)
    missing = counted.pop(None, 0)
    _refuse_unknown((code for code in counted if code is not None), categories)
    answered = counted.total()
    rows = tuple(Frequency(code, share(counted[code], answered)) for code in categories)
    return Frequencies(rows, answered, missing)


def likert(answers: Iterable[int | None]) -> LikertSummary:
    """Summary of answers 1 (strongly disagree) to 5 (strongly agree); None is not answered.

    Raises ValueError for any other number: "does not apply" is a separate item, never a sixth point.
    """
    counted = Counter(answers)
    missing = counted.pop(None, 0)
    points = range(1, LIKERT_POINTS + 1)
    _refuse_unknown((point for point in counted if point is not None), points)
    return likert_of_counts([counted[point] for point in points], missing=missing)


def likert_of_counts(counts: Sequence[int], *, missing: int = 0) -> LikertSummary:
    """The same summary from five counts made elsewhere (by a query, or typed from a printed table)."""
    if len(counts) != LIKERT_POINTS:
        raise ValueError(f"a Likert item has {LIKERT_POINTS} counts, not {len(counts)}")
    answered = sum(counts)
    return LikertSummary(
        counts=tuple(counts),
        shares=tuple(share(count, answered) for count in counts),
        answered=answered,
        missing=missing,
        agree=share(sum(counts[AGREE_FROM - 1 :]), answered),
        median=_median_of_counts(counts),
    )


def multiple_choice(answers: Iterable[Collection[str] | None], choices: Sequence[str]) -> MultipleChoice:
    """Each choice by respondents and by responses; None or an empty answer is a person who did not answer.

    A choice named twice by one person counts once. Raises ValueError for a choice outside `choices`.
    """
    everyone = [set(answer) if answer else set() for answer in answers]
    ticked = Counter(code for answer in everyone for code in answer)
    _refuse_unknown(ticked, choices)
    respondents, responses = sum(bool(answer) for answer in everyone), ticked.total()
    rows = tuple(
        ChoiceRow(code, ticked[code], share(ticked[code], respondents), percentage(ticked[code], responses))
        for code in choices
    )
    return MultipleChoice(rows, respondents, responses, len(everyone) - respondents)


def gated(people: Iterable[tuple[bool | None, bool]]) -> GatedItem:
    """Who was to answer, who did, and who did though not eligible; one pair (eligible, answered) a person.

    Eligible None means that the deciding question itself was not answered.
    """
    counted = Counter(people)
    eligible = counted[True, True] + counted[True, False]
    return GatedItem(
        asked=counted.total(),
        eligible=eligible,
        answered=counted[True, True],
        missing=counted[True, False],
        answered_not_eligible=counted[False, True],
        gate_unknown=counted[None, True] + counted[None, False],
        answered_gate_unknown=counted[None, True],
    )


def _refuse_impossible(count: int, of: int) -> None:
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share")


def _refuse_unknown(found: Iterable[object], known: Collection[object]) -> None:
    strange = sorted(repr(value) for value in found if value not in known)
    if strange:
        raise ValueError(f"not among the categories: {', '.join(strange)}")


def _wilson(count: int, of: int) -> tuple[Decimal, Decimal]:
    with localcontext(_EXACT):
        n, p, z2 = Decimal(of), Decimal(count) / of, Z_95 * Z_95
        centre = p + z2 / (2 * n)
        half = Z_95 * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
        scale = 1 + z2 / n
        return max(Decimal(0), (centre - half) / scale), min(Decimal(1), (centre + half) / scale)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _decimal(value: Fraction) -> Decimal:
    return Context(prec=28).divide(Decimal(value.numerator), Decimal(value.denominator))


def _sd(values: Sequence[int], unit: int) -> Decimal | None:
    count = len(values)
    if count < 2:
        return None
    squares = count * sum(value * value for value in values) - sum(values) ** 2
    variance = Fraction(squares, count * (count - 1) * unit * unit)
    root = _EXACT.sqrt(_EXACT.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    return Context(prec=28).plus(root)


def _quantile(ordered: Sequence[int], part: Fraction) -> Fraction:
    position = part * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def _median_of_counts(counts: Sequence[int]) -> Decimal | None:
    answers = [point for point, count in enumerate(counts, start=1) for _ in range(count)]
    return _decimal(_quantile(answers, Fraction(1, 2))) if answers else None
