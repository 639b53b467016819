"""Generated provinces: people, ledgers and leaves on every edge of the law, from a seed; as law values and as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pyarrow as pa

from lientuc.law.columns import ENTRIES, EXEMPTIONS, UNITS_SCALE, WORKERS
from lientuc.law.credits import (
    EntryFacts,
    Exemption,
    FactorSet,
    Form,
    Level,
    LicenceKind,
    Pre2024,
    Role,
    RuleSet,
    Title,
    WindowMode,
    WorkerFacts,
    YearMode,
)
from lientuc.law.days import years_later
from lientuc.law.parameters import shipped

PEOPLE = 50
LEAP_DAYS = (date(2020, 2, 29), date(2024, 2, 29), date(2028, 2, 29))
DAYS_ASKED = (
    date(2026, 11, 22),
    date(2028, 2, 29),
    date(2029, 2, 28),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2026, 12, 31),
    date(2030, 12, 31),
    date(2035, 3, 1),
    date(2023, 12, 31),
    date(2020, 6, 30),
    date(2014, 5, 5),
)
KNOWN_KINDS = sorted(
    {(row.form, role, level) for row in shipped().factors for role in row.roles for level in row.levels or ("",)}
)


@dataclass(frozen=True)
class Person:
    """One generated worker with everything the law asks."""

    worker: int
    facts: WorkerFacts
    entries: tuple[EntryFacts, ...]
    exemptions: tuple[Exemption, ...]


@dataclass(frozen=True)
class Question:
    """One rule set asked on one day about some provinces."""

    on: date
    rules: RuleSet
    people: tuple[Person, ...]


def questions(provinces: int, seed: int) -> Iterator[Question]:
    """`provinces` provinces dealt out over every day, window, factor set and other setting; the same for the same seed."""
    random = Random(seed)
    settings = [
        replace(RuleSet.default(), window=window, factor_set=factors)
        for window, factors in product(WindowMode, FactorSet)
    ]
    asked = list(product(DAYS_ASKED[:2], settings))
    asked += [(on, settings[place % len(settings)]) for place, on in enumerate(DAYS_ASKED[2:])]
    worker = 0
    for place, (on, rules) in enumerate(asked):
        count = provinces * (place + 1) // len(asked) - provinces * place // len(asked)
        people = tuple(_person(random, worker + n, on) for n in range(count * PEOPLE))
        worker += len(people)
        yield Question(on, _other_settings(rules, random, place), people)


def _other_settings(rules: RuleSet, random: Random, place: int) -> RuleSet:
    changed = replace(
        rules,
        pre2024=tuple(Pre2024)[place % 2],
        year_mode=tuple(YearMode)[place // 2 % 2],
    )
    if place % 5 == 4:
        law = changed.parameters.changed("credits.p.required_hours", random.choice([100, 150]))
        law = law.changed("credits.s.yearly_hours", random.choice([Decimal("10.25"), 24]))
        changed = replace(changed, parameters=law.changed("credits.p.credit_hours_per_old_lesson", Decimal("0.5")))
    return changed


def _person(random: Random, worker: int, on: date) -> Person:
    facts = WorkerFacts(
        title=tuple(Title)[worker % len(Title)],
        licence_kind=random.choice(tuple(LicenceKind)),
        practising=random.random() < 0.75,
        licence_issued_on=_maybe(random, on, 0.15),
        licence_valid_to=_maybe(random, on, 0.3),
        converted_on=_maybe(random, on, 0.5),
    )
    entries = tuple(_entry(random, worker, place, on) for place in range(random.randint(0, 24)))
    exemptions = tuple(_exemption(random, on) for _ in range(random.choice([0, 0, 1, 2, 4])))
    return Person(worker, facts, entries, exemptions)


def _maybe(random: Random, on: date, missing: float) -> date | None:
    return None if random.random() < missing else _day(random, on)


def _day(random: Random, on: date) -> date:
    """A day near some edge, or any day of the last dozen years."""
    edges = [
        on,
        years_later(on, -5),
        years_later(on, -2),
        years_later(on, 5) + timedelta(days=60),
        on + timedelta(days=60),
        date(2013, 10, 1),
        date(2024, 1, 1),
        date(on.year, 1, 1),
        date(on.year - 4, 1, 1),
        date(on.year - random.randint(0, 5), 12, 31),
        random.choice(LEAP_DAYS),
    ]
    if random.random() < 0.5:
        return random.choice(edges) + timedelta(days=random.choice([-1, 0, 1]))
    return on - timedelta(days=random.randint(-200, 12 * 365))


def _entry(random: Random, worker: int, place: int, on: date) -> EntryFacts:
    known = random.random() < 0.7
    form, role, level = random.choice(KNOWN_KINDS) if known else _any_kind(random)
    day = _day(random, on)
    return EntryFacts(
        entry_id=f"{worker}-{place if random.random() < 0.97 else 0}",
        activity_on=day,
        form=form,
        role=role,
        level=level,
        units=Decimal(random.choice([0, 1, 3, 4, 7, 33, 50, 121, 250, 4000])) / random.choice([1, 4, 8, 100]),
        decided_hours=None if random.random() < 0.4 else Decimal(random.randint(0, 60)) / 4,
        certificate_key=random.choice(["", "", "", f"{place % 3}/2026"]),
    )


def _any_kind(random: Random) -> tuple[str, str, str]:
    return random.choice(tuple(Form)), random.choice(tuple(Role)), random.choice(["", "", *Level])


def _exemption(random: Random, on: date) -> Exemption:
    start = _day(random, on)
    days = random.choice([0, 30, 180, 364, 365, 800])
    return Exemption(start, None if random.random() < 0.15 else start + timedelta(days=days), "long_term_training")


def workers_table(people: Iterable[Person]) -> pa.Table:
    """The people as the columns of `law.columns.WORKERS`."""
    rows = [
        (
            person.worker,
            person.facts.title.value,
            person.facts.licence_kind.value,
            person.facts.practising,
            person.facts.licence_issued_on,
            person.facts.licence_valid_to,
            person.facts.converted_on,
        )
        for person in people
    ]
    return _table(WORKERS, rows)


def entries_table(people: Iterable[Person]) -> pa.Table:
    """Their entries as the columns of `law.columns.ENTRIES`."""
    rows = [
        (
            person.worker,
            entry.entry_id,
            entry.activity_on,
            entry.form,
            entry.role,
            entry.level,
            int(entry.units * UNITS_SCALE),
            None if entry.decided_hours is None else int(entry.decided_hours * UNITS_SCALE),
            entry.certificate_key or None,
        )
        for person in people
        for entry in person.entries
    ]
    return _table(ENTRIES, rows)


def exemptions_table(people: Iterable[Person]) -> pa.Table:
    """Their exemptions as the columns of `law.columns.EXEMPTIONS`."""
    return _table(EXEMPTIONS, [(p.worker, e.from_on, e.to_on) for p in people for e in p.exemptions])


def _table(schema: Any, rows: list[tuple[Any, ...]]) -> pa.Table:
    arrow = schema.to_pyarrow()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(arrow)
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, arrow, strict=True)], schema=arrow)
