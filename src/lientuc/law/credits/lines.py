"""Every entry of a worker with what it counts: the future, the window and repeated certificates taken out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .amounts import Amount
from .entries import EntryDecision, Reason, hours_of
from .facts import EntryFacts
from .regimes import UNITS, Regime
from .rule_set import RuleSet
from .windows import Window


def entry_order(entry: EntryFacts) -> tuple[date, str, str, str, str, Decimal, Decimal]:
    """In which order entries are told and repeated ones ranked: by day, number, then content; the order given never matters."""
    decided = Decimal(-1) if entry.decided_hours is None else entry.decided_hours
    return entry.activity_on, entry.entry_id, entry.form, entry.role, entry.level, entry.units, decided


def lines_of(
    entries: tuple[EntryFacts, ...], regime: Regime, window: Window | None, on: date, rules: RuleSet
) -> tuple[EntryDecision, ...]:
    """One decision for each entry, in the order given; `window` None: the regime counts nothing here."""
    lines = [_line(entry, regime, window, on, rules) for entry in entries]
    repeated = _repeated(entries, lines)
    return tuple(
        _taken_out(line, regime, Reason.DUPLICATE) if place in repeated else line for place, line in enumerate(lines)
    )


def _line(entry: EntryFacts, regime: Regime, window: Window | None, on: date, rules: RuleSet) -> EntryDecision:
    line = hours_of(entry, regime, rules)
    if window is None:
        return line
    if entry.activity_on > on:
        return _taken_out(line, regime, Reason.FUTURE)
    if not window.holds(entry.activity_on):
        return _taken_out(line, regime, Reason.OUTSIDE_WINDOW)
    return line


def _repeated(entries: tuple[EntryFacts, ...], lines: list[EntryDecision]) -> set[int]:
    """Places of the lines whose certificate already counts elsewhere: the one worth most stays, then the earliest."""
    by_certificate: dict[str, list[int]] = defaultdict(list)
    for place, (entry, line) in enumerate(zip(entries, lines, strict=True)):
        if entry.certificate_key and line.counted:
            by_certificate[entry.certificate_key].append(place)
    repeated: set[int] = set()
    for places in by_certificate.values():
        ranked = sorted(places, key=lambda p: (-lines[p].quarter_hours, *entry_order(entries[p])))
        repeated.update(ranked[1:])
    return repeated


def _taken_out(line: EntryDecision, regime: Regime, reason: Reason) -> EntryDecision:
    return replace(line, amount=Amount(UNITS[regime]), reason=reason)
