"""Hiding over linked tables: an attacker with every published number cannot work a small count out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import product

import pytest

from lientuc.analytics.disclosure import THRESHOLDS, Audience, Thresholds, is_small
from lientuc.analytics.linked import Place, Sum, hidden_places, possible_values

ORGANISATION = THRESHOLDS[Audience.ORGANISATION]
PUBLIC = THRESHOLDS[Audience.PUBLIC]

Tables = tuple[dict[Place, int], list[Sum]]


def filtered_tables(chance: random.Random) -> Tables:
    """A question by answer and group, its margins, and the same question for a filter and its complement."""
    groups, answers = chance.randint(2, 4), chance.randint(2, 4)
    counts: dict[Place, int] = {}
    sums: list[Sum] = []
    for g, a in product(range(groups), range(answers)):
        inside, outside = chance.choice([0, 1, 2, 4, 7, 12]), chance.choice([0, 1, 3, 5, 11, 30])
        names = [(view, f"g{g}", f"a{a}") for view in ("all", "in", "out")]
        counts |= dict(zip(names, (inside + outside, inside, outside), strict=True))
        sums.append(Sum(names[0], (names[1], names[2])))
    for view in ("all", "in", "out"):
        for g in range(groups):
            add(counts, sums, (view, f"g{g}", "sum"), [(view, f"g{g}", f"a{a}") for a in range(answers)])
        for a in range(answers):
            add(counts, sums, (view, "sum", f"a{a}"), [(view, f"g{g}", f"a{a}") for g in range(groups)])
        add(counts, sums, (view, "sum", "sum"), [(view, f"g{g}", "sum") for g in range(groups)])
    for a in [*(f"a{a}" for a in range(answers)), "sum"]:
        sums.append(Sum(("all", "sum", a), (("in", "sum", a), ("out", "sum", a))))
    return counts, sums


def add(counts: dict[Place, int], sums: list[Sum], total: Place, parts: list[Place]) -> None:
    counts[total] = sum(counts[part] for part in parts)
    sums.append(Sum(total, tuple(parts)))


def worked_out(counts: Mapping[Place, int], sums: Sequence[Sum], hidden: frozenset[Place]) -> set[Place]:
    """Hidden counts an attacker finds by narrowing: bounds of each from every sum until nothing moves any more."""
    low = dict.fromkeys(hidden, 0)
    high = dict.fromkeys(hidden, 10_000)
    low |= high_shown(counts, hidden)
    high |= high_shown(counts, hidden)
    moved = True
    while moved:
        moved = False
        for one in sums:
            terms = [(one.total, 1), *((part, -1) for part in one.parts)]
            for place, sign in terms:
                others = [(p, s) for p, s in terms if p != place]
                least = sum(-s * (high[p] if -s * sign < 0 else low[p]) for p, s in others) * sign
                most = sum(-s * (low[p] if -s * sign < 0 else high[p]) for p, s in others) * sign
                least, most = min(least, most), max(least, most)
                if least > low[place] or most < high[place]:
                    low[place], high[place] = max(low[place], least), min(high[place], most)
                    moved = True
    return {place for place in hidden if low[place] == high[place]}


def high_shown(counts: Mapping[Place, int], hidden: frozenset[Place]) -> dict[Place, int]:
    return {place: count for place, count in counts.items() if place not in hidden}


def only_small_hidden(counts: Mapping[Place, int], sums: Sequence[Sum], thresholds: Thresholds) -> frozenset[Place]:
    """The twin: hides the small counts and nothing else."""
    return frozenset(place for place, count in counts.items() if is_small(count, thresholds))


def successful_attacks(hide: Callable[..., frozenset[Place]], attacks: int) -> int:
    chance, won = random.Random(2026), 0
    for attack in range(attacks):
        thresholds = PUBLIC if attack % 2 else ORGANISATION
        counts, sums = filtered_tables(chance)
        hidden = hide(counts, sums, thresholds)
        small = {place for place in hidden if is_small(counts[place], thresholds)}
        won += bool(worked_out(counts, sums, hidden) & small)
    return won


def test_no_attack_on_filtered_tables_finds_a_small_count() -> None:
    assert successful_attacks(hidden_places, 25) == 0


@pytest.mark.long
def test_none_of_a_thousand_attacks_finds_a_small_count() -> None:
    assert successful_attacks(hidden_places, 1000) == 0


def test_twin_without_complementary_cells_loses() -> None:
    assert successful_attacks(only_small_hidden, 25) > 12


def test_every_small_count_keeps_two_possible_values() -> None:
    chance = random.Random(5)
    for _ in range(3):
        counts, sums = filtered_tables(chance)
        hidden = hidden_places(counts, sums, ORGANISATION)
        for place in hidden:
            if is_small(counts[place], ORGANISATION):
                found = possible_values(place, counts, sums, hidden)
                assert found is not None
                assert found[0] < found[1]


def test_two_hidden_ones_are_not_pinned_by_their_sum() -> None:
    """20 = 18 + 1 + 1: with both ones hidden their sum is 2, and a reader who knows neither is 0 has them."""
    counts = {("t",): 20, ("a",): 18, ("b",): 1, ("c",): 1}
    sums = [Sum(("t",), (("a",), ("b",), ("c",)))]
    assert hidden_places(counts, sums, ORGANISATION) > {("b",), ("c",)}


def test_nothing_small_hides_nothing() -> None:
    counts = {("t",): 20, ("a",): 12, ("b",): 8, ("c",): 0}
    assert hidden_places(counts, [Sum(("t",), (("a",), ("b",), ("c",)))], ORGANISATION) == frozenset()


def test_gated_question_does_not_give_its_gate_away() -> None:
    """Three said no; the next question concerned the 27 others of 30."""
    counts = {("asked",): 30, ("yes",): 27, ("no",): 3, ("concerned",): 27, ("x",): 17, ("y",): 10}
    sums = [
        Sum(("asked",), (("yes",), ("no",))),
        Sum(("concerned",), (("yes",),)),
        Sum(("concerned",), (("x",), ("y",))),
    ]
    hidden = hidden_places(counts, sums, ORGANISATION)
    found = possible_values(("no",), counts, sums, hidden)
    assert found is not None
    assert found[0] < found[1]
