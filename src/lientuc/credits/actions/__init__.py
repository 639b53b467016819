"""Writes of the ledger: one entry, its reversal, a run's hours, a file of entries."""

from .entries import record_entry, reverse_entry

__all__ = ["record_entry", "reverse_entry"]
