"""A plan as papers and annexes, all with the same sums in figures and words."""

from .annex import annex, estimate_table, reasons_table, sources_table
from .frame import ROMAN, Lapsed, facts_of, governing_body, lapsed_bases, money_in_words, quarters
from .letters import (
    decision_paper,
    estimate_paper,
    opinions_paper,
    opinions_table,
    plan_paper,
    submission_paper,
)

__all__ = [
    "ROMAN",
    "Lapsed",
    "annex",
    "decision_paper",
    "estimate_paper",
    "estimate_table",
    "facts_of",
    "governing_body",
    "lapsed_bases",
    "money_in_words",
    "opinions_paper",
    "opinions_table",
    "plan_paper",
    "quarters",
    "reasons_table",
    "sources_table",
    "submission_paper",
]
