"""Reads of the registry: people, what the law must know of them, counts, providers' authority, catalogues."""

from .authority import authority_on, decisions_on, provider_facts
from .counts import Count, GroupBy, Headcount, headcount
from .facts import exempting_bases, facts_of, facts_of_many
from .people import (
    licence_state,
    licences_ending,
    people,
    posts_in_force,
    posts_of,
    staff_without_licence,
    with_licence_state,
    workers_of,
)

__all__ = [
    "Count",
    "GroupBy",
    "Headcount",
    "authority_on",
    "decisions_on",
    "exempting_bases",
    "facts_of",
    "facts_of_many",
    "headcount",
    "licence_state",
    "licences_ending",
    "people",
    "posts_in_force",
    "posts_of",
    "provider_facts",
    "staff_without_licence",
    "with_licence_state",
    "workers_of",
]
