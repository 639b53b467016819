"""Questions about entries, claims and pasted names: drafts and facts in, problems out."""

from .entries import (
    LONGEST,
    MOST_DECIDED_HOURS,
    MOST_UNITS,
    Activity,
    EntryDraft,
    RecordFacts,
    facts_for_law,
    key_of_certificate,
    problems,
    remarks,
    tidied,
    why_not_reverse,
)

__all__ = [
    "LONGEST",
    "MOST_DECIDED_HOURS",
    "MOST_UNITS",
    "Activity",
    "EntryDraft",
    "RecordFacts",
    "facts_for_law",
    "key_of_certificate",
    "problems",
    "remarks",
    "tidied",
    "why_not_reverse",
]
