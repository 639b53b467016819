"""What a what-if may change in a rule set, by name, and the changed rule set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from lientuc.core.errors import Problem
from lientuc.core.hours import QUARTERS_IN_AN_HOUR
from lientuc.law import Factor
from lientuc.law.credits import FactorSet, Pre2024, RuleSet, WindowMode, YearMode

MOST = 1_000
_SETTINGS: dict[str, type[StrEnum]] = {
    "window": WindowMode,
    "factor_set": FactorSet,
    "pre2024": Pre2024,
    "year_mode": YearMode,
}
_PARAMETERS = (
    "credits.p.required_hours",
    "credits.p.window_years",
    "credits.p.credit_hours_per_old_lesson",
    "credits.s.required_hours",
    "credits.s.window_years",
    "credits.s.yearly_hours",
    "licence.renewal_notice_days",
)


class ChangeKind(StrEnum):
    """What is changed: a reading where texts are silent, a dated value, the worth of a row, the most one event may give."""

    SETTING = "setting"
    PARAMETER = "parameter"
    FACTOR = "factor"
    CAP = "cap"


@dataclass(frozen=True)
class Changeable:
    """One thing that may be changed: its name (`window`, `credits.p.required_hours`, `factor:P-23`, `cap:S-12`), now, and choices."""

    name: str
    kind: ChangeKind
    now: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    row: Factor | None = None


@dataclass(frozen=True)
class Change:
    """One difference of a scenario: `name` is that of a `Changeable`, values as text."""

    name: str
    before: str
    after: str


def changeable(rules: RuleSet) -> tuple[Changeable, ...]:
    """Everything that may be changed in `rules`, settings first, then parameters, then the rows of the conversion table."""
    law = rules.parameters
    settings = [
        Changeable(name, ChangeKind.SETTING, str(getattr(rules, name)), choices=tuple(map(str, codes)))
        for name, codes in _SETTINGS.items()
    ]
    values = [(name, law.latest(name)) for name in _PARAMETERS]
    parameters = [Changeable(name, ChangeKind.PARAMETER, _plain(v.decimal()), v.unit) for name, v in values]
    known = [row for row in law.factors if row.value is not None and (not row.sets or rules.factor_set in row.sets)]
    factors = [
        Changeable(f"factor:{row.rule_id}", ChangeKind.FACTOR, _plain(row.value), row.unit, row=row)
        for row in known
        if row.value is not None
    ]
    caps = [
        Changeable(f"cap:{row.rule_id}", ChangeKind.CAP, _plain(row.cap_hours), "lesson", row=row)
        for row in known
        if row.cap_hours is not None
    ]
    return (*settings, *parameters, *factors, *caps)


def change_problems(rules: RuleSet, name: str, text: str) -> list[Problem]:
    """What is wrong with setting `name` to `text`; empty where it may be."""
    known = {one.name: one for one in changeable(rules)}
    one = known.get(name)
    if one is None:
        return [Problem("credits.change_unknown", name, {"name": name})]
    if one.kind is ChangeKind.SETTING:
        return (
            [] if text in one.choices else [Problem("credits.change_choice", name, {"choices": ", ".join(one.choices)})]
        )
    value = _number(text)
    if value is None or not 0 <= value <= MOST:
        return [Problem("credits.change_number", name, {"most": MOST})]
    return _fits(one, value)


def _fits(one: Changeable, value: Decimal) -> list[Problem]:
    """Years and days are whole and some; hours asked for are quarter hours; a worth has two decimals at most."""
    if one.unit in ("year", "day"):
        fits = value == value.to_integral_value() and (value > 0 or one.unit == "day")
        return [] if fits else [Problem("credits.change_whole", one.name)]
    if one.kind is ChangeKind.PARAMETER and one.unit in ("credit_hour", "lesson"):
        quarters = value * QUARTERS_IN_AN_HOUR
        return [] if quarters == quarters.to_integral_value() else [Problem("credits.change_quarters", one.name)]
    return [] if value == value.quantize(Decimal("0.01")) else [Problem("credits.change_decimals", one.name)]


def changed_rules(rules: RuleSet, changes: Iterable[tuple[str, str]]) -> RuleSet:
    """`rules` with every `(name, text)` changed; ValueError where one has problems."""
    for name, text in changes:
        if change_problems(rules, name, text):
            raise ValueError(f"{name}={text}")
        rules = _changed(rules, name, text)
    return rules


def differences(rules: RuleSet, changes: Iterable[tuple[str, str]]) -> tuple[Change, ...]:
    """What really differs, with the value of before."""
    now = {one.name: one.now for one in changeable(rules)}
    found = (Change(name, now[name], _tidied(text)) for name, text in changes)
    return tuple(change for change in found if change.before != change.after)


def _changed(rules: RuleSet, name: str, text: str) -> RuleSet:
    if name in _SETTINGS:
        reading: dict[str, Any] = {name: _SETTINGS[name](text)}
        return replace(rules, **reading)
    law, value = rules.parameters, Decimal(text)
    if name.startswith("factor:"):
        return replace(rules, parameters=law.changed_factor(name.removeprefix("factor:"), value))
    if name.startswith("cap:"):
        return replace(rules, parameters=law.changed_cap(name.removeprefix("cap:"), value))
    whole = isinstance(law.latest(name).value, int) and value == value.to_integral_value()
    return replace(rules, parameters=law.changed(name, int(value) if whole else value))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _tidied(text: str) -> str:
    value = _number(text)
    return text if value is None else _plain(value)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
