"""Audit of printed tables and of the sentences that quote them: what does not reproduce, and how it may have come about.

Every percentage is recomputed over every denominator that could have been used, every number of a sentence is matched
to the cell it speaks of; sums alone find almost nothing. Nothing here accuses: a finding says “does not reproduce”,
shows its arithmetic and offers an innocent reading.
"""

from __future__ import annotations

from .cells import check_rows
from .claims import check_claims
from .findings import Class, Finding, Kind
from .gates import check_gates
from .groups import check_groups
from .methods import check_methods
from .table import Claim, Gate, Method, Report, Row

__all__ = ["Claim", "Class", "Finding", "Gate", "Kind", "Method", "Report", "Row", "audit"]


def audit(report: Report) -> tuple[Finding, ...]:
    """Every finding: rows, groups, gates, claims, methods, each in printed order."""
    return (
        *check_rows(report),
        *check_groups(report),
        *check_gates(report),
        *check_claims(report),
        *check_methods(report),
    )
