"""The summary behind large reviews: reckoned as a whole, set-based, seen only when it is complete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Min

from lientuc.core.clock import now, today
from lientuc.credits.models import StandingRow
from lientuc.places.scope import Scope, WhyUnscoped

from ..enums import ReviewBy
from ..models import ReviewCell, ReviewNation, ReviewRefresh, ReviewShared, ReviewStation
from .asking import PARTS, Asked, line_as_json
from .counting import counted_within
from .facts import FACTS, area_of, facts, posts_on
from .norms import every_station

_FACTS = "reports_review_facts"


def refresh_summary(on: date, told: Callable[[int], None] = lambda _: None) -> ReviewRefresh:
    """Reckon the summary anew for a day; readers see the old one until it is complete."""
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        told(5)
        _gather(cursor, on)
        told(60)
        for table in (ReviewCell._meta.db_table, ReviewShared._meta.db_table):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(_cells())
        cursor.execute(_shared())
        _nation()
        cursor.execute(f"SELECT COUNT(DISTINCT person), COALESCE(SUM(held), 0) FROM {_FACTS}")
        persons, posts = map(int, cursor.fetchone())
        _stations(on)
        cursor.execute(f"DROP TABLE {_FACTS}")
        ReviewRefresh.objects.all().delete()
        made = ReviewRefresh.objects.create(
            on_date=on, made_at=now(), persons=persons, posts=posts, standings_on=_oldest_standing()
        )
    _analyse()
    told(95)
    return made


def refresh(payload: dict[str, Any], progress: Callable[[int], None]) -> dict[str, Any]:
    """The job behind the button and the nightly command."""
    made = refresh_summary(today(), progress)
    return {"persons": made.persons, "posts": made.posts}


def _lock(cursor: Any) -> None:
    """One refresh at a time; SQLite's IMMEDIATE transactions already see to it."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_FACTS])


def _gather(cursor: Any, on: date) -> None:
    """Every fact into a table of this transaction."""
    made = facts(posts_on(on).annotate(area=area_of("organisation__commune_code", on)), on, "area")
    columns = (*FACTS, "area", "held")
    sql, values = made.values(*columns).order_by().query.sql_with_params()
    cursor.execute(f"DROP TABLE IF EXISTS {_FACTS}")
    types = {"person": "bigint", "organisation": "bigint", "held": "bigint"}
    named = ", ".join(f"{column} {types.get(column, 'varchar(24)')}" for column in columns)
    cursor.execute(f"CREATE TEMPORARY TABLE {_FACTS} ({named})")
    cursor.execute(f"INSERT INTO {_FACTS} ({', '.join(columns)}) {sql}", values)
    cursor.execute(f"CREATE INDEX {_FACTS}_person ON {_FACTS} (person)")


_SEVERAL = f"SELECT person FROM {_FACTS} GROUP BY person HAVING COUNT(*) > 1"


def _cells() -> str:
    parts = [(part, str(code)) for part, codes in PARTS.items() for code in codes]
    columns = ", ".join(f'"{part}_{code}"' for part, code in parts)
    counts = ", ".join(f"COUNT(*) FILTER (WHERE {part} = '{code}')" for part, code in parts)
    return (
        f"INSERT INTO {ReviewCell._meta.db_table} (organisation_id, area, title, persons, posts, {columns}) "
        f"SELECT organisation, area, title_now, COUNT(*), SUM(held), {counts} FROM {_FACTS} "
        f"WHERE person NOT IN ({_SEVERAL}) GROUP BY organisation, area, title_now"
    )


def _shared() -> str:
    return (
        f"INSERT INTO {ReviewShared._meta.db_table} "
        "(person_id, organisation_id, area, title_now, licence, standing, age, held) "
        f"SELECT person, organisation, area, title_now, licence, standing, age, held FROM {_FACTS} "
        f"WHERE person IN ({_SEVERAL})"
    )


def _nation() -> None:
    """Communes and organisations are asked of a province: there the cells answer at once."""
    ReviewNation.objects.all().delete()
    for by in ReviewBy:
        if by not in {ReviewBy.COMMUNE, ReviewBy.ORGANISATION}:
            lines, whole = counted_within(Scope(everything=True), Asked(by=by))
            kept = [line_as_json(line) for line in lines]
            ReviewNation.objects.create(by=by, lines=kept, whole=line_as_json(whole))


def _stations(on: date) -> None:
    rows = [
        ReviewStation(
            commune_code=line.commune_code,
            persons=line.people,
            missing_least=line.missing[0] if line.missing else None,
            missing_most=line.missing[1] if line.missing else None,
        )
        for line in every_station(on)
    ]
    ReviewStation.objects.all().delete()
    ReviewStation.objects.bulk_create(rows, batch_size=2_000)


def _oldest_standing() -> date | None:
    oldest: date | None = StandingRow.objects.unscoped(WhyUnscoped.REBUILD).aggregate(Min("on_date"))["on_date__min"]
    return oldest


def _analyse() -> None:
    """Tell the planner how large the summary is: it was empty a moment ago."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {ReviewCell._meta.db_table}")
            cursor.execute(f"ANALYZE {ReviewShared._meta.db_table}")
