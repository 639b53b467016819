"""A number in a sentence against the cells it speaks of, and the two languages of an abstract against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from .findings import Class, Finding, Kind
from .printed import Printed, half_up, read_number
from .quantities import Amount, Unknown, amounts, ends_of, places_of, rows_named, unit_of, whole
from .table import Claim, Report

ABOUT = Fraction(1, 2)
"""“About” allows half a unit of the last digit that is not a closing zero: 70 stands for 65 to 75, 68 for 67,5 to 68,5."""

_LANGUAGE = (
    ("en", re.compile(r"(?:^|[^a-z])(?:en|eng|english)(?:[^a-z]|$)|tiếng anh", re.IGNORECASE)),
    ("vi", re.compile(r"(?:^|[^a-z])(?:vi|vn|vie|vietnamese)(?:[^a-z]|$)|tiếng việt|tóm tắt", re.IGNORECASE)),
    ("en", re.compile(r"abstract|summary", re.IGNORECASE)),
)
_SUFFIX = re.compile(r"[\s._:/-]*(?:vi|vn|vie|en|eng)$", re.IGNORECASE)


def check_claims(report: Report) -> Iterator[Finding]:
    """At most one finding for each claim, the most specific one."""
    translations = _translations(report)
    for claim in report.claims:
        found = _against_tables(report, claim)
        twin = translations.get(claim.id) if (found is None or found.what is Class.NOT_TESTABLE) else None
        if twin is not None:
            yield _translated(claim, twin)
        elif found is not None:
            yield found


def _against_tables(report: Report, claim: Claim) -> Finding | None:
    try:
        found = amounts(report, claim)
        values = _values(claim)
    except Unknown as unknown:
        return _line(claim, Class.NOT_TESTABLE, "", "", str(unknown), rows=claim.rows)
    check = {"eq": _equal, "only": _equal, "between": _between, "all": _all}.get(claim.comparator, _threshold)
    return check(report, claim, values, found)


def _values(claim: Claim) -> tuple[Printed, ...]:
    """The claim's number, or the two ends of its range; none where “all” needs no number."""
    parts = ends_of(claim.value) if claim.comparator == "between" else (claim.value,)
    try:
        read = tuple(value for part in parts if (value := read_number(part)) is not None)
    except ValueError as error:
        raise Unknown("claim_value_unreadable") from error
    wanted = {"between": (2,), "all": (0, 1)}.get(claim.comparator, (1,))
    if len(read) not in wanted:
        raise Unknown("claim_value_unreadable")
    return read


def _equal(report: Report, claim: Claim, values: tuple[Printed, ...], found: tuple[Amount, ...]) -> Finding | None:
    value = values[0]
    if any(value.is_rounded(amount.exact) for amount in found):
        return None
    unit = "n" if "/" in claim.rows else unit_of(claim, rows_named(report, claim.rows))
    elsewhere = () if "/" in claim.rows else places_of(report, value.value, unit)
    why = "claim_belongs_elsewhere" if elsewhere else "claim_no_match"
    return _missed(
        claim, Class.CLAIM_NO_MATCH, found[0], value.places, why, cells=", ".join(elsewhere[:4]), rows=claim.rows
    )


def _threshold(report: Report, claim: Claim, values: tuple[Printed, ...], found: tuple[Amount, ...]) -> Finding | None:
    limit = Fraction(values[0].value)
    holds = {
        "over": lambda exact: exact > limit,
        "under": lambda exact: exact < limit,
        "at_least": lambda exact: exact >= limit,
        "about": lambda exact: abs(exact - limit) <= _slack(values[0]),
    }.get(claim.comparator)
    if holds is None:
        return _line(claim, Class.NOT_TESTABLE, "", "", "claim_comparator_unknown", comparator=claim.comparator)
    if any(holds(amount.exact) for amount in found):
        return None
    return _missed(claim, Class.CLAIM_THRESHOLD_MISSED, found[0], max(values[0].places, 1), f"claim_{claim.comparator}")


def _between(report: Report, claim: Claim, values: tuple[Printed, ...], found: tuple[Amount, ...]) -> Finding | None:
    """Each row of its own, or the rows together, lie within the two ends."""
    low, high = sorted(Fraction(value.value) for value in values)
    single = [amount for row in _each(report, claim) for amount in row]
    if any(low <= amount.exact <= high for amount in found) or (single and all(low <= a.exact <= high for a in single)):
        return None
    return _missed(claim, Class.CLAIM_THRESHOLD_MISSED, found[0], max(values[0].places, 1), "claim_between")


