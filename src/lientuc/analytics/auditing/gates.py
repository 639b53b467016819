"""Questions only some were to answer: how many answers at least come from people who were not?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .findings import Class, Finding, Kind
from .table import Gate, Report, Row


def check_gates(report: Report) -> Iterator[Finding]:
    """A finding for each gate with more answers than people eligible, or that cannot be tested."""
    for gate in report.gates:
        yield from _check(report, gate)


def _check(report: Report, gate: Gate) -> Iterator[Finding]:
    gated, asked = report.group_named(gate.gated), report.group_named(gate.gate)
    eligible_rows = [row for row in asked if gate.eligible and (row.id in gate.eligible or row.label in gate.eligible)]
    answered = _answered(gated)
    if not eligible_rows or answered is None or any(row.n is None for row in eligible_rows):
        yield Finding(Kind.GATE, gate.gated, Class.NOT_TESTABLE, "", "", "", "gate_not_testable", {"gate": gate.gate})
        return
    eligible = sum(row.n or 0 for row in eligible_rows)
    silent = _not_answered(report, gate, asked)
    impossible = answered - eligible - silent
    if impossible > 0:
        arithmetic = f"{answered} − {eligible} − {silent} = {impossible}"
        values = {"answered": answered, "eligible": eligible, "silent": silent, "impossible": impossible}
        yield Finding(
            Kind.GATE,
            gate.gated,
            Class.IMPOSSIBLE_GATE,
            str(answered),
            str(impossible),
            arithmetic,
            "gate_impossible",
            values,
        )


def _answered(rows: Sequence[Row]) -> int | None:
    """How many answered the gated question, at least: its denominator, else its largest count."""
    denominators = [row.denominator for row in rows if row.denominator]
    counts = [row.n for row in rows if row.n is not None]
    return max(denominators, default=max(counts, default=None))


def _not_answered(report: Report, gate: Gate, rows: Sequence[Row]) -> int:
    """How many left the gate itself open: conceded, any of them may have been eligible."""
    answered = sum(row.n or 0 for row in rows)
    asked = gate.asked if gate.asked and gate.asked > answered else max(gate.asked or 0, report.total or 0)
    return max(0, asked - answered)
