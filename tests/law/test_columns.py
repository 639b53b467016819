"""The law over columns against the plain law: 200 generated provinces, every setting, every day; and a broken twin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

import ibis
import pytest

from lientuc.law import NotInForce, columns, shipped
from lientuc.law.certainty import Certainty
from lientuc.law.columns import days, lines, lookups, windows
from lientuc.law.credits import RuleSet, standing
from lientuc.law.examples import chapters, entries_of, exemptions_of, rules_of, worker_of
from tests.law.provinces import (
    PEOPLE,
    Person,
    Question,
    entries_table,
    exemptions_table,
    questions,
    workers_table,
)
from tests.law.test_examples import SPEC

PROVINCES = 200
SEED = 20261122
ASKED = tuple(questions(PROVINCES, SEED))
WEIGHTS = tuple(Certainty)


DUCKDB = ibis.duckdb.connect()


def reckoned(question: Question) -> dict[int, tuple[Any, ...]]:
    """Every worker by columns on DuckDB, as one row of values."""
    on_columns = columns.standings(*_tables(question), question.on, question.rules)
    rows = DUCKDB.to_pyarrow(on_columns).to_pylist()
    return {row.pop("worker"): tuple(row.values()) for row in rows}


@cache
def judged(question: Question) -> dict[int, tuple[Any, ...]]:
    """The same by the plain law, the judge."""
    return {person.worker: _row(person, question) for person in question.people}


def _row(person: Person, question: Question) -> tuple[Any, ...]:
    found = standing(person.facts, person.entries, person.exemptions, question.on, question.rules)
    return (
        found.regime.value,
        found.unit.value,
        found.window_start,
        found.window_end,
        found.deadline_on,
        found.required.quarter_hours,
        found.counted.quarter_hours,
        found.secondary.quarter_hours,
        found.shortfall.quarter_hours,
        found.yearly_floor_met,
        found.status.value,
        WEIGHTS.index(found.certainty),
    )


def explained(question: Question) -> list[tuple[Any, ...]]:
    """Every line by columns."""
    lines = DUCKDB.to_pyarrow(columns.explained_lines(*_tables(question), question.on, question.rules))
    names = ("worker", "entry_id", "quarters", "reason", "article", "certainty")
    return sorted(tuple(row[name] for name in names) for row in lines.to_pylist())


def told(question: Question) -> list[tuple[Any, ...]]:
    """Every line by the plain law."""
    return sorted(
        (person.worker, line.entry_id, line.quarter_hours, line.reason.value, line.article, line.certainty.value)
        for person in question.people
        for line in standing(person.facts, person.entries, person.exemptions, question.on, question.rules).lines
    )


def _tables(question: Question) -> tuple[ibis.Table, ibis.Table, ibis.Table]:
    people = question.people
    return tuple(ibis.memtable(make(people)) for make in (workers_table, entries_table, exemptions_table))


def different(asked: tuple[Question, ...]) -> int:
    """How many people the two engines disagree about."""
    found = 0
    for question in asked:
        law, bulk = judged(question), reckoned(question)
        assert law.keys() == bulk.keys()
        found += sum(law[worker] != bulk[worker] for worker in law)
    return found


def test_generated_provinces_are_enough() -> None:
    people = [person for question in ASKED for person in question.people]
    assert len(people) == PROVINCES * PEOPLE
    statuses = {row[10] for question in ASKED for row in judged(question).values()}
    assert sorted(statuses) == ["accruing", "exempt", "met", "not_covered", "short"]
    reasons = {line[3] for question in ASKED[:8] for line in told(question)}
    assert len(reasons) == 10


@pytest.mark.parametrize("question", ASKED, ids=lambda q: f"{q.on}-{q.rules.key.rsplit('-', 1)[0]}")
def test_columns_answer_as_the_plain_law(question: Question) -> None:
    law, bulk = judged(question), reckoned(question)
    assert {worker: (law[worker], bulk[worker]) for worker in law if law[worker] != bulk[worker]} == {}


@pytest.mark.parametrize("question", ASKED[::4], ids=lambda q: f"{q.on}-{q.rules.key.rsplit('-', 1)[0]}")
def test_columns_explain_as_the_plain_law(question: Question) -> None:
    assert explained(question) == told(question)


def _examples() -> tuple[Question, ...]:
    """The worked examples of the manual, those of one day and one rule set together; single ones are left to the provinces."""
    asked: dict[tuple[date, str], list[Person]] = defaultdict(list)
    rules: dict[str, RuleSet] = {}
    every = [example for chapter in chapters(SPEC) for example in chapter.examples]
    for place, example in enumerate(every):
        if "not_in_force" not in example.expected:
            chosen = rules_of(example)
            rules[chosen.key] = chosen
            person = Person(place, worker_of(example), entries_of(example), exemptions_of(example))
            asked[date.fromisoformat(example.on), chosen.key].append(person)
    return tuple(Question(on, rules[key], tuple(people)) for (on, key), people in asked.items() if len(people) > 1)


def test_every_spec_example_holds_in_columns() -> None:
    for question in _examples():
        assert (question.on, reckoned(question)) == (question.on, judged(question))


def _cap_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = lookups.Lookups._worth
    monkeypatch.setattr(
        lookups.Lookups, "_worth", lambda self, row, *rest: plain(self, replace(row, cap_hours=None), *rest)
    )


def _leap_day_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        windows,
        "in_year",
        lambda column, year: ibis.date(ibis.literal(2035, "int32"), column.month(), ibis.literal(28)),
    )


def _future_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "day", lambda on: ibis.date(2099, 1, 1))


def _repeats_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_place", lambda keyed: ibis.literal(0))


def _long_exemption_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = days.days_from
    monkeypatch.setattr(
        import_module("lientuc.law.columns.standings"),
        "days_from",
        lambda start, end: ibis.ifelse(plain(start, end) > 300, 0, plain(start, end)),
    )


SABOTAGES = (_cap_forgotten, _leap_day_kept, _future_counted, _repeats_counted, _long_exemption_forgotten)


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda broken: broken.__name__.strip("_"))
def test_broken_engine_is_caught(sabotage: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (ASKED[0], ASKED[10])
    sabotage(monkeypatch)
    assert different(asked) > 0


def test_day_without_a_text_refused() -> None:
    question = Question(date(2013, 9, 30), RuleSet.default(), ASKED[0].people)
    with pytest.raises(NotInForce):
        reckoned(question)


def test_parameter_too_fine_for_columns_refused() -> None:
    rules = replace(RuleSet.default(), parameters=shipped().changed_factor("P-23", Decimal("1.125")))
    with pytest.raises(ValueError, match="two decimals"):
        reckoned(Question(date(2026, 11, 22), rules, ASKED[0].people))
