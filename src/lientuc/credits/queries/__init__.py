"""Reads of the ledger: persons by number, standings explained and counted, entries, grounds for need, runs to award."""

from .entries import entries_of
from .grounds import grounds
from .people import facts_to_record, worker_named, workers_named
from .standings import Explained, GroupBy, Line, Summary, not_reckoned, standing_of, standings_of, summary_by

__all__ = [
    "Explained",
    "GroupBy",
    "Line",
    "Summary",
    "entries_of",
    "facts_to_record",
    "grounds",
    "not_reckoned",
    "standing_of",
    "standings_of",
    "summary_by",
    "worker_named",
    "workers_named",
]
