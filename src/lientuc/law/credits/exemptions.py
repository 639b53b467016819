"""Which absences exempt from the duty: only those the text in force names."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ..parameters import Parameters, Value


class ExemptionBasis(StrEnum):
    """Why somebody is away from work, in the words of the parameter `credits.s.exemption`; only those it names exempt."""

    LONG_TERM_TRAINING = "long_term_training"
    MATERNITY = "maternity"
    SICKNESS = "sickness"
    SECONDED_ABROAD = "seconded_abroad"
    OTHER = "other"


def exempts(basis: ExemptionBasis, on: date, law: Parameters) -> Value | None:
    """The value, with its article, by which `basis` exempts on `on`; None where the text names it not or none is in force."""
    # LAW   Circular 22/2013 Art. 4 exempts people in long-term training relevant to their post; no text read names another absence.
    # HERE  Maternity, sickness, duty abroad and other absences shrink nothing; the parameter may name more.
    # WHY   The house does not invent an exemption; a head of unit who grants one needs a text to rest on.
    named = law.known("credits.s.exemption", on)
    return named if named is not None and basis in named.codes() else None
