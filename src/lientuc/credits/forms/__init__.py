"""Forms of the room: they turn typed text into drafts; what may be recorded is said by the rules."""

from .claims import AcceptForm, ClaimFilter, ClaimForm, EvidenceForm, ReasonForm, RecogniseForm, SampleForm
from .entries import (
    DayForm,
    EntryFilter,
    EntryForm,
    ImportForm,
    ReverseForm,
    StandingFilter,
    SummaryFilter,
)
from .names import NamesForm

__all__ = [
    "AcceptForm",
    "ClaimFilter",
    "ClaimForm",
    "DayForm",
    "EntryFilter",
    "EntryForm",
    "EvidenceForm",
    "ImportForm",
    "NamesForm",
    "ReasonForm",
    "RecogniseForm",
    "ReverseForm",
    "SampleForm",
    "StandingFilter",
    "SummaryFilter",
]
