"""Writes of the ledger: entries and their reversals, a run's hours, files, pasted names, claims, statements."""

from .awards import award_run
from .batches import reverse_batch
from .claims import (
    SentFile,
    accept_claim,
    accept_rest,
    draw_sample,
    recognise_claim,
    refuse_claim,
    resubmit_claim,
    return_claim,
    submit_claim,
    withdraw_claim,
)
from .entries import attach_evidence, record_entry, reverse_entry
from .names import record_names
from .statements import issue_statement

__all__ = [
    "SentFile",
    "accept_claim",
    "accept_rest",
    "attach_evidence",
    "award_run",
    "draw_sample",
    "issue_statement",
    "recognise_claim",
    "record_entry",
    "record_names",
    "refuse_claim",
    "resubmit_claim",
    "return_claim",
    "reverse_batch",
    "reverse_entry",
    "submit_claim",
    "withdraw_claim",
]