def _each(report: Report, claim: Claim) -> Iterator[tuple[Amount, ...]]:
    if "/" in claim.rows:
        return
    for row in rows_named(report, claim.rows):
        yield amounts(report, Claim(claim.id, "", "", "eq", claim.value, claim.unit, row.id, claim.denominator))[:1]


def _all(report: Report, claim: Claim, values: tuple[Printed, ...], found: tuple[Amount, ...]) -> Finding | None:
    everybody = whole(rows_named(report, claim.rows), claim.denominator) if "/" not in claim.rows else None
    if everybody is None:
        return _line(claim, Class.NOT_TESTABLE, "", "", "claim_without_numbers", rows=claim.rows)
    if not everybody:
        return _missed(claim, Class.CLAIM_THRESHOLD_MISSED, found[0], 1, "claim_all")
    return _equal(report, claim, values, found) if values else None


def _slack(value: Printed) -> Fraction:
    digits = str(abs(value.value).to_integral_value()) if not value.places else ""
    closing = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    return ABOUT * Fraction(value.step) * int(10**closing)


def _missed(claim: Claim, what: Class, amount: Amount, places: int, why: str, **values: object) -> Finding:
    recomputed = str(half_up(amount.exact, places))
    arithmetic = f"{amount.shown} = {half_up(amount.exact, max(places, 2))}"
    return _line(claim, what, recomputed, arithmetic, why, **{"right": recomputed, "value": claim.value, **values})


def _translations(report: Report) -> dict[str, Claim]:
    """Claim → the claim in the other language that says something else; only the later of the two is listed."""
    stems = Counter(_stem(claim) for claim in report.claims)
    found: dict[str, Claim] = {}
    for index, claim in enumerate(report.claims):
        for earlier in report.claims[:index]:
            by_name = _stem(claim) == _stem(earlier)
            by_cells = stems[_stem(claim)] == stems[_stem(earlier)] == 1 and _same_cells(claim, earlier)
            languages = {_language(claim), _language(earlier)}
            if len(languages) == 2 and "en" in languages and (by_name or by_cells) and _differ(claim, earlier):
                found[claim.id] = earlier
    return found


def _stem(claim: Claim) -> str:
    """The id without its language: `C15.vi` and `C15.en` are one claim."""
    return _SUFFIX.sub("", claim.id)


def _same_cells(one: Claim, other: Claim) -> bool:
    if not one.rows or not (_language(one) and _language(other)):
        return False
    return (one.rows.replace(" ", ""), one.unit, one.denominator) == (
        other.rows.replace(" ", ""),
        other.unit,
        other.denominator,
    )


def _language(claim: Claim) -> str:
    """`vi` or `en` where the place or the id says so."""
    found = (language for text in (claim.location, claim.id) for language, pattern in _LANGUAGE if pattern.search(text))
    return next(found, "")


def _differ(one: Claim, other: Claim) -> bool:
    if one.comparator != other.comparator:
        return True
    try:
        a, b = _values(one), _values(other)
    except Unknown:
        return one.value.strip() != other.value.strip()
    return len(a) != len(b) or any(not _same_number(x, y) for x, y in zip(a, b, strict=True))


def _same_number(a: Printed, b: Printed) -> bool:
    """Equal, or one is the other rounded to fewer decimals."""
    places = min(a.places, b.places)
    return half_up(Fraction(a.value), places) == half_up(Fraction(b.value), places)


def _translated(claim: Claim, twin: Claim) -> Finding:
    arithmetic = f"{twin.id}: {twin.comparator} {twin.value} ≠ {claim.id}: {claim.comparator} {claim.value}"
    values: dict[str, object] = {"twin": twin.id, "location": twin.location}
    return _line(claim, Class.TRANSLATION_DIFFERS, twin.value, arithmetic, "claim_translation", **values)


def _line(claim: Claim, what: Class, recomputed: str, arithmetic: str, why: str, **values: object) -> Finding:
    printed = claim.value if claim.comparator in {"eq", ""} else f"{claim.comparator} {claim.value}".strip()
    return Finding(Kind.CLAIM, claim.id, what, printed, recomputed, arithmetic, why, values)
