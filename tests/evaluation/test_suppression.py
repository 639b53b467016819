"""Nobody who holds every table of an audience, filters included, works a small count out; a careless twin is found out."""

from __future__ import annotations

import random

import pytest

from lientuc.analytics.disclosure import THRESHOLDS, Audience, is_small
from lientuc.analytics.linked import Place
from lientuc.evaluation import publishing
from lientuc.evaluation.facts import Facts
from tests.evaluation.attacks import is_won

AUDIENCES = (Audience.ORGANISATION, Audience.PUBLIC)


def attacks_won(count: int, seed: int = 2026) -> int:
    return sum(is_won(random.Random(f"{seed}-{number}"), AUDIENCES[number % 2]) for number in range(count))


def only_small(facts: Facts, audience: Audience) -> frozenset[Place]:
    """The twin: hides small counts and nothing that would give them back."""
    return frozenset(place for place, count in facts.counts.items() if is_small(count, THRESHOLDS[audience]))


def test_no_attack_on_everything_published_succeeds() -> None:
    assert attacks_won(20) == 0


@pytest.mark.long
def test_none_of_a_thousand_attacks_succeeds() -> None:
    assert attacks_won(1000) == 0


def test_twin_without_complementary_cells_loses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "hidden_from", only_small)
    assert attacks_won(20) >= 10
