"""Everybody at once: the extract of ledger and register, and standings by columns equal to those of the plain law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from lientuc.core.clock import clock_at
from lientuc.credits import bulk, refresh
from lientuc.credits.bulk import refresh_whole
from lientuc.credits.extract import refreshed_extract
from lientuc.credits.models import StandingRow
from lientuc.credits.refresh import COLUMNS, refresh_due
from lientuc.law.credits import Form, LicenceKind, Role
from lientuc.places.scope import Scope, WhyUnscoped
from lientuc.registry.enums import LeaveBasis, Title
from lientuc.registry.models import Leave
from tests.factories.credits import make_entry, make_reversal
from tests.factories.registry import make_licence, make_worker
from tests.world import World

ON = date(2026, 6, 15)
NATION = Scope(everything=True)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock_at(ON):
        yield


def people(world: World, count: int = 24) -> list[Any]:
    """Workers of every title with licences, leaves, entries of many forms, repeated certificates and reversals."""
    random = Random(5)
    made = []
    for n in range(count):
        unit = random.choice([world.station, world.hospital])
        worker = make_worker(unit, f"Người {n}", title=tuple(Title)[n % len(Title)])
        if n % 3:
            kind = LicenceKind.GPHN if n % 2 else LicenceKind.CCHN
            issued = date(2016 + n % 9, 2, 28)
            make_licence(
                worker, kind=kind, issued_on=issued, valid_to=None if n % 2 else date(2027, 1, 1) + timedelta(days=n)
            )
        if n % 4 == 0:
            Leave.objects.create(
                worker=worker, basis=LeaveBasis.LONG_STUDY, from_on=date(2024, 3, 1), to_on=date(2024, 9, 1)
            )
        for e in range(random.randint(0, 9)):
            entry = make_entry(
                unit,
                f"Hoạt động {e}",
                worker=worker,
                activity_on=date(2020, 1, 1) + timedelta(days=random.randint(0, 2350)),
                form=random.choice([Form.SHORT_COURSE, Form.CONFERENCE, Form.TEXTBOOK]),
                role=random.choice([Role.LEARNER, Role.DELEGATE, Role.AUTHOR]),
                units=Decimal(random.randint(1, 160)) / 4,
                decided_quarters=random.choice([None, 24]),
                basis="Quyết định 1",
                certificate_number=random.choice(["", f"{e % 2}/2026"]),
            )
            if e == 7:
                make_reversal(unit, entry=entry)
        made.append(worker)
    return made


def standings() -> dict[int, tuple[Any, ...]]:
    rows = StandingRow.objects.unscoped(WhyUnscoped.SETUP).values_list("worker", *COLUMNS)
    return {row[0]: row[1:] for row in rows}


def forget() -> None:
    StandingRow.objects.unscoped(WhyUnscoped.SETUP).delete()


def by_law_and_by_columns() -> tuple[dict[int, Any], dict[int, Any]]:
    refresh_due(NATION, ON)
    law = standings()
    forget()
    assert refresh_whole(ON) == len(law)
    return law, standings()


def test_bulk_standings_equal_those_of_the_plain_law(world: World) -> None:
    made = people(world)
    merged, left = made[0], made[1]
    merged.canonical = made[2]
    merged.save()
    left.left_on, left.left_reason = ON, "retired"
    left.save()
    law, columns = by_law_and_by_columns()
    assert columns == law
    assert set(columns) == {worker.pk for worker in made[2:]}


def test_bulk_that_forgets_conferences_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people(world)
    plain = bulk.columns.standings
    monkeypatch.setattr(
        bulk.columns, "standings", lambda w, e, *rest: plain(w, e.filter(e.form != Form.CONFERENCE.value), *rest)
    )
    law, columns = by_law_and_by_columns()
    assert columns != law


def test_large_nation_is_reckoned_by_columns(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    people(world, 6)
    asked = []
    monkeypatch.setattr(refresh, "BY_COLUMNS_FROM", 5)
    monkeypatch.setattr(bulk, "refresh_whole", lambda on, told: asked.append(on) or 6)
    assert (refresh_due(NATION, ON), asked) == (6, [ON])


def test_entry_recorded_while_the_nation_is_written_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = people(world, 4)
    plain = bulk._write

    def meanwhile(rows: Any, extract: Any, rules: Any) -> None:
        make_entry(world.station, "Ghi trong lúc tính", worker=made[3], units=Decimal(90))
        make_licence(made[0], kind=LicenceKind.GPHN, issued_on=date(2025, 1, 1), valid_to=date(2030, 1, 1))
        plain(rows, extract, rules)

    monkeypatch.setattr(bulk, "_write", meanwhile)
    refresh_whole(ON)
    found = standings()
    forget()
    refresh_due(NATION, ON)
    assert found == standings()


def test_extract_takes_only_what_is_new(world: World) -> None:
    worker = make_worker(world.station)
    first = make_entry(world.station, worker=worker)
    one = refreshed_extract(ON)
    assert refreshed_extract(ON) == one
    second = make_entry(world.station, worker=worker, activity_on=date(2026, 4, 1))
    two = refreshed_extract(ON)
    make_reversal(world.station, entry=first)
    three = refreshed_extract(ON)
    assert [extract.entries for extract in (one, two, three)] == [1, 2, 1]
    assert [
        sorted(path.name for path in extract.path("parts").with_suffix("").iterdir()) for extract in (two, three)
    ] == [[f"{0:012d}-{first.pk:012d}.parquet", f"{first.pk:012d}-{second.pk:012d}.parquet"]] * 2
    assert pq.read_table(three.path("entries"))["entry_id"].to_pylist() == [str(second.public_id)]


def test_extract_of_another_database_is_not_taken_for_ours(world: World) -> None:
    entry = make_entry(world.station)
    one = refreshed_extract(ON)
    with world_without(entry):
        make_entry(world.station, pk=entry.pk, worker=entry.worker, activity_on=date(2026, 5, 5))
        two = refreshed_extract(ON)
    assert pq.read_table(two.path("entries"))["activity_on"].to_pylist() == [date(2026, 5, 5)]
    assert one.folder != two.folder


def world_without(entry: Any) -> Any:
    """As if the entry had never been: another database numbers its rows alike."""
    from contextlib import contextmanager

    from django.db import connection

    @contextmanager
    def gone() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER credits_creditentry_no_delete" + _on("credits_creditentry"))
            cursor.execute("DELETE FROM credits_creditentry WHERE id = %s", [entry.pk])
        yield

    return gone()


def _on(table: str) -> str:
    from django.db import connection

    return f" ON {table}" if connection.vendor == "postgresql" else ""


def test_extract_is_for_its_owner_only(world: World) -> None:
    refreshed_extract(ON)
    assert (settings.HOME / "extract").stat().st_mode & 0o777 == 0o700
