"""Writes of the ledger: one entry, its reversal, a run's hours, a file of entries."""

from .awards import award_run
from .entries import record_entry, reverse_entry

__all__ = ["award_run", "record_entry", "reverse_entry"]
