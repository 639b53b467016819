"""What an audit says: one line per row, group, gate, claim or statement, with its arithmetic and an innocent reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .words import EXPLANATIONS


class Kind(StrEnum):
    """What a finding is about."""

    ROW = "row"
    GROUP = "group"
    GATE = "gate"
    CLAIM = "claim"
    METHOD = "method"


class Class(StrEnum):
    """How something does not reproduce; of several that apply to one row or claim the first of this list is given."""

    OTHER_DENOMINATOR = "other_denominator"
    NO_DENOMINATOR_FITS = "no_denominator_fits"
    TRUNCATED = "truncated"
    WHOLE_NUMBER_PADDED = "whole_number_padded"
    ROUNDING = "rounding"
    MEAN_NOT_POSSIBLE = "mean_not_possible"
    SD_NOT_POSSIBLE = "sd_not_possible"
    SUM_OF_N = "sum_of_n"
    SUM_OF_PCT = "sum_of_pct"
    SAME_N_DIFFERENT_PCT = "same_n_different_pct"
    IMPOSSIBLE_GATE = "impossible_gate"
    CLAIM_NO_MATCH = "claim_no_match"
    CLAIM_THRESHOLD_MISSED = "claim_threshold_missed"
    TRANSLATION_DIFFERS = "translation_differs"
    METHOD_VS_TABLE = "method_vs_table"
    NOT_TESTABLE = "not_testable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was printed, what it recomputes to, the arithmetic, and the words (`why` picks the sentence)."""

    kind: Kind
    id: str
    what: Class
    printed: str
    recomputed: str
    arithmetic: str
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def explanation(self, language: str = "vi") -> str:
        """What does not reproduce and how it may have come about; never an accusation."""
        return EXPLANATIONS[self.why].in_language(language, **self.values)
