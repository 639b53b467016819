"""What the codes of a problem mean, kept beside its result so that it can be read when the rows have moved on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lientuc.core.errors import Problem
from lientuc.places.scope import WhyUnscoped
from lientuc.registry.models import Provider

from ..optimiser.model import PlanningProblem
from .facts import Facts
from .problem import source_id, topic_id, unit_id

Names = dict[str, Any]


def names_of(facts: Facts, problem: PlanningProblem) -> Names:
    """Titles of offers, names of units, topics and sources by code; `weight` is the worth of a person in the middle."""
    weights = sorted(need.rest_weight for need in problem.needs)
    providers = {offer.provider for offer in facts.offers if offer.provider}
    rows = Provider.objects.unscoped(WhyUnscoped.ROW_IN_HAND).filter(pk__in=providers)
    performers = dict(rows.values_list("pk", "organisation__name"))
    return {
        "offers": {
            offer.key: {
                "title": offer.title,
                "topic": topic_id(offer.topic),
                "performer": performers.get(offer.provider, offer.performer),
            }
            for offer in facts.offers
        },
        "units": {unit_id(pk): unit.name for pk, unit in facts.units.items()},
        "topics": {
            topic_id(need.topic.pk): [need.topic.name_vi, need.topic.name_en] for need in facts.needs if need.topic
        },
        "sources": {source_id(row.pk): row.name for row in facts.sources},
        "most_away": {unit_id(pk): unit.most_away for pk, unit in facts.units.items()},
        "weight": weights[len(weights) // 2] if weights else 0.0,
    }


def in_words(problem: Problem, facts: Facts) -> Problem:
    """A problem of the optimiser with titles instead of codes and quarters counted from 1."""
    titles = {offer.key: offer.title for offer in facts.offers}
    values = dict(problem.values)
    if values.get("offering") in titles:
        values["offering"] = titles[str(values["offering"])]
    if isinstance(values.get("quarter"), int):
        values["quarter"] = int(values["quarter"]) + 1
    return replace(problem, values=values)
